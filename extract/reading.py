"""What the taggers read: a document with its shadow, its segments, its words and its trees.

Slotted dataclasses, because these live in the hot loops; what leaves `extract` is pydantic.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from schemas.extraction import Refusal, Skipped
from schemas.text import Document, Section, Sentence, Span


class Word(NamedTuple):
    """A word of the published text: [start, end), its part of speech, its entity type.

    `pos` is a LAC tag (n, v, m, q, PER, ORG, LOC, TIME, …); `entity` is PER, ORG, LOC, TIME or "".
    """

    start: int
    end: int
    text: str
    pos: str
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """The dependency tree of one sentence: heads[i] is the index of word i's head, -1 for the root.

    `first_word` is the index, in `Reading.words`, of the tree's word 0.
    """

    first_word: int
    heads: tuple[int, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: `span` with its marks, `content` without; `closed` False where a mark is missing."""

    span: Span
    content: Span
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas and the like, inside one sentence, blanks at both ends left out."""

    span: Span
    sentence_index: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and all that is known of it before the taggers of meaning run.

    `shadow` has the length of `document.text`: width, punctuation and script folded (to Simplified,
    half width), so that lexicons match on it and spans hold in the text.
    """

    document: Document
    shadow: str
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    clauses: tuple[Clause, ...] = ()
    words: tuple[Word, ...] = ()
    trees: Sequence[Tree | None] = ()


def paragraphs_of(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    """Yield the sentences of each paragraph together.

    Args:
        sentences: in text order.

    Example:
        >>> def sentence(index, paragraph):
        ...     span = Span(start=index, end=index + 1)
        ...     return Sentence(span=span, section_index=0, paragraph_index=paragraph, is_heading=False)
        >>> [len(together) for together in paragraphs_of(sentence(i, p) for i, p in enumerate((0, 0, 1)))]
        [2, 1]
    """
    for _, together in groupby(sentences, key=lambda sentence: sentence.paragraph_index):
        yield tuple(together)


def skipped(reason: Refusal, start: int, end: int, stage: str) -> Skipped:
    """Return the record of a place left out, so that every tagger writes it alike."""
    return Skipped(reason=reason, span=Span(start=start, end=end), stage=stage)
