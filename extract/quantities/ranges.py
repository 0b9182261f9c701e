"""Ranges and lists: 30%至35%, 2至3次, 1.2兆至1.3兆美元 and 2碼或3碼 are one amount; 5、10及30% are three."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extract.quantities.amounts import Amount, Form, with_unit
from extract.quantities.numerals import EXACT, SCALES
from extract.quantities.units import UnitKind

WIDEST_GAP: Final = 6
"""Characters a joint may hold, blanks and a repeated 約 or currency mark included."""
HIGHEST: Final = Decimal(10) ** 6
"""Steps below the first number at which a list no longer goes on in its last place."""
LISTED: Final = frozenset({UnitKind.RATIO, UnitKind.RATE, UnitKind.MONEY, UnitKind.INDEX, UnitKind.MATTER})
LEVEL_OVER_CHANGE: Final = 5
"""A level is at least this many times the change that led to it; the ends of a range lie closer."""
_CHANGE: Final = re.compile(r"[升降涨跌加减增息高低多少挫扬贬][了约近逾 ]?$")
_TO: Final = re.compile(r" ?(?:至|到|~|～|-|–|—{1,2}|−|~~)(?:约|近)? ?(?:US\$|NT\$|HK\$|\$|¥)?$")
_OR: Final = re.compile(r" ?(?:或是|或者|或) ?$")
_AND: Final = re.compile(r" ?(?:与|和|及|跟) ?$")
_LIST: Final = re.compile(r" ?(?:、|以及|及|和|与|或) ?")
_COMMA: Final = re.compile(r" ?[、,] ?$")
_BETWEEN: Final = re.compile(r" ?(?:之间|间|区间)")
_FACTOR: Final = re.compile(r"(?<=[\d零一二两三四五六七八九]) ?(?P<scales>[十百千万亿兆]+)$")


def join_ranges(amounts: Iterable[Amount], shadow: str) -> list[Amount]:
    """Return the amounts with those that make a range in one, and with units shared along lists.

    Example:
        >>> from extract.quantities.grammar import read_amounts
        >>> from extract.quantities.units import unit_book
        >>> from schemas.text import Locale
        >>> text = "3至5亿元"  # 300 to 500 million
        >>> (amount,) = join_ranges(read_amounts(text, unit_book(Locale.MAINLAND)), text)
        >>> str(amount.low), str(amount.high), amount.unit_name
        ('300000000', '500000000', 'CNY')
    """
    joined: list[Amount] = []
    for amount in amounts:
        previous = joined[-1] if joined else None
        if previous is None or not 0 < amount.left - previous.end <= WIDEST_GAP:
            joined.append(amount)
            continue
        joined[-1:] = _pair(previous, amount, shadow)
    return _with_listed_units(joined, shadow)


def _with_listed_units(amounts: list[Amount], shadow: str) -> list[Amount]:
    """Return the amounts with the bare ones of a list in the unit that its last one names (5、10及15%)."""
    for i in range(len(amounts) - 2, -1, -1):
        first, second = amounts[i], amounts[i + 1]
        if first.unit or second.unit is None or second.kind not in LISTED or second.form is not Form.BEHIND:
            continue
        if _LIST.fullmatch(shadow, first.end, second.start):
            amounts[i] = with_unit(_scaled(first, second, shadow), second.unit)
    return amounts


def _pair(first: Amount, second: Amount, shadow: str) -> list[Amount]:
    gap = shadow[first.end : second.start]
    shared = _shared(first, second, shadow)
    if shared is None:
        return [first, second]
    if _COMMA.match(gap) and (continued := _continued(first, second, shadow)):
        return [continued]
    if _is_change(first, second, gap, shadow):
        return [first, second]
    is_one = _is_next(first, second) if _COMMA.match(gap) else _joins(gap, shared, second, shadow)
    return [_as_one(*shared)] if is_one else [first, second]


def _is_change(first: Amount, second: Amount, gap: str, shadow: str) -> bool:
    """Whether the first number is by how much and the second to where: 加息半厘至5.75厘, 調高70美元至1,460美元."""
    if first.form is Form.BARE or not _TO.match(gap):
        return False
    by_word = _CHANGE.search(shadow, max(0, first.left - 3), first.left)
    return by_word is not None and second.low >= first.high * LEVEL_OVER_CHANGE


def _joins(gap: str, shared: tuple[Amount, Amount], second: Amount, shadow: str) -> bool:
    first, last = shared
    if first.high > last.low and not (last.high < 0 and _TO.match(gap)):
        return False
    if _TO.match(gap):
        return True
    if _OR.match(gap):
        return first.low * 2 >= last.low
    return bool(_AND.match(gap) and _BETWEEN.match(shadow, second.end))


def _shared(first: Amount, second: Amount, shadow: str) -> tuple[Amount, Amount] | None:
    """Return both in one unit, the one that lacks it taking the other's; None where their units differ."""
    if first.is_slashed or second.is_slashed or first.is_joined:
        return None
    if first.unit is None and second.unit is None:
        return (_scaled(first, second, shadow), second)
    if first.unit is None and second.unit is not None and second.form is Form.BEHIND:
        return with_unit(_scaled(first, second, shadow), second.unit, form=Form.BEHIND), second
    if second.unit is None and first.unit is not None:
        unit = first.unit
        return (first, with_unit(second, unit, form=first.form)) if _may_lend(first, second, shadow) else None
    if first.unit_name == second.unit_name:
        return first, second
    return None


