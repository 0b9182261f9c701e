"""Numbers that are no quantity, by rules with reasons."""

import re
from collections.abc import Iterable
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
# The number of a paragraph: 5. at the beginning of a line, 三、 there too.
_LINE_START: Final = re.compile(r"(?:^|\n|[§■])[ ]?$")
_PLACE_AFTER: Final = re.compile(r"[.、)](?!\d)")
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

    order: int
    reason: Refusal
    kinds: frozenset[UnitKind | Literal["bare"]]
    numerals: frozenset[str] | None
    is_han: bool
    is_short: bool
    is_scaled: bool
    before: Lookup[bool]
    after: Lookup[bool]
    with_: Lookup[bool]
    unless_before: Lookup[bool]
    unless_after: Lookup[bool]

    def holds(self, place: "Place") -> bool:
        """Whether the rule refuses the amount at a place."""
        amount, numeral = place.amount, place.numeral
        if self.kinds and (amount.kind or "bare") not in self.kinds:
            return False
        if self.numerals is not None and (numeral not in self.numerals or _is_extended(amount)):
            return False
        if (self.is_han and numeral[0].isdigit()) or (self.is_short and amount.numeral.high >= TEN):
            return False
        if self.is_scaled and numeral[0] not in SCALES:
            return False
        return self._has_words(place)

    def _has_words(self, place: "Place") -> bool:
        shadow, left, right = place.shadow, place.left, place.right
        if self.before.meanings and not self.before.before(shadow, left):
            return False
        if self.after.meanings and not self.after.at(shadow, right):
            return False
        if self.with_.meanings and not self.with_.at(shadow, place.amount.numeral.end):
            return False
        return not (self.unless_before.before(shadow, left) or self.unless_after.at(shadow, right))


@dataclass(frozen=True, slots=True)
class Place:
    """An amount and where the words beside it end and begin, one blank left out."""

    amount: Amount
    shadow: str
    numeral: str
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules by what wakes them: a spelling, a character beside the number; few are asked for most numbers."""

    by_numeral: dict[str, tuple[Rule, ...]]
    by_with: dict[str, tuple[Rule, ...]]
    by_after: dict[str, tuple[Rule, ...]]
    by_before: dict[str, tuple[Rule, ...]]
    always: tuple[Rule, ...]

    def refusal(self, place: Place) -> Refusal | None:
        """Return the reason of the first rule, in the order of the file, that holds."""
        shadow, end = place.shadow, place.amount.numeral.end
        awake = (
            *self.always,
            *self.by_numeral.get(place.numeral, ()),
            *self.by_with.get(shadow[end : end + 1], ()),
            *self.by_after.get(shadow[place.right : place.right + 1], ()),
            *self.by_before.get(shadow[place.left - 1 : place.left], ()),
        )
        held = [rule for rule in awake if rule.holds(place)]
        return min(held, key=lambda rule: rule.order).reason if held else None


def _is_extended(amount: Amount) -> bool:
    """Whether more than the numeral and its unit is written (一日半, 一年多)."""
    factor = amount.unit.factor if amount.unit else ONE
    return amount.inner_bound is not None or amount.high != amount.numeral.high * factor


@cache
def rule_book() -> RuleBook:
    """Return the rules, read once."""
    rules = [_rule(i, entry) for i, entry in enumerate(load("quantity_exclusions", RuleList).rules)]
    wakers: dict[str, dict[str, list[Rule]]] = {name: {} for name in ("numerals", "with_", "after", "before")}
    always: list[Rule] = []
    for rule in rules:
        name, keys = _waker(rule)
        for key in keys:
            wakers[name].setdefault(key, []).append(rule)
        if not keys:
            always.append(rule)
    tables = {name: {key: tuple(found) for key, found in table.items()} for name, table in wakers.items()}
    return RuleBook(tables["numerals"], tables["with_"], tables["after"], tables["before"], tuple(always))


def _waker(rule: Rule) -> tuple[str, Iterable[str]]:
    """Return the one condition under which a rule need be asked at all, and the keys that meet it."""
    if rule.numerals is not None:
        return "numerals", rule.numerals
    if rule.with_.meanings:
        return "with_", rule.with_.by_first
    return ("after", rule.after.by_first) if rule.after.meanings else ("before", rule.before.by_last)


def _rule(order: int, entry: RuleEntry) -> Rule:
    spellings = {*map(shadow_of, entry.exact)}
    spellings |= ({"一"} if entry.one else set()) | (ROUND if entry.round else set())
    spellings |= set(ZEROS) if entry.nought else set()
    words = (entry.before, entry.after, entry.with_, entry.unless_before, entry.unless_after)
    lookups = [lookup((word, True) for word in group) for group in words]
    only = frozenset(spellings) or None
    return Rule(order, entry.reason, entry.kinds, only, entry.han, entry.short, entry.scaled, *lookups)


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
    left, right = amount.left, amount.end
    place = Place(
        amount,
        shadow,
        numeral=shadow[amount.numeral.start : amount.numeral.end],
        left=left - (shadow[left - 1 : left] == " "),
        right=right + (shadow[right : right + 1] == " "),
    )
    return rule_book().refusal(place)


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
    if amount.kind is None and _PLACE_AFTER.match(shadow, end) and _LINE_START.search(shadow, max(0, start - 2), start):
        return Refusal.QUANTITY_IS_ORDINAL
    is_ticker = first[0] == "0" and first[1:].isdigit()
    touches = first[0].isdigit() and _LATIN.match(before[-1:]) and amount.mark < 0
    is_model = touches and amount.kind not in _TOUCHING
    return Refusal.QUANTITY_IS_NAME if is_ticker or is_model else None
