from datetime import date

import pytest

from kg.resolution.resolver import resolve
from schemas.claim import Claim
from schemas.evidence import Outcome, Reason
from schemas.quantity import Bound, Quantity
from tests.kg.resolution.cases import RATE_PATH, decided, forecast, quantity

Ends = tuple[str | None, str | None] | None
SECOND_HALF = ("2025-07-01", "2025-12-31")
LATE = date(2026, 2, 1)


def rate(direction: str, value: Quantity | None = None, window: Ends = SECOND_HALF) -> Claim:
    return forecast("us.fed-funds.rate", direction, value=value, window=window)


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
        ("down", quantity("3", "count"), "true"),
        ("up", quantity("1", "count"), "false"),
    ],
)
def test_the_rate_in_force_at_the_end_of_the_window_decides(
    direction: str, value: Quantity | None, expected: str
) -> None:
    assert resolve(rate(direction, value), RATE_PATH, as_of=LATE).outcome == expected


def test_a_level_counts_from_the_day_it_takes_effect_not_from_its_announcement() -> None:
    level = quantity("3.75", bound=Bound.AT_MOST)
    announced, effective = (rate("level", level, (day, day)) for day in ("2025-12-10", "2025-12-11"))
    assert resolve(announced, RATE_PATH, as_of=LATE).outcome is Outcome.FALSE
    assert resolve(effective, RATE_PATH, as_of=LATE).outcome is Outcome.TRUE


def test_a_movement_starts_from_the_statement_or_from_the_eve_of_a_later_window() -> None:
    november = rate("down", None, ("2025-11-01", "2025-11-30"))
    assert resolve(november, RATE_PATH, as_of=LATE).outcome is Outcome.FALSE
    since_spring = rate("down", None, (None, "2025-11-30"))
    assert resolve(since_spring, RATE_PATH, as_of=LATE).outcome is Outcome.TRUE


def test_there_and_back_within_the_window_is_not_flat() -> None:
    path = (RATE_PATH[0], decided("2025-09-18", "4.25", "2025-09-17"), decided("2025-10-30", "4.50", "2025-10-29"))
    window = ("2025-09-01", "2025-10-30")
    found = resolve(rate("flat", None, window), path, as_of=LATE)
    assert found.outcome is Outcome.FALSE
    assert "no change, moved on 2025-09-17" in found.explanation


def test_the_error_of_a_level_is_the_distance_to_the_range_in_force() -> None:
    inside, below = (resolve(rate("level", quantity(v)), RATE_PATH, as_of=LATE) for v in ("3.6", "3.4"))
    assert [str(r.scores[0].value) for r in (inside, below)] == ["0.0", "0.10"]


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (rate("level", None), Reason.NO_THRESHOLD),
        (rate("level", quantity("3", "count")), Reason.NO_RULE),
        (rate("level", quantity("3", "USD")), Reason.UNIT_DISAGREES),
        (rate("down", quantity("0.25")), Reason.UNIT_DISAGREES),
        (rate("level", quantity("3.5"), None), Reason.NO_WINDOW),
        (rate("level", quantity("3.5"), ("2025-07-01", None)), Reason.NO_WINDOW),
    ],
)
def test_what_the_rate_cannot_answer_is_refused_with_its_reason(claim: Claim, reason: Reason) -> None:
    found = resolve(claim, RATE_PATH, as_of=LATE)
    assert (found.outcome, found.reason) == (Outcome.UNRESOLVABLE, reason)


def test_a_rate_without_the_one_it_starts_from_is_refused() -> None:
    assert resolve(rate("down"), RATE_PATH[1:], as_of=LATE).reason is Reason.DATA_MISSING


def test_a_rate_is_awaited_until_a_figure_at_the_end_of_the_window_is_known() -> None:
    found = resolve(rate("level", quantity("3.75")), RATE_PATH[:4], as_of=LATE)
    assert (found.outcome, found.reason) == (Outcome.PENDING, Reason.DATA_NOT_RELEASED)
    assert "only up to 2025-12-11" in found.explanation
