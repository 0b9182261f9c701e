from datetime import date

import pytest

from kg.resolution.resolver import resolve
from schemas.claim import Claim
from schemas.evidence import Observation, Outcome, Reason
from schemas.quantity import Bound, Quantity
from tests.kg.resolution.cases import YEAR_2025, forecast, observed, quantity

QUARTERLY, ANNUAL = "us.gdp.growth.quarterly", "us.gdp.growth.annual"
Q1 = ("2025-01-01", "2025-03-31")
Q1_ADVANCE = observed(QUARTERLY, Q1[0], "-0.3", end=Q1[1], released="2025-04-30", vintage="advance")
Q1_THIRD = observed(QUARTERLY, Q1[0], "-0.5", end=Q1[1], released="2025-06-26", vintage="third")
Q4_THIRD = observed(QUARTERLY, "2024-10-01", "2.4", end="2024-12-31", released="2025-03-27", vintage="third")
Y2024 = observed(ANNUAL, "2024-01-01", "2.8", end="2024-12-31", released="2025-01-30", vintage="advance")
Y2025 = observed(ANNUAL, "2025-01-01", "2.2", end="2025-12-31", released="2026-02-20", vintage="advance")
FIGURES = (Q1_ADVANCE, Q1_THIRD, Q4_THIRD, Y2024, Y2025)
LATE = date(2026, 10, 5)


def outcome_of(
    claim: Claim, observations: tuple[Observation, ...] = FIGURES, as_of: date = LATE
) -> tuple[Outcome, Reason]:
    found = resolve(claim, observations, as_of=as_of)
    return found.outcome, found.reason


def test_a_point_forecast_misses_by_more_than_the_tolerance_and_gets_its_error() -> None:
    found = resolve(forecast("us.gdp.growth", "level", value=quantity("1.4"), window=Q1), FIGURES, as_of=LATE)
    assert (found.outcome, str(found.scores[0].value)) == (Outcome.FALSE, "1.7")
    assert "advance" in found.explanation


@pytest.mark.parametrize(
    ("value", "expected"), [("0.2", "true"), ("0.3", "false"), ("-0.8", "true"), ("-0.9", "false")]
)
def test_a_level_is_true_within_half_a_point_of_a_quarterly_figure(value: str, expected: str) -> None:
    claim = forecast("us.gdp.growth", "level", value=quantity(value), window=Q1)
    assert outcome_of(claim)[0] == expected


def test_the_first_official_release_decides_though_a_later_vintage_would_flip_it() -> None:
    claim = forecast("us.gdp.growth", "level", value=quantity("0.1"), window=Q1)
    assert resolve(claim, FIGURES, as_of=LATE).outcome is Outcome.TRUE
    assert resolve(claim, (Q1_THIRD,), as_of=LATE).outcome is Outcome.FALSE


def test_a_cancelled_advance_estimate_gives_way_to_the_first_figure_that_came() -> None:
    q3 = ("2025-07-01", "2025-09-30")
    cancelled = observed(QUARTERLY, q3[0], None, end=q3[1], released="2025-10-30", vintage="advance")
    initial = observed(QUARTERLY, q3[0], "4.3", end=q3[1], released="2025-12-23", vintage="initial")
    claim = forecast("us.gdp.growth", "level", value=quantity("4"), window=q3)
    found = resolve(claim, (cancelled, initial), as_of=LATE)
    assert (found.outcome, found.observation_ids) == (Outcome.TRUE, (initial.observation_id,))


def test_while_a_cancelled_release_may_still_come_it_is_awaited_with_a_date() -> None:
    q3 = ("2025-07-01", "2025-09-30")
    cancelled = observed(QUARTERLY, q3[0], None, end=q3[1], released="2025-10-30", vintage="advance")
    found = resolve(
        forecast("us.gdp.growth", "level", value=quantity("4"), window=q3), (cancelled,), as_of=date(2025, 11, 15)
    )
    assert (found.outcome, found.reason) == (Outcome.PENDING, Reason.DATA_NOT_RELEASED)
    assert found.due_on == date(2026, 1, 28)
    assert "was not published" in found.explanation


