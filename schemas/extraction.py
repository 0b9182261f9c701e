"""What reading one document gave: every layer, and every refusal with its reason."""

from enum import StrEnum

from schemas.actor import Actor, ActorTag, Employment
from schemas.base import Model
from schemas.claim import Claim
from schemas.period import PeriodTag
from schemas.quantity import QuantityTag
from schemas.text import Document, Section, Sentence, Span


class Refusal(StrEnum):
    """Why something in the text was left out; each is counted and shown."""

    NO_REFERENCE_DATE = "period.no_reference_date"
    PERIOD_AMBIGUOUS = "period.ambiguous"
    PERIOD_IMPOSSIBLE = "period.impossible"
    NUMBER_MALFORMED = "quantity.number_malformed"
    NUMBER_VAGUE = "quantity.number_vague"
    NUMBER_WORDLESS = "quantity.number_wordless"
    UNIT_UNKNOWN = "quantity.unit_unknown"
    QUANTITY_IS_DATE = "quantity.is_date"
    QUANTITY_IS_NAME = "quantity.is_name"
    QUANTITY_IS_ORDINAL = "quantity.is_ordinal"
    QUANTITY_IS_TENOR = "quantity.is_tenor"
    QUANTITY_IS_AGE = "quantity.is_age"
    QUANTITY_IS_ARTICLE = "quantity.is_article"
    ACTOR_IN_LABEL = "actor.in_label"
    ACTOR_ORDINARY_WORD = "actor.ordinary_word"
    SPEAKER_UNRESOLVED = "attribution.speaker_unresolved"
    SENTENCE_NO_CLAIM = "proposition.none"
    QUESTION = "proposition.question"
    PREDICTION_NO_TARGET = "prediction.no_target"
    PREDICTION_NO_OUTCOME = "prediction.no_outcome"
    PREDICTION_RHETORICAL = "prediction.rhetorical"
    PREDICTION_NOT_FUTURE = "prediction.not_future"
    TAGGER_ABSENT = "tagging.absent"
    SENTENCE_TOO_LONG = "tagging.sentence_too_long"


class Skipped(Model):
    """A place that was left out, why, and by which stage."""

    reason: Refusal
    span: Span
    stage: str


class Extraction(Model):
    """A document read whole. All lists stand in text order; spans never leave the text."""

    document: Document
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    quantities: tuple[QuantityTag, ...] = ()
    periods: tuple[PeriodTag, ...] = ()
    actor_tags: tuple[ActorTag, ...] = ()
    actors: tuple[Actor, ...] = ()
    employments: tuple[Employment, ...] = ()
    claims: tuple[Claim, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()
