"""Realised data, and what it says of predictions and statements."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from schemas.base import Model
from schemas.ids import content_id


class Frequency(StrEnum):
    """How often a series is published."""

    EVENT = "event"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"


class Indicator(Model):
    """A series of figures that can settle predictions, as its publisher defines it.

    `series_ids` are its names at the sources, with the source first: `fred:DGS10`. `forecast_as` is the target that
    forecasts of it have, `derivation` how its figure is worked out where the source gives levels (`yoy`, `mom`).
    """

    indicator_id: str
    title: str
    title_zh: str
    unit: str
    frequency: Frequency
    publisher: str
    source_url: str
    targets: tuple[str, ...] = ()
    series_ids: tuple[str, ...] = ()
    forecast_as: str | None = None
    derivation: str | None = None


class Observation(Model):
    """One published figure. `value` is None where the figure was cancelled or never published.

    `released_at` is the day it could first be known; a later vintage is an observation of its own.
    """

    observation_id: str
    indicator_id: str
    period_start: date
    period_end: date
    value: Decimal | None
    unit: str
    released_at: date
    vintage: str
    source: str


def observation_id_of(indicator_id: str, period_start: date, period_end: date, vintage: str) -> str:
    """Return the content id of a figure: series, period and vintage.

    Example:
        >>> day = date(2025, 3, 27)
        >>> observation_id_of("DGS10", day, day, "final").startswith("observation-")
        True
    """
    return content_id("observation", indicator_id, period_start.isoformat(), period_end.isoformat(), vintage)


class Outcome(StrEnum):
    """What became of a prediction at a given day."""

    TRUE = "true"
    FALSE = "false"
    PENDING = "pending"
    UNRESOLVABLE = "unresolvable"
    ANNULLED = "annulled"


class Reason(StrEnum):
    """Why an outcome is what it is; the ones but `RULE_MET`, `RULE_FAILED` keep it from being scored."""

    RULE_MET = "resolution.rule_met"
    RULE_FAILED = "resolution.rule_failed"
    WINDOW_OPEN = "resolution.window_open"
    DATA_NOT_RELEASED = "resolution.data_not_released"
    DATA_MISSING = "resolution.data_missing"
    HOLD_OUT = "resolution.hold_out"
    KNOWN_BEFORE = "resolution.known_before"
    NO_INDICATOR = "resolution.no_indicator"
    NO_WINDOW = "resolution.no_window"
    NO_STATEMENT_DATE = "resolution.no_statement_date"
    WINDOW_UNMATCHED = "resolution.window_unmatched"
    NO_THRESHOLD = "resolution.no_threshold"
    NO_RULE = "resolution.no_rule"
    UNIT_DISAGREES = "resolution.unit_disagrees"
    BASIS_DISAGREES = "resolution.basis_disagrees"
    CONDITION_UNCHECKED = "resolution.condition_unchecked"
    CONDITION_FAILED = "resolution.condition_failed"
    PUBLISHED_LATER = "resolution.published_later"


class ScoreRule(StrEnum):
    """Which rule a score follows."""

    BRIER = "brier"
    LOG = "log"
    ABSOLUTE_ERROR = "absolute_error"


class Score(Model):
    """A score of one prediction; lower is better for every rule here."""

    rule: ScoreRule
    value: Decimal
    forecast: Decimal
    outcome: Decimal


class Resolution(Model):
    """What a prediction came to on the evidence released at or before `as_of`.

    Append only: a later `as_of` or newer data gives another resolution beside this one.
    """

    resolution_id: str
    claim_id: str
    as_of: date
    outcome: Outcome
    reason: Reason
    explanation: str
    rule_id: str | None = None
    due_on: date | None = None
    observation_ids: tuple[str, ...] = ()
    scores: tuple[Score, ...] = ()


class VerdictValue(StrEnum):
    """What checking a statement found."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    MIXED = "mixed"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"


class Verdict(Model):
    """What the evidence says of a statement of fact, as of a day."""

    verdict_id: str
    claim_id: str
    as_of: date
    value: VerdictValue
    explanation: str
    observation_ids: tuple[str, ...] = ()
    confidence: Decimal = Field(default=Decimal(1), ge=0, le=1)
