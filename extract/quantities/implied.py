"""Units of bare numbers: 人民幣破7, 恒指見三萬一, 目標價由1000砍到700 name a level without a measure word.

A bare number takes a unit only on evidence: its partner in a from-to pair or range, a near amount of like size, or
the series spoken of before it, at a level which that series can take. Without evidence it stays without a unit.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final, Self

from pydantic import Field, model_validator

from extract.lexicon import load
from extract.normalize import shadow_of
from extract.quantities.amounts import PERCENT, Amount, Form
from extract.quantities.numerals import TEN
from extract.quantities.units import Unit, UnitKind, own_currency
from extract.quantities.words import any_of
from schemas.base import Model
from schemas.text import Locale

COUNT: Final = Unit("count", Decimal(1), UnitKind.COUNT)
REACH: Final = 120
"""Characters a series name or an amount of the same series may stand before a bare number."""
NEAR: Final = 40
"""Characters an amount of the same series may stand behind a bare number."""
LIKE: Final = Decimal(3)
"""Levels of one series differ by less than this factor."""
LIKE_SUMS: Final = Decimal(1000)
"""Sums of money in one passage, written in 萬 or 億, differ by less than this factor."""
NARROW: Final = Decimal(5)
"""A series whose levels span less than this factor is known again in the next sentence by the level alone."""
FARTHEST_CUES: Final = 12
"""Series names looked at before a number."""
HIGHEST_GROWTH: Final = Decimal(15)
"""Percent; a bare 保2 or 破6 names a growth rate below this."""
ALIKE: Final = Decimal("1.6")
"""Levels anywhere in a text that speak of one series differ by less than this factor."""
MOST_COMPARED: Final = 50
"""Amounts of like size that are looked at in one text."""
ENOUGH: Final = 2
"""Amounts that must agree."""
HIGHEST_RATE: Final = Decimal(10)
"""Renminbi a dollar; 元 behind a number below it may be an exchange rate."""
_LEVELS: Final = frozenset({UnitKind.MONEY, UnitKind.INDEX})
_LENDING: Final = frozenset({UnitKind.MONEY, UnitKind.INDEX, UnitKind.COUNT, UnitKind.MATTER})
# A sum of money stands before a pause or a particle; before a noun the number may count it (百萬裁員).
_ENDS: Final = re.compile(r"$|[^一-鿿]|[以的大关沽起上下左内买卖成而但就有才也都到至还]")
_TOUCH: Final = re.compile(r"(?:破|守|触碰|触及|回到|见|报|跌穿|跌至|升至|收于|逼近|贴着)[“”‘’「」『』\"' ]*$")
_STOP: Final = re.compile(r"[。!?;\n]")
_LINE_END: Final = re.compile(r"\n")
_PARTNER: Final = re.compile(r"[^。!?;,\n]{0,12}(?:至|到|为|成|降|升|还是|或|、)[^。!?;,\n\d]{0,6}")
_SCALED: Final = re.compile(r"[万亿兆]")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NOT_BEFORE: Final = re.compile(r"[A-Za-z\-–.:/#_@&×*+][ ]?$|(?<=[A-Za-z])[ ]$")
_NOT_AFTER: Final = re.compile(r"[ ]?[A-Za-z:/_]|-[A-Za-z\d]|年|月|号|日")


class SeriesWords(Model):
    """Names of series of one sort, the unit they are quoted in, and the levels they can take."""

    unit: str
    low: Decimal
    high: Decimal
    cues: tuple[str, ...] = Field(min_length=1)
    scaled: bool = False

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.high < self.low:
            raise ValueError(f"levels of {self.cues[0]} run from {self.low} down to {self.high}")
        return self


class BareUnitList(Model):
    """The file bare_units.yaml."""

    series: tuple[SeriesWords, ...] = Field(min_length=1)
    growth: tuple[str, ...]
    growth_cues: tuple[str, ...]
    streak: tuple[str, ...]
    streak_ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A sort of series with its unit in one region."""

    unit: Unit
    low: Decimal
    high: Decimal
    is_scaled: bool

    def takes(self, amount: Amount) -> bool:
        """Whether the series can stand at the number."""
        return self.low <= amount.low and amount.high <= self.high


@dataclass(frozen=True, slots=True)
class BareUnits:
    """The lexicon for one region, ready to be searched."""

    pattern: re.Pattern[str]
    series: dict[str, list[Series]]
    growth: re.Pattern[str]
    growth_cues: re.Pattern[str]
    streak: re.Pattern[str]
    streak_ends: frozenset[str]


