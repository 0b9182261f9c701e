"""The family `policy-rate`: forecasts about where a policy rate stands on the last day of a window."""

from datetime import date
from decimal import Decimal

from kg.resolution.case import Case, Finding, Window, refused, verdict
from kg.resolution.committee import Move, in_force, missing, moves_of, waiting
from kg.resolution.comparing import CHANGES, Realised, agrees, in_points, is_downward, measured, reaches
from kg.resolution.evidence import Figure
from kg.resolution.moves import COUNT, settle_moves
from kg.resolution.wording import stated, threshold
from schemas.claim import Direction
from schemas.evidence import Reason
from schemas.quantity import Quantity

MOVEMENTS = frozenset({Direction.UP, Direction.DOWN})
LARGEST_MOVE = Decimal(1)
"""Percentage points; up to here a percentage with a direction may be a move as well as a level."""


def resolve_policy_rate(case: Case) -> Finding:
    """Return what the rate in force on the last day of the window says of a forecast.

    A number of moves with its direction is settled as a forecast of moves.
    """
    quantity, direction = case.prediction.value, case.prediction.direction
    if quantity is not None and quantity.unit == COUNT:
        if direction in MOVEMENTS:
            return settle_moves(case, direction)
        return refused(Reason.NO_RULE, "A number of moves is stated, but not whether upwards or downwards.")
    if quantity is not None and quantity.unit != case.series.unit and quantity.unit not in CHANGES:
        return refused(Reason.UNIT_DISAGREES, f"Stated in {quantity.unit}, published in {case.series.unit}.")
    window = case.window
    if window is None:
        return refused(Reason.NO_WINDOW, "No day is stated on which the rate must stand there.")
    blocked = waiting(case, window, since=window.end)
    if blocked is not None:
        return blocked
    last = in_force(case, window.end)
    if last is None:
        return missing(case, window)
    if quantity is None or quantity.unit in CHANGES or direction is Direction.FLAT:
        return _by_change(case, window, last, quantity)
    return _by_level(case, window, last, quantity)


def _by_level(case: Case, window: Window, last: Figure, quantity: Quantity) -> Finding:
    direction = case.prediction.direction
    realised = Realised(last.value, case.rule.band)
    if direction in {Direction.LEVEL, Direction.RANGE}:
        width = f", a range {case.rule.band} wide" if case.rule.band else ""
        told = f"{_standing(case, last, window.end)}{width}, against {stated(quantity)}."
        return verdict(told, last, is_true=agrees(quantity, realised), measured=measured(quantity, realised))
    if direction in MOVEMENTS and quantity.high <= LARGEST_MOVE:
        why = f"With a direction, {stated(quantity)} may be a level or a change: state basis points or a level."
        return refused(Reason.UNIT_DISAGREES, why)
    base = in_force(case, case.base_day)
    downward = is_downward(quantity, direction, base.value if base else None)
    has_reached = reaches(quantity, last.value, downward=downward)
    word = "reached" if has_reached else "not reached"
    told = f"{_standing(case, last, window.end)}: {threshold(quantity, downward=downward)} was {word}."
    return verdict(told, last, is_true=has_reached is not (direction is Direction.NOT_OCCURS))


def _by_change(case: Case, window: Window, last: Figure, quantity: Quantity | None) -> Finding:
    direction = case.prediction.direction
    if direction not in MOVEMENTS | {Direction.FLAT}:
        return refused(Reason.NO_THRESHOLD, "The rate stands somewhere on any day: the forecast needs a value.")
    base = in_force(case, case.base_day)
    if base is None:
        why = f"The rate in force on {case.base_day} is not in the store: import it and resolve again."
        return refused(Reason.DATA_MISSING, why)
    change = last.value - base.value
    before = f"after {base.value} on {case.base_day}"
    told = f"{_standing(case, last, window.end)} {before}: {f'a change of {change:+}' if change else 'no change'}"
    if direction is Direction.FLAT:
        moved = _moved_between(case, case.base_day, window.end)
        also = f", moved on {moved[0].announced_on}" if moved else ""
        return verdict(f"{told}{also}.", last, base, is_true=not moved)
    towards = Realised(change if direction is Direction.UP else -change)
    if quantity is None:
        return verdict(f"{told}.", last, base, is_true=towards.value > 0)
    points = in_points(quantity)
    is_true = agrees(points, towards)
    told = f"{told}, against {stated(points)} {direction}."
    return verdict(told, last, base, is_true=is_true, measured=measured(points, towards))


def _moved_between(case: Case, base_day: date, end: date) -> list[Move]:
    """Return the moves either way that took effect after a day, up to another: there and back is not flat."""
    moves = [*moves_of(case, Direction.UP), *moves_of(case, Direction.DOWN)]
    return sorted((m for m in moves if base_day < m.figure.start <= end), key=lambda m: m.figure.start)


def _standing(case: Case, figure: Figure, day: date) -> str:
    o = figure.observation
    return f"{case.series.title}: {o.value} {o.unit} in force on {day} ({o.vintage} of {o.released_at})"
