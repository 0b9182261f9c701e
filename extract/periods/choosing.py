"""Which year, month or day a bare 9月, 第四季, 15日 or 周五 means: by publication date, passage and tense."""

from datetime import date
from typing import Final

from extract.periods.atoms import Atom, Basis, Kind
from extract.periods.outcomes import NoReference
from extract.periods.passage import Passage
from extract.periods.phrases import Chain
from schemas.period import Precision

_REPORT_MONTHS: Final = 3
"""Months into a year in which the year before is still being reported."""
_JUST_MONTHS: Final = 3
"""A month of the year before is meant only this near to publication."""
_SOON_MONTHS: Final = 4
"""A month of the year after is meant only this near to publication."""
_WIDE_MONTHS: Final = 3
"""Longer than a quarter: such a period is of this year unless the tense is plain."""


class Choice:
    """Chooses among the years, months and days that a bare expression may mean."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage

    @property
    def today(self) -> date:
        """The publication date; raises NoReference where it is unknown."""
        if self.passage.publication is None:
            raise NoReference
        return self.passage.publication

    def topic_year(self, start: int, end: int) -> int:
        """Return the year that 全年 means: this one, or the one the passage has turned to.

        A year to come that was named before carries over (明年6月见7.1,全年升5%); a past one does where the clause
        tells an outcome, and early in the year, while the last one is still being reported.
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

    def year_of(self, first_month: int, last_month: int, chain: Chain) -> int:
        """Return the year of a bare half, quarter or month: this year, unless another is nearer and fits the tense."""
        start, end = chain[0].start, chain[-1].end
        is_part = chain[0].kind is Kind.PART
        carried = self.passage.year_carried_to(start)
        # 明年扩产,年初已签约: what has happened is not of a year to come.
        is_over = is_part and carried is not None and carried > self.today.year and self._is_told(start, end)
        if carried is not None and not is_over:
            return carried
        if is_part and (framed := self._framed_year(last_month, start, end)) is not None:
            return framed
        if (statement := self.passage.statement_before(start)) is not None and statement.start is not None:
            # Said in December, 年底 is the end of the year to come.
            is_late = is_part and statement.start.month == last_month
            return statement.start.year + is_late
        is_wide = last_month - first_month >= _WIDE_MONTHS or is_part
        month = self.today.month
        if last_month < month and not is_wide and self.passage.is_firmly_ahead(start, end):
            return self.today.year + 1
        return self.today.year + self._step(first_month - month, last_month - month, chain, is_wide=is_wide)

    def _framed_year(self, month: int, start: int, end: int) -> int | None:
        """Return the year that the sentence speaks of where a part of a year (年底) goes on with it, or None.

        A year to come goes on unless the clause tells what has happened (明年景氣回溫,年底失業率降至3%), though near
        the end of this one 年底 after a bare 明年 may be either. A past one goes on where the clause tells what in this
        year is still to come (去年六月調價,年底已漲回).
        """
        frame, today = self.passage.frame_of_part(start, end), self.today
        if frame is None or frame.start is None or frame.precision is Precision.DAY:
            return None
        year, is_told = frame.start.year, self._is_told(start, end)
        if frame.end is None or frame.end.year != year:
            return None
        if year > today.year:
            is_either = frame.precision is Precision.YEAR and 0 <= month - today.month < _JUST_MONTHS
            return None if is_told or is_either else year
        is_past = year < today.year and is_told and not self.passage.looks_ahead(start, end)
        return year if is_past and month > today.month else None

    def month_of(self, start: int, end: int) -> date:
        """Return a day of the month that 月初 or 月底 is of: a later one that the sentence speaks of, or this one."""
        frame, today = self.passage.frame_of_part(start, end), self.today
        if frame is None or frame.start is None or frame.end is None or self._is_told(start, end):
            return today
        is_one = (frame.start.year, frame.start.month) == (frame.end.year, frame.end.month)
        return frame.start if is_one and frame.start > today else today

    def _step(self, first: int, last: int, chain: Chain, *, is_wide: bool) -> int:
        """Return -1, 0 or 1 years for a period that lies `first` to `last` months after publication."""
        start, end = chain[0].start, chain[-1].end
        is_back = self._is_told(start, end) or self.passage.is_comparison(start)
        is_ahead = not is_back and self.passage.looks_ahead(start, end)
        if 12 - last <= _JUST_MONTHS and (is_back if is_wide else not is_ahead):
            return -1
        return 1 if 12 + first <= _SOON_MONTHS and is_ahead else 0

    def _is_told(self, start: int, end: int) -> bool:
        is_act = self.passage.is_act(end) and not self.passage.is_announced(start)
        return is_act or self.passage.looks_back(start, end)

    def likeliest(self, days: list[date], chain: Chain, weight: int) -> date:
        """Return the nearest of some days; going against the tense counts as `weight` days more."""
        today = self.today
        start, end = chain[0].start, chain[-1].end
        is_back = self._is_told(start, end)
        is_deadline = not is_back and days[0] > today and self.passage.shadow.startswith("前", end)
        is_ahead = is_deadline or (not is_back and self.passage.looks_ahead(start, end))

        def distance(day: date) -> int:
            is_against = (is_back and day > today) or (is_ahead and day < today)
            return abs((day - today).days) + (weight if is_against else 0)

        return min(days, key=distance)

    def base_of(self, atom: Atom, precision: Precision) -> date:
        """Return the day an atom counts from: 较上月 after 6月 means May, 上月 alone the month before publication."""
        if atom.basis is Basis.PASSAGE:
            named = self.passage.named
            return (named.start if named else None) or self.today
        if atom.low == 0 or not self.passage.is_comparison(atom.start):
            return self.today
        topic = self.passage.month if precision is Precision.MONTH else self.passage.quarter
        return topic or self.today
