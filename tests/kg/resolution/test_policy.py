from datetime import date

import pytest

from kg.resolution.resolver import resolve
from schemas.claim import Claim
from schemas.evidence import Observation, Outcome, Reason
from schemas.quantity import Bound, Quantity
from tests.kg.resolution.cases import SAID, YEAR_2025, forecast, observed, quantity

Ends = tuple[str | None, str | None] | None
RATE = "us.fed-funds.upper"
SECOND_HALF = ("2025-07-01", "2025-12-31")
LATE = date(2026, 2, 1)


def decided(effective: str, value: str, announced: str) -> Observation:
    return observed(RATE, effective, value, released=announced, vintage="decision")


PATH = (
    decided("2024-12-19", "4.50", "2024-12-18"),
    decided("2025-09-18", "4.25", "2025-09-17"),
    decided("2025-10-30", "4.00", "2025-10-29"),
    decided("2025-12-11", "3.75", "2025-12-10"),
    decided("2026-01-29", "3.75", "2026-01-28"),
)


def cuts(direction: str, value: Quantity | None = None, window: Ends = SECOND_HALF, said_on: date = SAID) -> Claim:
    return forecast("us.fed-funds.cuts", direction, value=value, window=window, said_on=said_on)


def rate(direction: str, value: Quantity | None = None, window: Ends = SECOND_HALF) -> Claim:
    return forecast("us.fed-funds.rate", direction, value=value, window=window)


@pytest.mark.parametrize(
    ("direction", "value", "expected"),
    [
        ("range", quantity("2", "count", high="3"), "true"),
        ("level", quantity("3", "count"), "true"),
        ("level", quantity("2", "count"), "false"),
        ("level", quantity("2", "count", bound=Bound.AT_LEAST), "true"),
        ("occurs", quantity("2", "count"), "false"),
        ("down", quantity("75", "bp"), "true"),
        ("down", quantity("0.5", "pp"), "false"),
        ("level", quantity("50", "bp", bound=Bound.AT_LEAST), "true"),
        ("occurs", None, "true"),
        ("down", None, "true"),
        ("not-occurs", None, "false"),
        ("not-occurs", quantity("100", "bp"), "true"),
    ],
)
def test_cuts_are_counted_or_added_up_over_the_window(direction: str, value: Quantity | None, expected: str) -> None:
    found = resolve(cuts(direction, value), PATH, as_of=LATE)
    assert found.outcome == expected


def test_a_cut_belongs_to_the_day_it_is_announced_a_rate_to_the_day_it_takes_effect() -> None:
    day_of_announcement, day_of_effect = ("2025-12-10", "2025-12-10"), ("2025-12-11", "2025-12-11")
    assert resolve(cuts("occurs", window=day_of_announcement), PATH, as_of=LATE).outcome is Outcome.TRUE
    assert resolve(cuts("occurs", window=day_of_effect), PATH, as_of=LATE).outcome is Outcome.FALSE
    level = quantity("3.75", bound=Bound.AT_MOST)
    assert resolve(rate("level", level, day_of_announcement), PATH, as_of=LATE).outcome is Outcome.FALSE
    assert resolve(rate("level", level, day_of_effect), PATH, as_of=LATE).outcome is Outcome.TRUE


def test_the_first_cut_settles_whether_one_comes_before_the_window_ends() -> None:
    as_of = date(2025, 9, 17)
    assert resolve(cuts("occurs"), PATH, as_of=as_of).outcome is Outcome.TRUE
    assert resolve(cuts("not-occurs"), PATH, as_of=as_of).outcome is Outcome.FALSE
    assert resolve(cuts("level", quantity("1", "count")), PATH, as_of=as_of).reason is Reason.WINDOW_OPEN


def test_the_day_before_the_announcement_knows_nothing_of_it() -> None:
    found = resolve(cuts("occurs"), PATH, as_of=date(2025, 9, 16))
    assert (found.outcome, found.due_on) == (Outcome.PENDING, date(2026, 1, 1))


