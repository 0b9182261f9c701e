"""Numbers that are no quantity, by rules with reasons."""

from dataclasses import dataclass
from functools import cache

from pydantic import Field

from extract.lexicon import load
from extract.quantities.amounts import Amount
from extract.quantities.words import Lookup, lookup
from schemas.base import Model
from schemas.extraction import Refusal


class RuleEntry(Model):
    """One rule of quantity_exclusions.yaml."""

    why: str
    reason: Refusal
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    one: bool = False
    han: bool = False
    short: bool = False


class RuleList(Model):
    """The file quantity_exclusions.yaml."""

    rules: tuple[RuleEntry, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to be asked."""

    entry: RuleEntry
    before: Lookup[bool]
    after: Lookup[bool]

    def holds(self, amount: Amount, shadow: str) -> bool:
        """Whether the rule refuses the amount."""
        entry = self.entry
        if entry.kinds and (amount.kind or "bare") not in entry.kinds:
            return False
        if entry.one and shadow[amount.start : amount.numeral.end] != "一":
            return False
        if entry.han and shadow[amount.numeral.start].isdigit():
            return False
        if entry.short and amount.numeral.high >= 10:
            return False
        if entry.before and not self.before.before(shadow, _skip_back(shadow, amount.start)):
            return False
        place = amount.end + (shadow[amount.end : amount.end + 1] == " ")
        return not entry.after or self.after.at(shadow, place) is not None


def _skip_back(shadow: str, place: int) -> int:
    return place - (shadow[place - 1 : place] == " ")


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules, read once, in the order of the file."""
    return tuple(
        Rule(entry, lookup((w, True) for w in entry.before), lookup((w, True) for w in entry.after))
        for entry in load("quantity_exclusions", RuleList).rules
    )


def refusal_of(amount: Amount, shadow: str) -> Refusal | None:
    """Return why an amount is no quantity, or None where no rule speaks against it."""
    return next((rule.entry.reason for rule in rules() if rule.holds(amount, shadow)), None)
