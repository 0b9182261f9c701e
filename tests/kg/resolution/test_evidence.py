from datetime import date
from decimal import Decimal

from kg.indicators import VintagePolicy
from kg.resolution.evidence import evidence_at
from tests.kg.resolution.cases import observed

SERIES = "us.gdp.growth.quarterly"
START, END = "2025-01-01", "2025-03-31"
PERIOD = (date(2025, 1, 1), date(2025, 3, 31))
CANCELLED = observed(SERIES, START, None, end=END, released="2025-04-30", vintage="advance")
SECOND = observed(SERIES, START, "-0.2", end=END, released="2025-05-29", vintage="second")
THIRD = observed(SERIES, START, "-0.5", end=END, released="2025-06-26", vintage="third")
ALL = (THIRD, CANCELLED, SECOND)
LATE = date(2026, 1, 1)


def test_the_first_and_the_latest_vintage_pass_over_a_cancelled_release() -> None:
    evidence = evidence_at(ALL, LATE)
    first, latest = (evidence.figure(SERIES, PERIOD, policy) for policy in VintagePolicy)
    assert first is not None
    assert latest is not None
    assert (first.value, latest.value) == (Decimal("-0.2"), Decimal("-0.5"))
    assert evidence.cancelled(SERIES, PERIOD) == (CANCELLED,)


def test_what_is_released_on_the_day_is_seen_and_on_the_next_day_not() -> None:
    assert evidence_at(ALL, date(2025, 5, 28)).figure(SERIES, PERIOD, VintagePolicy.FIRST) is None
    seen = evidence_at(ALL, date(2025, 5, 29))
    assert [f.value for f in seen.figures(SERIES, VintagePolicy.LATEST)] == [Decimal("-0.2")]


def test_an_earlier_day_can_be_looked_back_at_but_never_a_later_one() -> None:
    evidence = evidence_at(ALL, date(2025, 5, 29))
    assert [f.value for f in evidence.figures(SERIES, VintagePolicy.LATEST, by=date(2025, 5, 1))] == []
    assert [f.value for f in evidence.figures(SERIES, VintagePolicy.LATEST, by=LATE)] == [Decimal("-0.2")]


def test_the_same_observation_twice_is_one() -> None:
    assert evidence_at([SECOND, SECOND], LATE).of(SERIES) == (SECOND,)


def test_figures_come_in_the_order_of_their_periods_whatever_the_order_of_release() -> None:
    older = observed(SERIES, "2024-10-01", "2.4", end="2024-12-31", released="2025-12-01")
    figures = evidence_at([SECOND, older], LATE).figures(SERIES, VintagePolicy.FIRST)
    assert [f.start for f in figures] == [date(2024, 10, 1), date(2025, 1, 1)]
