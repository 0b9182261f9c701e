"""Fiscal years: whose they are, and which days they hold."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal, Self

from pydantic import Field, model_validator

from extract.lexicon import load
from extract.normalize import shadow_of
from extract.periods.calendar import Window, last_day, months_window
from extract.periods.lexicon import alternatives
from schemas.base import Model
from schemas.period import Precision
from schemas.text import Locale

_QUARTER_WEEKS = 13
_REACH = 400
"""Characters back in which an issuer's name still owns a fiscal year; about two paragraphs."""
_REACH_AFTER = 24
_DECLARED = re.compile(
    r"截至(?:\d{4}年)?(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:底|末|\d\d日)?止?的?"
    r"(?P<span>六个月|6个月|半年|上半财年|中期|年度|全年|财年|财政年度)"
)
_MONTHS = {**dict(zip("一二三四五六七八九十", range(1, 11), strict=True)), "十一": 11, "十二": 12}


class Weeks(Model):
    """A calendar of whole weeks: the year ends on a weekday (Monday 0) near the end of a month."""

    month: int = Field(ge=1, le=12)
    weekday: int = Field(ge=0, le=6)
    rule: Literal["last", "nearest"]

    def end_of(self, year: int) -> date:
        """Return the last day of the year that ends in a calendar year.

        Example:
            >>> Weeks(month=1, weekday=6, rule="last").end_of(2025)
            datetime.date(2025, 1, 26)
        """
        last = date(year, self.month, last_day(year, self.month))
        back = (last.weekday() - self.weekday) % 7
        day = last - timedelta(days=back)
        return day + timedelta(days=7) if self.rule == "nearest" and back > 3 else day


class FiscalCalendar(Model):
    """One fiscal year: by months, or by whole weeks."""

    starts_month: int | None = Field(default=None, ge=1, le=12)
    weeks: Weeks | None = None
    named_by: Literal["start", "end"]
    names: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.starts_month is None) == (self.weeks is None):
            raise ValueError("a fiscal calendar has either starts_month or weeks")
        return self

    @property
    def is_calendar_year(self) -> bool:
        """Whether it is the calendar year."""
        return self.starts_month == 1

    def year(self, label: int) -> Window:
        """Return the days of the fiscal year of that name.

        Example:
            >>> FiscalCalendar(starts_month=10, named_by="end").year(2025).start  # the federal year 2025
            datetime.date(2024, 10, 1)
        """
        if self.weeks is not None:
            start = self.weeks.end_of(label - 1) + timedelta(days=1)
            return Window(start, self.weeks.end_of(label), Precision.YEAR)
        month = self.starts_month or 1
        first = label - 1 if self.named_by == "end" and month > 1 else label
        return months_window(first, month, 12, Precision.YEAR)

    def label_at(self, day: date) -> int:
        """Return the name of the fiscal year that holds a day."""
        for label in (day.year - 1, day.year, day.year + 1):
            window = self.year(label)
            if window.start and window.end and window.start <= day <= window.end:
                return label
        raise ValueError(f"no fiscal year holds {day}")

    def quarter(self, label: int, quarter: int) -> Window:
        """Return a quarter of a fiscal year; 0 and 5 are of the years beside it."""
        if self.weeks is None:
            base = self.year(label).start or date(label, 1, 1)
            return months_window(base.year, base.month + quarter * 3 - 3, 3, Precision.QUARTER)
        label, quarter = label + (quarter - 1) // 4, (quarter - 1) % 4 + 1
        whole = self.year(label)
        if whole.start is None or whole.end is None:
            raise ValueError("a fiscal year has two ends")
        start = whole.start + timedelta(weeks=_QUARTER_WEEKS * (quarter - 1))
        # A year of 53 weeks has its extra week in the last quarter.
        end = whole.end if quarter == 4 else start + timedelta(weeks=_QUARTER_WEEKS, days=-1)
        return Window(start, end, Precision.QUARTER)

    def half(self, label: int, half: int) -> Window:
        """Return half a fiscal year."""
        first, last = self.quarter(label, half * 2 - 1), self.quarter(label, half * 2)
        return Window(first.start, last.end, Precision.HALF)

    def quarter_at(self, day: date) -> tuple[int, int]:
        """Return the name of the year and the number of the quarter that hold a day."""
        label = self.label_at(day)
        for number in range(1, 5):
            end = self.quarter(label, number).end
            if end is not None and day <= end:
                return label, number
        return label, 4


