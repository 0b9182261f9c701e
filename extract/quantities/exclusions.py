"""Numbers that are no quantity, by rules with reasons."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from pydantic import Field

from extract.lexicon import load
from extract.normalize import shadow_of
from extract.quantities.amounts import Amount
from extract.quantities.numerals import SCALES, TEN, ZEROS
from extract.quantities.units import UnitKind
from extract.quantities.words import Lookup, lookup
from schemas.base import Model
from schemas.extraction import Refusal

ROUND: Final = frozenset("百千万")
"""Scales that may stand without a digit."""

_CLOCK_BEFORE: Final = re.compile(r"\d:$")
_CLOCK_AFTER: Final = re.compile(r":\d")
_MINUTES: Final = len("05")
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
    """A rule ready to be asked."""

    entry: RuleEntry
    exact: frozenset[str]
    before: Lookup[bool]
    after: Lookup[bool]
    with_: Lookup[bool]
    unless_before: Lookup[bool]
    unless_after: Lookup[bool]

    def holds(self, amount: Amount, shadow: str) -> bool:
        """Whether the rule refuses the amount."""
        return self._is_of_form(amount, shadow) and self._has_words(amount, shadow)

    def _is_of_form(self, amount: Amount, shadow: str) -> bool:
        entry = self.entry
        if entry.kinds and (amount.kind or "bare") not in entry.kinds:
            return False
        text = shadow[amount.numeral.start : amount.numeral.end]
        return not (
            (entry.one and text != "一")
            or (entry.han and text[0].isdigit())
            or (entry.short and amount.numeral.high >= TEN)
            or (entry.round and text not in ROUND)
            or (entry.nought and text not in ZEROS)
            or (entry.scaled and text[0] not in SCALES)
            or (entry.exact and text not in self.exact)
        )

    def _has_words(self, amount: Amount, shadow: str) -> bool:
        entry = self.entry
        left, right = _skip_back(shadow, amount.left), _skip(shadow, amount.end)
        if entry.before and not self.before.before(shadow, left):
            return False
        if entry.after and not self.after.at(shadow, right):
            return False
        if entry.with_ and not self.with_.at(shadow, amount.numeral.end):
            return False
        return not (self.unless_before.before(shadow, left) or self.unless_after.at(shadow, right))


def _skip_back(shadow: str, place: int) -> int:
    return place - (shadow[place - 1 : place] == " ")


def _skip(shadow: str, place: int) -> int:
    return place + (shadow[place : place + 1] == " ")


def _words(words: tuple[str, ...]) -> Lookup[bool]:
    return lookup((word, True) for word in words)


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules, read once, in the order of the file."""
    return tuple(
        Rule(
            r,
            frozenset(map(shadow_of, r.exact)),
            *map(_words, (r.before, r.after, r.with_, r.unless_before, r.unless_after)),
        )
        for r in load("quantity_exclusions", RuleList).rules
    )


def refusal_of(amount: Amount, shadow: str) -> Refusal | None:
    """Return why an amount is no quantity, or None where no rule speaks against it."""
    return _shape(amount, shadow) or next((rule.entry.reason for rule in rules() if rule.holds(amount, shadow)), None)


def _shape(amount: Amount, shadow: str) -> Refusal | None:
    """Return why the signs around a number make it a name or a clock: 00919, H200, 2330-TW, 21:05."""
    start, end = amount.numeral.start, amount.numeral.end
    first, before = shadow[start : start + 2], shadow[max(0, start - 2) : start]
    is_clock = _CLOCK_AFTER.match(shadow, end) or (_CLOCK_BEFORE.search(before) and end - start == _MINUTES)
    if is_clock and amount.kind is None:
        return Refusal.QUANTITY_IS_DATE
    is_ticker = first[0] == "0" and first[1:].isdigit()
    touches = first[0].isdigit() and _LATIN.match(before[-1:]) and amount.mark < 0
    is_model = touches and amount.kind not in _TOUCHING
    return Refusal.QUANTITY_IS_NAME if is_ticker or is_model else None
