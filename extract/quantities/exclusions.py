"""Numbers that are no quantity, by rules with reasons."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from pydantic import Field

from extract.lexicon import load
from extract.normalize import shadow_of
from extract.quantities.amounts import Amount
from extract.quantities.numerals import ONE, SCALES, TEN, ZEROS
from extract.quantities.units import UnitKind
from extract.quantities.words import Lookup, lookup
from schemas.base import Model
from schemas.extraction import Refusal

ROUND: Final = frozenset("百千万")
"""Scales that may stand without a digit."""

YEARS: Final = range(1800, 2200)
"""Calendar years; nothing in these texts lasts so long."""
_CLOCK_BEFORE: Final = re.compile(r"\d:$")
_CLOCK_AFTER: Final = re.compile(r":\d")
_MINUTES: Final = len("05")
_DAY: Final = re.compile(r"(?:1[0-2]|[1-9])/(?:3[01]|[12]\d|[1-9])(?!\d)")
# Of what may be a day, a fraction is a part of a small whole with no word of a day behind it.
_SHARE: Final = re.compile(r"(?:1/(?:[2-9]|10)|2/[35]|3/[458]|4/5|5/[68])(?![\d(日号上下收开盘早晚凌起前后至到])")
_LATIN: Final = re.compile(r"[A-Za-z]")
_TOUCHING: Final = frozenset({UnitKind.MONEY, UnitKind.RATIO, UnitKind.RATE, UnitKind.INDEX})
"""Kinds of unit whose number may touch a Latin word before it (EPS2.3元, CPI3%)."""


class RuleEntry(Model):
    """One rule of quantity_exclusions.yaml; every condition named must hold."""

    why: str
    reason: Refusal
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    with_: tuple[str, ...] = Field(default=(), alias="with")
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    kinds: frozenset[UnitKind | Literal["bare"]] = frozenset()
    one: bool = False
    han: bool = False
    short: bool = False
    round: bool = False
    nought: bool = False
    scaled: bool = False
    exact: tuple[str, ...] = ()


class RuleList(Model):
    """The file quantity_exclusions.yaml."""

    rules: tuple[RuleEntry, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to be asked; `numerals` are the only spellings it speaks of, None for any."""

    reason: Refusal
    numerals: frozenset[str] | None
    is_han: bool
    is_short: bool
    is_scaled: bool
    before: Lookup[bool]
    after: Lookup[bool]
    with_: Lookup[bool]
    unless_before: Lookup[bool]
    unless_after: Lookup[bool]

    def holds(self, amount: Amount, shadow: str, numeral: str) -> bool:
        """Whether the rule refuses the amount."""
        if self.numerals is not None and (numeral not in self.numerals or _is_extended(amount)):
            return False
        if (self.is_han and numeral[0].isdigit()) or (self.is_short and amount.numeral.high >= TEN):
            return False
        if self.is_scaled and numeral[0] not in SCALES:
            return False
        return self._has_words(amount, shadow)

    def _has_words(self, amount: Amount, shadow: str) -> bool:
        left = amount.left - (shadow[amount.left - 1 : amount.left] == " ")
        right = amount.end + (shadow[amount.end : amount.end + 1] == " ")
        if self.before.meanings and not self.before.before(shadow, left):
            return False
        if self.after.meanings and not self.after.at(shadow, right):
            return False
        if self.with_.meanings and not self.with_.at(shadow, amount.numeral.end):
            return False
        return not (self.unless_before.before(shadow, left) or self.unless_after.at(shadow, right))


def _is_extended(amount: Amount) -> bool:
    """Whether more than the numeral and its unit is written (一日半, 一年多)."""
    factor = amount.unit.factor if amount.unit else ONE
    return amount.inner_bound is not None or amount.high != amount.numeral.high * factor


@cache
def rules() -> dict[UnitKind | None, tuple[Rule, ...]]:
    """Return the rules that speak of each kind of unit (None: of bare numbers), in the order of the file."""
    entries = [(entry, _rule(entry)) for entry in load("quantity_exclusions", RuleList).rules]
    return {
        kind: tuple(rule for entry, rule in entries if not entry.kinds or (kind or "bare") in entry.kinds)
        for kind in (None, *UnitKind)
    }


def _rule(entry: RuleEntry) -> Rule:
    spellings = {*map(shadow_of, entry.exact)}
    spellings |= ({"一"} if entry.one else set()) | (ROUND if entry.round else set())
    spellings |= set(ZEROS) if entry.nought else set()
    words = (entry.before, entry.after, entry.with_, entry.unless_before, entry.unless_after)
    lookups = [lookup((word, True) for word in group) for group in words]
    return Rule(entry.reason, frozenset(spellings) or None, entry.han, entry.short, entry.scaled, *lookups)


def refusal_of(amount: Amount, shadow: str) -> Refusal | None:
    """Return why an amount is no quantity, or None where no rule speaks against it.

    Example:
        >>> from extract.quantities.grammar import read_amounts
        >>> from extract.quantities.units import unit_book
        >>> from schemas.text import Locale
        >>> text = "第3家,3家"  # the third, three
        >>> [refusal_of(a, text) for a in read_amounts(text, unit_book(Locale.TAIWAN))]
        [<Refusal.QUANTITY_IS_ORDINAL: 'quantity.is_ordinal'>, None]
    """
    shape = _shape(amount, shadow)
    if shape is not None:
        return shape
    numeral = shadow[amount.numeral.start : amount.numeral.end]
    return next((rule.reason for rule in rules()[amount.kind] if rule.holds(amount, shadow, numeral)), None)


def _shape(amount: Amount, shadow: str) -> Refusal | None:
    """Return why the signs around a number make it a name or a clock: 00919, H200, 2330-TW, 21:05."""
    start, end = amount.numeral.start, amount.numeral.end
    first, before = shadow[start : start + 2], shadow[max(0, start - 2) : start]
    is_clock = _CLOCK_AFTER.match(shadow, end) or (_CLOCK_BEFORE.search(before) and end - start == _MINUTES)
    is_year = amount.unit_name == "years" and amount.low in YEARS and amount.low == amount.high
    if is_year or (is_clock and amount.kind is None):
        return Refusal.QUANTITY_IS_DATE
    if amount.is_slashed and _DAY.match(shadow, start) and not _SHARE.match(shadow, start):
        return Refusal.QUANTITY_IS_DATE
    is_ticker = first[0] == "0" and first[1:].isdigit()
    touches = first[0].isdigit() and _LATIN.match(before[-1:]) and amount.mark < 0
    is_model = touches and amount.kind not in _TOUCHING
    return Refusal.QUANTITY_IS_NAME if is_ticker or is_model else None
