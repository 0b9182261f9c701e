from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.periods.calendar import (
    Unit,
    Window,
    easter,
    half_window,
    hull,
    moved,
    quarter_window,
    shift,
    shift_window,
    week_window,
    weekend_window,
    year_window,
)

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(DAYS, st.integers(-600, 600))
def test_a_day_shifted_by_months_keeps_its_number_or_is_the_last_of_its_month(day: date, months: int) -> None:
    shifted = shift(day, months, Unit.MONTH)
    assert (shifted.year - day.year) * 12 + shifted.month - day.month == months
    assert shifted.day == day.day or (shifted.day < day.day and shift(shifted, 1, Unit.DAY).day == 1)


@given(DAYS)
def test_a_week_runs_from_monday_to_sunday_around_its_day(day: date) -> None:
    week = week_window(day)
    assert week.start is not None
    assert week.end is not None
    assert (week.start.weekday(), week.end.weekday(), (week.end - week.start).days) == (0, 6, 6)
    assert week.start <= day <= week.end
    assert weekend_window(day).end == week.end


@given(st.integers(1900, 2100))
def test_quarters_and_halves_tile_the_year(year: int) -> None:
    quarters = [quarter_window(year, number) for number in range(1, 5)]
    assert hull(quarters[0], quarters[1]) == Window(half_window(year, 1).start, half_window(year, 1).end)
    assert hull(quarters[0], quarters[3]).end == year_window(year).end
    assert quarter_window(year, 5) == quarter_window(year + 1, 1)


def test_a_window_that_ends_with_a_month_still_does_when_moved() -> None:
    february = Window(date(2023, 2, 1), date(2023, 2, 28))
    assert shift_window(february, 1).end == date(2024, 2, 29)
    assert moved(february, 1, Unit.WEEK).end == date(2023, 3, 7)


@pytest.mark.parametrize("day", [date(2019, 4, 21), date(2024, 3, 31), date(2025, 4, 20)])
def test_easter_falls_where_the_calendars_say(day: date) -> None:
    assert easter(day.year) == day


def test_a_day_beyond_the_calendar_is_an_error() -> None:
    with pytest.raises((ValueError, OverflowError)):
        shift(date(9999, 12, 1), 2, Unit.MONTH)
