"""Two stated figures side by side: the same, apart, or neither for sure."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from kg.resolution.comparing import CHANGES, ONE_SIDED, in_points
from schemas.quantity import Bound, Quantity

COUNT: Final = "count"
PERCENTAGES: Final = frozenset({"%", "pp"})
SLACK_OF_ABOUT: Final = Decimal("0.05")
"""How far 約 may be off, as a share of the figure; our convention."""
ONE_MEASURE: Final = 10
"""Figures of one thing do not differ by more than this factor: beyond it one of them is of something else."""
SMALL_PERCENTAGE: Final = Decimal(10)
"""Up to here percentages may differ by any factor: growth of 0.3% and of 4% are of one thing."""
ROUNDED_DIGITS: Final = 2
"""Figures are rounded to so many significant digits at least: 7000 is 7000 ± 50."""
FIVE: Final = Decimal(5)


class Match(Enum):
    """How two figures stand to each other."""

    EQUAL = "equal"
    APART = "apart"
    UNCLEAR = "unclear"  # they overlap without being the same


@dataclass(frozen=True, slots=True)
class Extent:
    """The values that a figure leaves open, both ends inclusive; None where it is open."""

    low: Decimal | None
    high: Decimal | None

    def is_apart_from(self, other: "Extent") -> bool:
        """Return whether no value is in both."""
        return _ends_before(self, other) or _ends_before(other, self)

    def holds(self, value: Decimal) -> bool:
        """Return whether a value is in it."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


def _ends_before(one: Extent, other: Extent) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated figure made ready to be compared, because each one is compared with many.

    Attributes:
        quantity: the figure, a change in percentage points and with its sign.
        extent: the values that it leaves open.
        slack: half a unit of the last digit that it states.
        size: the larger of its ends, without sign.
    """

    quantity: Quantity
    extent: Extent
    slack: Decimal
    size: Decimal


def figure_of(quantity: Quantity) -> Figure:
    """Return a figure made ready to be compared.

    Example:
        >>> figure_of(Quantity(low=Decimal(25), high=Decimal(25), unit="bp")).quantity.unit
        'pp'
    """
    normal = in_points(quantity) if quantity.unit in CHANGES else quantity
    size = max(abs(normal.low), abs(normal.high))
    return Figure(normal, extent(normal), half_of_last_digit(normal.low), size)


def are_of_one_measure(one: Figure, other: Figure) -> bool:
    """Return whether two figures can be of one thing: one unit, and sizes that are not worlds apart.

    Example:
        >>> rate, reserve = (
        ...     figure_of(Quantity(low=Decimal(n), high=Decimal(n), unit="TWD")) for n in ("29.8", "200000000000")
        ... )
        >>> are_of_one_measure(rate, rate), are_of_one_measure(rate, reserve)
        (True, False)
    """
    unit = one.quantity.unit
    if unit != other.quantity.unit:
        return False
    smaller, larger = (one.size, other.size) if one.size <= other.size else (other.size, one.size)
    return larger <= ONE_MEASURE * smaller or (unit in PERCENTAGES and larger <= SMALL_PERCENTAGE)


def match(one: Figure, other: Figure) -> Match:
    """Return how two figures of one measure stand to each other.

    Equal are the same numbers, with the same bound where it leaves one side open, and a number beside itself rounded
    (4.28 and 4.3). Apart are figures that no value fits, each taken as wide as its rounding, 約 and bound leave it.

    Example:
        >>> def percent(text: str) -> Figure:
        ...     return figure_of(Quantity(low=Decimal(text), high=Decimal(text), unit="%"))
        >>> [match(percent("4.3"), percent(text)).value for text in ("4.28", "4.5", "4")]
        ['equal', 'apart', 'unclear']
    """
    if one.extent.is_apart_from(other.extent):
        return Match.APART
    return Match.EQUAL if _is_same(one, other) else Match.UNCLEAR


def negated(quantity: Quantity) -> Quantity:
    """Return the figure with its sign turned: a fall by 3% is a rise by -3%."""
    turned = {Bound.AT_LEAST: Bound.AT_MOST, Bound.MORE: Bound.LESS}
    turned |= {there: here for here, there in turned.items()}
    bound = turned.get(quantity.bound, quantity.bound)
    return quantity.model_copy(update={"low": -quantity.high, "high": -quantity.low, "bound": bound})


def extent(quantity: Quantity) -> Extent:
    """Return the values that a figure leaves open: its rounding, its 約 and its bound counted in.

    Example:
        >>> extent(Quantity(low=Decimal("1.7"), high=Decimal("1.7"), unit="%"))
        Extent(low=Decimal('1.65'), high=Decimal('1.75'))
    """
    low, high = quantity.low - _slack(quantity, quantity.low), quantity.high + _slack(quantity, quantity.high)
    if quantity.bound not in ONE_SIDED or quantity.low != quantity.high:
        return Extent(low, high)
    return Extent(low, None) if quantity.bound in {Bound.AT_LEAST, Bound.MORE} else Extent(None, high)


def _slack(quantity: Quantity, value: Decimal) -> Decimal:
    rounding = Decimal(0) if quantity.unit == COUNT else half_of_last_digit(value)
    return max(rounding, abs(value) * SLACK_OF_ABOUT) if quantity.bound is Bound.APPROXIMATE else rounding


def half_of_last_digit(value: Decimal) -> Decimal:
    """Return half a unit of the last digit that a number states; noughts at its end count as rounding.

    Example:
        >>> [f"{half_of_last_digit(Decimal(number)):f}" for number in ("4.30", "7000", "5")]
        ['0.005', '50', '0.5']
    """
    _, digits, exponent = value.as_tuple()
    place = int(exponent)
    if place >= 0:
        noughts = len(digits) - len("".join(map(str, digits)).rstrip("0"))
        place += min(noughts, max(0, len(digits) - ROUNDED_DIGITS))
    return FIVE.scaleb(place - 1)


def _is_same(one: Figure, other: Figure) -> bool:
    mine, others = one.quantity, other.quantity
    if mine.bound is not others.bound and {mine.bound, others.bound} & ONE_SIDED:
        return False
    is_range = mine.low != mine.high or others.low != others.high
    if is_range or mine.unit == COUNT or mine.low == others.low:
        return (mine.low, mine.high) == (others.low, others.high)
    coarser = one if one.slack >= other.slack else other
    is_rounded = len(coarser.quantity.low.as_tuple().digits) >= ROUNDED_DIGITS and mine.low * others.low > 0
    return is_rounded and abs(mine.low - others.low) <= coarser.slack
