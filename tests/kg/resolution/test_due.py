from datetime import date

from kg.resolution.due import Why, select_due
from kg.resolution.resolver import resolve
from schemas.claim import Claim
from schemas.evidence import Observation
from tests.kg.resolution.cases import RATE_PATH, forecast, observed, quantity

Q2 = ("2025-04-01", "2025-06-30")
SERIES = "us.gdp.growth.quarterly"
Q2_ADVANCE = observed(SERIES, Q2[0], "3.0", end=Q2[1], released="2025-07-30", vintage="advance")
Q1_THIRD = observed(SERIES, "2025-01-01", "-0.5", end="2025-03-31", released="2025-06-26", vintage="third")
CLAIM = forecast("us.gdp.growth", "level", value=quantity("3"), window=Q2)


def reasons(
    claim: Claim, resolved_on: date | None, as_of: date, figures: tuple[Observation, ...] = (Q1_THIRD, Q2_ADVANCE)
) -> list[Why]:
    last = [resolve(claim, figures, as_of=resolved_on)] if resolved_on else []
    return [due.why for due in select_due([claim], last, figures, as_of=as_of)]


def test_what_was_never_resolved_is_due_from_the_day_it_was_said() -> None:
    assert reasons(CLAIM, None, date(2025, 3, 20)) == [Why.NEVER_RESOLVED]
    assert reasons(CLAIM, None, date(2025, 3, 19)) == []


def test_a_pending_prediction_is_due_on_its_day_or_when_its_series_has_news() -> None:
    assert reasons(CLAIM, date(2025, 7, 1), date(2025, 7, 29)) == []
    assert reasons(CLAIM, date(2025, 7, 1), date(2025, 7, 30)) == [Why.DATE_REACHED]
    assert reasons(CLAIM, date(2025, 6, 1), date(2025, 6, 26)) == [Why.NEW_FIGURES]


def test_what_is_decided_is_never_due_again() -> None:
    later = observed(SERIES, Q2[0], "3.8", end=Q2[1], released="2025-09-25", vintage="third")
    assert reasons(CLAIM, date(2025, 7, 30), date(2026, 1, 1), (Q2_ADVANCE, later)) == []


def test_after_running_what_is_due_nothing_is_due_on_the_same_day() -> None:
    for as_of in (date(2025, 4, 1), date(2025, 7, 30), date(2026, 10, 5)):
        assert reasons(CLAIM, as_of, as_of) == []
        assert reasons(CLAIM, as_of, as_of, ()) == []


def test_missing_figures_are_looked_for_again() -> None:
    assert reasons(CLAIM, date(2026, 6, 1), date(2026, 6, 2), ()) == [Why.DATA_WAS_MISSING]


def test_a_refusal_that_no_figure_can_change_waits_for_another_rule() -> None:
    refused = forecast("nvidia.moat", "down")
    conditional = forecast("us.gdp.growth", "level", value=quantity("3"), window=Q2, is_conditional=True)
    for claim in (refused, conditional):
        assert reasons(claim, date(2025, 4, 1), date(2026, 4, 1)) == []
    last = resolve(refused, (), as_of=date(2025, 4, 1)).model_copy(update={"rule_id": "an.older.rule/1"})
    assert [d.why for d in select_due([refused], [last], (), as_of=date(2025, 5, 1))] == [Why.RULE_CHANGED]


def test_a_prediction_without_a_window_is_looked_at_again_when_its_series_has_news() -> None:
    claim = forecast("us.fed-funds.cuts", "occurs")
    assert reasons(claim, date(2025, 9, 1), date(2025, 9, 16), RATE_PATH) == []
    assert reasons(claim, date(2025, 9, 1), date(2025, 9, 17), RATE_PATH) == [Why.NEW_FIGURES]


def test_what_was_resolved_before_it_was_said_counts_as_never_resolved() -> None:
    assert reasons(CLAIM, date(2025, 1, 1), date(2025, 4, 1)) == [Why.NEVER_RESOLVED]
