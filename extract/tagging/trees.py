"""Trees on demand: only sentences that somebody asks about are parsed."""

from collections.abc import Sequence
from typing import overload

from extract.reading import Tree, Word
from extract.tagging.protocol import Parser


class LazyTrees(Sequence[Tree | None]):
    """The trees of a reading, one for each sentence, each parsed when first looked at and then kept.

    Parsing costs about ten times as much as tagging, and most sentences need no tree.
    """

    def __init__(self, parser: Parser, words: Sequence[Word], firsts: Sequence[int]) -> None:
        """Keep what is needed to parse.

        Args:
            parser: builds the trees.
            words: the words of all sentences.
            firsts: the index of each sentence's first word, and at the end the number of words.
        """
        self._parser, self._words, self._firsts = parser, words, firsts
        self._parsed: dict[int, Tree | None] = {}

    def __len__(self) -> int:
        return len(self._firsts) - 1

    @overload
    def __getitem__(self, index: int) -> Tree | None: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Tree | None, ...]: ...
    def __getitem__(self, index: int | slice) -> Tree | tuple[Tree | None, ...] | None:
        if isinstance(index, slice):
            return tuple(self._tree(place) for place in range(len(self))[index])
        return self._tree(range(len(self))[index])

    def _tree(self, index: int) -> Tree | None:
        if index not in self._parsed:
            first, last = self._firsts[index], self._firsts[index + 1]
            self._parsed[index] = self._parser.parse(self._words[first:last], first)
        return self._parsed[index]
