"""The Chinese lunar calendar: its days, its years and the feasts that markets close for."""

from datetime import date, timedelta
from functools import cache
from typing import Annotated

from pydantic import Field

from extract.lexicon import load
from extract.periods.calendar import Window
from schemas.base import Model
from schemas.period import Precision


class LunarYear(Model):
    """One lunar year: its first day, its repeated month (0 for none), and which of its months have 30 days."""

    new_year: date
    repeated: int = Field(ge=0, le=12)
    long_months: str = Field(pattern=r"^[01]{12,13}$")


class LunarCalendar(Model):
    """All lunar years we know, by the Gregorian year in which they begin."""

    years: Annotated[dict[int, LunarYear], Field(min_length=1)]


@cache
def _years() -> dict[int, LunarYear]:
    return load("lunar_calendar", LunarCalendar).years


def lunar_date(year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a lunar one; the month is the first of its name, not the repeated one.

    Raises:
        ValueError: the year is outside the tables or has no such day.

    Example:
        >>> lunar_date(2025, 1, 1)
        datetime.date(2025, 1, 29)
        >>> lunar_date(2023, 8, 15)  # mid-autumn, after a repeated second month
        datetime.date(2023, 9, 29)
    """
    known = _years().get(year)
    if known is None or not 1 <= month <= 12:
        raise ValueError(f"no lunar month {month} of {year} in the tables")
    index = month - 1 + (1 if 0 < known.repeated < month else 0)
    lengths = [29 + int(bit) for bit in known.long_months]
    if not 1 <= day <= lengths[index]:
        raise ValueError(f"lunar month {month} of {year} has no day {day}")
    return known.new_year + timedelta(days=sum(lengths[:index]) + day - 1)


def lunar_year_window(year: int) -> Window:
    """Return the days of the lunar year that begins in a Gregorian year.

    Example:
        >>> lunar_year_window(2023).end
        datetime.date(2024, 2, 9)
    """
    return Window(lunar_date(year, 1, 1), lunar_date(year + 1, 1, 1) - timedelta(days=1), Precision.YEAR)
