"""Two claims side by side: whether one repeats, contradicts or replaces the other, and why."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from kg.relations.figures import Figure, Match, are_of_one_measure, figure_of, match
from kg.relations.reading import Shape, Stated
from kg.relations.windows import Meeting, covers, meeting
from schemas.claim import Direction, Probability
from schemas.quantity import Quantity

CHANCE_MARGIN: Final = Decimal("0.1")
"""Two chances that are further apart than this (ten percentage points) contradict each other."""
STATED_CHANCE_UNIT: Final = "%"
HUNDRED: Final = Decimal(100)
ZERO: Final = Decimal(0)


class Reason(StrEnum):
    """Why two claims stand in a relation."""

    REPEATED = "relation.repeated"
    RELAYED = "relation.relayed"
    HOUSE = "relation.house"
    OPPOSITE_DIRECTION = "relation.opposite_direction"
    DENIED = "relation.denied"
    DISJOINT_VALUES = "relation.disjoint_values"
    DIFFERENT_CHANCE = "relation.different_chance"
    UNEQUAL_FIGURES = "relation.unequal_figures"
    NEW_VALUE = "relation.new_value"
    NEW_CHANCE = "relation.new_chance"
    NEW_DIRECTION = "relation.new_direction"
    STATED_REVISION = "relation.stated_revision"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two claims say the same."""

    meeting: Meeting


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims can't both come true, or both be right."""

    meeting: Meeting
    reason: Reason


def judge(one: Stated, other: Stated) -> Agreement | Conflict | None:
    """Return whether two claims say the same or exclude each other, whoever says them; None where neither is sure.

    It does not matter which claim stands first. Compared are claims on the same terms (target, shape, basis,
    condition) about the same time; a forecast with a chance only with another one of the same outcome.
    """
    if one.terms != other.terms:
        return None
    met = meeting(one.time, other.time, is_event=one.terms.shape is Shape.EVENT)
    if met is None:
        return _excluded(one, other)
    reason = _difference(one, other)
    if isinstance(reason, Reason):
        return Conflict(met, reason)
    return Agreement(met) if reason is Match.EQUAL else None


def is_taken_back(old: Stated, new: Stated) -> bool:
    """Return whether a claim says itself that it replaces the figure, or the chance, of another one."""
    if new.replaces is None or old.terms != new.terms or old.claim_id == new.claim_id:
        return False
    if meeting(old.time, new.time, is_event=new.terms.shape is Shape.EVENT) is None:
        return False
    stated = old.figure if new.chance is None else _percent(old.chance)
    return stated is not None and _match(stated, new.replaces) is Match.EQUAL


def _excluded(one: Stated, other: Stated) -> Conflict | None:
    """Return the conflict of an event within a window in which it is denied."""
    if one.terms.shape is not Shape.EVENT or one.is_denied is other.is_denied or one.chance or other.chance:
        return None
    denied, coming = (one, other) if one.is_denied else (other, one)
    return Conflict(Meeting.COVERED, Reason.DENIED) if covers(denied.time, coming.time) else None


def _difference(one: Stated, other: Stated) -> Reason | Match:
    """Return why two claims about one time differ, else whether they are the same for sure."""
    if (one.chance is None) is not (other.chance is None):
        return Match.UNCLEAR
    outcome = _outcome_difference(one, other)
    if one.chance is None or other.chance is None:
        return outcome
    return _chance_difference(one.chance, other.chance) if outcome is Match.EQUAL else Match.UNCLEAR


def _outcome_difference(one: Stated, other: Stated) -> Reason | Match:
    if one.terms.shape is Shape.EVENT:
        return Reason.DENIED if one.is_denied is not other.is_denied else Match.EQUAL
    if one.direction is not other.direction:
        return Match.UNCLEAR if _may_stay(one, other) else Reason.OPPOSITE_DIRECTION
    if one.figure is None or other.figure is None:
        return Match.EQUAL if one.figure is other.figure else Match.UNCLEAR
    found = _match(one.figure, other.figure)
    if one.is_denied is not other.is_denied:
        # 不會達到5% says nothing of 4%: only the very figure that is denied is contradicted.
        return Reason.DENIED if found is Match.EQUAL else Match.UNCLEAR
    if found is Match.APART and not one.is_denied:
        return Reason.UNEQUAL_FIGURES if one.terms.shape is Shape.FACT else Reason.DISJOINT_VALUES
    return found if found is Match.EQUAL else Match.UNCLEAR


def _may_stay(one: Stated, other: Stated) -> bool:
    """Whether one expects no movement and the other a movement that may be none (at most two hikes)."""
    figures = (stated.figure for stated in (one, other) if stated.figure is not None)
    return Direction.FLAT in {one.direction, other.direction} and any(figure.extent.holds(ZERO) for figure in figures)


def _match(one: Figure, other: Figure) -> Match:
    return match(one, other) if are_of_one_measure(one, other) else Match.UNCLEAR


def _chance_difference(one: Probability, other: Probability) -> Reason | Match:
    if (one.low, one.high) == (other.low, other.high):
        return Match.EQUAL
    gap = max(one.low, other.low) - min(one.high, other.high)
    return Reason.DIFFERENT_CHANCE if gap > CHANCE_MARGIN else Match.UNCLEAR


def _percent(chance: Probability | None) -> Figure | None:
    if chance is None:
        return None
    return figure_of(Quantity(low=chance.low * HUNDRED, high=chance.high * HUNDRED, unit=STATED_CHANCE_UNIT))
