"""Builders for the cases of the resolution tests: short claims and observations of our own."""

from datetime import date
from decimal import Decimal

from schemas.claim import (
    Attribution,
    Claim,
    ClaimKind,
    Direction,
    Prediction,
    Probability,
    Speech,
    Target,
    claim_id_of,
)
from schemas.evidence import Observation, observation_id_of
from schemas.period import Period, Precision
from schemas.quantity import Bound, Quantity
from schemas.text import Span

SAID = date(2025, 3, 20)
YEAR_2025 = ("2025-01-01", "2025-12-31")
UNITS = {"us.recession.nber": "state"}


def quantity(low: str, unit: str = "%", *, high: str | None = None, bound: Bound = Bound.EQUAL) -> Quantity:
    return Quantity(low=Decimal(low), high=Decimal(high or low), unit=unit, bound=bound)


def period(start: str | None, end: str | None) -> Period:
    days = [date.fromisoformat(day) if day else None for day in (start, end)]
    return Period(start=days[0], end=days[1], precision=Precision.RANGE)


def forecast(
    target: str,
    direction: str,
    *,
    value: Quantity | None = None,
    window: tuple[str | None, str | None] | None = None,
    chance: str | tuple[str, str] | None = None,
    is_conditional: bool = False,
    said_on: date | None = SAID,
    speaker: str = "author",
    place: int = 0,
) -> Claim:
    """A claim with one prediction; different places are different claims."""
    span = Span(start=place, end=place + 4)
    low, high = (chance, chance) if isinstance(chance, str) else chance or (None, None)
    subject, _, measure = target.partition(".")
    prediction = Prediction(
        target=Target(target_id=target, subject=subject, measure=measure),
        direction=Direction(direction),
        value=value,
        probability=Probability(low=Decimal(low), high=Decimal(high or low)) if low else None,
        window=period(*window) if window else None,
        condition=Span(start=place, end=place + 2) if is_conditional else None,
    )
    return Claim(
        claim_id=claim_id_of("document-1", span),
        document_id="document-1",
        span=span,
        text="試作之句",
        kind=ClaimKind.PREDICTION,
        attribution=Attribution(speakers=(speaker,), speech=Speech.INDIRECT),
        sentence_index=0,
        prediction=prediction,
        said_on=said_on,
    )


def observed(
    indicator: str,
    start: str,
    value: str | None,
    *,
    end: str | None = None,
    released: str | None = None,
    vintage: str = "final",
) -> Observation:
    """An observation; by default of one day and released on it."""
    first, last = date.fromisoformat(start), date.fromisoformat(end or start)
    return Observation(
        observation_id=observation_id_of(indicator, first, last, vintage),
        indicator_id=indicator,
        period_start=first,
        period_end=last,
        value=None if value is None else Decimal(value),
        unit=UNITS.get(indicator, "%"),
        released_at=date.fromisoformat(released) if released else last,
        vintage=vintage,
        source="a case of our own",
    )


def decided(effective: str, value: str, announced: str) -> Observation:
    """A decision on the target range, by the upper bound, from the day it takes effect."""
    return observed("us.fed-funds.upper", effective, value, released=announced, vintage="decision")


RATE_PATH = (
    decided("2024-12-19", "4.50", "2024-12-18"),
    decided("2025-09-18", "4.25", "2025-09-17"),
    decided("2025-10-30", "4.00", "2025-10-29"),
    decided("2025-12-11", "3.75", "2025-12-10"),
    decided("2026-01-29", "3.75", "2026-01-28"),
)
