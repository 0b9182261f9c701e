"""Lexicons of this package as lookups: longest spelling first, keyed by the shadow."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from extract.normalize import shadow_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lookup(Generic[T]):
    """Words with a meaning each; finds the longest one that begins or ends at a place.

    `by_first` and `by_last` hold, for each character, the lengths worth trying, so that most places cost one step.
    """

    meanings: Mapping[str, T]
    by_first: Mapping[str, tuple[int, ...]]
    by_last: Mapping[str, tuple[int, ...]]

    def at(self, shadow: str, start: int) -> tuple[int, T] | None:
        """Return (length, meaning) of the longest word that begins at `start`, or None."""
        for length in self.by_first.get(shadow[start : start + 1], ()):
            meaning = self.meanings.get(shadow[start : start + length])
            if meaning is not None and start + length <= len(shadow):
                return length, meaning
        return None

    def before(self, shadow: str, end: int) -> tuple[int, T] | None:
        """Return (length, meaning) of the longest word that ends at `end`, or None."""
        if end <= 0:
            return None
        for length in self.by_last.get(shadow[end - 1], ()):
            if length <= end and (meaning := self.meanings.get(shadow[end - length : end])) is not None:
                return length, meaning
        return None


def lookup(words: Iterable[tuple[str, T]]) -> Lookup[T]:
    """Return a lookup over words in either script; of two meanings of one word the first stands.

    Example:
        >>> bounds = lookup([("約", "approx"), ("大約", "approx"), ("逾", "ge")])  # about, about, over
        >>> bounds.before("估计大约3%", 4), bounds.at("逾3%", 0), bounds.at("3%", 0)
        ((2, 'approx'), (1, 'ge'), None)
    """
    meanings: dict[str, T] = {}
    for word, meaning in words:
        meanings.setdefault(shadow_of(word), meaning)
    return Lookup(meanings, _lengths(meanings, 0), _lengths(meanings, -1))


def _lengths(words: Iterable[str], place: int) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[place], set()).add(len(word))
    return {character: tuple(sorted(found, reverse=True)) for character, found in lengths.items()}


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest at a place, grouped by first character to be quick.

    Example:
        >>> any_of(["油价", "油", "金价"])
        '油(?:价|)|金(?:价)'
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(groups.items()))
