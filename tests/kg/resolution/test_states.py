from datetime import date

import pytest

from kg.resolution.resolver import resolve
from schemas.claim import Claim
from schemas.evidence import Observation, Outcome, Reason
from tests.kg.resolution.cases import YEAR_2025, forecast, observed, quantity

STATE = "us.recession.nber"
ENDS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def months(released: str, *in_recession: int, vintage: str = "copy") -> tuple[Observation, ...]:
    """The months of 2025, all released on one day, some of them in recession."""
    return tuple(
        observed(
            STATE,
            f"2025-{m:02}-01",
            "1" if m in in_recession else "0",
            end=f"2025-{m:02}-{ENDS[m - 1]}",
            released=released,
            vintage=vintage,
        )
        for m in range(1, 13)
    )


CALM = months("2026-01-03")


def recession(
    direction: str = "occurs", window: tuple[str, str] | None = YEAR_2025, chance: str | None = None
) -> Claim:
    return forecast("us.recession", direction, window=window, chance=chance)


def test_a_stated_chance_waits_through_the_hold_out_with_the_day_it_ends() -> None:
    found = resolve(recession(chance="0.6"), CALM, as_of=date(2026, 10, 5))
    assert (found.outcome, found.reason, found.due_on) == (Outcome.PENDING, Reason.HOLD_OUT, date(2026, 12, 31))
    assert found.scores == ()
    assert found.explanation.endswith("If it stays so, its Brier score is 0.36.")
    denied = resolve(recession("not-occurs", chance="0.6"), CALM, as_of=date(2026, 10, 5))
    assert denied.explanation.endswith("is 0.16.")


def test_while_the_window_is_open_it_is_pending_and_says_so() -> None:
    found = resolve(recession(), (), as_of=date(2025, 6, 1))
    assert (found.reason, found.due_on) == (Reason.WINDOW_OPEN, date(2026, 12, 31))


def test_a_no_is_final_after_the_hold_out_on_figures_released_then() -> None:
    late = months("2027-01-04", vintage="copy of 2027-01-04")
    found = resolve(recession(chance="0.6"), (*CALM, *late), as_of=date(2027, 1, 4))
    assert (found.outcome, [str(s.value) for s in found.scores]) == (Outcome.FALSE, ["0.36", "0.916291"])
    assert resolve(recession("not-occurs"), (*CALM, *late), as_of=date(2027, 1, 4)).outcome is Outcome.TRUE


def test_old_figures_do_not_make_a_no_final() -> None:
    waiting = resolve(recession(), CALM, as_of=date(2027, 1, 4))
    assert (waiting.reason, waiting.due_on) == (Reason.DATA_NOT_RELEASED, date(2027, 4, 3))
    assert resolve(recession(), CALM, as_of=date(2027, 6, 1)).reason is Reason.DATA_MISSING


def test_a_month_without_a_figure_keeps_a_no_from_being_final() -> None:
    late = months("2027-01-04", vintage="copy of 2027-01-04")[:11]
    assert resolve(recession(), late, as_of=date(2027, 6, 1)).reason is Reason.DATA_MISSING


def test_a_late_announcement_flips_what_older_vintages_said() -> None:
    announced = months("2026-08-10", 10, 11, 12, vintage="peak announced")
    before = resolve(recession(chance="0.6"), (*CALM, *announced), as_of=date(2026, 8, 9))
    after = resolve(recession(chance="0.6"), (*CALM, *announced), as_of=date(2026, 8, 10))
    assert (before.outcome, after.outcome) == (Outcome.PENDING, Outcome.TRUE)
    assert "2025-10" in after.explanation


def test_without_a_window_an_announced_recession_is_enough_but_its_chance_is_not_scored() -> None:
    announced = months("2026-08-10", 10, vintage="peak announced")
    found = resolve(recession(window=None, chance="0.5"), announced, as_of=date(2026, 8, 10))
    assert (found.outcome, found.scores) == (Outcome.TRUE, ())
    assert "not scored" in found.explanation
    assert resolve(recession(window=None), CALM, as_of=date(2026, 8, 10)).reason is Reason.NO_WINDOW


def test_a_recession_already_announced_when_it_was_said_is_no_forecast() -> None:
    announced = months("2025-02-15", 1, vintage="peak announced")
    assert resolve(recession(), announced, as_of=date(2026, 8, 10)).reason is Reason.KNOWN_BEFORE


def test_months_before_the_statement_do_not_prove_a_forecast_without_a_window() -> None:
    january = months("2025-02-15", 1, vintage="peak announced")
    assert resolve(recession(window=None), january, as_of=date(2026, 8, 10)).reason is Reason.NO_WINDOW


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (recession("up"), Reason.NO_RULE),
        (forecast("us.recession", "occurs", value=quantity("2"), window=YEAR_2025), Reason.UNIT_DISAGREES),
    ],
)
def test_what_a_state_cannot_answer_is_refused_with_its_reason(claim: Claim, reason: Reason) -> None:
    assert resolve(claim, CALM, as_of=date(2026, 10, 5)).reason is reason
