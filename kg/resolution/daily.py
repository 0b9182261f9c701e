"""The family `daily`: forecasts about a series with a figure each trading day (yields, prices, rates of exchange)."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from kg.resolution.case import Case, Finding, Window, pending, refused, verdict
from kg.resolution.comparing import CHANGES, Realised, agrees, in_points, is_downward, measured, reaches
from kg.resolution.evidence import Figure
from schemas.claim import Direction
from schemas.evidence import Reason
from schemas.quantity import Quantity

EVENTS = frozenset({Direction.OCCURS, Direction.NOT_OCCURS})
MOVEMENTS = frozenset({Direction.UP, Direction.DOWN})


def resolve_daily(case: Case) -> Finding:
    """Return what the daily figures of the window say of a forecast.

    A threshold is settled by any day of the window, a range by every day, all else by the last day.
    """
    quantity, direction = case.prediction.value, case.prediction.direction
    if quantity is not None and quantity.unit != case.series.unit and quantity.unit not in CHANGES:
        return refused(Reason.UNIT_DISAGREES, f"Stated in {quantity.unit}, published in {case.series.unit}.")
    if quantity is None and direction in EVENTS | {Direction.LEVEL, Direction.RANGE}:
        return refused(Reason.NO_THRESHOLD, f"{case.series.title} has a figure each day: the forecast needs a value.")
    is_change = quantity is not None and quantity.unit in CHANGES
    if is_change and direction not in MOVEMENTS:
        return refused(Reason.NO_RULE, "A change without its direction says no level to hold figures against.")
    if quantity is not None and not is_change and direction in EVENTS | MOVEMENTS:
        return _by_reaching(case, quantity)
    window = case.window
    if window is None:
        return refused(Reason.NO_WINDOW, "No day is stated by which it must hold.")
    due = window.end + timedelta(days=case.rule.lag_days)
    if case.as_of < due:
        reason = Reason.WINDOW_OPEN if case.as_of <= window.end else Reason.DATA_NOT_RELEASED
        return pending(reason, due, f"Decided by {case.series.title} up to {window.end}, out by {due}.")
    if quantity is not None and quantity.low != quantity.high and not is_change:
        return _within_range(case, window, quantity)
    return _at_the_end(case, window)


def _by_reaching(case: Case, quantity: Quantity) -> Finding:
    figures, base = _figures(case), _on_or_before(case, case.base_day)
    direction, window = case.prediction.direction, case.window
    downward = is_downward(quantity, direction, base.value if base else None)
    end = window.end if window is not None else None
    counted = [f for f in figures if f.start >= case.opens and (end is None or f.end <= end)]
    reached = next((f for f in counted if reaches(quantity, f.value, downward=downward)), None)
    threshold = quantity.high if downward else quantity.low
    if reached is not None:
        told = f"{_named(case, reached)}, so {threshold} {quantity.unit} was reached."
        return verdict(told, reached, is_true=direction is not Direction.NOT_OCCURS)
    if window is None:
        told = f"{threshold} {quantity.unit} has not been reached so far, and no day is stated by which it must be."
        return refused(Reason.NO_WINDOW, told)
    due = window.end + timedelta(days=case.rule.lag_days)
    if case.as_of < due:
        reason = Reason.WINDOW_OPEN if case.as_of <= window.end else Reason.DATA_NOT_RELEASED
        return pending(reason, due, f"{threshold} {quantity.unit} has not been reached so far; decided by {due}.")
    gap = _gap(case, Window(min(case.opens, window.end), window.end), counted)
    if gap is not None:
        return gap
    extreme = (min if downward else max)(counted, key=lambda f: f.value)
    word = "lowest" if downward else "highest"
    told = f"{_named(case, extreme)}, the {word} of the window, so {threshold} {quantity.unit} was not reached."
    return verdict(told, extreme, is_true=direction is Direction.NOT_OCCURS)


def _within_range(case: Case, window: Window, quantity: Quantity) -> Finding:
    counted = [f for f in _figures(case) if window.start <= f.start and f.end <= window.end]
    outside = next((f for f in counted if not quantity.low <= f.value <= quantity.high), None)
    if outside is not None:
        told = f"{_named(case, outside)}, outside {quantity.low} to {quantity.high} {quantity.unit}."
        return verdict(told, outside, is_true=False)
    gap = _gap(case, window, counted)
    if gap is not None:
        return gap
    low, high = min(counted, key=lambda f: f.value), max(counted, key=lambda f: f.value)
    told = f"All figures of {window} lay between {low.value} and {high.value} {quantity.unit}."
    return verdict(told, low, high, is_true=True)


def _at_the_end(case: Case, window: Window) -> Finding:
    last = _on_or_before(case, window.end)
    if last is None or (window.end - last.end).days > case.rule.gap_days:
        return _missing(case, window.end)
    quantity, direction = case.prediction.value, case.prediction.direction
    tolerance = case.rule.tolerance.get(case.series.frequency, Decimal(0))
    if quantity is not None and quantity.unit not in CHANGES:
        realised = Realised(last.value)
        told = f"{_named(case, last)}, the last of the window, against {quantity.low} (± {tolerance})."
        is_true = agrees(quantity, realised, tolerance=tolerance)
        return verdict(told, last, is_true=is_true, measured=measured(quantity, realised))
    base = _on_or_before(case, case.base_day)
    if base is None or (case.base_day - base.end).days > case.rule.gap_days:
        return _missing(case, case.base_day)
    change = last.value - base.value
    told = f"{_named(case, last)}, after {base.value} on {base.end}: a change of {change:+}."
    if direction is Direction.FLAT:
        return verdict(told, last, base, is_true=abs(change) <= tolerance)
    towards = change if direction is Direction.UP else -change
    if quantity is None:
        return verdict(told, last, base, is_true=towards > 0)
    stated = in_points(quantity)
    is_true = agrees(stated, Realised(towards), tolerance=tolerance)
    return verdict(told, last, base, is_true=is_true, measured=measured(stated, Realised(towards)))


def _figures(case: Case) -> tuple[Figure, ...]:
    return case.evidence.figures(case.series.indicator_id, case.rule.vintage)


def _on_or_before(case: Case, day: date) -> Figure | None:
    return next((f for f in reversed(_figures(case)) if f.end <= day), None)


def _gap(case: Case, window: Window, counted: list[Figure]) -> Finding | None:
    """Return the refusal for a window in which figures are missing; None where it is covered."""
    days = [window.start - timedelta(days=1), *(f.end for f in counted), window.end + timedelta(days=1)]
    longest = case.rule.gap_days
    start = next((a for a, b in pairwise(days) if (b - a).days > longest), None)
    return None if start is None else _missing(case, start + timedelta(days=1))


def _missing(case: Case, day: date) -> Finding:
    return refused(
        Reason.DATA_MISSING,
        f"No figure of {case.series.indicator_id} from {day} on for more than {case.rule.gap_days} days is in the"
        " store: import its observations and resolve again.",
    )


def _named(case: Case, figure: Figure) -> str:
    o = figure.observation
    return f"{case.series.title}: {o.value} {o.unit} on {o.period_end} ({o.vintage}, released {o.released_at})"
