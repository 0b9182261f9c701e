"""Moments and periods, resolved against a publication date or the date of a passage."""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from schemas.base import Model
from schemas.text import Span


class Precision(StrEnum):
    """How finely the text names the period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"


class Period(Model):
    """Dates, both inclusive; None where open."""

    start: date | None
    end: date | None
    precision: Precision

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"period ends on {self.end}, before its start {self.start}")
        return self


class PeriodTag(Model):
    """A period where it stands in the text."""

    span: Span
    period: Period
