"""The family `state`: forecasts about a state that a committee dates, months later (recession)."""

from datetime import date
from typing import Final

from kg.resolution.case import Case, Finding, Window, days_later, months_later, pending, refused, verdict
from kg.resolution.evidence import Figure
from schemas.claim import Direction
from schemas.evidence import Reason

IN_STATE: Final = 1
"""The value of a month in the state; 0 is a month out of it."""


def resolve_state(case: Case) -> Finding:
    """Return whether a month of the window was dated as in the state.

    A yes is final as soon as it is announced. A no is final only after the hold-out, on figures released
    then: committees date turning points late.
    """
    if case.prediction.direction not in {Direction.OCCURS, Direction.NOT_OCCURS}:
        return refused(
            Reason.NO_RULE, "Only whether it comes can be settled: a rising or falling risk is not measured."
        )
    if case.prediction.value is not None:
        return refused(Reason.UNIT_DISAGREES, f"{case.series.title} is yes or no; a value can't be held against it.")
    window, figures = case.window, _months(case)
    dated = [f for f in figures if f.value == IN_STATE]
    is_denied = case.prediction.direction is Direction.NOT_OCCURS
    if dated and dated[0].released_at < case.said_on:
        why = f"{_month(dated[0])} was known as a recession from {dated[0].released_at} on, before the statement."
        return refused(Reason.KNOWN_BEFORE, why, dated[0].observation)
    if dated:
        told = f"{case.series.publisher} dated {_month(dated[0])} as in recession (known {dated[0].released_at})."
        return verdict(told, dated[0], is_true=not is_denied)
    if window is None:
        told = "No month since the statement has been dated so, and no day is stated by which it must come."
        return refused(Reason.NO_WINDOW, told)
    return _without_date(case, window, figures, is_denied=is_denied)


def _without_date(case: Case, window: Window, figures: list[Figure], *, is_denied: bool) -> Finding:
    due = months_later(window.end, case.rule.hold_out_months)
    known = f"no month of {window} has been dated as in recession"
    if case.as_of <= window.end:
        return pending(Reason.WINDOW_OPEN, due, f"So far {known}; a no is final on {due}.", *figures[-1:])
    if case.as_of < due:
        held = f"By {case.as_of} {known}; as dates are set late, a no is final on {due} only."
        return pending(Reason.HOLD_OUT, due, held, *figures[-1:])
    newest = max((o.released_at for o in case.evidence.of(case.series.indicator_id)), default=None)
    is_covered = {(f.start.year, f.start.month) for f in figures} >= set(_months_of(window))
    if newest is not None and newest >= due and is_covered:
        told = f"{known[0].upper()}{known[1:]}, on figures released by {newest}, after the hold-out to {due}."
        return verdict(told, *figures, is_true=is_denied)
    patience = days_later(due, case.rule.grace_days)
    what = f"{case.series.indicator_id} has no figures for all of {window} released on or after {due}"
    if case.as_of <= patience:
        return pending(Reason.DATA_NOT_RELEASED, patience, f"By {case.as_of} {known}; {what}.", *figures[-1:])
    return refused(Reason.DATA_MISSING, f"{what}: import its observations and resolve again.")


def _months(case: Case) -> list[Figure]:
    window = case.window
    start = window.start if window is not None else case.opens
    end = window.end if window is not None else None
    figures = case.evidence.figures(case.series.indicator_id, case.rule.vintage)
    return [f for f in figures if f.end >= start and (end is None or f.start <= end)]


def _months_of(window: Window) -> list[tuple[int, int]]:
    first, last = (day.year * 12 + day.month - 1 for day in (window.start, window.end))
    return [(index // 12, index % 12 + 1) for index in range(first, last + 1)]


def _month(figure: Figure) -> str:
    day: date = figure.start
    return f"{day.year}-{day.month:02}"
