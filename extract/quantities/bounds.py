"""How the words beside a number bound it: 逾3% is at least, 不到一半 at most, 50%左右 about."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.lexicon import load
from extract.normalize import shadow_of
from extract.quantities.amounts import Amount
from extract.quantities.numerals import SCALES
from extract.quantities.units import UnitKind
from extract.quantities.words import Lookup, lookup
from schemas.base import Model
from schemas.quantity import Bound

ADVERB_REACH: Final = 7
"""Characters from an adverb to its number, itself included."""
RATE_REACH: Final = 14
"""Characters from the name of a currency to a rate that it breaks."""
# A currency that grows stronger breaks a lower number: 新台幣升破30元.
_STRONGER: Final = re.compile(r"(?:币|圆|日元|韩元|英镑|欧元|人民币)[^,。;!?]*升破$")


class BoundWords(Model):
    """The file bounds.yaml."""

    before: dict[Bound, tuple[str, ...]]
    adverbs: dict[Bound, tuple[str, ...]]
    after: dict[Bound, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Words:
    before: Lookup[Bound]
    after: Lookup[Bound]
    adverbs: re.Pattern[str]
    meaning: dict[str, Bound]


@cache
def _words() -> _Words:
    words = load("bounds", BoundWords)
    before, after = (
        lookup((word, bound) for bound, group in side.items() for word in group) for side in (words.before, words.after)
    )
    meaning = {shadow_of(word): bound for bound, group in words.adverbs.items() for word in group}
    return _Words(before, after, re.compile(rf"({'|'.join(meaning)})[^,。;!?\d]*$"), meaning)


def bound_of(amount: Amount, shadow: str) -> Bound:
    """Return the bound that the words beside an amount give it.

    Example:
        >>> from extract.quantities.grammar import read_amounts
        >>> from extract.quantities.units import unit_book
        >>> from schemas.text import Locale
        >>> text = "不到3%"  # less than 3%
        >>> (amount,) = read_amounts(text, unit_book(Locale.TAIWAN))
        >>> bound_of(amount, text).value
        'le'
    """
    words = _words()
    left = amount.left - (shadow[amount.left - 1 : amount.left] == " ")
    left -= shadow[left - 1 : left] == "了"
    if amount.kind is UnitKind.MONEY and _STRONGER.search(shadow, max(0, left - RATE_REACH), left):
        return Bound.AT_MOST
    if shadow[left - 1 : left] == "上" and shadow[amount.numeral.start] in SCALES:
        return Bound.AT_LEAST
    found = words.before.before(shadow, left)
    if found is None:
        found = words.after.at(shadow, amount.end + (shadow[amount.end : amount.end + 1] == " "))
    if found is not None:
        return found[1]
    adverb = words.adverbs.search(shadow, max(0, left - ADVERB_REACH), left)
    return words.meaning[adverb[1]] if adverb else amount.inner_bound or Bound.EQUAL