def test_no_hike_is_proved_only_by_figures_that_run_beyond_the_window() -> None:
    claim = forecast("us.fed-funds.hikes", "not-occurs", window=SECOND_HALF)
    assert resolve(claim, PATH, as_of=LATE).outcome is Outcome.TRUE
    found = resolve(claim, PATH[:4], as_of=LATE)
    assert (found.outcome, found.reason, found.due_on) == (
        Outcome.PENDING,
        Reason.DATA_NOT_RELEASED,
        date(2026, 3, 4),
    )
    assert resolve(claim, PATH[:4], as_of=date(2026, 6, 1)).reason is Reason.DATA_MISSING
    assert resolve(claim, PATH[1:], as_of=LATE).reason is Reason.DATA_MISSING


def test_a_cut_before_the_statement_does_not_make_a_later_promise_true() -> None:
    claim = cuts("occurs", window=("2025-01-01", "2025-12-05"), said_on=date(2025, 11, 3))
    assert resolve(claim, PATH, as_of=LATE).outcome is Outcome.FALSE


def test_without_a_window_a_cut_that_came_is_enough_and_nothing_else_is() -> None:
    assert resolve(cuts("occurs", window=None), PATH, as_of=LATE).outcome is Outcome.TRUE
    assert resolve(cuts("occurs", window=None), PATH, as_of=date(2025, 9, 1)).reason is Reason.NO_WINDOW
    assert resolve(cuts("level", quantity("3", "count"), None), PATH, as_of=LATE).reason is Reason.NO_WINDOW


@pytest.mark.parametrize(
    ("direction", "value", "expected"),
    [
        ("level", quantity("3.6"), "true"),
        ("level", quantity("3.75"), "true"),
        ("level", quantity("3.4"), "false"),
        ("range", quantity("3.5", high="3.75"), "true"),
        ("range", quantity("3.75", high="4"), "false"),
        ("level", quantity("4", bound=Bound.LESS), "true"),
        ("down", None, "true"),
        ("up", None, "false"),
        ("flat", None, "false"),
        ("down", quantity("75", "bp"), "true"),
        ("down", quantity("50", "bp"), "false"),
        ("down", quantity("4"), "true"),
        ("not-occurs", quantity("3"), "true"),
    ],
)
def test_the_rate_in_force_at_the_end_of_the_window_decides(
    direction: str, value: Quantity | None, expected: str
) -> None:
    assert resolve(rate(direction, value), PATH, as_of=LATE).outcome == expected


def test_the_error_of_a_level_is_the_distance_to_the_range_in_force() -> None:
    inside, below = (resolve(rate("level", quantity(v)), PATH, as_of=LATE) for v in ("3.6", "3.4"))
    assert [str(r.scores[0].value) for r in (inside, below)] == ["0.0", "0.10"]


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (cuts("up"), Reason.NO_RULE),
        (cuts("flat"), Reason.NO_RULE),
        (cuts("level"), Reason.NO_THRESHOLD),
        (cuts("level", quantity("3", "years")), Reason.UNIT_DISAGREES),
        (rate("level", None), Reason.NO_THRESHOLD),
        (rate("level", quantity("3", "count")), Reason.UNIT_DISAGREES),
        (rate("down", quantity("0.25")), Reason.UNIT_DISAGREES),
        (rate("level", quantity("3.5"), None), Reason.NO_WINDOW),
        (rate("level", quantity("3.5"), ("2025-07-01", None)), Reason.NO_WINDOW),
        (cuts("occurs", window=("2025-01-01", "2025-03-19")), Reason.KNOWN_BEFORE),
    ],
)
def test_what_the_rate_cannot_answer_is_refused_with_its_reason(claim: Claim, reason: Reason) -> None:
    found = resolve(claim, PATH, as_of=LATE)
    assert (found.outcome, found.reason) == (Outcome.UNRESOLVABLE, reason)


def test_a_rate_without_the_one_it_starts_from_is_refused() -> None:
    assert resolve(rate("down"), PATH[1:], as_of=LATE).reason is Reason.DATA_MISSING


def test_the_moves_of_a_whole_year_count_though_some_came_before_the_statement() -> None:
    claim = cuts("level", quantity("3", "count"), YEAR_2025, said_on=date(2025, 11, 3))
    assert resolve(claim, PATH, as_of=LATE).outcome is Outcome.TRUE
