"""Phrases to days: what a suffix, a length of time or an open word makes of the point it stands by."""

from datetime import date, timedelta
from typing import Final

from extract.periods.atoms import Atom, Basis, Kind
from extract.periods.calendar import Length, Unit, Window, day_window, hull, month_window, moved, shift, shift_window, year_window
from extract.periods.passage import Passage
from extract.periods.phrases import Chain, Phrase, Suffix
from extract.periods.points import NotAPeriod, Points
from schemas.period import Precision

_RECENT_DAYS: Final = 30
"""近日 and 近期 are the 30 days before publication (annotation guidelines)."""
_MONTH_DAYS: Final = 27
_NEW_YEAR: Final = (1, 1)
_STALE_DAYS: Final = 5
"""A statement older than this carries its own date for the horizons inside it."""
_OF_A_MONTH: Final = frozenset((Kind.MONTH, Kind.PART, Kind.TEN_DAYS))
_INCLUSIVE_BEFORE: Final = frozenset((Kind.DAY, Kind.MONTH_DAY, Kind.PART, Kind.TEN_DAYS, Kind.DATE))


class Resolver:
    """Resolves the phrases of one document in text order, keeping the state of the passage."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.points = Points(passage)

    def resolve(self, phrase: Phrase) -> Window:
        """Return the days of a phrase, and remember what it names for those that follow.

        Raises:
            ValueError, OverflowError: the date does not exist.
            NotAPeriod, NoReference, Ambiguous: as their names say.
        """
        kind = phrase.first[0].kind
        if kind is Kind.LENGTH:
            return self._length(phrase)
        if kind is Kind.OPEN:
            return self._open(phrase)
        return self._point(phrase)

    def _point(self, phrase: Phrase) -> Window:
        is_bare_feast = phrase.first[0].kind is Kind.FEAST and not phrase.last and phrase.suffix is Suffix.NONE
        if is_bare_feast:
            raise NotAPeriod
        window = self._base(phrase)
        if phrase.suffix is Suffix.SAME:
            window = self._same_time(window, phrase)
        bent = self._bent(window, phrase)
        self._remember(phrase, bent if phrase.suffix is Suffix.SINCE else window)
        return bent

    def _base(self, phrase: Phrase) -> Window:
        if not phrase.last:
            return self.points.window_of(phrase.first)
        if phrase.last[0].kind is Kind.LENGTH:
            point, length = self.points.window_of(phrase.first), _length_of(phrase.last[0])
            return self._following(point, length) if phrase.suffix is Suffix.AFTER else self._closing(point, length)
        if phrase.last[0].kind is Kind.YEAR and phrase.first[0].kind not in (Kind.YEAR, Kind.DATE):
            last = self.points.window_of(phrase.last)
            first = self._before(self.points.window_of(phrase.first), last)
        else:
            first = self.points.window_of(phrase.first)
            last = self.points.window_of(phrase.last, inherited=first)
        return hull(first, last)

    @staticmethod
    def _closing(last: Window, length: Length) -> Window:
        """Return the months that end with a point (截至9月底止六个月)."""
        if last.end is None:
            raise NotAPeriod
        start = shift(last.end + timedelta(days=1), -length.high, length.unit)
        return Window(start, last.end, Precision.RANGE)

    @staticmethod
    def _following(point: Window, length: Length) -> Window:
        """Return the time that begins with a point (春节后两周)."""
        if point.start is None:
            raise NotAPeriod
        return Window(point.start, shift(point.start, length.high, length.unit), Precision.RANGE)

    @staticmethod
    def _before(first: Window, last: Window) -> Window:
        """Move the first point of a range back until it lies before the last (10月至明年2月)."""
        while first.start and last.start and first.start > last.start:
            first = shift_window(first, -1)
        return first

    def _remember(self, phrase: Phrase, window: Window) -> None:
        passage = self.passage
        is_anchor = phrase.first[0].basis is not Basis.PASSAGE
        if is_anchor and not passage.is_comparison(phrase.start):
            passage.named = window
            if phrase.first[-1].kind in _OF_A_MONTH and window.start is not None:
                passage.month = window.start
            if window.precision is Precision.QUARTER:
                passage.quarter = window.start
        is_past = window.end is not None and (passage.publication is None or window.end <= passage.publication)
        if is_anchor and is_past and window.precision is Precision.DAY and phrase.suffix is Suffix.NONE:
            passage.day = passage.paragraph_day = window.start
        has_year = any(atom.kind in (Kind.YEAR, Kind.DATE, Kind.ROC_YEAR) for atom in (*phrase.first, *phrase.last))
        if has_year and window.start is not None:
            passage.year, passage.year_end = window.start.year, phrase.end
        is_old = passage.publication and window.end and (passage.publication - window.end).days > _STALE_DAYS
        if is_old and phrase.suffix is Suffix.NONE:
            passage.said_on, passage.said_at = window, phrase.end
        else:
            passage.said_on = None

    def _same_time(self, window: Window, phrase: Phrase) -> Window:
        """Return 去年同期: the period named before, in the year at hand."""
        named = self.passage.named
        if self.passage.shadow.startswith("此时", phrase.end - 2) and window.start is not None:
            today = self.points.today
            return shift_window(day_window(today), window.start.year - today.year)
        if named is None or named.start is None or window.start is None or phrase.first[-1].kind is not Kind.YEAR:
            return window
        return shift_window(named, window.start.year - named.start.year)

    def _bent(self, window: Window, phrase: Phrase) -> Window:
        suffix = phrase.suffix
        if suffix is Suffix.SINCE:
            if window.start is not None and window.start > self.points.today:
                window = shift_window(window, -1)
            return Window(window.start, self.points.today, Precision.RANGE)
        if suffix is Suffix.AROUND and phrase.first[-1].kind is Kind.FEAST and window.start is not None:
            return month_window(window.start.year, window.start.month)
        if suffix is Suffix.STARTING:
            is_open = window.start is None or window.start >= self.points.today
            return Window(window.start, None if is_open else self.points.today, Precision.RANGE)
        if suffix is Suffix.ENDING and not phrase.last:
            return Window(None, window.end, Precision.RANGE)
        if suffix is Suffix.BEFORE:
            return self._until(window, phrase)
        if suffix is Suffix.PAST:
            return Window(window.end + timedelta(days=1) if window.end else None, None, Precision.RANGE)
        if suffix is Suffix.AFTER and not phrase.last and self._begins_when_over(phrase):
            return Window(window.end + timedelta(days=1) if window.end else None, None, Precision.RANGE)
        if suffix is Suffix.AFTER and not phrase.last:
            return Window(window.start, None, Precision.RANGE)
        if suffix is Suffix.WITHIN:
            return self._rest_of(window)
        return window

    def _begins_when_over(self, phrase: Phrase) -> bool:
        """Return whether 后 counts from the end: after a feast of one day, and in 7月后; not in 2026年以后."""
        last = phrase.first[-1]
        if last.kind is Kind.FEAST:
            return (last.low, last.high) != _NEW_YEAR or last.detail != "lunar"
        return last.kind in (Kind.MONTH, Kind.QUARTER) and not self.passage.shadow.startswith("以后", phrase.end - 2)

    def _until(self, window: Window, phrase: Phrase) -> Window:
        """Return the days up to a deadline: 年底前 ends with it, 9月前 the day before it begins."""
        if window.start is None or window.end is None:
            raise NotAPeriod
        last = (phrase.last or phrase.first)[-1]
        is_inclusive = last.kind in _INCLUSIVE_BEFORE and "feast" not in last.detail
        end = window.end if is_inclusive else window.start - timedelta(days=1)
        statement = self._statement(phrase)
        if statement is not None and statement.start is not None and last.detail.startswith("year."):
            end = end.replace(year=statement.start.year)
        today = (statement.start if statement else None) or self.points.today
        return Window(today if end >= today else None, end, Precision.RANGE)

    def _rest_of(self, window: Window) -> Window:
        today = self.points.today
        if window.start and window.end and window.start <= today <= window.end:
            return Window(today, window.end, Precision.RANGE)
        return window

    def _statement(self, phrase: Phrase) -> Window | None:
        """Return the day of the dated statement that the phrase stands in, or None."""
        return self.passage.statement_before(phrase.start)

    def _length(self, phrase: Phrase) -> Window:
        length = _length_of(phrase.first[0])
        statement = self._statement(phrase) or day_window(self.points.today)
        told = self.passage.paragraph_day
        if phrase.suffix is Suffix.AFTER and told and length.unit is Unit.DAY and not phrase.prefix:
            statement = day_window(told)
        if statement.start is None or statement.end is None:
            raise NotAPeriod
        if phrase.suffix is Suffix.BEFORE and not phrase.prefix:
            return self._ago(statement.start, length)
        if phrase.suffix is Suffix.AFTER:
            return self._hence(statement, length)
        if self._is_forward(phrase):
            return self._ahead(statement, length)
        start = shift(statement.start, -length.high, length.unit) if length.high else None
        return Window(start, statement.start, Precision.RANGE)

    @staticmethod
    def _ahead(statement: Window, length: Length) -> Window:
        """Return the days from a statement on; one that is dated by days only (上旬, 月底) counts from its last."""
        start, end = statement.start, statement.end
        if start is None or end is None:
            raise NotAPeriod
        is_fine = statement.precision is Precision.RANGE and (end - start).days < _MONTH_DAYS
        last = shift_window(statement, 0) if not length.high else moved(statement, length.high, length.unit)
        return Window(end if is_fine else start, last.end if length.high else None, Precision.RANGE)

    def _is_forward(self, phrase: Phrase) -> bool:
        if phrase.prefix == "future":
            return True
        if phrase.prefix or phrase.suffix is not Suffix.WITHIN:
            return False
        return self._statement(phrase) is not None or not self._has_happened(phrase)

    def _has_happened(self, phrase: Phrase) -> bool:
        passage = self.passage
        return passage.looks_back(phrase.start, phrase.end) or passage.tells_change(phrase.start, phrase.end)

    @staticmethod
    def _ago(today: date, length: Length) -> Window:
        if not length.high:
            raise NotAPeriod
        if length.unit is Unit.YEAR and length.low >= 1:
            first = year_window(today.year - int(length.high))
            return first if length.low == length.high else hull(first, year_window(today.year - int(length.low)))
        first = day_window(shift(today, -length.high, length.unit))
        return first if length.low == length.high else hull(first, day_window(shift(today, -length.low, length.unit)))

    @staticmethod
    def _hence(statement: Window, length: Length) -> Window:
        if not length.high or statement.start is None or statement.end is None:
            raise NotAPeriod
        if length.unit is Unit.YEAR and length.low == length.high >= 1 and statement.precision is Precision.DAY:
            return year_window(statement.start.year + int(length.high))
        return Window(
            shift(statement.start, length.low, length.unit),
            moved(statement, length.high, length.unit).end,
            statement.precision if length.low == length.high else Precision.RANGE,
        )

    def _open(self, phrase: Phrase) -> Window:
        detail = phrase.first[0].detail
        if detail.startswith("adverb."):
            detail = detail.removeprefix("adverb.")
        today = self.points.today
        statement = self._statement(phrase)
        if detail == "recent_or_future":
            detail = "future" if self.passage.looks_ahead(phrase.start, phrase.end) else "recent"
        if detail == "future":
            return Window((statement.start if statement else None) or today, None, Precision.RANGE)
        if detail == "recent":
            return Window(today - timedelta(days=_RECENT_DAYS), today, Precision.RANGE)
        if detail == "past":
            return Window(None, today, Precision.RANGE)
        return self._within(detail, phrase)

    def _within(self, detail: str, phrase: Phrase) -> Window:
        today = self.points.today
        if detail == "year_to_date":
            return Window(date(today.year, 1, 1), today, Precision.RANGE)
        if detail == "whole_year":
            return year_window(self.points.topic_year(phrase.start, phrase.end))
        year = year_window(today.year)
        if self.passage.is_moved(phrase.end) and not self.passage.is_remaining(phrase.end):
            return Window(year.start, today, Precision.RANGE)
        if self.passage.is_remaining(phrase.end):
            return self._rest_of(year)
        if not self.passage.looks_ahead(phrase.start, phrase.end):
            return year
        return self._rest_of(year)


def _length_of(atom: Atom) -> Length:
    """Return the length an atom names; hours are whole days, 交易日 five to the week."""
    factor, unit = {
        "hour": (1 / 24, Unit.DAY),
        "trading_day": (7 / 5, Unit.DAY),
        "century": (100, Unit.YEAR),
    }.get(atom.detail, (1, None))
    return Length(atom.low * factor, atom.high * factor, unit or Unit(atom.detail))


def is_relative(chain: Chain) -> bool:
    """Return whether a chain counts from the publication date by its own words."""
    return chain[0].basis is not Basis.ABSOLUTE
