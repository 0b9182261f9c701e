"""The grammar of one amount: sign, numeral or fraction, and the measure word behind or before it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extract.quantities.amounts import Amount, Form, bare, percent, with_unit
from extract.quantities.fractions import Fraction, fraction_at
from extract.quantities.measures import measured
from extract.quantities.numerals import DIGITS, RUN, SCALES, Numeral, read_run
from extract.quantities.phrases import set_phrases
from extract.quantities.signs import signed
from extract.quantities.units import UnitBook, UnitKind

MARK_GAP: Final = 2
"""Blanks that may stand between a currency and its number."""
HALF: Final = Decimal("0.5")
FIFTY: Final = Decimal(50)
# Words that are a share whole.
FIXED: Final = {
    "一半": FIFTY,
    "半数": FIFTY,
    "对半": FIFTY,
    "五五波": FIFTY,
    "五五开": FIFTY,
    "对折": FIFTY,
    "百分百": Decimal(100),
}
# Where a number or a set phrase may begin: one character class, which the regex engine skips to.
_FIRST: Final = re.compile(rf"[\d.h半对廿卅{''.join(DIGITS)}{''.join(SCALES)}]")
_CANDIDATE: Final = re.compile(
    rf"(?P<phrase>https?://[!-~]+|{set_phrases()})"
    r"|(?P<fixed>一半|半数|对半(?=[分砍开切劈拆赚亏跌,;。]|$)|五五[波开]|(?:(?<=打)|(?<=打[了个]))对折|百分百)"
    r"|(?<![上下前后夜大多])(?P<half>半(?!成品))"
    rf"|(?:{RUN.pattern})",
    re.VERBOSE,
)
# 过半, 近半 before a pause or a noun: half of it. 过半年 is a length of time and read before.
_HALF_ALONE: Final = re.compile(r"(?<=[过近逾])半(?![天夜路途导])")
_TEN_THOUSAND: Final = re.compile(r"(?<![数几多余千百十])万(?=[点元美港]| ?分 ?之)")
_HALF_KINDS: Final = frozenset({UnitKind.TIME, UnitKind.RATIO, UnitKind.RATE, UnitKind.MATTER})


def read_amounts(shadow: str, book: UnitBook) -> Iterator[Amount]:
    """Yield the amounts of a text in order, each as it is written, joined to no other yet.

    Example:
        >>> from extract.quantities.units import unit_book
        >>> from schemas.text import Locale
        >>> text = "-2.4%,三成五,半码,US$3 billion"
        >>> amounts = read_amounts(text, unit_book(Locale.TAIWAN))
        >>> [(text[a.start : a.end], str(a.low), a.unit_name) for a in amounts]
        [('-2.4%', '-2.4', '%'), ('三成五', '35.0', '%'), ('半码', '12.5', 'bp'), ('3 billion', '3000000000', 'USD')]
    """
    place = 0
    while (first := _FIRST.search(shadow, place)) is not None:
        place = first.end()
        match = _CANDIDATE.match(shadow, first.start())
        if match is None:
            continue
        amount = None if match["phrase"] else _read(match, shadow, book)
        if amount is not None:
            yield amount
        place = max(place, amount.end if amount else match.end())


def _read(match: re.Match[str], shadow: str, book: UnitBook) -> Amount | None:
    if match["fixed"]:
        return percent(Numeral(match.start(), match.end(), FIXED[match["fixed"]], FIXED[match["fixed"]]))
    if match["half"]:
        return _half(match.start(), shadow, book)
    numeral = read_run(match) or _ten_thousand(match, shadow)
    if numeral is None:
        return None
    fraction = fraction_at(numeral, shadow)
    if fraction is not None:
        return _of_fraction(fraction, shadow, book)
    return _with_mark(measured(signed(numeral, shadow), shadow, book), shadow, book)


def _ten_thousand(match: re.Match[str], shadow: str) -> Numeral | None:
    """Return 万 as a number before money, index points and 分之; elsewhere it is a word for many."""
    if match["core"] != "万" or not _TEN_THOUSAND.match(shadow, match.start()):
        return None
    return Numeral(match.start(), match.start() + 1, SCALES["万"], SCALES["万"])


def _half(start: int, shadow: str, book: UnitBook) -> Amount | None:
    found = book.after(shadow, start + 1)
    if found and found[1].kind in _HALF_KINDS:
        return _months(measured(bare(Numeral(start, start + 1, HALF, HALF)), shadow, book))
    return percent(Numeral(start, start + 1, FIFTY, FIFTY)) if _HALF_ALONE.match(shadow, start) else None


def _months(amount: Amount) -> Amount:
    """Return 半年 as six months: a length of time stands in the unit that makes it whole."""
    if amount.unit is None or amount.unit.name != "years":
        return amount
    six = Decimal(6)
    return replace(amount, low=six, high=six, unit=replace(amount.unit, name="months"))


def _of_fraction(fraction: Fraction, shadow: str, book: UnitBook) -> Amount:
    """Return a fraction as a share in percent, or in the measure word behind it (四分三厘, 1又1/2倍)."""
    found = book.after(shadow, fraction.end)
    takes_unit = found is not None and (found[1].kind is UnitKind.RATE or fraction.whole > 0)
    low, high = fraction.shares() if takes_unit else fraction.percentages()
    numeral = Numeral(fraction.start, fraction.end, low, high)
    if takes_unit and found is not None:
        return with_unit(bare(numeral), found[1], end=fraction.end + found[0])
    return replace(percent(numeral), form=Form.AHEAD, is_slashed=fraction.is_slashed)


def _with_mark(amount: Amount, shadow: str, book: UnitBook) -> Amount:
    """Return the amount with the currency that stands in front of it (US$5, 人民币50元), if one does."""
    before = shadow[amount.start - 1 : amount.start]
    if before != " " and before not in book.ahead.by_last:
        return amount
    reach = max(0, amount.start - MARK_GAP)
    end = reach + len(shadow[reach : amount.start].rstrip(" "))
    found = book.ahead.before(shadow, end)
    if found is None:
        return amount
    length, unit = found
    if amount.unit is not None:
        is_own = amount.unit.kind is UnitKind.MONEY and amount.unit.is_own_money
        return replace(amount, unit=replace(amount.unit, name=unit.name), mark=end - length) if is_own else amount
    if _is_word(shadow[end - 1]) and not _is_figure(amount, shadow):
        return amount
    return replace(with_unit(amount, unit, form=Form.AHEAD), mark=end - length)


def _is_word(character: str) -> bool:
    return "一" <= character <= "鿿"


def _is_figure(amount: Amount, shadow: str) -> bool:
    """Whether a number is Arabic or long enough that a currency word in front can only be its unit."""
    numeral = amount.numeral
    return shadow[numeral.start].isdigit() or numeral.end - numeral.start > 1
