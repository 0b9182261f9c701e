"""The segmenter made of rules: it needs nothing but the lexicons."""

from collections.abc import Iterator, Sequence

from extract.attribution import Frame, frame_at
from extract.clause_words import clause_words
from extract.kinds import Evidence, kind_of
from extract.layers import Layers
from extract.placing import touching
from extract.propositions.cutting import spans_of
from extract.propositions.protocol import Proposition
from extract.reading import Reading
from schemas.extraction import Skipped
from schemas.text import Span


class RuleSegmenter:
    """Cuts at clauses and weighs the kind from words, periods and cues."""

    def segments(self, reading: Reading, layers: Layers, frames: tuple[Frame, ...]) -> Iterator[Proposition | Skipped]:
        """Yield the propositions and what was left out; see `Segmenter`."""
        spans, left_out = spans_of(reading, layers, frames)
        yield from (_judged(reading, layers, frames, span) for span in spans)
        yield from left_out


def _judged(reading: Reading, layers: Layers, frames: Sequence[Frame], span: Span) -> Proposition:
    evidence = evidence_of(reading, layers, frames, span)
    judged = kind_of(evidence)
    return Proposition(span, judged.kind, judged.margin, judged.rule)


def evidence_of(reading: Reading, layers: Layers, frames: Sequence[Frame], span: Span) -> Evidence:
    """Return what the kind of the proposition at a span is judged by."""
    text = span.of(reading.shadow)
    return Evidence(
        text=text,
        periods=tuple(touching(layers.periods, span.start, span.end)),
        has_quantity=bool(touching(layers.quantities, span.start, span.end)),
        is_conditional=clause_words().conditions.occurs(text),
        frame=frame_at(frames, span),
        published=reading.document.published,
    )
