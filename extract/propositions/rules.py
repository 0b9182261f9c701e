"""The segmenter made of rules: it needs nothing but the lexicons."""

from bisect import bisect_right
from collections.abc import Sequence

from extract.attribution import Frame
from extract.clause_words import clause_words
from extract.kinds import Evidence, kind_of
from extract.layers import Layers
from extract.propositions.cutting import spans_of
from extract.propositions.protocol import Proposition
from extract.reading import Reading
from schemas.extraction import Skipped
from schemas.text import Span


class RuleSegmenter:
    """Cuts at clauses and weighs the kind from words, periods and cues."""

    def segments(
        self, reading: Reading, layers: Layers, frames: tuple[Frame, ...]
    ) -> tuple[tuple[Proposition, ...], tuple[Skipped, ...]]:
        """Return the propositions in text order and what was left out; see `Segmenter`."""
        spans, left_out = spans_of(reading, layers, frames)
        return tuple(_judged(reading, layers, frames, span) for span in spans), left_out


def _judged(reading: Reading, layers: Layers, frames: Sequence[Frame], span: Span) -> Proposition:
    evidence = evidence_of(reading, layers, frames, span)
    judged = kind_of(evidence)
    return Proposition(span, judged.kind, judged.margin, judged.rule)


def evidence_of(reading: Reading, layers: Layers, frames: Sequence[Frame], span: Span) -> Evidence:
    """Return what the kind of the proposition at a span is judged by."""
    text = span.of(reading.shadow)
    return Evidence(
        text=text,
        periods=tuple(tag for tag in layers.periods if span.overlaps(tag.span)),
        has_quantity=any(span.overlaps(tag.span) for tag in layers.quantities),
        is_conditional=clause_words().conditions.occurs(text),
        frame=frame_at(frames, span),
        published=reading.document.published,
    )


def frame_at(frames: Sequence[Frame], span: Span) -> Frame | None:
    """Return the innermost frame that holds the beginning of the span, else one that holds most of it.

    Args:
        frames: in order of their content.
        span: a proposition.
    """
    upto = bisect_right([frame.content.start for frame in frames], span.start)
    holding = next((f for f in reversed(frames[:upto]) if span.start < f.content.end), None)
    if holding is not None:
        return holding
    half = (span.end - span.start) / 2
    return next((f for f in frames[upto:] if min(f.content.end, span.end) - f.content.start > half), None)
