"""What a claim says in values that can be compared; None where it says too little, or too uncertainly."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final, TypeVar

import yaml

from kg.relations.figures import COUNT, Figure, figure_of, negated
from kg.relations.windows import Timed, timed
from kg.store.facets import author_id_of
from schemas.actor import ANALYSTS, AUTHOR
from schemas.base import Model
from schemas.claim import Claim, ClaimKind, Direction, Prediction, Probability
from schemas.explanation import Origin, Part
from schemas.period import Period, PeriodTag
from schemas.prediction import Basis, WindowOrigin
from schemas.quantity import QuantityRole, QuantityTag

LEVELS: Final = frozenset({Direction.LEVEL, Direction.RANGE})
MOVEMENTS: Final = frozenset({Direction.UP, Direction.DOWN, Direction.FLAT})
EVENTS: Final = frozenset({Direction.OCCURS, Direction.NOT_OCCURS})
UNSURE: Final = frozenset({Origin.CARRIED, Origin.DEFAULT})
"""Where a target may come from without the claim naming it: such a target is not compared."""

EMPTY: Final = frozenset("的之為为達达是約约近逾僅仅至到了")
"""Characters that do not change what a figure is of."""

Tag = TypeVar("Tag", QuantityTag, PeriodTag)
Canonical = Callable[[str], str]
"""Gives the id under which an actor is shown."""


class Shape(StrEnum):
    """What sort of value a claim states; only claims of one shape are compared."""

    LEVEL = "level"
    MOVEMENT = "movement"
    EVENT = "event"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a value holds: two claims on other terms are not compared.

    `about` is the target, or what a fact is about. `basis` is None where the words do not say how the figure is
    meant. `condition` holds the words of a condition, or its place where the claim does not hold them.
    """

    about: str
    shape: Shape
    basis: Basis | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim as its values say it.

    Attributes:
        claim_id: which claim.
        document_id: where it stands.
        start: its first character there.
        voices: who says it, under canonical ids; the author, and unnamed analysts, of one article are nobody else's.
        terms: what is compared with what.
        time: when it was said and for when.
        direction: where it moves, or whether it happens; None of a level or a fact.
        figure: the stated figure, of a change with its sign.
        is_denied: whether this figure is said not to come.
        chance: the stated chance.
        replaces: the figure, or the chance, that the claim itself says it takes the place of.
    """

    claim_id: str
    document_id: str
    start: int
    voices: frozenset[str]
    terms: Terms
    time: Timed
    direction: Direction | None = None
    figure: Figure | None = None
    is_denied: bool = False
    chance: Probability | None = None
    replaces: Figure | None = None

    @property
    def said_on(self) -> date:
        """The day it was said."""
        return self.time.said_on

    @property
    def order(self) -> tuple[date, str, int, str]:
        """What puts claims in the order in which they were said; ties are broken by place."""
        return self.said_on, self.document_id, self.start, self.claim_id


class _Events(Model):
    events: frozenset[str]


@cache
def event_measures() -> frozenset[str]:
    """Return the measures that happen or not."""
    source = files("kg.relations").joinpath("events.yaml").read_text(encoding="utf-8")
    return _Events.model_validate(yaml.safe_load(source)).events


def stated_of(claim: Claim, canonical: Canonical) -> Stated | None:
    """Return what a claim says in values; None where it is not compared with others.

    Not compared are opinions, claims without a day, forecasts whose target was carried over from elsewhere, whose
    periods give no window or that count several things, bare movements and events without a window, and facts
    without exactly one figure, one closed period and a subject.

    Args:
        claim: a claim.
        canonical: gives the id under which an actor is shown.
    """
    if claim.kind is ClaimKind.FACT:
        return _stated_fact(claim, canonical)
    prediction = claim.prediction
    if prediction is None or claim.said_on is None or _is_target_unsure(claim) or _is_count_unsure(claim, prediction):
        return None
    shape = _shape_of(prediction)
    time = timed(claim.said_on, _window_of(prediction))
    is_explicit = prediction.value is not None or prediction.probability is not None or time.end is not None
    is_timed = time.window is not None or prediction.window is not None or not claim.periods
    if shape is None or not is_explicit or not is_timed:
        return None
    basis = prediction.basis
    return Stated(
        claim_id=claim.claim_id,
        document_id=claim.document_id,
        start=claim.span.start,
        voices=_voices(claim, canonical),
        terms=Terms(
            about=prediction.target.target_id,
            shape=shape,
            basis=basis.basis if basis is not None and basis.is_stated else None,
            condition=_condition_of(claim, prediction),
        ),
        time=time,
        direction=None if shape is Shape.LEVEL else prediction.direction,
        figure=_figure_of(prediction),
        is_denied=prediction.direction is Direction.NOT_OCCURS,
        chance=prediction.probability,
        replaces=_replaced(prediction),
    )


def _stated_fact(claim: Claim, canonical: Canonical) -> Stated | None:
    """Return what a fact says: one figure of what its words name, of whom it mentions, in one closed period."""
    figure, period = _only(claim.quantities), _only(claim.periods)
    if figure is None or period is None or claim.said_on is None or not claim.mentions:
        return None
    about = _about(claim, figure)
    if about is None or figure.role is not None or None in {period.period.start, period.period.end}:
        return None
    subjects = sorted({canonical(actor_id) for actor_id in claim.mentions})
    return Stated(
        claim_id=claim.claim_id,
        document_id=claim.document_id,
        start=claim.span.start,
        voices=_voices(claim, canonical),
        terms=Terms(about=f"{'+'.join(subjects)}:{about}", shape=Shape.FACT),
        time=Timed(claim.said_on, period.period),
        figure=figure_of(figure.quantity),
    )


def _only(tags: tuple[Tag, ...]) -> Tag | None:
    return tags[0] if len(tags) == 1 else None


def _about(claim: Claim, figure: QuantityTag) -> str | None:
    """Return the words that say what a figure is of, up to the figure and without periods; None where none do.

    核心CPI is not CPI and 營收年增 not 營收: only what is worded alike is one fact.
    """
    start, end = claim.span.start, figure.span.start
    if not (figure.measures and claim.span.contains(figure.span)):
        return None
    dated = [tag.span for tag in claim.periods if claim.span.contains(tag.span)]
    kept = (i for i in range(start, end) if not any(span.start <= i < span.end for span in dated))
    words = "".join(claim.text[i - start] for i in kept)
    return _letters(words) if figure.measures in words else None


def _letters(words: str) -> str:
    return "".join(character for character in words if character.isalnum() and character not in EMPTY)


def _is_target_unsure(claim: Claim) -> bool:
    return any(ground.part is Part.TARGET and ground.origin in UNSURE for ground in claim.explanation)


def _is_count_unsure(claim: Claim, prediction: Prediction) -> bool:
    """Whether it counts several things (八家預估升息一次): which of them is forecast is a guess then."""
    if prediction.value is None or prediction.value.unit != COUNT:
        return False
    counts = [tag for tag in claim.quantities if tag.quantity.unit == COUNT and tag.role is not QuantityRole.OLD]
    return len(counts) > 1


def _shape_of(prediction: Prediction) -> Shape | None:
    direction, has_value = prediction.direction, prediction.value is not None
    if direction in LEVELS or (direction is Direction.NOT_OCCURS and has_value):
        return Shape.LEVEL if has_value else None
    if direction in MOVEMENTS:
        return Shape.MOVEMENT
    is_event = prediction.target.measure in event_measures()
    # A chance that something does not happen reads either way: of its coming, or of its absence.
    is_clear = direction is Direction.OCCURS or prediction.probability is None
    return Shape.EVENT if is_event and is_clear and not has_value else None


def _window_of(prediction: Prediction) -> Period | None:
    """Return the window; one that the condition alone names tells when the condition holds, not the forecast."""
    return None if prediction.window_origin is WindowOrigin.CONDITION else prediction.window


def _figure_of(prediction: Prediction) -> Figure | None:
    value = prediction.value
    if value is None:
        return None
    return figure_of(negated(value) if prediction.direction is Direction.DOWN else value)


def _replaced(prediction: Prediction) -> Figure | None:
    revision = prediction.revision
    return figure_of(revision.old) if revision is not None and revision.old is not None else None


def _voices(claim: Claim, canonical: Canonical) -> frozenset[str]:
    return frozenset(canonical(voice_of(speaker, claim.document_id)) for speaker in claim.attribution.speakers)


def measured_noun(claim: Claim) -> str | None:
    """Return what the one figure of a claim measures; None where there are more, or where it names nothing."""
    figure = _only(claim.quantities)
    return figure.measures if figure is not None else None


def voice_of(speaker: str, document_id: str) -> str:
    """Return whose voice a speaker is: unnamed analysts and the author are those of one article only.

    Example:
        >>> voice_of("fed", "document-1"), voice_of("analysts", "document-1"), voice_of("author", "document-1")
        ('fed', 'analysts:document-1', 'author:document-1')
    """
    if speaker == AUTHOR:
        return author_id_of(document_id)
    return f"{ANALYSTS}:{document_id}" if speaker == ANALYSTS else speaker


def _condition_of(claim: Claim, prediction: Prediction) -> str | None:
    condition = prediction.condition
    if condition is None:
        return None
    if not claim.span.contains(condition):
        return f"{claim.document_id}:{condition.start}-{condition.end}"
    start = claim.span.start
    return _letters(claim.text[condition.start - start : condition.end - start])
