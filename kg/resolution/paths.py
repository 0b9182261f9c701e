"""The family `path`: forecasts about a series with many figures in a window (yields, prices, monthly rates)."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from kg.resolution.case import Case, Finding, Window, days_later, pending, refused, verdict
from kg.resolution.comparing import CHANGES, Realised, agrees, in_points, is_downward, measured, reaches
from kg.resolution.evidence import Figure
from kg.resolution.wording import changed, named, stated, threshold
from schemas.claim import Direction
from schemas.evidence import Reason
from schemas.quantity import Quantity

EVENTS = frozenset({Direction.OCCURS, Direction.NOT_OCCURS})
MOVEMENTS = frozenset({Direction.UP, Direction.DOWN})


def resolve_path(case: Case) -> Finding:
    """Return what the figures of the window say of a forecast.

    A threshold is settled by any figure of the window, a range by every one, all else by the last.
    """
    quantity, direction = case.prediction.value, case.prediction.direction
    is_change = quantity is not None and quantity.unit in CHANGES
    refusal = _refusal(case, quantity, is_change=is_change)
    if refusal is not None:
        return refusal
    if quantity is not None and not is_change and direction in EVENTS | MOVEMENTS:
        return _by_reaching(case, quantity)
    window = case.window
    if window is None:
        return refused(Reason.NO_WINDOW, "No day is stated by which it must hold.")
    due = days_later(window.end, case.rule.lag_days)
    if case.as_of < due:
        return pending(_why_pending(case, window), due, f"Decided by {case.series.title} up to {window.end}.")
    if quantity is not None and quantity.low != quantity.high and not is_change:
        return _within_range(case, window, quantity)
    return _at_the_end(case, window)


def _refusal(case: Case, quantity: Quantity | None, *, is_change: bool) -> Finding | None:
    direction = case.prediction.direction
    if quantity is None and direction in EVENTS | {Direction.LEVEL, Direction.RANGE}:
        return refused(Reason.NO_THRESHOLD, f"{case.series.title} always has a figure: the forecast needs a value.")
    if quantity is not None and not is_change and quantity.unit != case.series.unit:
        return refused(Reason.UNIT_DISAGREES, f"Stated in {quantity.unit}, published in {case.series.unit}.")
    if is_change and direction not in MOVEMENTS:
        return refused(Reason.NO_RULE, "A change without its direction gives no level to hold figures against.")
    return None


def _by_reaching(case: Case, quantity: Quantity) -> Finding:
    figures, base = _figures(case), _on_or_before(case, case.base_day)
    direction, window = case.prediction.direction, case.window
    downward = is_downward(quantity, direction, base.value if base else None)
    end = window.end if window is not None else None
    counted = [f for f in figures if f.start >= case.opens and (end is None or f.end <= end)]
    reached = next((f for f in counted if reaches(quantity, f.value, downward=downward)), None)
    wanted = threshold(quantity, downward=downward)
    if reached is not None:
        told = f"{case.series.title} {named(reached)}: {wanted} was reached."
        return verdict(told, reached, is_true=direction is not Direction.NOT_OCCURS)
    if window is None:
        return refused(Reason.NO_WINDOW, f"{wanted} has not been reached so far, and no day is stated for it.")
    due = days_later(window.end, case.rule.lag_days)
    if case.as_of < due:
        return pending(_why_pending(case, window), due, f"{wanted} has not been reached so far.")
    gap = _gap(case, Window(min(case.opens, window.end), window.end), counted)
    if gap is not None:
        return gap
    extreme = (min if downward else max)(counted, key=lambda f: f.value)
    told = f"{case.series.title} came nearest with {named(extreme)}: {wanted} was not reached."
    return verdict(told, extreme, is_true=direction is Direction.NOT_OCCURS)


def _within_range(case: Case, window: Window, quantity: Quantity) -> Finding:
    counted = [f for f in _figures(case) if window.start <= f.start and f.end <= window.end]
    outside = next((f for f in counted if not quantity.low <= f.value <= quantity.high), None)
    if outside is not None:
        told = f"{case.series.title} {named(outside)}, outside {stated(quantity)}."
        return verdict(told, outside, is_true=False)
    gap = _gap(case, window, counted)
    if gap is not None:
        return gap
    low, high = min(counted, key=lambda f: f.value), max(counted, key=lambda f: f.value)
    told = f"All figures of {window} lay between {low.value} and {high.value} {case.series.unit}."
    return verdict(told, low, high, is_true=True)


def _at_the_end(case: Case, window: Window) -> Finding:
    last = _on_or_before(case, window.end)
    if last is None or (window.end - last.end).days > case.rule.gap_days:
        return _missing(case, window.end, window.end)
    quantity, direction = case.prediction.value, case.prediction.direction
    tolerance = case.rule.tolerance.get(case.series.frequency, Decimal(0))
    if quantity is not None and quantity.unit not in CHANGES:
        realised = Realised(last.value)
        told = f"{case.series.title} {named(last)}, against {stated(quantity, tolerance=tolerance)}."
        is_true = agrees(quantity, realised, tolerance=tolerance)
        return verdict(told, last, is_true=is_true, measured=measured(quantity, realised))
    base = _on_or_before(case, case.base_day)
    if base is None or (case.base_day - base.end).days > case.rule.gap_days:
        return _missing(case, case.base_day, case.base_day)
    change = last.value - base.value
    told = f"{case.series.title} {changed(last, base)}"
    if direction is Direction.FLAT:
        return verdict(f"{told}.", last, base, is_true=abs(change) <= tolerance)
    towards = Realised(change if direction is Direction.UP else -change)
    if quantity is None:
        return verdict(f"{told}.", last, base, is_true=towards.value > 0)
    points = in_points(quantity)
    told = f"{told}, against {stated(points, tolerance=tolerance)} {direction}."
    is_true = agrees(points, towards, tolerance=tolerance)
    return verdict(told, last, base, is_true=is_true, measured=measured(points, towards))


def _figures(case: Case) -> tuple[Figure, ...]:
    return case.evidence.figures(case.series.indicator_id, case.rule.vintage)


def _on_or_before(case: Case, day: date) -> Figure | None:
    """Return the last figure of a period that was over by a day."""
    return next((f for f in reversed(_figures(case)) if f.end <= day), None)


def _why_pending(case: Case, window: Window) -> Reason:
    return Reason.WINDOW_OPEN if case.as_of <= window.end else Reason.DATA_NOT_RELEASED


def _gap(case: Case, window: Window, counted: list[Figure]) -> Finding | None:
    """Return the refusal for a window in which figures are missing; None where it is covered.

    A period whose figure was cancelled or never published is known to have none: it is no gap.
    """
    unpublished = (o.period_end for o in case.evidence.of(case.series.indicator_id) if o.value is None)
    inside = {f.end for f in counted} | {day for day in unpublished if window.start <= day <= window.end}
    days = [days_later(window.start, -1), *sorted(inside), days_later(window.end, 1)]
    longest = case.rule.gap_days
    gap = next(((a, b) for a, b in pairwise(days) if (b - a).days > longest), None)
    if gap is not None or not counted:
        first, last = gap or (days[0], days[-1])
        return _missing(case, days_later(first, 1), days_later(last, -1))
    return None


def _missing(case: Case, first: date, last: date) -> Finding:
    when = f"for {first} or the {case.rule.gap_days} days before" if first == last else f"for {first} to {last}"
    return refused(
        Reason.DATA_MISSING,
        f"No figure of {case.series.indicator_id} {when} is in the store: import its observations and resolve again.",
    )
