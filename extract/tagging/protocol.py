"""What the readers of meaning need from a tagger and a parser, whichever engine stands behind."""

from collections.abc import Sequence
from typing import Protocol

from extract.reading import Tree, Word
from schemas.text import Span


class Tagger(Protocol):
    """Cuts stretches of a text into words with parts of speech and entity types."""

    @property
    def name(self) -> str:
        """The engine with its version, for provenance."""
        ...

    @property
    def is_fallback(self) -> bool:
        """Whether it only stands in for a model that is not there."""
        ...

    def tag(self, text: str, shadow: str, stretches: Sequence[Span]) -> tuple[Word, ...]:
        """Return the words of the stretches, in text order; none leaves its stretch or begins with a blank.

        Args:
            text: the published text; `Word.text` is its slice.
            shadow: its shadow.
            stretches: where to read, in text order, without overlap: sentences or parts of them.
        """
        ...


class Parser(Protocol):
    """Builds the dependency tree of one sentence from its words."""

    @property
    def name(self) -> str:
        """The engine with its version, for provenance."""
        ...

    @property
    def longest_sentence(self) -> int:
        """The number of words above which it builds no tree."""
        ...

    def parse(self, words: Sequence[Word], first_word: int) -> Tree | None:
        """Return the tree over the words; None where the sentence has none or is too long to be one.

        Args:
            words: the words of one sentence.
            first_word: the index of words[0] in the reading, kept in the tree.
        """
        ...
