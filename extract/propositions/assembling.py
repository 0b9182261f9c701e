"""Put claims together: propositions with their speakers, numbers, periods and predictions."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import tee

from extract.attribution import Frame, find_frames, frame_at
from extract.checkworthiness import Surroundings, surroundings_of, weighed
from extract.explanations import Account, grounds_of, said_on
from extract.layers import Layers
from extract.placing import touching
from extract.predictions import Forecast, Setting, forecast_of, setting_of
from extract.propositions.protocol import Attributor, Proposition, Segmenter
from extract.propositions.rules import RuleSegmenter
from extract.propositions.speaking import RuleAttributor
from extract.reading import Reading, skipped
from schemas.claim import Attribution, Claim, ClaimKind, claim_id_of
from schemas.extraction import Refusal, Skipped


def claims_of(
    reading: Reading,
    layers: Layers,
    *,
    frames: tuple[Frame, ...] | None = None,
    segmenter: Segmenter | None = None,
    attributor: Attributor | None = None,
) -> tuple[tuple[Claim, ...], tuple[Skipped, ...]]:
    """Return the claims of a document in text order, and what was left out and why.

    Args:
        reading: the document, read.
        layers: its quantities, periods and actors.
        frames: who says what, where it was found already.
        segmenter: cuts the propositions and tells their kinds; the rules where none is given.
        attributor: tells who asserts them; the frames alone where none is given.

    Returns:
        Claims whose spans don't overlap, and refusals: sentences without a claim, questions, cues whose speaker could
        not be made out (such claims are the narrator's), and predictions that nothing could settle (they stay claims).
    """
    frames = find_frames(reading, layers.actors) if frames is None else frames
    setting, surroundings = setting_of(reading, layers), surroundings_of(reading, layers)
    claims: list[Claim] = []
    left_out: list[Skipped] = []
    unsettled: list[Skipped] = []
    asserted, heard = tee(_propositions((segmenter or RuleSegmenter()).segments(reading, layers, frames), left_out))
    attributions = (attributor or RuleAttributor()).attributions(reading, layers, frames, heard)
    for proposition, attribution in zip(asserted, attributions, strict=True):
        forecast = _forecast(setting, frames, proposition)
        claims.append(_claim(_account(reading, layers, frames, (proposition, attribution, forecast)), surroundings))
        if forecast is not None and forecast.refusal is not None:
            unsettled.append(Skipped(reason=forecast.refusal, span=proposition.span, stage="predictions"))
    unresolved = {
        frame.cue_span: skipped(Refusal.SPEAKER_UNRESOLVED, frame.lead.start, frame.lead.end, "attribution")
        for frame in frames
        if not frame.is_resolved and frame.lead
    }
    return tuple(claims), (*left_out, *unresolved.values(), *unsettled)


def _propositions(segments: Iterable[Proposition | Skipped], left_out: list[Skipped]) -> Iterator[Proposition]:
    """Yield the propositions as they are found; what was left out goes to the list."""
    for segment in segments:
        if isinstance(segment, Skipped):
            left_out.append(segment)
        else:
            yield segment


def _forecast(setting: Setting, frames: tuple[Frame, ...], proposition: Proposition) -> Forecast | None:
    if proposition.kind is not ClaimKind.PREDICTION:
        return None
    return forecast_of(setting, proposition.span, frame_at(frames, proposition.span))


def _account(
    reading: Reading,
    layers: Layers,
    frames: tuple[Frame, ...],
    told: tuple[Proposition, Attribution, Forecast | None],
) -> Account:
    proposition, attribution, forecast = told
    return Account(
        reading=reading,
        layers=layers,
        frames=frames,
        proposition=proposition,
        frame=frame_at(frames, proposition.span),
        attribution=attribution,
        forecast=forecast,
        sentence_index=_sentence_index(reading, proposition.span.start),
    )


def _claim(account: Account, surroundings: Surroundings) -> Claim:
    layers, span, forecast = account.layers, account.span, account.forecast
    document = account.reading.document
    mentions = [tag.actor_id for tag in touching(layers.actors.tags, span.start, span.end)]
    claim = Claim(
        claim_id=claim_id_of(document.document_id, span),
        document_id=document.document_id,
        span=span,
        text=span.of(document.text),
        kind=account.proposition.kind,
        attribution=account.attribution,
        sentence_index=account.sentence_index,
        quantities=tuple(touching(layers.quantities, span.start, span.end)),
        periods=tuple(touching(layers.periods, span.start, span.end)),
        mentions=tuple(dict.fromkeys(mentions)),
        prediction=forecast.prediction if forecast else None,
        said_on=said_on(account),
        explanation=grounds_of(account),
    )
    return weighed(claim, surroundings, is_unsettled=forecast is not None and forecast.refusal is not None)


def _sentence_index(reading: Reading, position: int) -> int:
    index = bisect_right(reading.sentences, position, key=lambda sentence: sentence.span.end)
    return min(index, len(reading.sentences) - 1)
