from datetime import date, timedelta
from itertools import pairwise

import pytest
from pydantic import ValidationError

from extract.lexicon import load
from extract.periods.fiscal import FiscalCalendar, FiscalCalendars, Issuers
from schemas.text import Locale
from tests.extract.periods.period_readings import periods_of

CALENDARS = load("fiscal_calendars", FiscalCalendars).calendars


@pytest.mark.parametrize("name", CALENDARS)
def test_fiscal_years_and_quarters_tile_the_days(name: str) -> None:
    calendar = CALENDARS[name]
    for label in range(2001, 2040):
        year, following = calendar.year(label), calendar.year(label + 1)
        assert year.start is not None
        assert year.end is not None
        assert year.end + timedelta(days=1) == following.start
        quarters = [calendar.quarter(label, number) for number in range(1, 5)]
        assert (quarters[0].start, quarters[3].end) == (year.start, year.end)
        assert all(a.end + timedelta(days=1) == b.start for a, b in pairwise(quarters) if a.end)
        assert calendar.label_at(year.start) == calendar.label_at(year.end) == label
        assert calendar.quarter_at(year.end) == (label, 4)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("美國2024財年赤字擴大", "2023-10-01", "2024-09-30"),
        ("日本2024財年預算", "2024-04-01", "2025-03-31"),
        ("輝達2025財年營收", "2024-01-29", "2025-01-26"),
        ("輝達2025財年第四季營收", "2024-10-28", "2025-01-26"),
        ("蘋果2023財年獲利", "2022-09-25", "2023-09-30"),
        ("印度2023/24財年成長", "2023-04-01", "2024-03-31"),
        ("微軟2024財年雲端營收", "2023-07-01", "2024-06-30"),
        ("中央政府2024年度總預算", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_fiscal_year_is_that_of_who_declares_it(text: str, start: str, end: str) -> None:
    assert [days[1:] for days in periods_of(text)] == [(start, end)]


def test_the_year_a_company_declares_in_the_text_goes_before_all_others() -> None:
    text = "集團公布截至9月底止六個月業績。本年度料轉盈。"
    days = periods_of(text, published=date(2021, 11, 30), locale=Locale.HONG_KONG)
    assert days == [
        ("9月底止六個月", "2021-04-01", "2021-09-30"),
        ("本年度", "2021-04-01", "2022-03-31"),
    ]


def test_the_issuer_named_last_owns_the_year_and_nobody_far_away_does() -> None:
    shadow = "苹果和英伟达" + "。" * 500
    issuers = Issuers(shadow, Locale.TAIWAN)
    assert issuers.issuer_at(6) == CALENDARS["nvidia"]
    assert issuers.issuer_at(500) is None
    assert issuers.calendar_at(500).is_calendar_year


def test_a_calendar_says_its_start_in_one_way_only() -> None:
    with pytest.raises(ValidationError, match="starts_month or weeks"):
        FiscalCalendar(named_by="end")
