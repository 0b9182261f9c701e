"""Sets of fixed phrases, folded like the shadow and found in it, the longest first."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from extract.normalize import shadow_of


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a shadow: [start, end), the folded phrase and its category."""

    start: int
    end: int
    phrase: str
    category: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by category; a phrase belongs to one category."""

    categories: Mapping[str, str]
    pattern: re.Pattern[str]

    def find(self, shadow: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Yield the phrases in [start, end) from left to right, none overlapping another.

        Example:
            >>> phrases = phrases_of({"say": ["說", "表示"]})
            >>> [hit.category for hit in phrases.find("他说好", 0)]  # he says fine
            ['say']
        """
        for match in self.pattern.finditer(shadow, start, len(shadow) if end is None else end):
            yield Hit(match.start(), match.end(), match.group(), self.categories[match.group()])

    def occurs(self, shadow: str, start: int = 0, end: int | None = None) -> bool:
        """Return whether any phrase stands in [start, end)."""
        return self.pattern.search(shadow, start, len(shadow) if end is None else end) is not None


def phrases_of(categories: Mapping[str, Iterable[str]]) -> Phrases:
    """Return the phrases, folded; where a form stands in two categories the first one holds.

    Example:
        >>> phrases_of({"a": ["升息"], "b": ["升息", "降息"]}).categories["升息"]  # to raise rates
        'a'
    """
    folded: dict[str, str] = {}
    for category, forms in categories.items():
        for form in forms:
            folded.setdefault(shadow_of(form), category)
    longest_first = sorted(folded, key=lambda form: (-len(form), form))
    pattern = "|".join(re.escape(form) for form in longest_first) or r"(?!)"
    return Phrases(folded, re.compile(pattern))
