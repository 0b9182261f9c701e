from datetime import date

import pytest

from kg.resolution.resolver import resolve
from schemas.claim import Claim
from schemas.evidence import Outcome, Reason
from schemas.quantity import Bound, Quantity
from tests.kg.resolution.cases import RATE_PATH, SAID, YEAR_2025, decided, forecast, quantity

Ends = tuple[str | None, str | None] | None
SECOND_HALF = ("2025-07-01", "2025-12-31")
LATE = date(2026, 2, 1)


def cuts(direction: str, value: Quantity | None = None, window: Ends = SECOND_HALF, said_on: date = SAID) -> Claim:
    return forecast("us.fed-funds.cuts", direction, value=value, window=window, said_on=said_on)


@pytest.mark.parametrize(
    ("direction", "value", "expected"),
    [
        ("range", quantity("2", "count", high="3"), "true"),
        ("level", quantity("3", "count"), "true"),
        ("level", quantity("2", "count"), "false"),
        ("level", quantity("2", "count", bound=Bound.AT_LEAST), "true"),
        ("occurs", quantity("2", "count"), "false"),
        ("not-occurs", quantity("2", "count"), "true"),
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
    found = resolve(cuts(direction, value), RATE_PATH, as_of=LATE)
    assert found.outcome == expected
    assert found.explanation.startswith("3 cuts of 0.75 points announced in 2025-07-01 to 2025-12-31 (2025-09-17, ")


def test_cuts_and_hikes_of_one_window_do_not_cancel_out() -> None:
    path = (*RATE_PATH, decided("2026-03-19", "4.00", "2026-03-18"), decided("2026-05-07", "4.00", "2026-05-06"))
    window = ("2025-12-01", "2026-04-30")
    for target in ("us.fed-funds.cuts", "us.fed-funds.hikes"):
        claim = forecast(target, "level", value=quantity("1", "count"), window=window)
        assert resolve(claim, path, as_of=date(2026, 6, 1)).outcome is Outcome.TRUE


def test_a_cut_belongs_to_the_day_it_is_announced() -> None:
    assert resolve(cuts("occurs", window=("2025-12-10", "2025-12-10")), RATE_PATH, as_of=LATE).outcome is Outcome.TRUE
    assert resolve(cuts("occurs", window=("2025-12-11", "2025-12-11")), RATE_PATH, as_of=LATE).outcome is Outcome.FALSE


def test_the_first_cut_settles_whether_one_comes_before_the_window_ends() -> None:
    as_of = date(2025, 9, 17)
    assert resolve(cuts("occurs"), RATE_PATH, as_of=as_of).outcome is Outcome.TRUE
    assert resolve(cuts("not-occurs"), RATE_PATH, as_of=as_of).outcome is Outcome.FALSE
    assert resolve(cuts("level", quantity("1", "count")), RATE_PATH, as_of=as_of).reason is Reason.WINDOW_OPEN


def test_the_day_before_the_announcement_knows_nothing_of_it() -> None:
    found = resolve(cuts("occurs"), RATE_PATH, as_of=date(2025, 9, 16))
    assert (found.outcome, found.due_on) == (Outcome.PENDING, date(2026, 1, 1))


def test_no_hike_is_proved_only_by_figures_that_run_beyond_the_window() -> None:
    claim = forecast("us.fed-funds.hikes", "not-occurs", window=SECOND_HALF)
    proved = resolve(claim, RATE_PATH, as_of=LATE)
    assert (proved.outcome, proved.explanation[:23]) == (Outcome.TRUE, "No hike was announced i")
    assert len(proved.observation_ids) == 2
    waiting = resolve(claim, RATE_PATH[:4], as_of=LATE)
    assert (waiting.reason, waiting.due_on) == (Reason.DATA_NOT_RELEASED, date(2026, 3, 4))
    assert resolve(claim, RATE_PATH[:4], as_of=date(2026, 6, 1)).reason is Reason.DATA_MISSING
    assert resolve(claim, RATE_PATH[1:], as_of=LATE).reason is Reason.DATA_MISSING
    assert resolve(claim, (), as_of=LATE).reason is Reason.DATA_NOT_RELEASED


def test_a_cut_before_the_statement_does_not_make_a_later_promise_true() -> None:
    claim = cuts("occurs", window=("2025-01-01", "2025-12-05"), said_on=date(2025, 11, 3))
    assert resolve(claim, RATE_PATH, as_of=LATE).outcome is Outcome.FALSE


def test_the_moves_of_a_whole_year_count_though_some_came_before_the_statement() -> None:
    claim = cuts("level", quantity("3", "count"), YEAR_2025, said_on=date(2025, 11, 3))
    assert resolve(claim, RATE_PATH, as_of=LATE).outcome is Outcome.TRUE


def test_without_a_window_a_cut_that_came_is_enough_and_nothing_else_is() -> None:
    assert resolve(cuts("occurs", window=None), RATE_PATH, as_of=LATE).outcome is Outcome.TRUE
    assert resolve(cuts("occurs", window=None), RATE_PATH, as_of=date(2025, 9, 1)).reason is Reason.NO_WINDOW
    assert resolve(cuts("level", quantity("3", "count"), None), RATE_PATH, as_of=LATE).reason is Reason.NO_WINDOW


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (cuts("up"), Reason.NO_RULE),
        (cuts("flat"), Reason.NO_RULE),
        (cuts("level"), Reason.NO_THRESHOLD),
        (cuts("level", quantity("3", "years")), Reason.UNIT_DISAGREES),
        (cuts("occurs", window=("2025-01-01", "2025-03-19")), Reason.KNOWN_BEFORE),
    ],
)
def test_what_moves_cannot_answer_is_refused_with_its_reason(claim: Claim, reason: Reason) -> None:
    found = resolve(claim, RATE_PATH, as_of=LATE)
    assert (found.outcome, found.reason) == (Outcome.UNRESOLVABLE, reason)
