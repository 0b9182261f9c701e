"""The measure word behind a numeral, and what may trail it: 半, a further digit, 多, a smaller coin."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extract.quantities.amounts import Amount, plus, with_unit
from extract.quantities.numerals import DIGITS, EXACT, TEN, numeral_at
from extract.quantities.units import Unit, UnitBook, UnitKind
from schemas.quantity import Bound

HALF: Final = Decimal("0.5")
SMALLEST_PARTS: Final = 2
"""Coins below the first that one price may name (元, 角, 分)."""
LONG: Final = 3
"""Characters of a measure word that is known through blanks inside it."""
_SPACED: Final = re.compile(r" {0,3}(?:[个百分点基标准差] {0,3}){3,6}")
_COUNTING: Final = frozenset({UnitKind.COUNT, UnitKind.NOUN, UnitKind.EVENT})
_AND_A_HALF: Final = re.compile(r"个半(?=[月钟百基世星小])")
_HALF: Final = re.compile(r"半(?![年天月日数导场])")
_DIGITS: Final = re.compile(
    r"(?P<han>[一二三四五六七八九]{1,2})(?![十百千万亿兆点一二三四五六七八九个分])"
    r"|(?P<arabic>\d{1,2})(?!\d|[,.]\d|[年月日号%万亿]| ?[月日])"
    r"| (?P<apart>[一二三四五六七八九])(?=[,。;!?)」』]|$)"
)
_MANY: Final = re.compile(r"多(?![头空方单数晶少样边元次家年种了久]|\d)")
_JOINT: Final = re.compile(r"[又零 ]?")


def measured(amount: Amount, shadow: str, book: UnitBook) -> Amount:
    """Return a bare amount with the measure word behind it, or as it is where none stands there."""
    following = shadow[amount.end : amount.end + 1]
    if following == "个" and _AND_A_HALF.match(shadow, amount.end):
        return _and_a_half(amount, shadow, book)
    place = amount.end + (following == " ")
    found = _spaced(shadow, place, book) or book.after(shadow, place)
    if found is None:
        return amount
    length, unit = found
    if not _belongs(amount, unit, shadow, place):
        return amount
    scaled = with_unit(_spread(amount, unit), unit, end=place + length)
    return _many(_parts(_trailed(scaled, unit, shadow), shadow, book), shadow)


def _spaced(shadow: str, place: int, book: UnitBook) -> tuple[int, Unit] | None:
    """Return a longer measure word that is written with blanks inside (個 百 分 點), its length with them."""
    spaced = _SPACED.match(shadow, place) if shadow[place + 1 : place + 2] == " " else None
    found = book.after(spaced[0].replace(" ", ""), 0) if spaced else None
    if spaced is None or found is None or found[0] < LONG:
        return None
    characters = [i for i, character in enumerate(spaced[0]) if character != " "]
    return characters[found[0] - 1] + 1, found[1]


def _belongs(amount: Amount, unit: Unit, shadow: str, place: int) -> bool:
    """Whether the word is the measure word of the number; over a blank, or as 分, only of an Arabic one.

    十折 would be the price in full and is not said.
    """
    is_arabic = shadow[amount.numeral.start].isdigit()
    if unit.digits and amount.low == TEN:
        return False
    if unit.kind is UnitKind.SCORE or (place > amount.end and unit.kind in _COUNTING):
        return is_arabic
    return True


def _and_a_half(amount: Amount, shadow: str, book: UnitBook) -> Amount:
    """Return 一個半月 as 1.5 months: the word 個月 is split by 半."""
    word = "个" + shadow[amount.end + 2 : amount.end + 8]
    found = book.after(word, 0)
    if found is None or amount.low != amount.high:
        return amount
    return with_unit(plus(amount, HALF, end=amount.end), found[1], end=amount.end + found[0] + 1)


def _spread(amount: Amount, unit: Unit) -> Amount:
    """Return 85折 and 八五折 as 8.5 of ten."""
    if not unit.digits or amount.low <= TEN:
        return amount
    return replace(amount, low=amount.low / TEN, high=amount.high / TEN)


def _trailed(amount: Amount, unit: Unit, shadow: str) -> Amount:
    """Return the amount with a 半 or a digit behind its unit: 兩年半, 三成五, 六塊七."""
    if amount.low != amount.high:
        return amount
    if (unit.tail or unit.kind is UnitKind.EVENT) and _HALF.match(shadow, amount.end):
        return plus(amount, EXACT.multiply(unit.factor, HALF), end=amount.end + 1)
    digits = _DIGITS.match(shadow, amount.end) if unit.tail and unit.kind is not UnitKind.TIME else None
    if digits is None or unit.name == "x":
        return amount
    han = digits["han"] or digits["apart"] or ""
    text = "".join(str(DIGITS[digit]) for digit in han) or digits["arabic"]
    return plus(amount, EXACT.multiply(unit.factor, Decimal(f"0.{text}")), end=digits.end())


def _parts(amount: Amount, shadow: str, book: UnitBook) -> Amount:
    """Return a price with its smaller coins: 50元6角三分."""
    if amount.unit is None or amount.unit.kind is not UnitKind.MONEY:
        return amount
    unit = amount.unit
    for _ in range(SMALLEST_PARTS):
        joint = _JOINT.match(shadow, amount.end)
        numeral = numeral_at(shadow, joint.end()) if joint else None
        found = _coin(shadow, numeral.end, unit, book) if numeral else None
        if numeral is None or found is None:
            break
        length, unit = found
        amount = plus(amount, EXACT.multiply(numeral.low, unit.factor), end=numeral.end + length)
    return amount


def _coin(shadow: str, place: int, larger: Unit, book: UnitBook) -> tuple[int, Unit] | None:
    """Return the smaller coin at a place; 分 is one only behind a larger coin."""
    if larger.is_own_money and shadow[place : place + 1] == "分" and larger.factor > Decimal("0.01"):
        return 1, replace(larger, factor=Decimal("0.01"))
    found = book.after(shadow, place)
    if found and found[1].kind is UnitKind.MONEY and found[1].name == larger.name and found[1].factor < larger.factor:
        return found
    return None


def _many(amount: Amount, shadow: str) -> Amount:
    """Return the amount with the 多 behind its unit (一年多), which says that it is more."""
    if not _MANY.match(shadow, amount.end) or amount.unit is None or amount.unit.kind is UnitKind.COUNT:
        return amount
    return replace(amount, end=amount.end + 1, inner_bound=Bound.AT_LEAST)