@cache
def bare_units(locale: Locale) -> BareUnits:
    """Return the lexicon of a region, read once."""
    words = load("bare_units", BareUnitList)
    own = own_currency(locale)
    series: dict[str, list[Series]] = {}
    for entry in words.series:
        name = own if entry.unit == "own" else entry.unit
        kind = {"points": UnitKind.INDEX, "count": UnitKind.COUNT}.get(name, UnitKind.MONEY)
        for cue in entry.cues:
            found = Series(Unit(name, Decimal(1), kind), entry.low, entry.high, entry.scaled)
            series.setdefault(shadow_of(cue), []).append(found)
    growth, growth_cues, streak = (
        any_of(map(shadow_of, group)) for group in (words.growth, words.growth_cues, words.streak)
    )
    return BareUnits(
        re.compile(any_of(series)),
        series,
        re.compile(f"(?:{growth})$"),
        re.compile(growth_cues),
        re.compile(f"(?:{streak})$"),
        frozenset(map(shadow_of, words.streak_ends)),
    )


def with_implied_units(amounts: Sequence[Amount], shadow: str, locale: Locale) -> list[Amount]:
    """Return the amounts, the bare ones with the unit that the context gives them, if any.

    Example:
        >>> from extract.quantities.grammar import read_amounts
        >>> from extract.quantities.units import unit_book
        >>> text = "恒指上望三万一"  # the Hang Seng index may reach 31,000
        >>> amounts = list(read_amounts(text, unit_book(Locale.HONG_KONG)))
        >>> [(str(a.low), a.unit_name) for a in with_implied_units(amounts, text, Locale.HONG_KONG)]
        [('31000', 'points')]
    """
    context = _Context(shadow, bare_units(locale), list(amounts))
    for i, amount in enumerate(context.amounts):
        if amount.unit is None:
            context.amounts[i] = context.implied(i)
        elif amount.unit.is_own_money:
            context.amounts[i] = context.foreign(amount)
    return context.amounts


