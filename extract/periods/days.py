"""Points that begin with a day, a weekday, a week or a feast."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from extract.periods.atoms import Atom, Basis, Kind
from extract.periods.calendar import Window, day_window, last_day, shift_months, week_window, weekend_window
from extract.periods.choosing import Choice
from extract.periods.narrowing import feast_in
from extract.periods.outcomes import NotAPeriod, check
from extract.periods.phrases import Chain
from schemas.period import Precision

_DAY_TENSE: Final = 15
"""Days that a bare 15日 may lie further off, to agree with the tense."""
_WEEKDAY_TENSE: Final = 4
"""Days that a bare 周五 may lie further off, to agree with the tense."""
_MONDAY: Final = 0
_SATURDAY: Final = 5


class Days:
    """Places the finer points in the calendar."""

    def __init__(self, choice: Choice) -> None:
        self.choice = choice
        self.passage = choice.passage
        self.placers: Mapping[Kind, Callable[[Atom, Chain], Window]] = {
            Kind.DATE: self._date,
            Kind.DAY: self._day,
            Kind.MONTH_DAY: self._month_day,
            Kind.WEEK: self._week,
            Kind.WEEKDAY: self._weekday,
            Kind.WEEKEND: self._weekend,
            Kind.RELATIVE_DAY: self._relative_day,
            Kind.FEAST: self._feast,
            Kind.LUNAR_DAY: self._feast,
        }

    @staticmethod
    def _date(atom: Atom, _chain: Chain) -> Window:
        return day_window(date(int(atom.low), int(atom.high) // 100, int(atom.high) % 100))

    def _month_day(self, atom: Atom, chain: Chain) -> Window:
        month = int(atom.low)
        check(month, 12)
        return day_window(date(self.choice.year_of(month, month, chain), month, int(atom.high)))

    def _day(self, atom: Atom, chain: Chain) -> Window:
        """Return the day of that number which is nearest; where two are near, the tense decides."""
        if self._is_count_of_days(atom):
            raise NotAPeriod
        low, high = int(atom.low), int(atom.high or atom.low)
        check(low, 31)
        check(high, 31)
        months = [shift_months(self.choice.today.replace(day=1), step) for step in (-1, 0, 1)]
        days = [month.replace(day=low) for month in months if low <= last_day(month.year, month.month)]
        best = self.choice.likeliest(days, chain, _DAY_TENSE)
        return Window(best, best.replace(day=high), Precision.DAY if low == high else Precision.RANGE)

    def _is_count_of_days(self, atom: Atom) -> bool:
        """Return whether 三日 or 连涨11日 counts days rather than naming one."""
        shadow = self.passage.shadow
        is_short_word = atom.end - atom.start == 2 and not shadow[atom.start].isdigit()
        return is_short_word or "连" in shadow[max(0, atom.start - 2) : atom.start]

    def _week(self, atom: Atom, _chain: Chain) -> Window:
        named = self.passage.named if atom.basis is Basis.PASSAGE else None
        today = self.choice.today
        # 全周 in a Monday's market report is the week that has just closed.
        is_closed = atom.detail == "whole" and today.weekday() == _MONDAY
        return week_window((named.start if named else None) or today, int(atom.low) - is_closed)

    def _weekday(self, atom: Atom, chain: Chain) -> Window:
        today = self.choice.today
        monday = week_window(today, int(atom.low)).start or today
        day = monday + timedelta(days=int(atom.high))
        if atom.basis is Basis.ABSOLUTE and day != today:
            other = day - timedelta(days=7) if day > today else day + timedelta(days=7)
            day = self.choice.likeliest([day, other], chain, _WEEKDAY_TENSE)
        return day_window(day)

    def _weekend(self, atom: Atom, chain: Chain) -> Window:
        today, named = self.choice.today, self.passage.named
        if atom.detail == "before" and named is not None and named.start is not None:
            return weekend_window(named.start, -1)
        is_bare = atom.basis is Basis.ABSOLUTE and today.weekday() < _SATURDAY
        is_last = is_bare and not self.passage.looks_ahead(chain[0].start, chain[-1].end)
        return weekend_window(today, -1 if is_last else int(atom.low))

    def _relative_day(self, atom: Atom, _chain: Chain) -> Window:
        base = (self.passage.day if atom.basis is Basis.PASSAGE else None) or self.choice.today
        return day_window(base + timedelta(days=int(atom.low)))

    def _feast(self, atom: Atom, _chain: Chain) -> Window:
        """Return the feast that is nearest to publication."""
        today = self.choice.today
        found = [feast_in(date(year, 1, 1), atom) for year in (today.year - 1, today.year, today.year + 1)]
        return min(found, key=lambda window: abs(((window.start or today) - today).days))
