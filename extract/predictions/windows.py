"""The window in which a forecast must come true."""

from collections.abc import Sequence
from datetime import date

from extract.predictions.context import Context
from schemas.period import Period, PeriodTag


def window_of(context: Context) -> Period | None:
    """Return the period of a forecast: its own, else the last open one before it in the sentence; None where none."""
    published = context.reading.document.published
    own = _open(context.periods, published)
    if own:
        return own[0].period
    sentence = next(
        (s.span for s in context.reading.sentences if s.span.start <= context.span.start < s.span.end), context.span
    )
    before = [
        tag for tag in context.layers.periods if sentence.start <= tag.span.start and tag.span.end <= context.span.start
    ]
    carried = _open(before, published)
    return carried[-1].period if carried else None


def _open(tags: Sequence[PeriodTag], published: date | None) -> list[PeriodTag]:
    """Return the periods that are not over at publication."""
    if published is None:
        return list(tags)
    return [tag for tag in tags if tag.period.end is None or tag.period.end >= published]
