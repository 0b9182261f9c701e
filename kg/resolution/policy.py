"""The families `policy-rate` and `moves`: forecasts about a rate that holds until its committee moves it.

Two clocks meet here. A level counts from the day it takes effect, a move from the day it is announced:
the cut announced on 2025-12-10 took effect on 2025-12-11.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from kg.resolution.case import Case, Finding, Window, pending, refused, verdict
from kg.resolution.comparing import CHANGES, Realised, agrees, in_points, is_downward, measured, reaches
from kg.resolution.evidence import Figure
from schemas.claim import Direction
from schemas.evidence import Reason
from schemas.quantity import Bound, Quantity

COUNT = "count"
MOVEMENTS = frozenset({Direction.UP, Direction.DOWN})
EVENTS = frozenset({Direction.OCCURS, Direction.NOT_OCCURS})


@dataclass(frozen=True, slots=True)
class Move:
    """A change of the rate, by the figure that shows it; `size` is positive, in percentage points."""

    figure: Figure
    size: Decimal

    @property
    def announced_on(self) -> date:
        """The day it became known."""
        return self.figure.released_at


def resolve_policy_rate(case: Case) -> Finding:
    """Return what the rate in force on the last day of the window says of a forecast."""
    quantity = case.prediction.value
    if quantity is not None and quantity.unit != case.series.unit and quantity.unit not in CHANGES:
        return refused(Reason.UNIT_DISAGREES, f"Stated in {quantity.unit}, published in {case.series.unit}.")
    window = case.window
    if window is None:
        return refused(Reason.NO_WINDOW, "No day is stated on which the rate must stand there.")
    waiting = _waiting(case, window, since=window.end)
    if waiting is not None:
        return waiting
    last = _in_force(case, window.end)
    if last is None:
        return _missing(case, window)
    if quantity is None or quantity.unit in CHANGES or case.prediction.direction is Direction.FLAT:
        return _rate_by_change(case, last, quantity)
    return _rate_by_level(case, last, quantity)


def _rate_by_level(case: Case, last: Figure, quantity: Quantity) -> Finding:
    direction = case.prediction.direction
    realised = Realised(last.value, case.rule.band)
    told = f"{_named(case, last)}, against {_span(quantity)} {quantity.unit}."
    if direction in {Direction.LEVEL, Direction.RANGE}:
        is_true = agrees(quantity, realised)
        return verdict(told, last, is_true=is_true, measured=measured(quantity, realised))
    base = _in_force(case, case.base_day)
    is_smaller_than_a_move = quantity.high <= 1 and direction in MOVEMENTS
    if is_smaller_than_a_move:
        why = f"{_span(quantity)} % with a direction may be a level or a change: state basis points or a level."
        return refused(Reason.UNIT_DISAGREES, why)
    downward = is_downward(quantity, direction, base.value if base else None)
    has_reached = reaches(quantity, last.value, downward=downward)
    return verdict(told, last, is_true=has_reached is not (direction is Direction.NOT_OCCURS))


def _rate_by_change(case: Case, last: Figure, quantity: Quantity | None) -> Finding:
    direction = case.prediction.direction
    if direction not in {Direction.UP, Direction.DOWN, Direction.FLAT}:
        return refused(Reason.NO_THRESHOLD, "The rate stands somewhere on any day: the forecast needs a value.")
    base = _in_force(case, case.base_day)
    if base is None:
        return refused(Reason.DATA_MISSING, f"The rate in force on {case.base_day} is not in the store: import it.")
    change = last.value - base.value
    told = f"{_named(case, last)}, after {base.value} on {case.base_day}: a change of {change:+}."
    if direction is Direction.FLAT:
        return verdict(told, last, base, is_true=change == 0)
    towards = change if direction is Direction.UP else -change
    if quantity is None:
        return verdict(told, last, base, is_true=towards > 0)
    stated = in_points(quantity)
    is_true = agrees(stated, Realised(towards))
    return verdict(told, last, base, is_true=is_true, measured=measured(stated, Realised(towards)))


def resolve_moves(case: Case) -> Finding:
    """Return what the moves announced in the window say of a forecast of cuts or of hikes."""
    quantity, direction = case.prediction.value, case.prediction.direction
    if quantity is not None and quantity.unit not in CHANGES | {COUNT}:
        why = f"Moves are counted or added up in basis points; this is stated in {quantity.unit}."
        return refused(Reason.UNIT_DISAGREES, why)
    if direction is Direction.FLAT or (direction in MOVEMENTS and direction is not case.rule.move):
        return refused(Reason.NO_RULE, "Fewer, more or equally many moves than what is not stated.")
    if quantity is None and direction in {Direction.LEVEL, Direction.RANGE}:
        return refused(Reason.NO_THRESHOLD, "How many moves, or how large, is not stated.")
    if quantity is None or (quantity.unit == COUNT and direction in EVENTS):
        return _by_happening(case, quantity)
    window = case.window
    if window is None:
        return refused(Reason.NO_WINDOW, "No day is stated up to which moves are counted.")
    waiting = _waiting(case, window, since=window.start)
    if waiting is not None:
        return waiting
    moves = [m for m in _moves(case) if window.start <= m.announced_on <= window.end]
    is_count = quantity.unit == COUNT
    stated = quantity if is_count else in_points(quantity)
    realised = Realised(Decimal(len(moves)) if is_count else sum((m.size for m in moves), Decimal(0)))
    used = [m.figure for m in moves] or _witnesses(case, window)
    told = f"{_counted(moves, window)}, against {_span(stated)} {stated.unit}."
    is_true = agrees(stated, realised) is not (direction is Direction.NOT_OCCURS)
    is_scored = direction is not Direction.NOT_OCCURS
    return verdict(told, *used, is_true=is_true, measured=measured(stated, realised) if is_scored else None)


def _by_happening(case: Case, quantity: Quantity | None) -> Finding:
    """Settle "a move comes" (or "at least so many") as soon as it has come, "no move comes" at the end."""
    window, is_denied = case.window, case.prediction.direction is Direction.NOT_OCCURS
    end = window.end if window is not None else None
    moves = [m for m in _moves(case) if m.announced_on >= case.opens and (end is None or m.announced_on <= end)]
    needed = quantity if quantity is not None else _at_least_one()
    is_open_upwards = needed.bound in {Bound.AT_LEAST, Bound.MORE}
    if is_open_upwards and agrees(needed, Realised(Decimal(len(moves)))):
        told = f"{_counted(moves, window)}, the first on {moves[0].announced_on}."
        return verdict(told, *(m.figure for m in moves), is_true=not is_denied)
    if window is None:
        return refused(Reason.NO_WINDOW, "It has not happened so far, and no day is stated by which it must.")
    waiting = _waiting(case, window, since=window.start)
    if waiting is not None:
        return waiting
    has_happened = agrees(needed, Realised(Decimal(len(moves))))
    used = [m.figure for m in moves] or _witnesses(case, window)
    return verdict(f"{_counted(moves, window)}.", *used, is_true=has_happened is not is_denied)


def _at_least_one() -> Quantity:
    return Quantity(low=Decimal(1), high=Decimal(1), unit=COUNT, bound=Bound.AT_LEAST)


def _figures(case: Case) -> tuple[Figure, ...]:
    return case.evidence.figures(case.series.indicator_id, case.rule.vintage)


def _moves(case: Case) -> tuple[Move, ...]:
    sign = 1 if case.rule.move is Direction.UP else -1
    steps = ((b, (b.value - a.value) * sign) for a, b in pairwise(_figures(case)))
    return tuple(Move(figure, size) for figure, size in steps if size > 0)


def _in_force(case: Case, day: date) -> Figure | None:
    """Return the figure in force on a day; None where the series does not reach around it."""
    figures = _figures(case)
    if not figures or figures[-1].end < day:
        return None
    return next((f for f in reversed(figures) if f.start <= day), None)


def _waiting(case: Case, window: Window, *, since: date) -> Finding | None:
    """Return why the window can't be judged yet; None where the series runs from a day to the window's end."""
    figures = _figures(case)
    due = window.end + timedelta(days=case.rule.lag_days)
    patience = due + timedelta(days=case.rule.grace_days)
    if case.as_of <= window.end:
        return pending(Reason.WINDOW_OPEN, due, f"Decided by {case.series.title} on {window.end}, known by {due}.")
    if figures and figures[-1].end >= window.end and figures[0].start <= since:
        return None
    if (figures and figures[0].start > since) or case.as_of > patience:
        return _missing(case, window)
    late = f"{case.series.title} is known up to {figures[-1].end if figures else 'no day'}, not up to {window.end}."
    return pending(Reason.DATA_NOT_RELEASED, patience, late)


def _missing(case: Case, window: Window) -> Finding:
    return refused(
        Reason.DATA_MISSING,
        f"{case.series.indicator_id} is not known for all of {window}: import its observations and resolve again.",
    )


def _witnesses(case: Case, window: Window) -> list[Figure]:
    """Return the figures that show that nothing moved: the ones in force at both ends of the window."""
    ends = (_in_force(case, window.start), _in_force(case, window.end))
    return [f for f in dict.fromkeys(ends) if f is not None]


def _counted(moves: list[Move], window: Window | None) -> str:
    size = sum((m.size for m in moves), Decimal(0))
    days = ", ".join(str(m.announced_on) for m in moves)
    when = f" in {window}" if window is not None else " since the statement"
    return f"{len(moves)} moves of {size} points in all announced{when}{f' ({days})' if days else ''}"


def _span(quantity: Quantity) -> str:
    return str(quantity.low) if quantity.low == quantity.high else f"{quantity.low} to {quantity.high}"


def _named(case: Case, figure: Figure) -> str:
    o = figure.observation
    return f"{case.series.title}: {o.value} {o.unit} from {o.period_start} (announced {o.released_at})"
