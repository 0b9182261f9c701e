"""An amount: one numeral with its sign and its measure word, before anything is known of its context."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from extract.quantities.numerals import EXACT, Numeral, Vagueness
from extract.quantities.units import Unit, UnitKind
from schemas.quantity import Bound

PERCENT: Final = Unit("%", Decimal(1), UnitKind.RATIO)


class Form(StrEnum):
    """How the unit is written: behind the number, in front of it (US$, 百分之), or not at all."""

    BEHIND = "behind"
    AHEAD = "ahead"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at [start, end) in its base unit; `numeral` is what is written, without sign and unit.

    `mark` is where a currency mark in front begins (US$ in US$5), -1 where there is none.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    numeral: Numeral
    unit: Unit | None = None
    form: Form = Form.BARE
    mark: int = -1
    inner_bound: Bound | None = None
    is_slashed: bool = False
    is_joined: bool = False

    @property
    def left(self) -> int:
        """Where the words before the amount end."""
        return self.start if self.mark < 0 else self.mark

    @property
    def unit_name(self) -> str | None:
        """The base unit, or None where none is written."""
        return self.unit.name if self.unit else None

    @property
    def kind(self) -> UnitKind | None:
        """The kind of the unit, or None where none is written."""
        return self.unit.kind if self.unit else None


def bare(numeral: Numeral, *, start: int | None = None, is_negative: bool = False) -> Amount:
    """Return a numeral as an amount without a unit."""
    low, high = (-numeral.high, -numeral.low) if is_negative else (numeral.low, numeral.high)
    first = numeral.start if start is None else start
    return Amount(first, numeral.end, low, high, numeral, inner_bound=_bound(numeral))


def percent(numeral: Numeral) -> Amount:
    """Return a numeral that already is a share in percent."""
    return with_unit(bare(numeral), PERCENT)


def with_unit(amount: Amount, unit: Unit, *, end: int | None = None, form: Form = Form.BEHIND) -> Amount:
    """Return a bare amount scaled to the base unit of a measure word."""
    return Amount(
        amount.start,
        amount.end if end is None else end,
        EXACT.multiply(amount.low, unit.factor),
        EXACT.multiply(amount.high, unit.factor),
        amount.numeral,
        unit,
        form,
        amount.mark,
        amount.inner_bound,
        amount.is_slashed,
        amount.is_joined,
    )


def plus(amount: Amount, more: Decimal, *, end: int) -> Amount:
    """Return the amount with a further part written behind it, away from zero (两厘半, 5元6角)."""
    part = -more if amount.high < 0 else more
    return replace(amount, end=end, low=EXACT.add(amount.low, part), high=EXACT.add(amount.high, part))


def _bound(numeral: Numeral) -> Bound | None:
    if numeral.vagueness is Vagueness.MORE:
        return Bound.AT_LEAST
    return Bound.APPROXIMATE if numeral.vagueness is not Vagueness.EXACT else None
