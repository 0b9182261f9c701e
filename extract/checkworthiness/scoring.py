"""Put claims in the order in which an editor should look at them: a score 0..1, as a sum of shares with a reason each.

The notion is the field's: how much a sentence is worth checking, not whether it is true. ClaimBuster scores sentences
0..1 by whether they make a factual claim that the public would want checked (Hassan, Arslan, Li and Tremayne 2017,
"Toward Automated Fact-Checking: Detecting Check-worthy Factual Claims by ClaimBuster", KDD, 1803-1812); the
CheckThat! labs of CLEF rank by it, task 1 (Atanasova et al. 2018, "Overview of the CLEF-2018 CheckThat! Lab", CEUR
vol. 2125), and judge by precision among the first ranks. Theirs is learned from labelled sentences; ours is a sum of
what was read already, so that each point has a reason that an editor can see. Its weights are set by hand in
`extract/lexicon/checkworthiness.yaml` and were measured against no labels.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from extract.checkworthiness.weights import weights
from extract.layers import Layers
from extract.reading import Reading
from schemas.actor import ANALYSTS, AUTHOR, MARKET, ActorType
from schemas.checkworthiness import CheckReason, CheckShare
from schemas.claim import Claim, ClaimKind, Direction
from schemas.explanation import Origin, Part
from schemas.period import Period, Precision
from schemas.text import Sentence

_COUNTED = frozenset({"count", "years", "months", "days", "hours", "minutes"})
_WIDE = frozenset({Precision.DECADE, Precision.RANGE})
_MOVES = frozenset({Direction.UP, Direction.DOWN, Direction.FLAT})
_YEAR_DAYS = 366
_CROWDS = frozenset({ANALYSTS, MARKET})
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What of a document tells how prominent a claim is and who its speakers are."""

    sentences: tuple[Sentence, ...]
    lead: int
    types: Mapping[str, ActorType]


def surroundings_of(reading: Reading, layers: Layers) -> Surroundings:
    """Return what scores need of a document; `lead` is its first paragraph that is no heading."""
    lead = next((one.paragraph_index for one in reading.sentences if not one.is_heading), -1)
    types = {tag.actor_id: tag.actor_type for tag in layers.actors.tags}
    return Surroundings(reading.sentences, lead, types)


def weighed(claim: Claim, surroundings: Surroundings, *, is_unsettled: bool = False) -> Claim:
    """Return the claim with its score and the shares that it is the sum of; reasons that add nothing are left out.

    score = share(kind) * level + factor(kind) * sum over the other reasons of share * level

    Args:
        claim: with its explanation, from which it is seen whether its period was carried over.
        surroundings: of its document.
        is_unsettled: whether it is a forecast that nothing could ever prove.
    """
    table = weights()
    levels = {
        CheckReason.CHECKABLE_KIND: _kind(claim, is_unsettled=is_unsettled),
        CheckReason.QUANTITY: _quantity(claim),
        CheckReason.NAMED_SOURCE: _source(claim, surroundings.types),
        CheckReason.PERIOD: _period(claim),
        CheckReason.PROMINENCE: _prominence(claim, surroundings),
    }
    factor = table.factor[claim.kind]
    shares = {
        reason: round(table.shares[reason] * level * (1 if reason is CheckReason.CHECKABLE_KIND else factor), _DECIMALS)
        for reason, level in levels.items()
    }
    told = tuple(CheckShare(reason=reason, share=share) for reason, share in shares.items() if share > 0)
    score = round(sum(share.share for share in told), _DECIMALS)
    return claim.model_copy(update={"check_worthiness": score, "check_shares": told})


def _kind(claim: Claim, *, is_unsettled: bool) -> float:
    levels = weights().kind
    if claim.kind is ClaimKind.PREDICTION:
        return levels.unsettled if is_unsettled else levels.prediction
    return levels.fact if claim.kind is ClaimKind.FACT else levels.opinion


def _quantity(claim: Claim) -> float:
    levels, prediction = weights().quantity, claim.prediction
    units = {tag.quantity.unit for tag in claim.quantities}
    if units - _COUNTED:
        return levels.measured
    if units:
        return levels.counted
    is_direction = prediction is not None and prediction.direction in _MOVES
    return levels.direction if is_direction else levels.none


def _source(claim: Claim, types: Mapping[str, ActorType]) -> float:
    levels, speakers = weights().source, claim.attribution.speakers
    return max(
        levels.narrator if speaker == AUTHOR
        else levels.crowd if speaker in _CROWDS
        else levels.medium if types.get(speaker) is ActorType.MEDIA
        else levels.named
        for speaker in speakers
    )  # fmt: skip


def _period(claim: Claim) -> float:
    levels = weights().period
    window = claim.prediction.window if claim.prediction else None
    periods = [tag.period for tag in claim.periods] or ([window] if window else [])
    if periods:
        return max(levels.dated if _is_dated(period) else levels.wide for period in periods)
    is_carried = any(one.part is Part.PERIOD and one.origin is Origin.CARRIED for one in claim.explanation)
    return levels.carried if is_carried else levels.none


def _is_dated(period: Period) -> bool:
    if period.start is None or period.end is None:
        return False
    return period.precision not in _WIDE or (period.end - period.start).days <= _YEAR_DAYS


def _prominence(claim: Claim, surroundings: Surroundings) -> float:
    """Return how prominent the place is: behind the first paragraph it falls evenly, sentence by sentence."""
    levels, sentences = weights().prominence, surroundings.sentences
    sentence = sentences[claim.sentence_index]
    if sentence.is_heading:
        return levels.heading
    if sentence.paragraph_index == surroundings.lead:
        return levels.lead
    return levels.body + (levels.end - levels.body) * claim.sentence_index / len(sentences)
