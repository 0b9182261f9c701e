"""Lengths of time that are anchored: 三年内, 过去12个月, 两周前, 七年新低."""

from datetime import date, timedelta
from typing import Final

from extract.periods.atoms import Atom
from extract.periods.calendar import Length, Unit, Window, day_window, hull, moved, shift, year_window
from extract.periods.choosing import Choice
from extract.periods.outcomes import NotAPeriod
from extract.periods.phrases import Phrase, Suffix
from schemas.period import Precision

_SHORTEST_MONTH_DAYS: Final = 28
_SCALED: Final = {"hour": (1 / 24, Unit.DAY), "trading_day": (7 / 5, Unit.DAY), "century": (100, Unit.YEAR)}
"""Lengths that are counted in another unit: hours make whole days, five trading days a week."""


def length_of(atom: Atom) -> Length:
    """Return the length an atom names; 0 to 0 where it is vague (几年).

    Example:
        >>> from extract.periods.scanning import scan
        >>> length_of(next(iter(scan("一年半"))))  # a year and a half
        Length(low=1.5, high=1.5, unit=<Unit.YEAR: 'year'>)
    """
    factor, unit = _SCALED.get(atom.detail, (1, None))
    return Length(atom.low * factor, atom.high * factor, unit or Unit(atom.detail))


def ending_with(point: Window, length: Length) -> Window:
    """Return the time that ends with a point (截至9月底止六个月)."""
    if point.end is None:
        raise NotAPeriod
    start = shift(point.end + timedelta(days=1), -length.high, length.unit)
    return Window(start, point.end, Precision.RANGE)


def beginning_with(point: Window, length: Length) -> Window:
    """Return the time that begins with a point (春节后两周)."""
    if point.start is None:
        raise NotAPeriod
    return Window(point.start, shift(point.start, length.high, length.unit), Precision.RANGE)


class Lengths:
    """Anchors lengths of time at the publication date, or at the date of the statement they stand in."""

    def __init__(self, choice: Choice) -> None:
        self.choice = choice
        self.passage = choice.passage

    def window_of(self, phrase: Phrase) -> Window:
        """Return the days of a length with the words around it; NotAPeriod where nothing anchors it."""
        length = length_of(phrase.first[0])
        anchor = self._anchor(phrase, length)
        if phrase.suffix is Suffix.BEFORE and not phrase.prefix:
            return _ago(_start(anchor), length)
        if phrase.suffix is Suffix.AFTER:
            return _hence(anchor, length)
        if self._is_forward(phrase):
            return _ahead(anchor, length)
        start = shift(_start(anchor), -length.high, length.unit) if length.high else None
        return Window(start, anchor.start, Precision.RANGE)

    def _anchor(self, phrase: Phrase, length: Length) -> Window:
        """Return what the length counts from; 三天后 goes on from the last day the paragraph told."""
        told = self.passage.paragraph_day
        if phrase.suffix is Suffix.AFTER and told and length.unit is Unit.DAY and not phrase.prefix:
            return day_window(told)
        return self.passage.statement_before(phrase.start) or day_window(self.choice.today)

    def _is_forward(self, phrase: Phrase) -> bool:
        if phrase.prefix == "future":
            return True
        if phrase.prefix or phrase.suffix is not Suffix.WITHIN:
            return False
        passage, start, end = self.passage, phrase.start, phrase.end
        if passage.statement_before(start) is not None:
            return True
        return not (passage.looks_back(start, end) or passage.tells_change(start, end))


def _start(window: Window) -> date:
    if window.start is None:
        raise NotAPeriod
    return window.start


def _ahead(anchor: Window, length: Length) -> Window:
    """Return the days from an anchor on; one that is a few days long (上旬, 月底) counts from its last."""
    start, end = _start(anchor), anchor.end
    if end is None:
        raise NotAPeriod
    is_fine = anchor.precision is Precision.RANGE and (end - start).days < _SHORTEST_MONTH_DAYS - 1
    last = moved(anchor, length.high, length.unit).end if length.high else None
    return Window(end if is_fine else start, last, Precision.RANGE)


def _ago(today: date, length: Length) -> Window:
    """Return the year that many years ago, or the day that many days, weeks or months ago."""
    if not length.high:
        raise NotAPeriod
    if length.unit is Unit.YEAR and length.low >= 1:
        first, last = year_window(today.year - int(length.high)), year_window(today.year - int(length.low))
    else:
        first = day_window(shift(today, -length.high, length.unit))
        last = day_window(shift(today, -length.low, length.unit))
    return first if first == last else hull(first, last)


def _hence(anchor: Window, length: Length) -> Window:
    """Return the year or the day that far after an anchor."""
    if not length.high:
        raise NotAPeriod
    start, is_one = _start(anchor), length.low == length.high
    if length.unit is Unit.YEAR and is_one and length.low >= 1 and anchor.precision is Precision.DAY:
        return year_window(start.year + int(length.high))
    last = moved(anchor, length.high, length.unit).end
    return Window(shift(start, length.low, length.unit), last, anchor.precision if is_one else Precision.RANGE)
