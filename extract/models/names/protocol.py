"""What the rules of mention need from a tagger of names, whichever model stands behind."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from extract.models.names.treebank import NamedSpan
from extract.reading import Reading
from schemas.actor import ActorType
from schemas.text import Span


class Known(NamedTuple):
    """A mention that the rules found."""

    start: int
    end: int
    actor_type: ActorType


class NameTagger(Protocol):
    """Finds names of people, organisations and places."""

    @property
    def is_fallback(self) -> bool:
        """Whether it only stands in for a model that is not there."""
        ...

    def names(self, reading: Reading, known: Sequence[Known], stretches: Sequence[Span]) -> tuple[NamedSpan, ...]:
        """Return the names in the stretches, in text order, none overlapping.

        Args:
            reading: the document.
            known: mentions that the rules found; they help with what stands around them.
            stretches: where to read, in text order: sentences or parts of them.
        """
        ...


class NoNameTagger:
    """Finds nothing: the rules of mention stand alone."""

    is_fallback = True

    def names(self, reading: Reading, known: Sequence[Known], stretches: Sequence[Span]) -> tuple[NamedSpan, ...]:
        """Return nothing; see `NameTagger`."""
        return ()