def test_a_figure_that_was_never_published_is_said_to_be_missing() -> None:
    q3 = ("2025-07-01", "2025-09-30")
    never = observed(QUARTERLY, q3[0], None, end=q3[1], released="2025-10-30", vintage="advance")
    claim = forecast("us.gdp.growth", "level", value=quantity("4"), window=q3)
    found = resolve(claim, (never,), as_of=LATE)
    assert (found.outcome, found.reason) == (Outcome.UNRESOLVABLE, Reason.DATA_MISSING)
    assert "never published" in found.explanation


def test_a_figure_nobody_imported_is_said_to_be_missing_with_what_to_do() -> None:
    found = resolve(forecast("us.gdp.growth", "level", value=quantity("2"), window=YEAR_2025), (), as_of=LATE)
    assert found.reason is Reason.DATA_MISSING
    assert "import" in found.explanation


@pytest.mark.parametrize(
    ("as_of", "reason", "due"),
    [
        (date(2025, 3, 31), Reason.WINDOW_OPEN, date(2025, 4, 30)),
        (date(2025, 4, 29), Reason.DATA_NOT_RELEASED, date(2025, 4, 30)),
    ],
)
def test_before_the_release_it_is_pending_with_its_due_date(as_of: date, reason: Reason, due: date) -> None:
    claim = forecast("us.gdp.growth", "level", value=quantity("1.4"), window=Q1)
    found = resolve(claim, FIGURES, as_of=as_of)
    assert (found.outcome, found.reason, found.due_on) == (Outcome.PENDING, reason, due)


def test_growth_that_slows_is_measured_against_the_year_before_as_known_then() -> None:
    claim = forecast("us.gdp.growth", "down", window=YEAR_2025)
    assert outcome_of(claim) == (Outcome.TRUE, Reason.RULE_MET)
    revised = observed(ANNUAL, "2024-01-01", "2.1", end="2024-12-31", released="2026-09-24", vintage="annual update")
    assert outcome_of(claim, (*FIGURES, revised))[0] is Outcome.TRUE


def test_without_the_year_before_a_slowdown_cannot_be_seen() -> None:
    assert outcome_of(forecast("us.gdp.growth", "down", window=YEAR_2025), (Y2025,))[1] is Reason.DATA_MISSING


@pytest.mark.parametrize(
    ("direction", "value", "expected"),
    [
        ("up", quantity("2"), "true"),
        ("up", quantity("2.3"), "false"),
        ("down", quantity("2.5"), "true"),
        ("not-occurs", quantity("3"), "true"),
        ("not-occurs", quantity("2", bound=Bound.AT_LEAST), "false"),
        ("occurs", quantity("1", bound=Bound.LESS), "false"),
        ("range", quantity("1.5", high="2.5"), "true"),
        ("range", quantity("2.5", high="3"), "false"),
        ("level", quantity("2", bound=Bound.AT_LEAST), "true"),
        ("level", quantity("2.2", bound=Bound.LESS), "false"),
        ("flat", None, "false"),
        ("up", None, "false"),
        ("down", quantity("0.5", "pp"), "true"),
        ("down", quantity("20", "bp"), "false"),
    ],
)
def test_each_shape_of_forecast_about_a_year_has_its_own_reading(
    direction: str, value: Quantity | None, expected: str
) -> None:
    claim = forecast("us.gdp.growth", direction, value=value, window=YEAR_2025)
    assert outcome_of(claim)[0] == expected


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (forecast("us.gdp.growth", "level", value=quantity("2")), Reason.NO_WINDOW),
        (forecast("us.gdp.growth", "down", window=("2025-03-20", None)), Reason.NO_WINDOW),
        (forecast("us.gdp.growth", "down", window=("2025-07-01", "2025-12-31")), Reason.WINDOW_UNMATCHED),
        (forecast("us.gdp.growth", "down", window=("2025-02-01", "2025-04-30")), Reason.WINDOW_UNMATCHED),
        (forecast("us.gdp.growth", "level", value=quantity("2", "USD"), window=YEAR_2025), Reason.UNIT_DISAGREES),
        (forecast("us.gdp.growth", "level", window=YEAR_2025), Reason.NO_THRESHOLD),
        (forecast("us.gdp.growth", "down", window=YEAR_2025, said_on=date(2026, 3, 1)), Reason.KNOWN_BEFORE),
    ],
)
def test_what_a_published_figure_cannot_answer_is_refused_with_its_reason(claim: Claim, reason: Reason) -> None:
    assert outcome_of(claim) == (Outcome.UNRESOLVABLE, reason)
