"""Points that begin with a year, a fiscal year, a half, a quarter, a month or a part of one."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from extract.periods.atoms import Atom, Basis, Kind
from extract.periods.calendar import (
    Unit,
    Window,
    decade_window,
    half_window,
    hull,
    month_window,
    months_window,
    quarter_window,
    shift,
    year_window,
)
from extract.periods.choosing import Choice
from extract.periods.fiscal import Issuers
from extract.periods.lunar import lunar_year_window
from extract.periods.narrowing import months_in, part_of, season_in, third_of
from extract.periods.outcomes import Ambiguous, NotAPeriod, check
from extract.periods.phrases import Chain
from schemas.period import Precision
from schemas.text import Locale

_RAT_YEAR: Final = 4
"""Year 4 of our era was a year of the rat, the first animal."""
_ROC_REACH_YEARS: Final = 12
"""A bare three-digit year counts as one of the Republic only this near to publication; else it is a length."""
_ISSUER_REACH: Final = 200
"""Characters back in which a company's name still owns 本季; about a paragraph."""
_SAME_QUARTER_DAYS: Final = 10
"""A fiscal quarter that begins this near to a calendar one goes by the same name."""
_HALF_MONTHS: Final = 6
_PART_MONTH: Final = {"start": 1, "middle": 6, "end": 12}


