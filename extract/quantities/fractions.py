"""Fractions: 三分之二, 百分之五, 1/4, 3又1/2, and the 四分一 of Hong Kong; as shares of one."""

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Final

from extract.quantities.numerals import DIGITS, EXACT, Numeral, numeral_at

SIGNIFICANT: Final = Context(prec=5)
"""A share in percent that does not end is written with five digits (三分之二 is 66.667)."""
ENDS_WITHIN: Final = 12
"""Digits of a share that counts as ending."""
_OF: Final = re.compile(r" {0,2}分 {0,2}之 {0,2}(?P<minus>[负-]?) {0,2}")
_AND: Final = re.compile(r" {0,2}又 {0,2}")
_SLASH: Final = re.compile(r"(?P<top>\d{1,3})/(?P<bottom>\d{1,4})(?![\d/.%])")
_SHORT: Final = re.compile(r"(?P<bottom>[二三四五六八十])分(?P<top>[一二三四五])(?![之点钟])")


@dataclass(frozen=True, slots=True)
class Fraction:
    """A fraction at [start, end): bottom parts, of which from low to high are meant, after `whole` wholes."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    bottom: Decimal
    whole: Decimal = Decimal(0)
    is_slashed: bool = False

    def shares(self) -> tuple[Decimal, Decimal]:
        """Return the least and greatest value as parts of one, exact to 120 digits."""
        low, high = (EXACT.divide(top, self.bottom) for top in (self.low, self.high))
        return EXACT.add(self.whole, low), EXACT.add(self.whole, high)

    def percentages(self) -> tuple[Decimal, Decimal]:
        """Return the shares in percent, five digits long where they do not end."""
        low, high = self.shares()
        return _percentage(low), _percentage(high)


def fraction_at(numeral: Numeral, shadow: str) -> Fraction | None:
    """Return the fraction that begins with a numeral, or None.

    Example:
        >>> text = "三分之二"  # two thirds
        >>> fraction = fraction_at(numeral_at(text, 0), text)
        >>> fraction.end, [str(value) for value in fraction.percentages()]
        (4, ['66.667', '66.667'])
    """
    plain = _plain(numeral, shadow)
    if plain is not None:
        return plain
    joint = _AND.match(shadow, numeral.end)
    second = numeral_at(shadow, joint.end()) if joint else None
    part = _plain(second, shadow) if second else None
    if part is None:
        return None
    return Fraction(numeral.start, part.end, part.low, part.high, part.bottom, numeral.low, part.is_slashed)


def _plain(numeral: Numeral, shadow: str) -> Fraction | None:
    found = _OF.match(shadow, numeral.end)
    if found is not None:
        part = numeral_at(shadow, found.end())
        if part is None or not numeral.low:
            return None
        low, high = (-part.high, -part.low) if found["minus"] else (part.low, part.high)
        return Fraction(numeral.start, part.end, low, high, numeral.low)
    found = _SLASH.match(shadow, numeral.start) or _SHORT.match(shadow, numeral.start)
    if found is None:
        return None
    top, bottom = _value(found["top"]), _value(found["bottom"])
    is_slashed = found.re is _SLASH
    if not bottom or (top >= bottom and not is_slashed):
        return None
    return Fraction(numeral.start, found.end(), top, top, bottom, is_slashed=is_slashed)


def _value(text: str) -> Decimal:
    return Decimal(DIGITS[text]) if text in DIGITS else Decimal(10) if text == "十" else Decimal(text)


def _percentage(share: Decimal) -> Decimal:
    value = EXACT.multiply(share, Decimal(100))
    return value if len(value.as_tuple().digits) <= ENDS_WITHIN else SIGNIFICANT.plus(value)
