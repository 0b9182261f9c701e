"""Words that are a period by themselves: 近日, 未来, 年内, 全年."""

from datetime import date, timedelta
from typing import Final

from extract.periods.bending import Bending
from extract.periods.calendar import Window, year_window
from extract.periods.choosing import Choice
from extract.periods.phrases import Phrase
from schemas.period import Precision

_RECENT_DAYS: Final = 30
"""近日 and 近期 are the 30 days before publication (annotation guidelines)."""


class OpenWords:
    """Gives such a word its days, by what the clause says next."""

    def __init__(self, choice: Choice, bending: Bending) -> None:
        self.choice = choice
        self.passage = choice.passage
        self.bending = bending

    def window_of(self, phrase: Phrase) -> Window:
        """Return the days of the word that the phrase consists of."""
        detail, today = phrase.first[0].detail, self.choice.today
        if detail == "recent_or_future":
            detail = "future" if self.passage.looks_ahead(phrase.start, phrase.end) else "recent"
        if detail == "future":
            statement = self.passage.statement_before(phrase.start)
            return Window((statement.start if statement else None) or today, None)
        if detail == "recent":
            return Window(today - timedelta(days=_RECENT_DAYS), today)
        if detail == "past":
            return Window(None, today)
        if detail == "year_to_date":
            return Window(date(today.year, 1, 1), today)
        if detail == "whole_year":
            return year_window(self.choice.topic_year(phrase.start, phrase.end))
        return self._within_year(phrase)

    def _within_year(self, phrase: Phrase) -> Window:
        """Return 年内: the year so far where a movement was measured, its rest where more is to come, else all."""
        today, passage = self.choice.today, self.passage
        year = year_window(today.year)
        is_remaining = passage.is_remaining(phrase.end)
        if passage.is_moved(phrase.end) and not is_remaining:
            return Window(year.start, today, Precision.RANGE)
        is_ahead = is_remaining or passage.looks_ahead(phrase.start, phrase.end)
        return self.bending.rest_of(year) if is_ahead and not passage.is_conditional(phrase.start) else year
