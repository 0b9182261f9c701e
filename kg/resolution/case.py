"""One prediction before its judge: what was said, which rule applies, what could be known."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kg.indicators import Rule
from kg.resolution.evidence import Evidence, Figure
from schemas.claim import Prediction
from schemas.evidence import Indicator, Observation, Outcome, Reason


@dataclass(frozen=True, slots=True)
class Window:
    """A window with both ends, both inclusive."""

    start: date
    end: date

    def __str__(self) -> str:
        return f"{self.start} to {self.end}" if self.start != self.end else str(self.start)


@dataclass(frozen=True, slots=True)
class Case:
    """A prediction, the day it was made, its rule with the rule's series, and the evidence."""

    prediction: Prediction
    said_on: date
    rule: Rule
    indicators: tuple[Indicator, ...]
    evidence: Evidence

    @property
    def as_of(self) -> date:
        """The day nothing after which is seen."""
        return self.evidence.as_of

    @property
    def series(self) -> Indicator:
        """The series of a rule that reads one only."""
        return self.indicators[0]

    @property
    def window(self) -> Window | None:
        """The window if it has an end; a missing start is the day of the statement."""
        period = self.prediction.window
        if period is None or period.end is None:
            return None
        return Window(min(period.start or self.said_on, period.end), period.end)

    @property
    def opens(self) -> date:
        """The first day whose events count for "it will happen": not before it was said."""
        period = self.prediction.window
        start = period.start if period is not None else None
        return max(self.said_on, start) if start is not None else self.said_on

    @property
    def base_day(self) -> date:
        """The day movements are measured from: the statement, or the eve of a window that starts later."""
        period = self.prediction.window
        start = period.start if period is not None else None
        return max(self.said_on, days_later(start, -1)) if start is not None else self.said_on


@dataclass(frozen=True, slots=True)
class Measured:
    """The figure a level forecast is held against; `forecast` is its midpoint where it was a range."""

    forecast: Decimal
    actual: Decimal


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, in the words that are shown."""

    outcome: Outcome
    reason: Reason
    explanation: str
    due_on: date | None = None
    used: tuple[Observation, ...] = field(default=())
    measured: Measured | None = None


def verdict(explanation: str, *used: Figure, is_true: bool, measured: Measured | None = None) -> Finding:
    """Return a decided finding with the figures it rests on."""
    return Finding(
        outcome=Outcome.TRUE if is_true else Outcome.FALSE,
        reason=Reason.RULE_MET if is_true else Reason.RULE_FAILED,
        explanation=explanation,
        used=tuple(figure.observation for figure in used),
        measured=measured,
    )


def pending(reason: Reason, due_on: date, explanation: str, *used: Figure) -> Finding:
    """Return a finding that waits until a day."""
    observations = tuple(figure.observation for figure in used)
    return Finding(Outcome.PENDING, reason, explanation, due_on=due_on, used=observations)


def refused(reason: Reason, explanation: str, *used: Observation) -> Finding:
    """Return a finding that nothing can be decided, and why."""
    return Finding(Outcome.UNRESOLVABLE, reason, explanation, used=used)


def days_later(day: date, days: int) -> date:
    """Return the day some days later or, with a negative number, earlier; the calendar's ends stop it.

    Example:
        >>> days_later(date(2025, 3, 1), -1), days_later(date(9999, 12, 30), 7)
        (datetime.date(2025, 2, 28), datetime.date(9999, 12, 31))
    """
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last day; the calendar's end stops it.

    Example:
        >>> months_later(date(2025, 12, 31), 12), months_later(date(2024, 8, 31), 6)
        (datetime.date(2026, 12, 31), datetime.date(2025, 2, 28))
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, last_day(year, month).day))


def last_day(year: int, month: int) -> date:
    """Return the last day of a month.

    Example:
        >>> last_day(2024, 2)
        datetime.date(2024, 2, 29)
    """
    return date(year, month, monthrange(year, month)[1])
