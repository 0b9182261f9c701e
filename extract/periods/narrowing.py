"""From a coarse window to a finer one inside it: a quarter of a year, a day of a month, the end of a decade."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from extract.periods.atoms import Atom, Kind
from extract.periods.calendar import (
    Unit,
    Window,
    day_window,
    easter,
    hull,
    last_day,
    month_window,
    months_window,
    shift,
    week_window,
    year_window,
)
from extract.periods.lunar import lunar_date
from extract.periods.outcomes import Ambiguous, NotAPeriod, check
from schemas.period import Precision

_TENS: Final = ((1, 10), (11, 20), (21, 31), (1, 15), (16, 31), (11, 31), (1, 20))
"""First and last day of 上旬, 中旬, 下旬, 上半月, 下半月, 中下旬 and 上中旬."""
_CENTURY_YEARS: Final = 100
"""The start and the end of a century are ten years each."""
_SUMMER_HOLIDAYS: Final = 7
_BRACKET_REACH_DAYS: Final = 8
"""A bracketed date lies this near to the day it explains; else the two contradict each other."""
_DECADE_YEARS: Final = {"early": (0, 3), "start": (0, 3), "middle": (4, 6), "end": (7, 9)}
"""1970年代初期 is years 0 to 3, 1990年代末 years 7 to 9 (annotation guidelines)."""
_THIRD_OF_MONTH: Final = {"early": 1, "start": 1, "middle": 2, "end": 3}


def narrowed(window: Window, atom: Atom) -> Window:
    """Return what a further atom makes of the window before it.

    Raises:
        ValueError: there is no such day.
        NotAPeriod: the window is open, or nothing narrows it so.
        Ambiguous: a bracketed day contradicts the day it explains.
    """
    if atom.detail == "clock" or atom.kind is Kind.OPEN:
        return window
    if atom.detail == "bracket":
        return _bracketed(window, atom)
    if atom.kind is Kind.PART:
        return part_of(window, atom.detail.split(".")[1])
    if atom.kind is Kind.TEN_DAYS:
        return third_of(window, int(atom.low))
    if window.start is None:
        raise NotAPeriod
    return _INSIDE[atom.kind](window.start, atom)


def day_in(base: date, atom: Atom) -> Window:
    """Return the day or days of that number in the month of `base`."""
    first, last = base.replace(day=int(atom.low)), base.replace(day=int(atom.high or atom.low))
    return Window(first, last, Precision.DAY if first == last else Precision.RANGE)


def months_in(base: date, atom: Atom) -> Window:
    """Return the month or months of that number in the year of `base`; 11至2月 runs into the next."""
    low, high = int(atom.low), int(atom.high)
    check(low, 12)
    check(high, 12)
    first = month_window(base.year, low)
    return first if low == high else hull(first, month_window(base.year + (1 if high < low else 0), high))


def season_in(base: date, atom: Atom) -> Window:
    """Return a season of the year of `base`; the summer holidays are two months, a season three."""
    month = int(atom.low)
    return months_window(base.year, month, 2 if month == _SUMMER_HOLIDAYS else 3, Precision.RANGE)


def feast_in(base: date, atom: Atom) -> Window:
    """Return a feast in the year of `base`."""
    month, day = int(atom.low), int(atom.high)
    if not month:
        return day_window(easter(base.year))
    return day_window(lunar_date(base.year, month, day) if atom.detail == "lunar" else date(base.year, month, day))


def third_of(month: Window, third: int) -> Window:
    """Return ten days or half of a month; a shorter month ends earlier."""
    if month.start is None:
        raise NotAPeriod
    first, last = _TENS[third - 1]
    end = min(last, last_day(month.start.year, month.start.month))
    return Window(month.start.replace(day=first), month.start.replace(day=end), Precision.RANGE)


def part_of(window: Window, part: str) -> Window:
    """Return the start, middle or end of a period, by how long it is (年底 is December, 月底 the last ten days)."""
    start, end = window.start, window.end
    if start is None or end is None:
        raise NotAPeriod
    if window.precision is Precision.DECADE:
        low, high = _DECADE_YEARS[part]
        return year_window(start.year + low, high - low + 1)
    if window.precision is Precision.MONTH:
        return third_of(window, _THIRD_OF_MONTH[part])
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months > 12:
        return _third_of_years(start.year, months // 12, part)
    steps = {"early": 0, "start": 0, "middle": (months - 1) // 2, "end": months - 1}
    return months_window(start.year, start.month + steps[part], 1, Precision.MONTH)


def _third_of_years(year: int, years: int, part: str) -> Window:
    third = max(years // 3, 1) if years < _CENTURY_YEARS else _CENTURY_YEARS // 10
    first = {"early": 0, "start": 0, "middle": third, "end": years - third}[part]
    return year_window(year + first, third)


def _bracketed(window: Window, atom: Atom) -> Window:
    """Return the day in brackets after a relative one, which tells it exactly (上周五(3日))."""
    day, month, base = int(atom.low), int(atom.high), window.start
    if base is None:
        raise NotAPeriod
    reach = range(-_BRACKET_REACH_DAYS, _BRACKET_REACH_DAYS + 1)
    near = (base + timedelta(days=step) for step in sorted(reach, key=abs))
    fitting = next((c for c in near if c.day == day and month in (0, c.month)), None)
    if fitting is None:
        raise Ambiguous
    return day_window(fitting)


def _month_day_in(base: date, atom: Atom) -> Window:
    return day_window(date(base.year, int(atom.low), int(atom.high)))


def _half_in(base: date, atom: Atom) -> Window:
    return months_window(base.year, base.month + int(atom.low) * 6 - 6, 6, Precision.HALF)


def _quarters_in(base: date, atom: Atom) -> Window:
    low, high = int(atom.low), int(atom.high)
    check(low, 4)
    check(high, 4)
    precision = Precision.QUARTER if low == high else Precision.RANGE
    return months_window(base.year, base.month + low * 3 - 3, (high - low + 1) * 3, precision)


def _ordinal_in(base: date, atom: Atom) -> Window:
    """Return the week (by ISO 8601) or the month of that number, counted from the start of the year at hand."""
    number = int(atom.low)
    if atom.detail == "week":
        check(number, 53)
        return week_window(date.fromisocalendar(base.year, number, 1))
    check(number, 12)
    return months_window(base.year, base.month + number - 1, 1, Precision.MONTH)


def _first_in(base: date, atom: Atom) -> Window:
    """Return the first days, weeks, months or quarters of a period that begins at `base`."""
    if atom.detail in (Unit.DAY, Unit.WEEK):
        return Window(base, shift(base, atom.high, Unit(atom.detail)) - timedelta(days=1), Precision.RANGE)
    months = int(atom.high) * {"quarter": 3, "year": 12}.get(atom.detail, 1)
    return months_window(base.year, base.month, months, Precision.RANGE)


_INSIDE: Final[Mapping[Kind, Callable[[date, Atom], Window]]] = {
    Kind.DAY: day_in,
    Kind.MONTH: months_in,
    Kind.MONTH_DAY: _month_day_in,
    Kind.FEAST: feast_in,
    Kind.SEASON: season_in,
    Kind.HALF: _half_in,
    Kind.QUARTER: _quarters_in,
    Kind.FISCAL_QUARTER: _quarters_in,
    Kind.FIRST: _first_in,
    Kind.ORDINAL: _ordinal_in,
    Kind.LUNAR_DAY: feast_in,
}
