"""Why two claims stand in a relation, in words: what each of them says, and on which ground they meet."""

from typing import Final

from kg.relations.judging import CHANCE_MARGIN, Reason
from kg.relations.reading import Stated
from kg.resolution.wording import BOUNDS
from schemas.claim import Probability
from schemas.quantity import Quantity

GROUNDS: Final = {
    Reason.REPEATED: "said again",
    Reason.RELAYED: "brought by another article within a week",
    Reason.HOUSE: "said by a house and by somebody who works for it",
    Reason.OPPOSITE_DIRECTION: "opposite directions",
    Reason.DENIED: "one expects what the other rules out",
    Reason.DISJOINT_VALUES: "no value fits both",
    Reason.DIFFERENT_CHANCE: f"chances more than {CHANCE_MARGIN * 100:.0f} points apart",
    Reason.UNEQUAL_FIGURES: "two figures for one fact",
    Reason.NEW_VALUE: "another value later on",
    Reason.NEW_CHANCE: "another chance later on",
    Reason.NEW_DIRECTION: "another direction later on",
    Reason.STATED_REVISION: "said to be changed",
}


def explanation_of(one: Stated, other: Stated, reason: Reason) -> str:
    """Return why two claims stand in a relation, for example `2.4 % against 1.7 %: no value fits both`.

    Args:
        one: the earlier claim or, of a contradiction, the one with the smaller id.
        other: the other one.
        reason: why they do.
    """
    return f"{value_text(one)} ({one.said_on}) / {value_text(other)} ({other.said_on}): {GROUNDS[reason]}"


def value_text(stated: Stated) -> str:
    """Return what a claim says, as short as it can be said: direction, figure, chance."""
    parts = [
        "not" if stated.is_denied and stated.figure is not None else None,
        stated.direction.value if stated.direction is not None and not stated.is_denied else None,
        "does not occur" if stated.is_denied and stated.figure is None else None,
        figure_text(stated.figure.quantity) if stated.figure is not None else None,
        chance_text(stated.chance) if stated.chance is not None else None,
    ]
    return " ".join(part for part in parts if part)


def figure_text(quantity: Quantity) -> str:
    """Return a figure with its bound and unit.

    Example:
        >>> from decimal import Decimal
        >>> figure_text(Quantity(low=Decimal("2"), high=Decimal("3"), unit="%"))
        '2 to 3 %'
    """
    ends = f"{quantity.low:f}" if quantity.low == quantity.high else f"{quantity.low:f} to {quantity.high:f}"
    return f"{BOUNDS.get(quantity.bound, '')}{ends} {quantity.unit}"


def chance_text(chance: Probability) -> str:
    """Return a chance in percent.

    Example:
        >>> from decimal import Decimal
        >>> chance_text(Probability(low=Decimal("0.30"), high=Decimal("0.35")))
        '(chance 30 to 35 %)'
    """
    low, high = (f"{100 * end:f}".rstrip("0").rstrip(".") for end in (chance.low, chance.high))
    return f"(chance {low} %)" if low == high else f"(chance {low} to {high} %)"
