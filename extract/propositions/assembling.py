"""Put claims together: propositions with their speakers, numbers, periods and predictions."""

from bisect import bisect_right
from collections.abc import Sequence

from extract.attribution import Frame, find_frames, frame_at
from extract.layers import Layers
from extract.placing import touching
from extract.predictions import Setting, prediction_of, setting_of
from extract.propositions.protocol import Proposition, Segmenter
from extract.propositions.rules import RuleSegmenter
from extract.reading import Reading, skipped
from schemas.actor import AUTHOR
from schemas.claim import Attribution, Claim, ClaimKind, Speech, claim_id_of
from schemas.extraction import Refusal, Skipped


def claims_of(
    reading: Reading,
    layers: Layers,
    *,
    frames: tuple[Frame, ...] | None = None,
    segmenter: Segmenter | None = None,
) -> tuple[tuple[Claim, ...], tuple[Skipped, ...]]:
    """Return the claims of a document in text order, and what was left out and why.

    Args:
        reading: the document, read.
        layers: its quantities, periods and actors.
        frames: who says what, where it was found already.
        segmenter: cuts the propositions and tells their kinds; the rules where none is given.

    Returns:
        Claims whose spans don't overlap, and refusals: sentences without a claim, questions, and cues whose speaker
        could not be made out (such claims are the narrator's).
    """
    frames = find_frames(reading, layers.actors) if frames is None else frames
    propositions, left_out = (segmenter or RuleSegmenter()).segments(reading, layers, frames)
    setting = setting_of(reading, layers)
    claims = tuple(_claim(setting, frames, proposition) for proposition in propositions)
    unresolved = {
        frame.cue_span: skipped(Refusal.SPEAKER_UNRESOLVED, frame.lead.start, frame.lead.end, "attribution")
        for frame in frames
        if not frame.is_resolved and frame.lead
    }
    return claims, (*left_out, *unresolved.values())


def _claim(setting: Setting, frames: Sequence[Frame], proposition: Proposition) -> Claim:
    reading, layers, span = setting.reading, setting.layers, proposition.span
    frame = frame_at(frames, span)
    is_prediction = proposition.kind is ClaimKind.PREDICTION
    document = reading.document
    mentions = [tag.actor_id for tag in touching(layers.actors.tags, span.start, span.end)]
    return Claim(
        claim_id=claim_id_of(document.document_id, span),
        document_id=document.document_id,
        span=span,
        text=span.of(document.text),
        kind=proposition.kind,
        attribution=_attribution(reading, frame),
        sentence_index=_sentence_index(reading, span.start),
        quantities=tuple(touching(layers.quantities, span.start, span.end)),
        periods=tuple(touching(layers.periods, span.start, span.end)),
        mentions=tuple(dict.fromkeys(mentions)),
        prediction=prediction_of(setting, span, frame) if is_prediction else None,
        said_on=document.published,
    )


def _attribution(reading: Reading, frame: Frame | None) -> Attribution:
    if frame is None:
        return Attribution(speakers=(AUTHOR,), speech=Speech.NARRATION)
    if frame.speakers == (AUTHOR,):
        return Attribution(speakers=(AUTHOR,), speech=Speech.NARRATION if frame.is_resolved else frame.speech)
    cue = frame.cue_span.of(reading.document.text) if frame.cue_span and frame.cue else None
    return Attribution(speakers=frame.speakers, speech=frame.speech, cue=cue, cue_span=frame.cue_span if cue else None)


def _sentence_index(reading: Reading, position: int) -> int:
    index = bisect_right(reading.sentences, position, key=lambda sentence: sentence.span.end)
    return min(index, len(reading.sentences) - 1)