def _may_lend(first: Amount, second: Amount, shadow: str) -> bool:
    """Whether the second number of US$5至6 or 5%至7 takes the unit of the first."""
    return first.form is Form.AHEAD or (
        first.kind in (UnitKind.RATIO, UnitKind.MONEY)
        and shadow[second.start].isdigit()
        and second.numeral.low > first.numeral.low
    )


def _scaled(first: Amount, second: Amount, shadow: str) -> Amount:
    """Return 3 in 3至5億 as three 億: the scale is shared where that keeps the range rising."""
    scale = _scale(second, shadow)
    if scale == 1 or _scale(first, shadow) != 1:
        return first
    low, high = EXACT.multiply(first.low, scale), EXACT.multiply(first.high, scale)
    return replace(first, low=low, high=high) if abs(high) < second.numeral.high else first


def _scale(amount: Amount, shadow: str) -> Decimal:
    found = _FACTOR.search(shadow[amount.numeral.start : amount.numeral.end])
    scale = Decimal(1)
    for character in found["scales"] if found else "":
        scale = EXACT.multiply(scale, SCALES[character])
    return scale


def _is_next(first: Amount, second: Amount) -> bool:
    """Whether two numbers of a list are neighbours in their leading digit (三、四成; 700、800), a loose range."""
    if first.form is not Form.BARE:
        return False
    low, high = first.numeral.low.normalize().as_tuple(), second.numeral.low.normalize().as_tuple()
    return len(low.digits) == len(high.digits) == 1 and high.digits[0] - low.digits[0] == 1


def _continued(first: Amount, second: Amount, shadow: str) -> Amount | None:
    """Return 1萬6、7千點 as 16,000 to 17,000: the second number goes on in the first one's last place."""
    step = _scale(second, shadow)
    ten = Decimal(10)
    if first.form is not Form.BARE or step < ten or not step * ten <= first.numeral.low < step * HIGHEST:
        return None
    last, following = first.numeral.low // step % ten, second.numeral.low / step
    if first.numeral.low % step or following != last + 1:
        return None
    factor = second.unit.factor if second.unit else Decimal(1)
    low, high = (EXACT.multiply(value, factor) for value in (first.numeral.low, first.numeral.low + step))
    return replace(second, start=first.start, low=low, high=high, is_joined=True)


def _as_one(first: Amount, last: Amount) -> Amount:
    low, high = min(first.low, last.low), max(first.high, last.high)
    return replace(last, start=first.start, mark=first.mark, low=low, high=high, is_joined=True)
