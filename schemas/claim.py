"""Claims: propositions that somebody puts forward, and what would prove a prediction."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from schemas.base import Model
from schemas.checkworthiness import CheckShare
from schemas.explanation import Ground
from schemas.ids import content_id
from schemas.period import Period, PeriodTag
from schemas.prediction import FigureBasis, Hedge, Likelihood, Revision, WindowOrigin
from schemas.quantity import Quantity, QuantityTag
from schemas.text import Span


class ClaimKind(StrEnum):
    """Checkable now, settled later, or not settled by any record."""

    FACT = "fact"
    PREDICTION = "prediction"
    OPINION = "opinion"


class Speech(StrEnum):
    """How the text attributes a claim to its speaker."""

    NARRATION = "narration"
    DIRECT = "direct"
    INDIRECT = "indirect"
    HEADLINE = "headline"
    SOURCE = "source"
    PASSIVE = "passive"
    CARRIED = "carried"


class Attribution(Model):
    """Who asserts a claim: actor ids, or `author`, `market`, `analysts`; never empty."""

    speakers: tuple[str, ...] = Field(min_length=1)
    speech: Speech
    cue: str | None = None
    cue_span: Span | None = None


class Direction(StrEnum):
    """The shape of a forecast: an event, a movement, or a stated level."""

    OCCURS = "occurs"
    NOT_OCCURS = "not-occurs"
    UP = "up"
    DOWN = "down"
    FLAT = "flat"
    LEVEL = "level"
    RANGE = "range"


class Target(Model):
    """What is forecast, as a dotted id, subject first: `us.gdp.growth`, `tsmc.revenue`."""

    target_id: str
    subject: str
    measure: str


class Probability(Model):
    """A stated chance, 0 <= low <= high <= 1; words of chance give a `Likelihood` instead."""

    low: Decimal = Field(ge=0, le=1)
    high: Decimal = Field(ge=0, le=1)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.high < self.low:
            raise ValueError(f"probability runs from {self.low} down to {self.high}")
        return self


class Prediction(Model):
    """What would prove a claim of kind prediction, and how much its speaker commits to it.

    `condition_target` is what the condition names that can be measured, with the figure that it must reach;
    None where it names nothing of the sort.
    """

    target: Target
    direction: Direction
    value: Quantity | None = None
    probability: Probability | None = None
    window: Period | None = None
    condition: Span | None = None
    basis: FigureBasis | None = None
    revision: Revision | None = None
    likelihood: Likelihood | None = None
    hedges: tuple[Hedge, ...] = ()
    window_origin: WindowOrigin | None = None
    condition_target: Target | None = None
    condition_value: Quantity | None = None

    @property
    def is_conditional(self) -> bool:
        """Whether it is asserted only under a stated condition."""
        return self.condition is not None


class Claim(Model):
    """A proposition with its speakers, its numbers and its periods.

    `said_on` is the date of the statement where the text tells it, else of publication. `explanation` says how each
    part came about. `check_worthiness` is the sum of `check_shares`, 0..1 with three decimals; None in what was read
    before there were scores.
    """

    claim_id: str
    document_id: str
    span: Span
    text: str
    kind: ClaimKind
    attribution: Attribution
    sentence_index: int = Field(ge=0)
    quantities: tuple[QuantityTag, ...] = ()
    periods: tuple[PeriodTag, ...] = ()
    mentions: tuple[str, ...] = ()
    prediction: Prediction | None = None
    said_on: date | None = None
    explanation: tuple[Ground, ...] = ()
    check_worthiness: float | None = Field(default=None, ge=0, le=1)
    check_shares: tuple[CheckShare, ...] = ()

    @model_validator(mode="after")
    def _prediction_fits_kind(self) -> Self:
        if (self.prediction is not None) != (self.kind is ClaimKind.PREDICTION):
            raise ValueError("a claim holds a prediction if, and only if, its kind is prediction")
        return self


def claim_id_of(document_id: str, span: Span) -> str:
    """Return the content id of the claim at a place of a document: one place, one claim.

    Example:
        >>> claim_id_of("document-1", Span(start=0, end=4)) == claim_id_of("document-1", Span(start=0, end=5))
        False
    """
    return content_id("claim", document_id, span.start, span.end)
