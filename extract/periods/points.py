"""Points: from a chain of atoms, the coarsest first, to the days it names.

The first atom is placed by the publication date, the passage and the tense of its clause; each further atom narrows
the window of those before it. A date that does not exist raises ValueError.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from extract.periods.atoms import Atom, Basis, Kind
from extract.periods.calendar import (
    Unit,
    Window,
    day_window,
    decade_window,
    easter,
    half_window,
    hull,
    last_day,
    month_window,
    months_window,
    quarter_window,
    shift,
    shift_months,
    week_window,
    weekend_window,
    year_window,
)
from extract.periods.fiscal import Issuers
from extract.periods.lunar import lunar_date, lunar_year_window
from extract.periods.passage import Passage
from extract.periods.phrases import Chain
from schemas.period import Precision
from schemas.text import Locale

_ZODIAC_OF_YEAR_4: Final = 4
"""Year 4 of our era was a year of the rat, the first animal."""
_ROC_REACH_YEARS: Final = 12
"""A bare three-digit year counts as one of the Republic only this near to publication; else it is a length."""
_ISSUER_REACH: Final = 200
"""Characters back in which a company's name still owns 本季; about a paragraph."""
_SAME_QUARTER_DAYS: Final = 10
"""A fiscal quarter that begins this near to a calendar one goes by the same name."""
_REPORT_MONTHS: Final = 3
"""Months into a year in which the year before is still being reported."""
_SUMMER_HOLIDAYS: Final = 7
_DAY_TENSE: Final = 15
_WEEKDAY_TENSE: Final = 4
_JUST_MONTHS: Final = 3
"""A month of the year before is meant only this near to publication."""
_SOON_MONTHS: Final = 4
"""A month of the year after is meant only this near to publication."""
_TENS = ((1, 10), (11, 20), (21, 31), (1, 15), (16, 31))


class NotAPeriod(Exception):  # noqa: N818 (no error: the caller asks and goes on)
    """The chain names no period here (a length that only looks like a year)."""


class NoReference(Exception):  # noqa: N818 (becomes a refusal with its reason)
    """The chain is relative, and the document has no date."""


class Ambiguous(Exception):  # noqa: N818 (becomes a refusal with its reason)
    """The chain can be read two ways, and nothing decides."""


