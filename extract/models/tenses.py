"""Where a period lies by the day of publication, as every model is told it."""

from datetime import date
from enum import StrEnum


class Tense(StrEnum):
    """Over, to come, around the day of publication, or unknown because nobody knows that day."""

    PAST = "past"
    OPEN = "open"
    FUTURE = "future"
    UNDATED = "undated"


def tense_of(start: date | None, end: date | None, day: date | None) -> Tense:
    """Return where a period lies by a day.

    Args:
        start: the first day of the period, None where it is open.
        end: its last day, None where it is open.
        day: the day of publication, None where it is unknown.

    Example:
        >>> day = date(2025, 3, 20)
        >>> tense_of(date(2025, 1, 1), date(2025, 12, 31), day).value, tense_of(None, day, day).value
        ('open', 'past')
    """
    if day is None:
        return Tense.UNDATED
    if end is not None and end <= day:
        return Tense.PAST
    return Tense.FUTURE if start is not None and start >= day else Tense.OPEN
