"""Cut sentences into propositions: leave out who speaks, split at clauses, join what belongs together."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from extract.attribution import Frame
from extract.attribution.scanning import bylines_in
from extract.clause_words import clause_words
from extract.layers import Layers
from extract.placing import touching
from extract.propositions.trimming import CLOSERS, MARKS, OPENERS, trimmed
from extract.reading import Reading, skipped
from schemas.extraction import Refusal, Skipped
from schemas.text import Sentence, Span

_PREDICATES = frozenset({"v", "vd", "vn", "a", "ad", "an"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that may be a proposition, and the mark that stood before it."""

    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class _Text:
    reading: Reading
    predicates: tuple[tuple[int, int], ...]
    quantities: tuple[int, ...]

    @classmethod
    def of(cls, reading: Reading, layers: Layers) -> Self:
        """Return the text with the places of its predicates and quantities, in text order, to be looked up fast."""
        predicates = tuple((word.start, word.end) for word in reading.words if word.pos in _PREDICATES)
        return cls(reading, predicates, tuple(tag.span.start for tag in layers.quantities))

    def text(self, piece: Piece) -> str:
        return self.reading.shadow[piece.start : piece.end]

    def has_quantity(self, piece: Piece) -> bool:
        index = bisect_left(self.quantities, piece.start)
        return index < len(self.quantities) and self.quantities[index] < piece.end

    def has_predicate(self, piece: Piece) -> bool:
        if not self.predicates:
            return piece.end - piece.start >= _SHORTEST_PREDICATE or self.has_quantity(piece)
        index = bisect_left(self.predicates, (piece.start, 0))
        is_inside = index < len(self.predicates) and self.predicates[index][1] <= piece.end
        return is_inside or self.has_quantity(piece)


_SHORTEST_PREDICATE = 5


def spans_of(reading: Reading, layers: Layers, frames: Sequence[Frame]) -> tuple[tuple[Span, ...], tuple[Skipped, ...]]:
    """Return the spans of all propositions in text order, and the sentences that hold none."""
    text = _Text.of(reading, layers)
    leads = sorted({(f.lead.start, f.lead.end) for f in frames if f.lead})
    spans: list[Span] = []
    left_out: list[Skipped] = []
    for index, sentence in enumerate(reading.sentences):
        reason = refusal_of(reading, sentence)
        found = () if reason else tuple(_in_sentence(text, index, leads))
        spans += found
        if not found:
            place = sentence.span
            left_out.append(skipped(reason or Refusal.SENTENCE_NO_CLAIM, place.start, place.end, "propositions"))
    return tuple(spans), tuple(left_out)


def refusal_of(reading: Reading, sentence: Sentence) -> Refusal | None:
    """Return why a whole sentence is left out, None where it may assert something."""
    text = sentence.span.of(reading.shadow)
    if clause_words().boilerplate.occurs(text):
        return Refusal.SENTENCE_NO_CLAIM
    if text.rstrip(CLOSERS).endswith("?") and clause_words().questions.occurs(text) and "," not in text:
        return Refusal.QUESTION
    return None


def _in_sentence(text: _Text, index: int, leads: Sequence[tuple[int, int]]) -> Iterator[Span]:
    sentence = text.reading.sentences[index].span
    bylines = bylines_in(text.reading.shadow, sentence.start, sentence.end)
    away = sorted([*((a, b) for a, b in leads if a < sentence.end and sentence.start < b), *bylines])
    for start, end in _gaps(sentence, away):
        pieces = [p for p in _pieces(text, index, start, end) if not _asks(text, p)]
        for piece in _joined(text, pieces):
            span = trimmed(text.reading.shadow, piece.start, piece.end)
            if span:
                yield span


def _asks(text: _Text, piece: Piece) -> bool:
    following = text.reading.shadow[piece.end : piece.end + 2].lstrip(CLOSERS)
    return following.startswith("?") and clause_words().questions.occurs(text.text(piece))


def _gaps(sentence: Span, away: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start = sentence.start
    for a, b in away:
        if a > start:
            yield start, a
        start = max(start, b)
    if start < sentence.end:
        yield start, sentence.end


def _pieces(text: _Text, index: int, start: int, end: int) -> Iterator[Piece]:
    shadow = text.reading.shadow
    for clause in touching(text.reading.clauses, start, end):
        if clause.sentence_index != index:
            continue
        a, b = max(clause.span.start, start), min(clause.span.end, end)
        yield Piece(a, b, shadow[:a].rstrip()[-1:])


def _joined(text: _Text, pieces: Sequence[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and piece.mark == "," and _belongs(text, joined[-1], piece):
            joined[-1] = Piece(joined[-1].start, piece.end, joined[-1].mark)
        else:
            joined.append(piece)
    return [piece for piece in joined if text.has_predicate(piece)]


def _belongs(text: _Text, before: Piece, piece: Piece) -> bool:
    """Return whether two clauses parted by a comma are one proposition."""
    words = clause_words()
    last = text.text(before).rsplit(",", 1)[-1].strip(MARKS + OPENERS + " ")
    this = text.text(piece).strip(MARKS + " ")
    if words.goes_on.match(last) or words.conditions.occurs(last) or last.endswith(words.frame_ends):
        return True
    if not text.has_predicate(before) or not text.has_predicate(piece):
        return True
    return words.continued_by.match(this) is not None
