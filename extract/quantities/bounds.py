"""How the words beside a number bound it: 逾3% is at least, 不到一半 at most, 50%左右 about."""

from functools import cache

from extract.lexicon import load
from extract.quantities.amounts import Amount
from extract.quantities.words import Lookup, lookup
from schemas.base import Model
from schemas.quantity import Bound


class BoundWords(Model):
    """The file bounds.yaml."""

    before: dict[Bound, tuple[str, ...]]
    after: dict[Bound, tuple[str, ...]]


@cache
def _lookups() -> tuple[Lookup[Bound], Lookup[Bound]]:
    words = load("bounds", BoundWords)
    before, after = (
        lookup((word, bound) for bound, group in side.items() for word in group) for side in (words.before, words.after)
    )
    return before, after


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
    before, after = _lookups()
    place = amount.left - (shadow[amount.left - 1 : amount.left] == " ")
    found = before.before(shadow, place)
    if found is None:
        place = amount.end + (shadow[amount.end : amount.end + 1] == " ")
        found = after.at(shadow, place)
    return found[1] if found else amount.inner_bound or Bound.EQUAL
