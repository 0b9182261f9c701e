"""Stretches for the tagger: sentences, cut where a blank parts clauses and where they get too long."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.reading import Clause
from schemas.text import Sentence, Span

LONGEST = 400
"""Characters the tagger reads at once. LAC's memory grows with it, its figures do not: context beyond a sentence is
of no use to it."""


def stretches_of(shadow: str, sentences: Sequence[Sentence], clauses: Sequence[Clause]) -> tuple[Span, ...]:
    """Return what to feed the tagger, in text order; together they cover every word of every sentence.

    A blank that parts two clauses also parts two words (外資看多 投信看空), while other blanks may stand inside a
    word (36 兆): only the first kind cuts.

    Example:
        >>> sentence = Sentence(span=Span(start=0, end=9), section_index=0, paragraph_index=0)
        >>> clauses = [Clause(Span(start=0, end=4), 0), Clause(Span(start=5, end=9), 0)]
        >>> [(s.start, s.end) for s in stretches_of("外資看多 投信看空", [sentence], clauses)]
        [(0, 4), (4, 9)]
    """
    cuts = _cuts(shadow, sentences, clauses)
    return tuple(
        piece for sentence, inner in zip(sentences, cuts, strict=True) for piece in _pieces(sentence.span, inner)
    )


def _cuts(shadow: str, sentences: Sequence[Sentence], clauses: Sequence[Clause]) -> list[list[tuple[int, bool]]]:
    """Return, for each sentence, where clauses end, and whether they must part words there."""
    cuts: list[list[tuple[int, bool]]] = [[] for _ in sentences]
    for before, after in pairwise(clauses):
        if before.sentence_index == after.sentence_index:
            gap = shadow[before.span.end : after.span.start]
            position = before.span.end if gap.isspace() else after.span.start
            cuts[before.sentence_index].append((position, gap.isspace()))
    return cuts


def _pieces(span: Span, cuts: Sequence[tuple[int, bool]]) -> Iterator[Span]:
    start, candidate = span.start, span.start
    for position, is_hard in [*cuts, (span.end, True)]:
        if position - start > LONGEST and candidate > start:
            yield Span(start=start, end=candidate)
            start = candidate
        while position - start > LONGEST:
            yield Span(start=start, end=start + LONGEST)
            start += LONGEST
        candidate = position
        if is_hard and position > start:
            yield Span(start=start, end=position)
            start = candidate = position
