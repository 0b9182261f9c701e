"""Holding a stated value against a realised one: pure comparisons, one for each shape of forecast."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.resolution.case import Measured
from schemas.claim import Direction
from schemas.quantity import Bound, Quantity

POINTS_PER_UNIT: Final = {"pp": Decimal(1), "bp": Decimal("0.01")}
"""Percentage points in one unit of a change."""
ONE_SIDED: Final = frozenset({Bound.AT_LEAST, Bound.AT_MOST, Bound.MORE, Bound.LESS})
CHANGES: Final = frozenset(POINTS_PER_UNIT)
"""Units that say by how much, not how high."""


@dataclass(frozen=True, slots=True)
class Realised:
    """A realised value. A target range stands as its upper bound and its width, others have width 0."""

    value: Decimal
    width: Decimal = Decimal(0)

    @property
    def middle(self) -> Decimal:
        """The middle of the range; the value itself where there is none."""
        return self.value - self.width / 2


def in_points(quantity: Quantity) -> Quantity:
    """Return a change in percentage points.

    Example:
        >>> in_points(Quantity(low=Decimal(25), high=Decimal(50), unit="bp")).high
        Decimal('0.50')
    """
    factor = POINTS_PER_UNIT[quantity.unit]
    update = {"low": quantity.low * factor, "high": quantity.high * factor, "unit": "pp"}
    return quantity.model_copy(update=update)


def agrees(quantity: Quantity, realised: Realised, *, tolerance: Decimal = Decimal(0)) -> bool:
    """Return whether a realised value is what was stated.

    A stated range must hold the middle of what was realised, ends included. A single number may miss
    by the tolerance; with 以上, 不到 and the like (its bound) the value must lie on that side.

    Example:
        >>> stated = Quantity(low=Decimal("1.4"), high=Decimal("1.4"), unit="%")
        >>> agrees(stated, Realised(Decimal("-0.3")), tolerance=Decimal("0.5"))
        False
        >>> agrees(stated, Realised(Decimal("1.9")), tolerance=Decimal("0.5"))
        True
    """
    if quantity.low != quantity.high:
        return quantity.low <= realised.middle <= quantity.high
    stated, value = quantity.low, realised.value
    match quantity.bound:
        case Bound.AT_LEAST:
            return value >= stated
        case Bound.MORE:
            return value > stated
        case Bound.AT_MOST:
            return value <= stated
        case Bound.LESS:
            return value < stated
        case _:
            return value - realised.width - tolerance <= stated <= value + tolerance


def reaches(quantity: Quantity, value: Decimal, *, downward: bool) -> bool:
    """Return whether a value has come to a stated threshold; the threshold itself counts as reached.

    Only 超過 (more than) and 低於 (less than) need the value to go beyond. Of a stated range the
    nearer end counts.

    Example:
        >>> five = Quantity(low=Decimal(5), high=Decimal(5), unit="%")
        >>> reaches(five, Decimal("4.998"), downward=False), reaches(five, Decimal("5.00"), downward=False)
        (False, True)
    """
    if downward:
        return value < quantity.high if quantity.bound is Bound.LESS else value <= quantity.high
    return value > quantity.low if quantity.bound is Bound.MORE else value >= quantity.low


def is_downward(quantity: Quantity, direction: Direction, base: Decimal | None) -> bool:
    """Return whether a threshold is reached by falling.

    The direction of the forecast decides, then its bound; else the side on which the series stood when
    the forecast was made (a yield at 4.3 reaches 4 by falling); without any of these, rising is meant.
    """
    if direction in {Direction.UP, Direction.DOWN}:
        return direction is Direction.DOWN
    if quantity.bound in {Bound.LESS, Bound.AT_MOST}:
        return True
    if quantity.bound in {Bound.MORE, Bound.AT_LEAST}:
        return False
    return base is not None and base > quantity.high


def measured(quantity: Quantity, realised: Realised) -> Measured | None:
    """Return what an absolute error is taken of; None where a bound (逾, 不到) leaves the value open.

    Of a stated range its middle counts. A realised range (the Fed's target) is met by any number in it,
    hence by its nearest point.
    """
    if quantity.bound in ONE_SIDED and quantity.low == quantity.high:
        return None
    forecast = (quantity.low + quantity.high) / 2
    nearest = min(max(forecast, realised.value - realised.width), realised.value)
    return Measured(forecast, nearest)