class FiscalCalendars(Model):
    """The file `fiscal_calendars.yaml`."""

    by_locale: dict[Locale, str]
    calendars: dict[str, FiscalCalendar]

    @model_validator(mode="after")
    def _names_belong_to_one(self) -> Self:
        owner: dict[str, str] = {}
        for key, calendar in self.calendars.items():
            for name in calendar.names:
                if owner.setdefault(name, key) != key:
                    raise ValueError(f"{name} stands in {owner[name]} and in {key}")
        unknown = set(self.by_locale.values()) - set(self.calendars)
        if unknown:
            raise ValueError(f"by_locale names unknown calendars {sorted(unknown)}")
        return self


@cache
def _by_name() -> dict[str, FiscalCalendar]:
    calendars = load("fiscal_calendars", FiscalCalendars).calendars
    return {shadow_of(name): calendar for calendar in calendars.values() for name in calendar.names}


@cache
def _issuer_pattern() -> re.Pattern[str]:
    return re.compile(alternatives(sorted(_by_name(), key=len, reverse=True)))


def default_calendar(locale: Locale) -> FiscalCalendar:
    """Return the calendar meant where nobody is named."""
    loaded = load("fiscal_calendars", FiscalCalendars)
    return loaded.calendars[loaded.by_locale[locale]]


@dataclass(slots=True)
class Issuers:
    """Who declares the fiscal years of one text: found on the first question, then kept."""

    shadow: str
    locale: Locale
    _places: list[int] | None = None
    _names: list[str] | None = None
    _declared: FiscalCalendar | None = None

    def calendar_at(self, place: int) -> FiscalCalendar:
        """Return the calendar that the text declares, or of the issuer named last before a place, or the default."""
        self._find()
        if self._declared is not None:
            return self._declared
        return self.issuer_at(place) or self._issuer_after(place) or default_calendar(self.locale)

    def issuer_at(self, place: int, *, reach: int = _REACH) -> FiscalCalendar | None:
        """Return the calendar of the issuer named last before a place and within reach, or None."""
        self._find()
        places, names = self._places or [], self._names or []
        index = bisect_right(places, place) - 1
        if index < 0 or place - places[index] > reach:
            return None
        return _by_name()[names[index]]

    def _issuer_after(self, place: int) -> FiscalCalendar | None:
        """Return the calendar of an issuer named right after (2020/21年度大豆进口)."""
        match = _issuer_pattern().search(self.shadow, place, place + _REACH_AFTER)
        return _by_name()[match[0]] if match else None

    def _find(self) -> None:
        if self._places is not None:
            return
        found = list(_issuer_pattern().finditer(self.shadow))
        self._places = [match.start() for match in found]
        self._names = [match[0] for match in found]
        if (declared := _DECLARED.search(self.shadow)) is not None:
            self._declared = _declared_calendar(declared)


def _declared_calendar(match: re.Match[str]) -> FiscalCalendar | None:
    """Return what 截至9月底止六个月 or 截至3月31日止年度 tells of the company's year."""
    written = match["month"]
    month = int(written) if written.isdigit() else _MONTHS[written]
    is_half = match["span"] in ("六个月", "6个月", "半年", "中期", "上半财年")
    starts = (month + (6 if is_half else 0)) % 12 + 1
    return FiscalCalendar(starts_month=starts, named_by="end")
