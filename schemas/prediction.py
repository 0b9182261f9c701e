"""What a forecast says besides target, value and window: how its figure is meant, how sure it is, what it replaces."""

from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from schemas.base import Model
from schemas.quantity import Quantity
from schemas.text import Span


class Basis(StrEnum):
    """In which way a figure may be meant; two of them are two different forecasts."""

    LEVEL = "level"
    PERIOD_END = "period-end"
    ANNUAL_AVERAGE = "annual-average"
    YEAR_TO_DATE = "ytd"
    YEAR_ON_YEAR = "yoy"
    MONTH_ON_MONTH = "mom"
    QUARTER_ON_QUARTER = "qoq"
    ANNUALISED_QUARTER = "saar"
    FOURTH_QUARTERS = "q4-q4"


class FigureBasis(Model):
    """How the figure of a forecast is meant, in which unit, and the words that say so.

    Without `span` nothing says so: then it is how figures of the indicator are usually meant.
    """

    basis: Basis
    unit: str
    span: Span | None = None

    @property
    def is_stated(self) -> bool:
        """Whether the text itself says how the figure is meant."""
        return self.span is not None


class Revised(StrEnum):
    """Which figure of a forecast was changed: what is forecast, or how likely it is."""

    VALUE = "value"
    CHANCE = "chance"


class Revision(Model):
    """A forecast that takes the place of an earlier one by the same maker: 由 2.4% 下修至 1.7%.

    `old` or `new` is None where the text gives only the other; `is_raised` is None where it tells no direction.
    """

    revised: Revised
    old: Quantity | None
    new: Quantity | None
    is_raised: bool | None
    span: Span


class LikelihoodLevel(StrEnum):
    """A chance in words, from least to most; `possible` commits its speaker to neither side."""

    ALMOST_NO_CHANCE = "almost-no-chance"
    VERY_UNLIKELY = "very-unlikely"
    UNLIKELY = "unlikely"
    EVEN = "even"
    POSSIBLE = "possible"
    LIKELY = "likely"
    VERY_LIKELY = "very-likely"
    ALMOST_CERTAIN = "almost-certain"


class Likelihood(Model):
    """The chance that a word of chance gives a forecast with its direction: a named level and an interval, no point.

    0 <= low < high <= 1. Of 不太可能衰退, which forecasts that no recession comes, it is how likely none comes.
    """

    level: LikelihoodLevel
    low: Decimal = Field(ge=0, le=1)
    high: Decimal = Field(ge=0, le=1)
    span: Span

    @model_validator(mode="after")
    def _is_no_point(self) -> Self:
        if self.high <= self.low:
            raise ValueError(f"a chance in words is an interval, not {self.low} to {self.high}")
        return self


class HedgeKind(StrEnum):
    """What a hedge holds back: how likely it is, how exact, on whose word, or whether to say it at all."""

    CHANCE = "chance"
    DEGREE = "degree"
    HEARSAY = "hearsay"
    RESERVATION = "reservation"


class Hedge(Model):
    """Words by which a speaker keeps a way out."""

    kind: HedgeKind
    span: Span


class WindowOrigin(StrEnum):
    """Where the window of a forecast comes from.

    `stated` in the proposition; `condition` in its condition only; `carried` from words before it; `statement` where
    its words count from the day on which it was said (未來三年).
    """

    STATED = "stated"
    CONDITION = "condition"
    CARRIED = "carried"
    STATEMENT = "statement"
