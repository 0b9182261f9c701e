"""In which way two forecasts are about the same time; forecasts about different times are not compared."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from schemas.period import Period

UNDATED_DAYS: Final = 92
"""A forecast without a window counts from the day it was said: two of them are compared within a quarter."""


class Meeting(Enum):
    """How two windows agree."""

    SAME = "the same window"
    DEADLINE = "up to the same day"
    UNDATED = "no window, said within a quarter"
    COVERED = "one window within the other"


@dataclass(frozen=True, slots=True)
class Timed:
    """When a forecast was said, and for when; an open window from that day on (未來) is none."""

    said_on: date
    window: Period | None

    @property
    def end(self) -> date | None:
        """The last day of its window."""
        return self.window.end if self.window is not None else None

    @property
    def is_running(self) -> bool:
        """Whether its window has begun on the day it was said."""
        return self.window is not None and (self.window.start is None or self.window.start <= self.said_on)

    @property
    def is_deadline(self) -> bool:
        """Whether it says until when, not for which period: its window begins on the day it was said (年底前)."""
        return self.window is not None and self.window.start in {None, self.said_on} and self.end is not None


def timed(said_on: date, window: Period | None) -> Timed:
    """Return when a forecast was said and for when.

    Example:
        >>> from schemas.period import Precision
        >>> day = date(2025, 3, 20)
        >>> timed(day, Period(start=day, end=None, precision=Precision.RANGE)).window is None
        True
    """
    is_open = window is not None and window.end is None and window.start in {None, said_on}
    return Timed(said_on, None if is_open else window)


def meeting(one: Timed, other: Timed, *, is_event: bool) -> Meeting | None:
    """Return in which way two forecasts are about the same time; None where they are not.

    Windows are the same by their days. 年底前 said in March and in June run up to the same day; of an event so do
    all windows that had begun when they were said, but the growth of a half-year is not that of the year. Two
    forecasts without a window meet if they were said within a quarter.

    Args:
        one: a forecast.
        other: another one.
        is_event: whether both forecast that something happens, not how much of it there is.
    """
    if one.window is None or other.window is None:
        near = abs((one.said_on - other.said_on).days) <= UNDATED_DAYS
        return Meeting.UNDATED if near and one.window is None and other.window is None else None
    if (one.window.start, one.end) == (other.window.start, other.end):
        return Meeting.SAME
    if one.end is not None and one.end == other.end:
        is_until = one.is_deadline and other.is_deadline
        return Meeting.DEADLINE if is_until or (is_event and one.is_running and other.is_running) else None
    return None


def covers(outer: Timed, inner: Timed) -> bool:
    """Return whether a window holds another one whole: what never happens in the outer can't in the inner.

    Example:
        >>> from schemas.period import Precision
        >>> day = date(2025, 3, 20)
        >>> year, june = (Period(start=date(2025, m, 1), end=date(2025, n, k), precision=Precision.RANGE)
        ...     for m, n, k in ((1, 12, 31), (6, 6, 30)))
        >>> covers(timed(day, year), timed(day, june)), covers(timed(day, june), timed(day, year))
        (True, False)
    """
    if outer.window is None or inner.window is None:
        return False
    starts = (outer.window.start or date.min, inner.window.start or date.min)
    ends = (outer.end or date.max, inner.end or date.max)
    return starts[0] <= starts[1] and ends[1] <= ends[0]
