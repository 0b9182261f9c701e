"""Cut sentences into propositions: leave out who speaks, split at clauses, join what belongs together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.attribution import Frame
from extract.attribution.scanning import bylines_in
from extract.clause_words import clause_words
from extract.layers import Layers
from extract.reading import Reading, skipped
from schemas.extraction import Refusal, Skipped
from schemas.text import Sentence, Span

_TRIMMED = ",、;:。!?…—-–~■◆●▲【】〈〉|"
_OPENERS, _CLOSERS = '「『“"', '」』”"'
_PAIRS = {"」": "「", "』": "『", "”": "“"}
_PREDICATES = frozenset({"v", "vd", "vn", "a", "ad", "an"})
_SHORTEST = 2  # characters; less asserts nothing


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that may be a proposition, and the mark that stood before it."""

    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class _Text:
    reading: Reading
    layers: Layers
    has_tags: bool

    def text(self, piece: Piece) -> str:
        return self.reading.shadow[piece.start : piece.end]

    def has_quantity(self, piece: Piece) -> bool:
        return any(piece.start <= q.span.start < piece.end for q in self.layers.quantities)

    def has_predicate(self, piece: Piece) -> bool:
        if not self.has_tags:
            return piece.end - piece.start >= _SHORTEST_PREDICATE or self.has_quantity(piece)
        inside = (w for w in self.reading.words if piece.start <= w.start and w.end <= piece.end)
        return any(w.pos in _PREDICATES for w in inside) or self.has_quantity(piece)


_SHORTEST_PREDICATE = 5


def spans_of(reading: Reading, layers: Layers, frames: Sequence[Frame]) -> tuple[tuple[Span, ...], tuple[Skipped, ...]]:
    """Return the spans of all propositions in text order, and the sentences that hold none."""
    text = _Text(reading, layers, has_tags=any(word.pos in _PREDICATES for word in reading.words))
    leads = sorted({(f.lead.start, f.lead.end) for f in frames if f.lead})
    spans: list[Span] = []
    left_out: list[Skipped] = []
    for index, sentence in enumerate(reading.sentences):
        reason = _refusal(reading, sentence)
        found = () if reason else tuple(_in_sentence(text, index, leads))
        spans += found
        if not found:
            place = sentence.span
            left_out.append(skipped(reason or Refusal.SENTENCE_NO_CLAIM, place.start, place.end, "propositions"))
    return tuple(spans), tuple(left_out)


def _refusal(reading: Reading, sentence: Sentence) -> Refusal | None:
    text = sentence.span.of(reading.shadow)
    if clause_words().boilerplate.occurs(text):
        return Refusal.SENTENCE_NO_CLAIM
    if text.rstrip(_CLOSERS).endswith("?") and clause_words().questions.occurs(text) and "," not in text:
        return Refusal.QUESTION
    return None


def _in_sentence(text: _Text, index: int, leads: Sequence[tuple[int, int]]) -> Iterator[Span]:
    sentence = text.reading.sentences[index].span
    bylines = bylines_in(text.reading.shadow, sentence.start, sentence.end)
    away = sorted([*((a, b) for a, b in leads if a < sentence.end and sentence.start < b), *bylines])
    for start, end in _gaps(sentence, away):
        pieces = [p for p in _pieces(text, index, start, end) if not _asks(text, p)]
        for piece in _joined(text, pieces):
            trimmed = _trimmed(text.reading.shadow, piece)
            if trimmed:
                yield Span(start=trimmed.start, end=trimmed.end)


def _asks(text: _Text, piece: Piece) -> bool:
    following = text.reading.shadow[piece.end : piece.end + 2].lstrip(_CLOSERS)
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
    for clause in text.reading.clauses:
        if clause.sentence_index != index or clause.span.start >= end or clause.span.end <= start:
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
    last = text.text(before).rsplit(",", 1)[-1].strip(_TRIMMED + _OPENERS)
    this = text.text(piece).strip(_TRIMMED)
    if words.goes_on.match(last) or words.conditions.occurs(last) or last.endswith(words.frame_ends):
        return True
    if not text.has_predicate(before) or not text.has_predicate(piece):
        return True
    return words.continued_by.match(this) is not None


def _trimmed(shadow: str, piece: Piece) -> Piece | None:
    start, end = piece.start, piece.end
    changed = True
    while changed and start < end:
        before = (start, end)
        start, end = _without_marks(shadow, start, end)
        match = clause_words().connectives.match(shadow, start, end)
        if match and match.end() < end - _SHORTEST:
            start = match.end()
        changed = (start, end) != before
    return Piece(start, end, piece.mark) if end - start >= _SHORTEST else None


def _without_marks(shadow: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without punctuation at its ends; marks of quotation go only where they have no partner."""
    while start < end and (shadow[start].isspace() or shadow[start] in _TRIMMED + _CLOSERS):
        start += 1
    while start < end and (shadow[end - 1].isspace() or shadow[end - 1] in _TRIMMED + _OPENERS):
        end -= 1
    if start < end and shadow[start] in _OPENERS and not _closes_inside(shadow, start, end):
        start += 1
    if start < end and shadow[end - 1] in _PAIRS and _PAIRS[shadow[end - 1]] not in shadow[start:end]:
        end -= 1
    return start, end


def _closes_inside(shadow: str, start: int, end: int) -> bool:
    closer = next((c for c, o in _PAIRS.items() if o == shadow[start]), shadow[start])
    return start < shadow.find(closer, start + 1, end) < end - 1
