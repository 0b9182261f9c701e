"""What a suffix makes of the point before it: 9月前, 2026年以后, 7月起, 2008年以来."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from extract.periods.atoms import Kind
from extract.periods.calendar import Window, day_window, month_window, shift_window
from extract.periods.choosing import Choice
from extract.periods.outcomes import NotAPeriod
from extract.periods.phrases import Phrase, Suffix
from schemas.period import Precision

_LUNAR_NEW_YEAR: Final = (1, 1, "lunar")
_UP_TO_AND_WITH: Final = frozenset((Kind.DAY, Kind.MONTH_DAY, Kind.PART, Kind.TEN_DAYS, Kind.DATE, Kind.WEEKEND))
"""年底前 and 31日前 end with what they name; 9月前 ends the day before it begins (annotation guidelines)."""


class Bending:
    """Bends a window by the suffix of its phrase."""

    def __init__(self, choice: Choice) -> None:
        self.choice = choice
        self.passage = choice.passage
        self._benders: Mapping[Suffix, Callable[[Window, Phrase], Window]] = {
            Suffix.SAME: self._same_time,
            Suffix.SINCE: self._since,
            Suffix.AROUND: self._around,
            Suffix.STARTING: self._starting,
            Suffix.ENDING: self._ending,
            Suffix.UNTIL: self._before,
            Suffix.ONWARD: lambda window, _phrase: Window(window.start, None),
            Suffix.BEFORE: self._before,
            Suffix.AFTER: self._after,
            Suffix.PAST: self._past,
            Suffix.WITHIN: self._within,
        }

    def bent(self, window: Window, phrase: Phrase) -> Window:
        """Return the window as its suffix bends it; unchanged where none does."""
        bender = self._benders.get(phrase.suffix)
        return bender(window, phrase) if bender else window

    def rest_of(self, window: Window) -> Window:
        """Return what is left of a window that holds the publication date; all of it where it doesn't."""
        today = self.choice.today
        if window.start and window.end and window.start <= today <= window.end:
            return Window(today, window.end, Precision.RANGE)
        return window

    def _same_time(self, window: Window, phrase: Phrase) -> Window:
        """Return 去年同期, the period named before, in the year at hand; 去年此时 is this day of it."""
        named = self.passage.named
        if window.start is None or phrase.first[-1].kind is not Kind.YEAR:
            return window
        if self.passage.shadow.startswith("此时", phrase.end - 2):
            today = self.choice.today
            return shift_window(day_window(today), window.start.year - today.year)
        if self.passage.shadow.startswith("同月", phrase.end - 2):
            month = self.passage.month or self.choice.today
            return month_window(window.start.year, month.month)
        if named is None or named.start is None:
            return window
        return shift_window(named, window.start.year - named.start.year)

    def _since(self, window: Window, _phrase: Phrase) -> Window:
        today = self.choice.today
        if window.start is not None and window.start > today:
            window = shift_window(window, -1)
        return Window(window.start, today, Precision.RANGE)

    @staticmethod
    def _around(window: Window, phrase: Phrase) -> Window:
        is_feast = phrase.first[-1].kind is Kind.FEAST and window.start is not None
        return month_window(window.start.year, window.start.month) if is_feast and window.start else window

    def _starting(self, window: Window, _phrase: Phrase) -> Window:
        is_open = window.start is None or window.start >= self.choice.today
        return Window(window.start, None if is_open else self.choice.today, Precision.RANGE)

    @staticmethod
    def _ending(window: Window, phrase: Phrase) -> Window:
        return window if phrase.last else Window(None, window.end, Precision.RANGE)

    def _before(self, window: Window, phrase: Phrase) -> Window:
        """Return the days up to a deadline, from publication or from the dated statement it stands in."""
        if window.start is None or window.end is None:
            raise NotAPeriod
        last = (phrase.last or phrase.first)[-1]
        is_with = last.kind in _UP_TO_AND_WITH or phrase.suffix is Suffix.UNTIL
        end = window.end if is_with else window.start - timedelta(days=1)
        statement = self.passage.statement_before(phrase.start)
        said_on = statement.start if statement else None
        if said_on is not None and last.detail.startswith("year."):
            end = end.replace(year=said_on.year)
        start = said_on or self.choice.today
        return Window(start if end >= start else None, end, Precision.RANGE)

    def _after(self, window: Window, phrase: Phrase) -> Window:
        if phrase.last:
            return window
        return self._past(window, phrase) if self._begins_when_over(phrase) else Window(window.start, None)

    def _begins_when_over(self, phrase: Phrase) -> bool:
        """Return whether 后 counts from the end: after a feast of one day, and in 7月后; not in 2026年以后."""
        last = phrase.first[-1]
        if last.kind is Kind.FEAST:
            return (int(last.low), int(last.high), last.detail) != _LUNAR_NEW_YEAR
        return last.kind in (Kind.MONTH, Kind.QUARTER) and not self.passage.shadow.startswith("以后", phrase.end - 2)

    @staticmethod
    def _past(window: Window, _phrase: Phrase) -> Window:
        return Window(window.end + timedelta(days=1) if window.end else None, None, Precision.RANGE)

    def _within(self, window: Window, _phrase: Phrase) -> Window:
        return self.rest_of(window)
