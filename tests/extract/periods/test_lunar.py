from datetime import date, timedelta

import pytest

from extract.periods.lunar import lunar_date, lunar_year_window


@pytest.mark.parametrize(
    ("lunar", "day"),
    [
        ((2020, 1, 1), date(2020, 1, 25)),
        ((2020, 5, 5), date(2020, 6, 25)),  # after a repeated fourth month
        ((2023, 1, 15), date(2023, 2, 5)),
        ((2024, 8, 15), date(2024, 9, 17)),
    ],
)
def test_feasts_fall_where_the_observatory_says(lunar: tuple[int, int, int], day: date) -> None:
    assert lunar_date(*lunar) == day


def test_every_lunar_year_ends_the_day_before_the_next() -> None:
    for year in range(1901, 2099):
        end = lunar_year_window(year).end
        assert end is not None
        assert end + timedelta(days=1) == lunar_date(year + 1, 1, 1)
        assert 353 <= (end - lunar_date(year, 1, 1)).days + 1 <= 385


@pytest.mark.parametrize("lunar", [(1850, 1, 1), (2024, 13, 1), (2024, 1, 31)])
def test_a_lunar_day_that_is_in_no_table_is_an_error(lunar: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="lunar month"):
        lunar_date(*lunar)
