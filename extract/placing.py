"""Find tags, clauses and words by where they stand, without reading through all of them."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Protocol, TypeVar

from extract.reading import Word
from schemas.text import Span


class Placed(Protocol):
    """Anything with a span."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        ...


P = TypeVar("P", bound=Placed)
_START = attrgetter("span.start")
_WORD_START = attrgetter("start")


def starting_in(items: Sequence[P], start: int, end: int) -> Sequence[P]:
    """Return the items that start in [start, end).

    Args:
        items: in order of their starts.
        start: first offset.
        end: first offset that is out.

    Example:
        >>> from extract.reading import Clause
        >>> clauses = [Clause(Span(start=i, end=i + 2), 0) for i in (0, 3, 6)]
        >>> [clause.span.start for clause in starting_in(clauses, 1, 6)]
        [3]
    """
    first = bisect_left(items, start, key=_START)
    return items[first : _after(items, first, end)]


def touching(items: Sequence[P], start: int, end: int) -> Sequence[P]:
    """Return the items that share a character with [start, end); items don't overlap each other.

    Example:
        >>> from extract.reading import Clause
        >>> clauses = [Clause(Span(start=i, end=i + 2), 0) for i in (0, 3, 6)]
        >>> [clause.span.start for clause in touching(clauses, 1, 4)]
        [0, 3]
    """
    if not items:
        return items
    first = bisect_left(items, start, key=_START)
    while first > 0 and items[first - 1].span.end > start:
        first -= 1
    return items[first : _after(items, first, end)]


def words_in(words: Sequence[Word], start: int, end: int) -> Sequence[Word]:
    """Return the words that lie in [start, end) whole."""
    first = bisect_left(words, start, key=_WORD_START)
    last = bisect_left(words, end, lo=first, key=_WORD_START)
    while last > first and words[last - 1].end > end:
        last -= 1
    return words[first:last]


def _after(items: Sequence[Placed], first: int, end: int) -> int:
    """Return the index of the first item from `first` on that starts at `end` or later; mostly few steps away."""
    last, size = first, len(items)
    while last < size and items[last].span.start < end:
        last += 1
    return last