class _Context:
    """One text while its bare numbers are looked at from left to right."""

    def __init__(self, shadow: str, words: BareUnits, amounts: list[Amount]) -> None:
        self.shadow = shadow
        self.words = words
        self.amounts = amounts
        self.cues = [(m.end(), m[0]) for m in words.pattern.finditer(shadow)]
        self.cue_ends = [end for end, _ in self.cues]
        self.levels = sorted((a for a in amounts if a.kind in _LEVELS), key=lambda a: abs(a.high))
        self.sizes = [abs(a.high) for a in self.levels]

    def implied(self, i: int) -> Amount:
        amount = self.amounts[i]
        special = self._streak(amount) or self._growth(amount) or self._base(amount)
        if special is not None:
            return special
        if not self._is_level(amount):
            return amount
        unit = (
            self._partner(i)
            or self._like(i, in_sentence=True)
            or self._series(amount)
            or self._like(i, in_sentence=False)
            or self._following(amount)
            or self._anywhere(amount)
        )
        return replace(amount, unit=unit, form=Form.BEHIND) if unit else amount

    def foreign(self, amount: Amount) -> Amount:
        """Return 6.9元 as renminbi where a text of Hong Kong or Taiwan speaks of its exchange rate."""
        i = bisect_right(self.cue_ends, amount.start)
        if amount.unit is None or i == 0 or amount.high >= HIGHEST_RATE:
            return amount
        end, cue = self.cues[i - 1]
        if amount.start - end > REACH or _LINE_END.search(self.shadow, end, amount.start):
            return amount
        rate = next((s.unit for s in self.words.series[cue] if s.unit.name == "CNY" and s.takes(amount)), None)
        return replace(amount, unit=rate) if rate else amount

    def _streak(self, amount: Amount) -> Amount | None:
        """Return 連11紅 as a count of eleven."""
        is_streak = self.words.streak.search(self.shadow, max(0, amount.start - 4), amount.start)
        if not is_streak or self.shadow[amount.end : amount.end + 1] not in self.words.streak_ends:
            return None
        return replace(amount, end=amount.end + 1, unit=COUNT, form=Form.BEHIND)

    def _growth(self, amount: Amount) -> Amount | None:
        """Return 保2 as a growth rate of two percent."""
        word = self.words.growth.search(self.shadow, max(0, amount.start - 2), amount.start)
        if word is None or amount.high >= HIGHEST_GROWTH or amount.end - amount.start > len("2.5"):
            return None
        heard = self.words.growth_cues.search(self.shadow, max(0, amount.start - REACH), amount.start)
        return replace(amount, unit=PERCENT, form=Form.BEHIND) if heard else None

    def _base(self, amount: Amount) -> Amount | None:
        """Return the base of a rate as a count (每百万字词)."""
        is_base = self.shadow[amount.start - 1 : amount.start] == "每" and self._is_scaled(amount)
        return replace(amount, unit=COUNT, form=Form.BEHIND) if is_base else None

    def _is_level(self, amount: Amount) -> bool:
        """Whether the number can be a level at all: no year, no ticker, no part of a name, no place in a list."""
        shadow, text = self.shadow, self.shadow[amount.start : amount.end]
        before = shadow[max(0, amount.start - 2) : amount.start]
        if _NOT_BEFORE.search(before) or _NOT_AFTER.match(shadow, amount.end):
            return False
        if before.endswith("(") and shadow[amount.end : amount.end + 1] in ").-":
            return False
        if amount.numeral.high == 0 or (text[0] == "0" and text[1:2].isdigit()) or _YEAR.fullmatch(text):
            return False
        return text[0].isdigit() or text[0] in "-–−负" or len(text) > 1

    def _partner(self, i: int) -> Unit | None:
        """Return the unit of the other end of a change: 由8萬上調至9萬美元."""
        amount = self.amounts[i]
        for first, second in ((i, i + 1), (i - 1, i)):
            if first < 0 or second >= len(self.amounts):
                continue
            other = self.amounts[second if first == i else first]
            joined = _PARTNER.fullmatch(self.shadow, self.amounts[first].end, self.amounts[second].left)
            if joined and other.unit and other.kind in _LENDING and _are_like(amount, other, LIKE):
                return replace(other.unit, factor=Decimal(1))
        return None

    def _like(self, i: int, *, in_sentence: bool) -> Unit | None:
        """Return the unit of the nearest amount of like size, in the same sentence or the same paragraph."""
        amount = self.amounts[i]
        is_sum = self._is_scaled(amount)
        stop = _STOP if in_sentence else _LINE_END
        for j in range(i - 1, -1, -1):
            other = self.amounts[j]
            if amount.start - other.end > REACH or stop.search(self.shadow, other.end, amount.start):
                break
            if self._lends(other, amount, is_sum=is_sum):
                return other.unit
        following = self.amounts[i + 1] if i + 1 < len(self.amounts) else None
        if following and following.start - amount.end <= NEAR and self._lends(following, amount, is_sum=is_sum):
            return following.unit
        return None

    def _lends(self, other: Amount, amount: Amount, *, is_sum: bool) -> bool:
        if other.unit is None or other.kind not in _LENDING:
            return False
        if is_sum and self._is_scaled(other) and other.kind is UnitKind.MONEY:
            return _are_like(amount, other, LIKE_SUMS)
        return other.kind is not UnitKind.COUNT and _are_like(amount, other, LIKE)

    def _is_scaled(self, amount: Amount) -> bool:
        return _SCALED.search(self.shadow, amount.numeral.start, amount.numeral.end) is not None

    def _series(self, amount: Amount) -> Unit | None:
        """Return the unit of the nearest series named before the number that can stand at its level."""
        i = bisect_right(self.cue_ends, amount.start)
        first = max(0, i - FARTHEST_CUES)
        is_touched = _TOUCH.search(self.shadow, max(0, amount.start - 4), amount.start) is not None
        is_sum = self._is_scaled(amount) and _ENDS.match(self.shadow, amount.end) is not None
        is_precise = is_touched or amount.low != amount.low.to_integral_value()
        while i > first:
            i -= 1
            end, cue = self.cues[i]
            is_near = amount.start - end <= REACH and not _LINE_END.search(self.shadow, end, amount.start)
            if not is_near and not is_touched:
                break
            in_sentence = is_near and not _STOP.search(self.shadow, end, amount.start)
            for series in self.words.series[cue]:
                is_narrow = series.high < series.low * NARROW
                is_known = (in_sentence and (not is_narrow or amount.low >= TEN)) or (is_narrow and is_precise)
                if is_known and series.takes(amount) and (is_sum or not series.is_scaled):
                    return series.unit
        return None

    def _following(self, amount: Amount) -> Unit | None:
        """Return the unit of a series named right behind a sum: 30萬定存."""
        cue = self.words.pattern.match(self.shadow, amount.end) if self._is_scaled(amount) else None
        found = self.words.series[cue[0]] if cue else []
        return next((series.unit for series in found if series.takes(amount)), None)

    def _anywhere(self, amount: Amount) -> Unit | None:
        """Return the one unit in which the whole text has amounts of nearly this size, if it has two or more."""
        size = abs(amount.high)
        first = bisect_left(self.sizes, size / ALIKE)
        alike = self.levels[first : min(bisect_right(self.sizes, size * ALIKE), first + MOST_COMPARED)]
        same = next((level.unit for level in alike if level.high == amount.high), None)
        names = {level.unit_name for level in alike}
        return same or (alike[0].unit if len(alike) >= ENOUGH and len(names) == 1 else None)


def _are_like(first: Amount, second: Amount, factor: Decimal) -> bool:
    """Whether two numbers differ by less than a factor."""
    low, high = sorted((abs(first.high), abs(second.high)))
    return bool(low) and high < low * factor
