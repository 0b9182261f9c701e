"""Figures that a text gives as earlier forecasts: 原估 2.4%, 高於先前預測的 2.9%, 3 月預估的 3.1%."""

import re

from extract.phrases import Hit
from extract.placing import touching
from extract.predictions.context import Context
from extract.predictions.wording import forecast_words
from schemas.quantity import QuantityTag

_REACH = 16  # characters between 先前 and its figure
_BESIDE = re.compile(r"(?:值|数|数字|时)?(?:的|为|是|约|还|仍|仅|只|有|高达|多达|达){0,4}\s*")
"""What may stand between a word of a forecast and its figure; a verb of changing makes it a step (預測低 0.2)."""
_STOPS = frozenset(",。;:")
_WHOSE = 8  # characters before 先前 in which it is said whose forecast it was


def is_former(context: Context, tag: QuantityTag) -> bool:
    """Return whether a figure is an earlier forecast by the same maker.

    A word of a forecast stands right before it, and before that a word of before (先前, 原) or a period that is over
    (3月預估的); nobody else is named as the maker (央行先前預測的).
    """
    shadow, words = context.reading.shadow, forecast_words()
    start = max(context.sentence.start, tag.span.start - _REACH)
    nouns = [
        hit
        for hit in words.forecasts.find(shadow, start, tag.span.start)
        if _BESIDE.fullmatch(shadow, hit.end, tag.span.start)
    ]
    if not nouns:
        return False
    first = next(words.former.find(shadow, start, nouns[-1].end), None)
    opens = (
        first.start if first and not _STOPS & set(shadow[first.end : nouns[-1].start]) else _dated(context, nouns[-1])
    )
    return opens is not None and not _is_of_another(context, opens)


def _dated(context: Context, noun: Hit) -> int | None:
    """Return where a period that is over stands right before a word of a forecast; None where none does."""
    published = context.reading.document.published
    for tag in touching(context.layers.periods, max(0, noun.start - 2), noun.start):
        is_over = published is not None and tag.period.end is not None and tag.period.end <= published
        if is_over and tag.span.end <= noun.start:
            return tag.span.start
    return None


def _is_of_another(context: Context, position: int) -> bool:
    own = context.frame.speakers if context.frame else ()
    named = touching(context.layers.actors.tags, max(context.sentence.start, position - _WHOSE), position)
    return any(tag.actor_id not in own and tag.span.end >= position - 1 for tag in named)
