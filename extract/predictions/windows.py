"""The window in which a forecast must come true."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from extract.placing import starting_in, touching
from extract.predictions.context import Context
from extract.predictions.indicators import Measure
from extract.predictions.lexicon import target_words
from extract.statements import statement_of
from schemas.period import Period, PeriodTag, Precision
from schemas.prediction import WindowOrigin
from schemas.text import Span


@dataclass(frozen=True, slots=True)
class Dated:
    """The window of a forecast, where it comes from, and the words that name it."""

    period: Period
    origin: WindowOrigin
    span: Span


def window_of(context: Context, measure: Measure | None, *, is_carried: bool) -> Dated | None:
    """Return the period of a forecast; None where the text gives none.

    Its own period behind its condition, else the one in its condition; a forecast without a condition else takes the
    last one before it in its sentence. A bare figure whose measure was named before goes on with the period named
    before. A target price has only a period of its own. Periods over at publication are no windows.

    Args:
        context: the proposition.
        measure: what is forecast, where the lexicon knows it.
        is_carried: whether that measure was named before the proposition only.
    """
    published = context.reading.document.published
    own = _open(context.periods, published)
    if own:
        tag = _decisive(context, own)
        period = _reshaped(context, tag, published)
        origin = WindowOrigin.STATEMENT if _counts_from_statement(context, period) else WindowOrigin.STATED
        return Dated(period, origin, tag.span)
    tags = context.layers.periods
    if context.condition is not None:
        inside = _open(touching(tags, context.span.start, context.span.end), published)
        return Dated(inside[0].period, WindowOrigin.CONDITION, inside[0].span) if inside else None
    if measure is not None and measure.id in _UNDATED:
        return None
    start = context.setting.before(context.span.start).start if is_carried else context.sentence.start
    carried = _open(starting_in(tags, start, context.span.start), published)
    return Dated(carried[-1].period, WindowOrigin.CARRIED, carried[-1].span) if carried else None


def _decisive(context: Context, own: Sequence[PeriodTag]) -> PeriodTag:
    """Return the period that counts among several: a deadline, the one that a date moves to, else the first."""
    shadow = context.reading.shadow
    for before, tag in pairwise(own):
        if _MOVED.search(shadow, before.span.end, tag.span.start):
            return tag
    return next((tag for tag in own if "前" in shadow[tag.span.end - 1 : tag.span.end + 1]), own[0])


def _counts_from_statement(context: Context, period: Period) -> bool:
    """Return whether a period of more than a day opens on the day of the statement: its words count from there."""
    if period.start is None or period.precision is Precision.DAY:
        return False
    stated = statement_of(context.frame, context.reading, context.layers)
    first = stated.period.start if stated else context.reading.document.published
    return period.start == first


def _open(tags: Sequence[PeriodTag], published: date | None) -> list[PeriodTag]:
    """Return the periods that are not over at publication; one that ends with it (自2021年以來) is over."""
    if published is None:
        return list(tags)
    return [tag for tag in tags if _is_open(tag.period, published)]


def _is_open(period: Period, published: date) -> bool:
    if period.end is None or period.end > published:
        return True
    return period.end == published and period.start is not None and period.start >= published


def _reshaped(context: Context, tag: PeriodTag, published: date | None) -> Period:
    """Return the period as its words bend it: 最快 X opens with X, 延續到 X runs from publication to its end."""
    words, shadow, period = target_words(), context.reading.shadow, tag.period
    before = shadow[max(context.span.start, tag.span.start - _REACH) : tag.span.start]
    if words.opening.occurs(before) and period.start is not None:
        return Period(start=period.start, end=None, precision=Precision.RANGE)
    if words.lasting.occurs(before) and period.end is not None and published is not None and published <= period.end:
        return Period(start=published, end=period.end, precision=Precision.RANGE)
    return period


_MOVED = re.compile("提前|延后|推迟|延到|延至|后移|改到|改至|挪|递延|顺延")
"""What is said of a date that becomes another (由 6月延後至 9月)."""
_UNDATED = frozenset({"target-price"})
_REACH = 5  # characters between 最快 and its period
