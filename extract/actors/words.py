"""The words of a reading by place, so that the rules can ask what stands before and after."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extract.reading import Word


@dataclass(frozen=True, slots=True)
class WordMap:
    """Words in text order, with lookups by offset."""

    words: Sequence[Word]
    starts: tuple[int, ...]
    edges: frozenset[int]

    @classmethod
    def of(cls, words: Sequence[Word]) -> "WordMap":
        """Return the map of these words (in text order, not overlapping)."""
        edges = {word.start for word in words} | {word.end for word in words}
        return cls(words, tuple(word.start for word in words), frozenset(edges))

    def index_at(self, offset: int) -> int | None:
        """Return the index of the word that covers the offset, None where none does."""
        index = bisect_right(self.starts, offset) - 1
        return index if index >= 0 and offset < self.words[index].end else None

    def at(self, offset: int) -> Word | None:
        """Return the word that covers the offset."""
        index = self.index_at(offset)
        return None if index is None else self.words[index]

    def is_edge(self, offset: int) -> bool:
        """Return whether no word runs across the offset."""
        return offset in self.edges or self.at(offset) is None or self.at(offset - 1) is not self.at(offset)

    def cut_by(self, start: int, end: int) -> list[Word]:
        """Return the words that run across either edge of [start, end)."""
        return [word for edge in (start, end) if not self.is_edge(edge) and (word := self.at(edge)) is not None]