class Points:
    """Places chains of atoms in the calendar, by the state of the passage."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.issuers = Issuers(passage.shadow, passage.locale)

    def window_of(self, chain: Chain, *, inherited: Window | None = None) -> Window:
        """Return the days a chain names.

        Args:
            chain: atoms from coarse to fine.
            inherited: the first point of a range, whose year and month the second takes where it names none.

        Raises:
            ValueError: the date does not exist.
            NotAPeriod, NoReference, Ambiguous: as their names say.
        """
        window = self._first(chain, inherited)
        for atom in chain[1:]:
            window = self._narrowed(window, atom, chain)
        return window

    @property
    def today(self) -> date:
        """The publication date."""
        if self.passage.publication is None:
            raise NoReference
        return self.passage.publication

    def _first(self, chain: Chain, inherited: Window | None) -> Window:
        atom = chain[0]
        if inherited is not None and (window := self._inheriting(atom, inherited)) is not None:
            return window
        return _PLACERS[atom.kind](self, atom, chain)

    def _inheriting(self, atom: Atom, inherited: Window) -> Window | None:
        """Return the second point of a range by the first: 10月5日至23日, 2024年10月至12月, 11月至2月."""
        base = inherited.start
        if base is None or atom.basis is not Basis.ABSOLUTE:
            return None
        if atom.kind is Kind.DAY:
            window = self._day_in(base.year, base.month, atom)
            return window if window.start is None or window.start >= base else self._later_month(base, atom)
        if atom.kind is Kind.MONTH:
            year = base.year + (1 if atom.low < base.month else 0)
            return months_window(year, int(atom.low), 1, Precision.MONTH)
        if atom.kind is Kind.QUARTER and not atom.detail:
            quarter = (base.month - 1) // 3 + 1
            return quarter_window(base.year + (1 if atom.high < quarter else 0), int(atom.high))
        if atom.kind is Kind.HALF and not atom.detail:
            return half_window(base.year, int(atom.high))
        return None

    def _later_month(self, base: date, atom: Atom) -> Window:
        month = shift_months(base.replace(day=1), 1)
        return self._day_in(month.year, month.month, atom)

    @staticmethod
    def _day_in(year: int, month: int, atom: Atom) -> Window:
        first, last = date(year, month, int(atom.low)), date(year, month, int(atom.high or atom.low))
        return Window(first, last, Precision.DAY if first == last else Precision.RANGE)

    def _date(self, atom: Atom, _chain: Chain) -> Window:
        return day_window(date(int(atom.low), int(atom.high) // 100, int(atom.high) % 100))

    def _year(self, atom: Atom, _chain: Chain) -> Window:
        if atom.basis is Basis.ABSOLUTE:
            base = 0
        elif atom.basis is Basis.PUBLICATION:
            base = self.today.year
        else:
            base = self._passage_year()
        low, high = base + int(atom.low), base + int(atom.high)
        return year_window(low, high - low + 1)

    def _passage_year(self) -> int:
        if self.passage.named is None or self.passage.named.start is None:
            raise NotAPeriod
        return self.passage.named.start.year

    def _roc_year(self, atom: Atom, chain: Chain) -> Window:
        year = int(atom.low)
        near = self.passage.publication is not None and abs(year - self.passage.publication.year) <= _ROC_REACH_YEARS
        if self.passage.locale is not Locale.TAIWAN or not (near or len(chain) > 1):
            raise NotAPeriod
        return year_window(year)

    def _short_year(self, atom: Atom, _chain: Chain) -> Window:
        # 98年 is 1998 or, in Taiwan, 2009 (year 98 of the Republic).
        if self.passage.locale is Locale.TAIWAN and atom.low < 2000:
            raise Ambiguous
        return year_window(int(atom.low))

    def _lunar_year(self, atom: Atom, _chain: Chain) -> Window:
        """Return the lunar year of an animal that is nearest to publication."""
        year = self.today.year
        offset = (int(atom.low) - (year - _ZODIAC_OF_YEAR_4)) % 12
        return lunar_year_window(year + (offset if offset <= 6 else offset - 12))

    def _decade(self, atom: Atom, _chain: Chain) -> Window:
        return decade_window(int(atom.low))

    def _century(self, atom: Atom, _chain: Chain) -> Window:
        number = int(atom.low)
        if atom.basis is Basis.PUBLICATION:
            number += self.today.year // 100 + 1
        return Window(date(number * 100 - 99, 1, 1), date(number * 100, 12, 31), Precision.RANGE)

    def _fiscal(self, atom: Atom, _chain: Chain) -> Window:
        calendar = self.issuers.calendar_at(atom.start)
        low, high = int(atom.low), int(atom.high)
        if atom.detail == "pair":
            return calendar.straddling(low)
        if atom.basis is Basis.PUBLICATION:
            return calendar.year(calendar.label_at(self.today) + low)
        first = calendar.year(low)
        return first if low == high else hull(first, calendar.year(high))

    def _fiscal_quarter(self, atom: Atom, _chain: Chain) -> Window:
        _check(int(atom.low), 4)
        calendar = self.issuers.calendar_at(atom.start)
        base = self.passage.named.end if self.passage.named and self.passage.named.end else self.today
        label, _ = calendar.quarter_at(base)
        return calendar.quarter(label, int(atom.low))

    def _half(self, atom: Atom, chain: Chain) -> Window:
        half = int(atom.low)
        if atom.detail == "fiscal":
            calendar = self.issuers.calendar_at(atom.start)
            return calendar.half(calendar.label_at(self.today), half)
        if atom.detail.isdigit():
            return half_window(int(atom.detail), half)
        return half_window(self._year_for(half * 6 - 5, half * 6, chain), half)

    def _quarter(self, atom: Atom, chain: Chain) -> Window:
        if atom.basis is not Basis.ABSOLUTE:
            base = self._base_of(atom, Precision.QUARTER)
            quarter = quarter_window(base.year, (base.month - 1) // 3 + 1 + int(atom.low))
            return self._company_quarter(atom, base) or quarter
        low, high = int(atom.low), int(atom.high)
        _check(low, 4)
        year = int(atom.detail) if atom.detail.isdigit() else self._year_for(low * 3 - 2, high * 3, chain)
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
        edges = [quarter_window(own.start.year, number).start for number in range(1, 6)]
        is_calendar = any(edge and abs((own.start - edge).days) <= _SAME_QUARTER_DAYS for edge in edges)
        return None if is_calendar else own

    def _month(self, atom: Atom, chain: Chain) -> Window:
        if atom.basis is not Basis.ABSOLUTE:
            base = self._base_of(atom, Precision.MONTH)
            return months_window(base.year, base.month + int(atom.low), 1, Precision.MONTH)
        low, high = int(atom.low), int(atom.high)
        _check(low, 12)
        _check(high, 12)
        return self._months(self._year_for(low, high, chain), low, high)

    def _base_of(self, atom: Atom, precision: Precision) -> date:
        """Return the day an atom counts from: 较上月 after 6月 means May, 上月 alone the month before publication."""
        named = self.passage.named
        if atom.basis is Basis.PASSAGE:
            return (named.start if named else None) or self.today
        if atom.low == 0 or not self.passage.is_comparison(atom.start):
            return self.today
        if precision is Precision.MONTH:
            return self.passage.month or self.today
        return self.passage.quarter or self.today

    @staticmethod
    def _months(year: int, low: int, high: int) -> Window:
        first = month_window(year, low)
        return first if low == high else hull(first, month_window(year + (1 if high < low else 0), high))

    def _season(self, atom: Atom, chain: Chain) -> Window:
        return self._season_in(self._year_for(int(atom.low), int(atom.low), chain), atom)

    @staticmethod
    def _season_in(year: int, atom: Atom) -> Window:
        # The summer holidays begin in July and are two months long; a season has three.
        month = int(atom.low)
        return months_window(year, month, 2 if month == _SUMMER_HOLIDAYS else 3, Precision.RANGE)

    def _first_part(self, atom: Atom, _chain: Chain) -> Window:
        """Return 前五个月 and the like: the first months of the year the passage is about."""
        unit = Unit(atom.detail)
        if unit is Unit.YEAR:
            end = date(self.today.year - 1, 12, 31)
            return Window(date(self.today.year - int(atom.high), 1, 1), end, Precision.RANGE)
        if unit in (Unit.DAY, Unit.WEEK):
            raise NotAPeriod
        return self._opening(self._carried_year(), atom)

    @staticmethod
    def _opening(year: int, atom: Atom) -> Window:
        months = int(atom.high) * (3 if atom.detail == "quarter" else 1)
        _check(months, 12)
        return months_window(year, 1, months, Precision.RANGE)

    def _carried_year(self) -> int:
        return self.passage.year or self.today.year

    def _month_day(self, atom: Atom, chain: Chain) -> Window:
        month = int(atom.low)
        _check(month, 12)
        year = self._year_for(month, month, chain)
        return day_window(date(year, month, int(atom.high)))

    def _day(self, atom: Atom, chain: Chain) -> Window:
        """Return the day of that number which is nearest; where two are near, the tense decides."""
        today = self.today
        if self._is_count_of_days(atom):
            raise NotAPeriod
        low, high = int(atom.low), int(atom.high or atom.low)
        _check(low, 31)
        _check(high, 31)
        candidates = [shift_months(today.replace(day=1), step) for step in (-1, 0, 1)]
        days = [date(c.year, c.month, low) for c in candidates if low <= last_day(c.year, c.month)]
        best = self._likeliest(days, chain, _DAY_TENSE)
        return Window(best, best.replace(day=high), Precision.DAY if low == high else Precision.RANGE)

    def _is_count_of_days(self, atom: Atom) -> bool:
        """Return whether 三日 or 连涨11日 counts days rather than naming one."""
        shadow = self.passage.shadow
        is_short_word = atom.end - atom.start == 2 and not shadow[atom.start].isdigit()
        return is_short_word or "连" in shadow[max(0, atom.start - 2) : atom.start]

    def _likeliest(self, days: list[date], chain: Chain, weight: int) -> date:
        """Return the nearest of some days, where going against the tense counts as `weight` days more."""
        today = self.today
        start, end = chain[0].start, chain[-1].end
        is_act = self.passage.is_act(end) and not self.passage.is_announced(start)
        is_back = is_act or self.passage.looks_back(start, end)
        is_deadline = not is_back and self.passage.shadow.startswith("前", end)
        is_ahead = is_deadline or (not is_back and self.passage.looks_ahead(start, end))

        def distance(day: date) -> int:
            against = (is_back and day > today) or (is_ahead and day < today)
            return abs((day - today).days) + (weight if against else 0)

        return min(days, key=distance)

    def _ten_days(self, atom: Atom, _chain: Chain) -> Window:
        return self._third(month_window(self.today.year, self.today.month), int(atom.low))

    @staticmethod
    def _third(month: Window, third: int) -> Window:
        if month.start is None:
            raise NotAPeriod
        first, last = _TENS[third - 1]
        end = month.start.replace(day=min(last, last_day(month.start.year, month.start.month)))
        return Window(month.start.replace(day=first), end, Precision.RANGE)

    def _week(self, atom: Atom, _chain: Chain) -> Window:
        named = self.passage.named if atom.basis is Basis.PASSAGE else None
        steps = int(atom.low)
        if atom.detail == "whole" and self.today.weekday() == 0:
            steps -= 1
        return week_window((named.start if named else None) or self.today, steps)

    def _weekday(self, atom: Atom, chain: Chain) -> Window:
        steps, weekday = int(atom.low), int(atom.high)
        monday = week_window(self.today, steps).start or self.today
        day = monday + timedelta(days=weekday)
        if atom.basis is Basis.ABSOLUTE and day > self.today:
            day = self._likeliest([day, day - timedelta(days=7)], chain, _WEEKDAY_TENSE)
        elif atom.basis is Basis.ABSOLUTE and day < self.today:
            day = self._likeliest([day, day + timedelta(days=7)], chain, _WEEKDAY_TENSE)
        return day_window(day)

    def _weekend(self, atom: Atom, chain: Chain) -> Window:
        if atom.detail == "对上" and self.passage.named is not None and self.passage.named.start is not None:
            return weekend_window(self.passage.named.start, -1)
        steps = int(atom.low)
        is_bare = atom.basis is Basis.ABSOLUTE
        if is_bare and self.today.weekday() < 5 and not self.passage.looks_ahead(chain[0].start, chain[-1].end):
            steps = -1
        return weekend_window(self.today, steps)

    def _relative_day(self, atom: Atom, _chain: Chain) -> Window:
        base = (self.passage.day if atom.basis is Basis.PASSAGE else None) or self.today
        return day_window(base + timedelta(days=int(atom.low)))

    def _feast(self, atom: Atom, chain: Chain) -> Window:
        month = int(atom.low)
        return day_window(self._feast_in(self._nearest_feast_year(atom, month, chain), atom))

    def _nearest_feast_year(self, atom: Atom, _month: int, _chain: Chain) -> int:
        today = self.today
        return min(
            (today.year - 1, today.year, today.year + 1), key=lambda y: abs((self._feast_in(y, atom) - today).days)
        )

    @staticmethod
    def _feast_in(year: int, atom: Atom) -> date:
        if not atom.low:
            return easter(year)
        if atom.detail == "lunar":
            return lunar_date(year, int(atom.low), int(atom.high))
        return date(year, int(atom.low), int(atom.high))

    def _part(self, atom: Atom, chain: Chain) -> Window:
        granularity, part = atom.detail.split(".")
        if granularity == "month":
            return self._part_of(month_window(self.today.year, self.today.month), part)
        if granularity == "quarter":
            return self._part_of(quarter_window(self.today.year, (self.today.month - 1) // 3 + 1), part)
        month = {"start": 1, "middle": 6, "end": 12}[part]
        return self._part_of(year_window(self._year_for(month, month, chain)), part)

    def topic_year(self, start: int, end: int) -> int:
        """Return the year that 全年 and 年底 mean: this one, or the one the passage has turned to.

        A year to come that was named before carries over (明年6月见7.1,年底7.25); a past one does only early in the
        year, while the last one is still being reported.
        """
        today = self.today
        carried = self.passage.year_carried_to(start)
        if carried is not None and carried > today.year:
            return carried
        named = self.passage.named.start if self.passage.named else None
        if named is not None and named.year < today.year and self.passage.is_outcome(start):
            return named.year
        is_report = today.month <= _REPORT_MONTHS and named is not None and named.year == today.year - 1
        return today.year - 1 if is_report and not self.passage.looks_ahead(start, end) else today.year

    def _year_for(self, first_month: int, last_month: int, chain: Chain) -> int:
        """Return the year of a bare half, quarter or month: this year, unless another is much nearer and fits."""
        start, end = chain[0].start, chain[-1].end
        carried = self.passage.year_carried_to(start)
        if carried is not None:
            return carried
        if (statement := self.passage.statement_before(start)) is not None and statement.start is not None:
            return statement.start.year
        today = self.today
        is_wide = last_month - first_month >= 3 or chain[0].kind is Kind.PART
        is_act = self.passage.is_act(end) and not self.passage.is_announced(start)
        is_back = self.passage.looks_back(start, end) or is_act
        is_ahead = not is_back and self.passage.looks_ahead(start, end)
        if last_month < today.month and not is_wide and self.passage.is_firmly_ahead(start, end):
            return today.year + 1
        since_last, till_next = today.month + 12 - last_month, first_month + 12 - today.month
        if since_last <= _JUST_MONTHS and (is_back if is_wide else not is_ahead):
            return today.year - 1
        if till_next <= _SOON_MONTHS and is_ahead:
            return today.year + 1
        return today.year

    def _narrowed(self, window: Window, atom: Atom, chain: Chain) -> Window:
        if atom.detail == "clock":
            return window
        if atom.detail == "bracket":
            return self._bracketed(window, atom)
        if window.start is None:
            raise NotAPeriod
        if atom.kind is Kind.PART:
            return self._part_of(window, atom.detail.split(".")[1])
        return self._inside(window.start, atom, window, chain)

    def _inside(self, base: date, atom: Atom, window: Window, chain: Chain) -> Window:
        """Return the narrower period inside a year, a month or a fiscal year that begins at `base`."""
        low, high = int(atom.low), int(atom.high)
        if atom.kind is Kind.DAY:
            return self._day_in(base.year, base.month, atom)
        if atom.kind is Kind.TEN_DAYS:
            return self._third(window, low)
        if atom.kind is Kind.OPEN:
            return window
        if atom.kind is Kind.MONTH:
            _check(low, 12)
            _check(high, 12)
            return self._months(base.year, low, high)
        if atom.kind is Kind.MONTH_DAY:
            return day_window(date(base.year, low, high))
        if atom.kind is Kind.FEAST:
            return day_window(self._feast_in(base.year, atom))
        if atom.kind is Kind.SEASON:
            return self._season_in(base.year, atom)
        return self._fraction(base, atom)

    @staticmethod
    def _fraction(base: date, atom: Atom) -> Window:
        """Return a half, a quarter or the first months, counted from the first month of the year at hand."""
        low, high = int(atom.low), int(atom.high)
        if atom.kind is Kind.HALF:
            return months_window(base.year, base.month + low * 6 - 6, 6, Precision.HALF)
        if atom.kind in (Kind.QUARTER, Kind.FISCAL_QUARTER):
            _check(low, 4)
            precision = Precision.QUARTER if low == high else Precision.RANGE
            return months_window(base.year, base.month + low * 3 - 3, (high - low + 1) * 3, precision)
        months = high * {"quarter": 3, "year": 12}.get(atom.detail, 1)
        if atom.detail in ("day", "week"):
            end = shift(base, high, Unit(atom.detail)) - timedelta(days=1)
            return Window(base, end, Precision.RANGE)
        return months_window(base.year, base.month, months, Precision.RANGE)

    @staticmethod
    def _bracketed(window: Window, atom: Atom) -> Window:
        """A day in brackets after a relative day tells it exactly: 上周五(3日)."""
        day, month = int(atom.low), int(atom.high)
        base = window.start
        if base is None:
            raise NotAPeriod
        candidates = [base + timedelta(days=step) for step in range(-8, 9)]
        fitting = [c for c in candidates if c.day == day and month in (0, c.month)]
        if not fitting:
            raise Ambiguous
        return day_window(min(fitting, key=lambda c: abs((c - base).days)))

    @staticmethod
    def _part_of(window: Window, part: str) -> Window:
        """Return the start, middle or end of a period, by how long it is (GUIDELINES: 年底 is December)."""
        start, end = window.start, window.end
        if start is None or end is None:
            raise NotAPeriod
        if window.precision is Precision.DECADE:
            low, high = {"early": (0, 3), "start": (0, 3), "middle": (4, 6), "end": (7, 9)}[part]
            return year_window(start.year + low, high - low + 1)
        if window.precision is Precision.MONTH:
            return Points._third(window, {"early": 1, "start": 1, "middle": 2, "end": 3}[part])
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        if months > 12:
            years = months // 12
            third = max(years // 3, 1)
            first = {"early": 0, "start": 0, "middle": third, "end": years - third}[part]
            return year_window(start.year + first, third)
        steps = {"early": 0, "start": 0, "middle": (months - 1) // 2, "end": months - 1}
        return months_window(start.year, start.month + steps[part], 1, Precision.MONTH)


def _check(number: int, greatest: int) -> None:
    if not 1 <= number <= greatest:
        raise ValueError(f"{number} is not between 1 and {greatest}")


Placer = Callable[[Points, Atom, Chain], Window]
_PLACERS: Final[Mapping[Kind, Placer]] = {
    Kind.DATE: Points._date,
    Kind.YEAR: Points._year,
    Kind.ROC_YEAR: Points._roc_year,
    Kind.SHORT_YEAR: Points._short_year,
    Kind.LUNAR_YEAR: Points._lunar_year,
    Kind.FISCAL: Points._fiscal,
    Kind.FISCAL_QUARTER: Points._fiscal_quarter,
    Kind.DECADE: Points._decade,
    Kind.CENTURY: Points._century,
    Kind.HALF: Points._half,
    Kind.QUARTER: Points._quarter,
    Kind.SEASON: Points._season,
    Kind.MONTH: Points._month,
    Kind.TEN_DAYS: Points._ten_days,
    Kind.DAY: Points._day,
    Kind.MONTH_DAY: Points._month_day,
    Kind.WEEK: Points._week,
    Kind.WEEKDAY: Points._weekday,
    Kind.WEEKEND: Points._weekend,
    Kind.RELATIVE_DAY: Points._relative_day,
    Kind.FEAST: Points._feast,
    Kind.PART: Points._part,
    Kind.FIRST: Points._first_part,
}
