"""Phrases to days, one after the other, and what each leaves behind for those that follow."""

from dataclasses import replace
from typing import Final

from extract.periods.atoms import Basis, Kind
from extract.periods.bending import Bending
from extract.periods.calendar import Window, hull, shift_window
from extract.periods.lengths import Lengths, beginning_with, ending_with, length_of
from extract.periods.open_words import OpenWords
from extract.periods.outcomes import NotAPeriod
from extract.periods.passage import Passage
from extract.periods.phrases import Phrase, Suffix
from extract.periods.points import Points
from schemas.period import Precision

_STALE_DAYS: Final = 5
"""A statement older than this carries its own date for the horizons inside it."""
_OF_A_MONTH: Final = frozenset((Kind.MONTH, Kind.PART, Kind.TEN_DAYS))
_WITH_YEAR: Final = frozenset((Kind.YEAR, Kind.DATE, Kind.ROC_YEAR))


class Resolver:
    """Resolves the phrases of one document in text order, keeping the state of the passage."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.points = Points(passage)
        self.bending = Bending(self.points.choice)
        self.lengths = Lengths(self.points.choice)
        self.open_words = OpenWords(self.points.choice, self.bending)

    def resolve(self, phrase: Phrase) -> Window:
        """Return the days of a phrase, and remember what it names for those that follow.

        Raises:
            ValueError, OverflowError: the date does not exist.
            NotAPeriod, NoReference, Ambiguous: as their names say.
        """
        kind = phrase.first[0].kind
        if kind is Kind.LENGTH:
            return self.lengths.window_of(phrase)
        if kind is Kind.OPEN:
            return self.open_words.window_of(phrase)
        if kind is Kind.FEAST and not phrase.last and phrase.suffix is Suffix.NONE:
            # 春节档 and 耶诞点灯 name a season or a custom far more often than a day.
            raise NotAPeriod
        return self._point(phrase)

    def _point(self, phrase: Phrase) -> Window:
        window = self._base(phrase)
        bent = self.bending.bent(window, phrase)
        self._remember(phrase, bent if phrase.suffix in (Suffix.SINCE, Suffix.SAME) else window)
        return bent

    def _base(self, phrase: Phrase) -> Window:
        """Return the point or the range before its suffix bends it."""
        if not phrase.last:
            return self.points.window_of(phrase.first)
        if phrase.last[0].kind is Kind.LENGTH:
            point, length = self.points.window_of(phrase.first), length_of(phrase.last[0])
            return (beginning_with if phrase.suffix is Suffix.AFTER else ending_with)(point, length)
        if phrase.last[0].detail.isdigit() and not phrase.first[0].detail:
            # 1Q至3Q25: the year is written once, at the end.
            first = self.points.window_of((replace(phrase.first[0], detail=phrase.last[0].detail), *phrase.first[1:]))
            return hull(first, self.points.window_of(phrase.last))
        first = self.points.window_of(phrase.first)
        if phrase.last[0].kind is Kind.YEAR and phrase.first[0].kind not in _WITH_YEAR:
            last = self.points.window_of(phrase.last)
            return hull(_moved_before(first, last), last)
        return hull(first, self.points.window_of(phrase.last, inherited=first))

    def _remember(self, phrase: Phrase, window: Window) -> None:
        passage = self.passage
        is_comparison = passage.is_comparison(phrase.start)
        if phrase.first[0].basis is not Basis.PASSAGE:
            if not is_comparison:
                self._remember_topic(phrase, window)
            self._remember_day(phrase, window)
        if window.start is not None and any(atom.kind in _WITH_YEAR for atom in (*phrase.first, *phrase.last)):
            passage.year, passage.year_end = window.start.year, phrase.end
        today, is_plain = passage.publication, phrase.suffix is Suffix.NONE and not is_comparison
        if is_plain:
            passage.frame, passage.frame_end = window, phrase.end
        is_old = today is not None and window.end is not None and (today - window.end).days > _STALE_DAYS
        passage.said_on, passage.said_at = (window if is_old and is_plain else None), phrase.end

    def _remember_topic(self, phrase: Phrase, window: Window) -> None:
        self.passage.named = window
        if phrase.first[-1].kind in _OF_A_MONTH and window.start is not None:
            self.passage.month = window.start
        if window.precision is Precision.QUARTER:
            self.passage.quarter = window.start

    def _remember_day(self, phrase: Phrase, window: Window) -> None:
        """Remember a single day that is past: 隔天 and 当天 count from it."""
        today = self.passage.publication
        is_past = window.end is not None and (today is None or window.end <= today)
        if is_past and window.precision is Precision.DAY and phrase.suffix is Suffix.NONE:
            self.passage.day = self.passage.paragraph_day = window.start


def _moved_before(first: Window, last: Window) -> Window:
    """Return the first point of a range, moved back by years until it lies before the last (10月至明年2月)."""
    if first.start and last.start and first.start > last.start:
        late = first.start.replace(year=last.start.year, day=1) > last.start
        return shift_window(first, last.start.year - first.start.year - (1 if late else 0))
    return first
