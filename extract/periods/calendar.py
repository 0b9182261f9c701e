"""Calendar arithmetic: windows of days, and how to move and narrow them.

Every function works on plain dates. A date that does not exist raises ValueError, one beyond the calendar
OverflowError; `extract.periods.resolving` turns both into a refusal.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from schemas.period import Period, Precision

_DAYS_A_WEEK = 7
_MONTHS_A_YEAR = 12


class Unit(StrEnum):
    """What a length of time is counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `start` to `end`, both inclusive; None where open."""

    start: date | None
    end: date | None
    precision: Precision = Precision.RANGE

    def period(self) -> Period:
        """Return the period as it leaves this package; raises ValueError where it runs backwards."""
        return Period(start=self.start, end=self.end, precision=self.precision)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: `low` to `high` units, halves allowed (1.5 years)."""

    low: float
    high: float
    unit: Unit


def last_day(year: int, month: int) -> int:
    """Return the number of the month's last day.

    Example:
        >>> last_day(2024, 2)
        29
    """
    return monthrange(year, month)[1]


def year_window(year: int, years: int = 1) -> Window:
    """Return whole calendar years.

    Example:
        >>> year_window(2025).end
        datetime.date(2025, 12, 31)
    """
    precision = Precision.YEAR if years == 1 else Precision.RANGE
    return Window(date(year, 1, 1), date(year + years - 1, 12, 31), precision)


def months_window(year: int, month: int, months: int, precision: Precision) -> Window:
    """Return `months` whole months from the first of the named one; month 13 is January of the next year.

    Example:
        >>> months_window(2024, 11, 3, Precision.RANGE).end
        datetime.date(2025, 1, 31)
    """
    first = year * _MONTHS_A_YEAR + month - 1
    last = first + months - 1
    end_year, end_month = last // _MONTHS_A_YEAR, last % _MONTHS_A_YEAR + 1
    start = date(first // _MONTHS_A_YEAR, first % _MONTHS_A_YEAR + 1, 1)
    return Window(start, date(end_year, end_month, last_day(end_year, end_month)), precision)


def month_window(year: int, month: int) -> Window:
    """Return one month."""
    return months_window(year, month, 1, Precision.MONTH)


def quarter_window(year: int, quarter: int) -> Window:
    """Return a calendar quarter; quarter 5 is the first of the next year, quarter 0 the last of the year before.

    Example:
        >>> quarter_window(2025, 0).start
        datetime.date(2024, 10, 1)
    """
    return months_window(year, quarter * 3 - 2, 3, Precision.QUARTER)


def half_window(year: int, half: int) -> Window:
    """Return half a calendar year; half 3 is the first of the next year, half 0 the second of the year before."""
    return months_window(year, half * 6 - 5, 6, Precision.HALF)


def decade_window(year: int) -> Window:
    """Return the ten years from a year that ends in 0."""
    return Window(date(year, 1, 1), date(year + 9, 12, 31), Precision.DECADE)


def day_window(day: date) -> Window:
    """Return one day."""
    return Window(day, day, Precision.DAY)


def week_window(day: date, weeks: int = 0) -> Window:
    """Return the Monday to Sunday around a day, `weeks` later.

    Example:
        >>> week_window(date(2025, 3, 20)).start
        datetime.date(2025, 3, 17)
    """
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return Window(monday, monday + timedelta(days=_DAYS_A_WEEK - 1), Precision.WEEK)


def weekend_window(day: date, weeks: int = 0) -> Window:
    """Return the Saturday and Sunday of the week around a day."""
    sunday = week_window(day, weeks).end or day
    return Window(sunday - timedelta(days=1), sunday, Precision.RANGE)


def easter(year: int) -> date:
    """Return Easter Sunday by the Gregorian calendar.

    Source: Meeus, Astronomical Algorithms, chapter 8 (the anonymous algorithm of 1876).

    Example:
        >>> easter(2020)
        datetime.date(2020, 4, 12)
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def shift_months(day: date, months: int) -> date:
    """Return the same day some months on, the last day of that month where there is no such day.

    Example:
        >>> shift_months(date(2024, 3, 31), -1)
        datetime.date(2024, 2, 29)
    """
    index = day.year * _MONTHS_A_YEAR + day.month - 1 + months
    year, month = index // _MONTHS_A_YEAR, index % _MONTHS_A_YEAR + 1
    return date(year, month, min(day.day, last_day(year, month)))


def shift(day: date, amount: float, unit: Unit) -> date:
    """Return the day an amount of units on (or back, where negative); half a month counts 15 days.

    Example:
        >>> shift(date(2025, 3, 20), -1.5, Unit.YEAR)
        datetime.date(2023, 9, 20)
    """
    if unit is Unit.DAY:
        return day + timedelta(days=round(amount))
    if unit is Unit.WEEK:
        return day + timedelta(days=round(amount * _DAYS_A_WEEK))
    months = amount * {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: _MONTHS_A_YEAR}[unit]
    whole = int(months)
    return shift_months(day, whole) + timedelta(days=round((months - whole) * 30))


def moved(window: Window, amount: float, unit: Unit) -> Window:
    """Return the same window some units on; one that ends with a month still does.

    Example:
        >>> moved(month_window(2024, 11), 6, Unit.MONTH).end
        datetime.date(2025, 5, 31)
    """
    start = shift(window.start, amount, unit) if window.start else None
    end = shift(window.end, amount, unit) if window.end else None
    ends_month = window.end is not None and window.end.day == last_day(window.end.year, window.end.month)
    if end and ends_month and window.precision is not Precision.DAY and unit not in (Unit.DAY, Unit.WEEK):
        end = end.replace(day=last_day(end.year, end.month))
    return Window(start, end, window.precision)


def shift_window(window: Window, years: int) -> Window:
    """Return the same window some years on."""
    return moved(window, years, Unit.YEAR)


def hull(first: Window, last: Window) -> Window:
    """Return the days from the start of one window to the end of another."""
    return Window(first.start, last.end, Precision.RANGE)
