"""All names of the base that stand in a text, longest first from the left."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import add
from typing import Final

PREFIX: Final = 2
"""Characters looked up at each place: names of one character are told by the place rules instead."""
_DATE: Final = re.compile(r"\d{1,2}[月日]|\d{4}年")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Folded names by their first two characters, the longest first.

    Adding names builds a new gazetteer (20,000 names take some hundredths of a second), so an editor's
    alias counts from the next article on, without a restart.
    """

    by_prefix: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, names: Iterable[str]) -> "Gazetteer":
        """Return the gazetteer of these folded names; names below two characters are left out."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in names:
            if len(name) >= PREFIX:
                found[name[:PREFIX]].add(name)
        return cls({prefix: tuple(sorted(group, key=lambda n: (-len(n), n))) for prefix, group in found.items()})

    def find(self, folded: str) -> list[tuple[int, str]]:
        """Return every place where a name begins, with the longest name there that stands free.

        A Latin name stands free where no letter or digit touches it. Matches may overlap: whoever calls
        knows the words of the text and decides.

        Example:
            >>> Gazetteer.of(["台积", "台积电", "Fed"]).find("Fedex与台积电")
            [(6, '台积电')]
        """
        by_prefix = self.by_prefix
        found: list[tuple[int, str]] = []
        # map(add, …) makes all pairs of neighbours at C speed; a loop with slices takes three times as long.
        places = [(i, pair) for i, pair in enumerate(map(add, folded, folded[1:])) if pair in by_prefix]
        for start, pair in places:
            for name in by_prefix[pair]:
                if folded.startswith(name, start) and stands_free(folded, start, start + len(name)):
                    found.append((start, name))
                    break
        return found


def stands_free(folded: str, start: int, end: int) -> bool:
    """Return whether the Latin letters and digits at both edges end there, and no model number follows.

    A date may follow without a blank.

    Example:
        >>> stands_free("Meta的", 0, 4), stands_free("Metals", 0, 4), stands_free("Grok-3", 0, 4)
        (True, False, False)
        >>> stands_free("Meta8月", 0, 4), stands_free("Meta2024", 0, 4)
        (True, False)
    """
    if _joins(folded[start - 1 : start], folded[start]):
        return False
    is_followed = _joins(folded[end : end + 1], folded[end - 1]) and _DATE.match(folded, end) is None
    is_model = folded[end : end + 1] == "-" and _joins(folded[end + 1 : end + 2], folded[end - 1])
    return not (is_followed or is_model)


def _joins(outside: str, inside: str) -> bool:
    return outside.isascii() and inside.isascii() and outside.isalnum() and inside.isalnum()
