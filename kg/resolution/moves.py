"""The family `moves`: forecasts about cuts or hikes of a policy rate, counted or added up."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from kg.resolution.case import Case, Finding, Window, refused, verdict
from kg.resolution.committee import Move, moves_of, waiting, witnesses
from kg.resolution.comparing import CHANGES, Realised, agrees, in_points, measured
from kg.resolution.wording import stated
from schemas.claim import Direction
from schemas.errors import DomainError
from schemas.evidence import Reason
from schemas.quantity import Bound, Quantity

COUNT: Final = "count"
MOVEMENTS = frozenset({Direction.UP, Direction.DOWN})
EVENTS = frozenset({Direction.OCCURS, Direction.NOT_OCCURS})
NOUNS = {Direction.UP: ("hike", "hikes"), Direction.DOWN: ("cut", "cuts")}
ONE_AT_LEAST = Quantity(low=Decimal(1), high=Decimal(1), unit=COUNT, bound=Bound.AT_LEAST)


def resolve_moves(case: Case) -> Finding:
    """Return what the moves announced in the window say of a forecast of cuts or of hikes."""
    move = case.rule.move
    if move is None:
        raise DomainError("rule.move_missing", f"rule {case.rule.rule_id} does not say which moves it counts")
    if case.prediction.direction in MOVEMENTS - {move} or case.prediction.direction is Direction.FLAT:
        return refused(Reason.NO_RULE, "Fewer, more or equally many moves than what is not stated.")
    return settle_moves(case, move)


def settle_moves(case: Case, move: Direction) -> Finding:
    """Return what the moves in one direction say of a forecast of how many or how large they are."""
    quantity, direction = case.prediction.value, case.prediction.direction
    if quantity is not None and quantity.unit not in CHANGES | {COUNT}:
        why = f"Moves are counted or added up in basis points; this is stated in {quantity.unit}."
        return refused(Reason.UNIT_DISAGREES, why)
    if quantity is None and direction in {Direction.LEVEL, Direction.RANGE}:
        return refused(Reason.NO_THRESHOLD, "How many moves, or how large, is not stated.")
    if quantity is None or (quantity.unit == COUNT and direction in EVENTS):
        return _by_happening(case, move, quantity or ONE_AT_LEAST)
    window = case.window
    if window is None:
        return refused(Reason.NO_WINDOW, "No day is stated up to which moves are counted.")
    blocked = waiting(case, window, since=window.start)
    if blocked is not None:
        return blocked
    moves = [m for m in moves_of(case, move) if window.start <= m.announced_on <= window.end]
    is_count = quantity.unit == COUNT
    wanted = quantity if is_count else in_points(quantity)
    realised = Realised(Decimal(len(moves)) if is_count else _size(moves))
    is_denied = direction is Direction.NOT_OCCURS
    return verdict(
        f"{_counted(moves, move, window)}, against {stated(wanted)}.",
        *([m.figure for m in moves] or witnesses(case, window)),
        is_true=agrees(wanted, realised) is not is_denied,
        measured=None if is_denied else measured(wanted, realised),
    )


def _by_happening(case: Case, move: Direction, wanted: Quantity) -> Finding:
    """Settle "a move comes" (or "at least so many") as soon as it has come, "no move comes" at the end."""
    window, is_denied = case.window, case.prediction.direction is Direction.NOT_OCCURS
    end = window.end if window is not None else None
    moves = [m for m in moves_of(case, move) if m.announced_on >= case.opens and (end is None or m.announced_on <= end)]
    has_happened = agrees(wanted, Realised(Decimal(len(moves))))
    told = f"{_counted(moves, move, window)}."
    if has_happened and wanted.bound in {Bound.AT_LEAST, Bound.MORE}:
        return verdict(told, *(m.figure for m in moves), is_true=not is_denied)
    if window is None:
        return refused(Reason.NO_WINDOW, f"{told} No day is stated by which it must be settled.")
    blocked = waiting(case, window, since=window.start)
    if blocked is not None:
        return blocked
    used = [m.figure for m in moves] or witnesses(case, window)
    return verdict(told, *used, is_true=has_happened is not is_denied)


def _size(moves: Sequence[Move]) -> Decimal:
    return sum((m.size for m in moves), Decimal(0))


def _counted(moves: Sequence[Move], move: Direction, window: Window | None) -> str:
    when = f"in {window}" if window is not None else "since the statement"
    one, many = NOUNS[move]
    if not moves:
        return f"No {one} was announced {when}"
    days = ", ".join(str(m.announced_on) for m in moves)
    return f"{len(moves)} {one if len(moves) == 1 else many} of {_size(moves)} points announced {when} ({days})"