class Years:
    """Places the coarser points in the calendar."""

    def __init__(self, choice: Choice) -> None:
        self.choice = choice
        self.passage = choice.passage
        self.issuers = Issuers(self.passage.shadow, self.passage.locale)
        self.placers: Mapping[Kind, Callable[[Atom, Chain], Window]] = {
            Kind.YEAR: self._year,
            Kind.ROC_YEAR: self._roc_year,
            Kind.SHORT_YEAR: self._short_year,
            Kind.LUNAR_YEAR: self._lunar_year,
            Kind.FISCAL: self._fiscal,
            Kind.FISCAL_QUARTER: self._fiscal_quarter,
            Kind.DECADE: self._decade,
            Kind.CENTURY: self._century,
            Kind.HALF: self._half,
            Kind.QUARTER: self._quarter,
            Kind.SEASON: self._season,
            Kind.MONTH: self._month,
            Kind.TEN_DAYS: self._ten_days,
            Kind.PART: self._part,
            Kind.FIRST: self._first,
            Kind.ORDINAL: self._ordinal,
        }

    def inside_fiscal(self, fiscal: Atom, atom: Atom) -> Window:
        """Return a half or a quarter of a fiscal year, by the calendar of whoever declares it."""
        calendar = self.issuers.calendar_at(fiscal.start)
        label = self._label(fiscal)
        low, high = int(atom.low), int(atom.high)
        if atom.kind is Kind.HALF:
            return calendar.half(label, low)
        check(low, 4)
        first = calendar.quarter(label, low)
        return first if low == high else hull(first, calendar.quarter(label, high))

    def _label(self, atom: Atom) -> int:
        calendar = self.issuers.calendar_at(atom.start)
        if atom.basis is Basis.PUBLICATION:
            return calendar.label_at(self.choice.today) + int(atom.low)
        is_pair = atom.detail == "pair" and calendar.named_by == "end"
        return int(atom.low) + (1 if is_pair else 0)

    def _year(self, atom: Atom, _chain: Chain) -> Window:
        base = 0
        if atom.basis is not Basis.ABSOLUTE:
            base = self.choice.today.year if atom.basis is Basis.PUBLICATION else self._passage_year()
        low, high = base + int(atom.low), base + int(atom.high)
        return year_window(low, high - low + 1)

    def _passage_year(self) -> int:
        """Return the year of the period named before: 当年 with nothing before it names no period."""
        if self.passage.named is None or self.passage.named.start is None:
            raise NotAPeriod
        return self.passage.named.start.year

    def _roc_year(self, atom: Atom, chain: Chain) -> Window:
        year, published = int(atom.low), self.passage.publication
        is_near = published is not None and abs(year - published.year) <= _ROC_REACH_YEARS
        if self.passage.locale is not Locale.TAIWAN or not (is_near or len(chain) > 1):
            raise NotAPeriod
        return year_window(year)

    def _short_year(self, atom: Atom, _chain: Chain) -> Window:
        # 98年 is 1998 or, in Taiwan, 2009 (year 98 of the Republic).
        if self.passage.locale is Locale.TAIWAN and atom.low < 2000:
            raise Ambiguous
        return year_window(int(atom.low))

    def _lunar_year(self, atom: Atom, _chain: Chain) -> Window:
        """Return the lunar year of an animal that is nearest to publication."""
        year = self.choice.today.year
        offset = (int(atom.low) - (year - _RAT_YEAR)) % 12
        return lunar_year_window(year + (offset if offset <= 6 else offset - 12))

    def _decade(self, atom: Atom, _chain: Chain) -> Window:
        return decade_window(int(atom.low))

    def _century(self, atom: Atom, _chain: Chain) -> Window:
        number = int(atom.low)
        if atom.basis is Basis.PUBLICATION:
            number += self.choice.today.year // 100 + 1
        return Window(date(number * 100 - 99, 1, 1), date(number * 100, 12, 31), Precision.RANGE)

    def _fiscal(self, atom: Atom, _chain: Chain) -> Window:
        calendar = self.issuers.calendar_at(atom.start)
        if atom.detail == "pair" and calendar.is_calendar_year:
            raise Ambiguous
        first = calendar.year(self._label(atom))
        is_one = atom.detail != "several" or atom.low == atom.high
        return first if is_one else hull(first, calendar.year(int(atom.high)))

    def _fiscal_quarter(self, atom: Atom, _chain: Chain) -> Window:
        check(int(atom.low), 4)
        calendar = self.issuers.calendar_at(atom.start)
        named = self.passage.named
        label, _ = calendar.quarter_at((named.end if named else None) or self.choice.today)
        return calendar.quarter(label, int(atom.low))

    def _half(self, atom: Atom, chain: Chain) -> Window:
        half = int(atom.low)
        if atom.detail == "fiscal":
            calendar = self.issuers.calendar_at(atom.start)
            return calendar.half(calendar.label_at(self.choice.today), half)
        if atom.basis is Basis.PUBLICATION:
            today = self.choice.today
            return half_window(today.year, (1 if today.month <= _HALF_MONTHS else 2) + half)
        if atom.detail.isdigit():
            return half_window(int(atom.detail), half)
        return half_window(self.choice.year_of(half * 6 - 5, half * 6, chain), half)

    def _quarter(self, atom: Atom, chain: Chain) -> Window:
        if atom.basis is not Basis.ABSOLUTE:
            base = self.choice.base_of(atom, Precision.QUARTER)
            quarter = quarter_window(base.year, (base.month - 1) // 3 + 1 + int(atom.low))
            return self._company_quarter(atom, base) or quarter
        low, high = int(atom.low), int(atom.high)
        check(low, 4)
        check(high, 4)
        year = int(atom.detail) if atom.detail.isdigit() else self.choice.year_of(low * 3 - 2, high * 3, chain)
        first = quarter_window(year, low)
        return first if low == high else hull(first, quarter_window(year, high))

    def _company_quarter(self, atom: Atom, base: date) -> Window | None:
        """Return 本季 and the like of a company whose quarters are not those of the calendar, or None."""
        issuer = self.issuers.issuer_at(atom.start, reach=_ISSUER_REACH)
        if issuer is None or issuer.weeks is None:
            return None
        label, number = issuer.quarter_at(base)
        own = issuer.quarter(label, number + int(atom.low))
        if own.start is None:
            return None
        edges = (quarter_window(own.start.year, number).start for number in range(1, 6))
        is_calendar = any(edge and abs((own.start - edge).days) <= _SAME_QUARTER_DAYS for edge in edges)
        return None if is_calendar else own

    def _month(self, atom: Atom, chain: Chain) -> Window:
        if atom.basis is not Basis.ABSOLUTE:
            base = self.choice.base_of(atom, Precision.MONTH)
            return months_window(base.year, base.month + int(atom.low), 1, Precision.MONTH)
        check(int(atom.low), 12)
        return months_in(date(self.choice.year_of(int(atom.low), int(atom.high), chain), 1, 1), atom)

    def _season(self, atom: Atom, chain: Chain) -> Window:
        month = int(atom.low)
        return season_in(date(self.choice.year_of(month, month, chain), 1, 1), atom)

    def _ten_days(self, atom: Atom, _chain: Chain) -> Window:
        today = self.choice.today
        return third_of(month_window(today.year, today.month), int(atom.low))

    def _part(self, atom: Atom, chain: Chain) -> Window:
        granularity, part = atom.detail.split(".")
        if granularity == "year":
            month = _PART_MONTH[part]
            return part_of(year_window(self.choice.year_of(month, month, chain)), part)
        if granularity == "month":
            base = self.choice.month_of(chain[0].start, chain[-1].end)
            return part_of(month_window(base.year, base.month), part)
        today = self.choice.today
        return part_of(quarter_window(today.year, (today.month - 1) // 3 + 1), part)

    def _ordinal(self, _atom: Atom, _chain: Chain) -> Window:
        """Refuse to place 第二周 alone: the second of what?"""
        raise NotAPeriod

    def _first(self, atom: Atom, _chain: Chain) -> Window:
        """Return 前五个月 and the like: the first months of the year the passage is about; 前三年 are past ones."""
        if atom.detail == Unit.YEAR:
            year = self.choice.today.year
            return Window(date(year - int(atom.high), 1, 1), date(year - 1, 12, 31), Precision.RANGE)
        if atom.detail in (Unit.DAY, Unit.WEEK) and self.passage.shadow[atom.start] != "前":
            raise NotAPeriod
        if atom.detail in (Unit.DAY, Unit.WEEK):
            today = self.choice.today
            return Window(shift(today, -atom.high, Unit(atom.detail)), today)
        months = int(atom.high) * (3 if atom.detail == Unit.QUARTER else 1)
        check(months, 12)
        return months_window(self.passage.year or self.choice.today.year, 1, months, Precision.RANGE)
