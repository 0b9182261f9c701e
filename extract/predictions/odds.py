"""Which percentages of a proposition are stated chances: those that a word of chance (機率, 可能性, 機會) takes."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from extract.phrases import Hit
from extract.placing import touching
from extract.predictions.context import Context
from extract.predictions.lexicon import target_words
from schemas.quantity import QuantityRole, QuantityTag

_BEHIND: Final = 18
"""Characters behind a word of chance within which its figure begins."""
_BEFORE: Final = 5
"""Characters between a figure and the word of chance that takes it."""
_BREAK: Final = re.compile("[,;。]")
_SIZES: Final = frozenset("大小高低")
_SIZED_FIGURE: Final = re.compile(r"(?:[为是约达有:(]|大约|超过|逾|不到|高达|只有){0,2}[0-9一二三四五六七八九两]")
"""A figure right behind: only then does a chance of a size (大概率) take one."""
_PAUSE: Final = re.compile("(?:[不很较偏极][大小高低])?,")
"""What may stand between a word of chance and the clause with its figure (可能性不大,兩成吧)."""
_INSTEAD: Final = re.compile(",?而是约?")
_MODAL: Final = frozenset({"可能"})
_VERBAL: Final = frozenset({"机会", "可能", "把握"})
"""Words of chance that a verb follows, whose object the figure then is (有機會漲 15%)."""
_TENTHS: Final = re.compile("成[一二三四五六七八九半]?(?:以上|左右)?")
_WILL: Final = re.compile("(?:是|都)?(?:会(?![员计议费场考长晤谈面籍务馆展址期])|要(?![素求点件闻塞道约]))")
"""A verb of what is to come, and no noun that begins alike (會員, 要素)."""
_SURE: Final = "九成九"
"""Said of chances alone."""
_ADVERBS: Final = re.compile("(?:我[猜看想]|市场|外界|大概|大约|恐怕|应该|至少|起码|看来|有)$")
"""What may stand before a chance that is a share of nothing (我猜八成會降息, 市場八成會觀望)."""
_REACH: Final = 6
"""Characters before tenths that are looked at."""
_MARKS: Final = frozenset(",;:。「『“ ")
_HUNDRED: Final = Decimal(100)


def stated_chances(context: Context) -> tuple[QuantityTag, ...]:
    """Return the percentages of a proposition that are chances, in text order.

    Tenths right before 會 are one where no noun that they could be a share of stands before them (下季八成會降息; not
    會員八成會續約). Before its word the figure is the chance (六成機會), unless it is what the chance is of and another
    figure follows (低於 2% 的機率有七成). Behind it, one comma may part them (衰退的機率,我給三成).
    """
    percents = [tag for tag in context.quantities if _is_share(tag)]
    start, end = context.core
    taken = {
        tag.span
        for hit in target_words().chances.find(context.reading.shadow, start, end)
        for tag in _taken_by(context, hit, percents)
    }
    found: list[QuantityTag] = []
    for tag in percents:
        if tag.span in taken or _is_adverb(context, tag) or (found and _goes_on(context, found[-1], tag)):
            found.append(tag)
    return tuple(found)


def _is_adverb(context: Context, tag: QuantityTag) -> bool:
    """Return whether tenths stand before 會 as a word of chance does: a share of nothing that is named."""
    shadow, start, end = context.reading.shadow, tag.span.start, tag.span.end
    if not _WILL.match(shadow, end) or not _is_in_tenths(shadow, tag):
        return False
    return shadow.startswith(_SURE, start) or _is_of_nothing(context, start)


def _is_in_tenths(shadow: str, tag: QuantityTag) -> bool:
    tenths = shadow.find("成", tag.span.start, tag.span.end)
    return tenths >= 0 and _TENTHS.fullmatch(shadow, tenths, tag.span.end) is not None


def _is_of_nothing(context: Context, place: int) -> bool:
    """Return whether a mark, a period, an actor or an adverb of thinking stands before a place."""
    shadow, start = context.reading.shadow, max(context.core[0], place - _REACH)
    if not shadow[start:place].strip() or shadow[place - 1] in _MARKS or _ADVERBS.search(shadow, start, place):
        return True
    ends = {tag.span.end for tag in touching(context.layers.periods, start, place)}
    return place in ends | {tag.span.end for tag in touching(context.layers.actors.tags, start, place)}


def _goes_on(context: Context, chance: QuantityTag, tag: QuantityTag) -> bool:
    """Return whether a figure is what a chance becomes or is instead (從 94% 掉到 79%, 不是五成而是七成)."""
    if chance.role is QuantityRole.OLD and tag.role is QuantityRole.NEW:
        return True
    return _INSTEAD.fullmatch(context.reading.shadow, chance.span.end, tag.span.start) is not None


def _is_share(tag: QuantityTag) -> bool:
    return tag.quantity.unit == "%" and 0 <= tag.quantity.low <= tag.quantity.high <= _HUNDRED


def _taken_by(context: Context, hit: Hit, percents: list[QuantityTag]) -> Iterator[QuantityTag]:
    shadow = context.reading.shadow
    before = [tag for tag in percents if _takes_before(context, hit, tag)][-1:]
    behind = [tag for tag in percents if _takes_behind(context, hit, tag, is_taken=bool(before))]
    is_threshold = bool(before) and shadow[before[0].span.end : hit.start].rstrip().endswith("的")
    yield from behind if behind and (is_threshold or not before) else before


def _takes_before(context: Context, hit: Hit, tag: QuantityTag) -> bool:
    between = context.reading.shadow[tag.span.end : hit.start]
    if tag.span.end > hit.start or len(between) > _BEFORE:
        return False
    return between in ("", "的") if hit.phrase in _MODAL else not _BREAK.search(between)


def _takes_behind(context: Context, hit: Hit, tag: QuantityTag, *, is_taken: bool) -> bool:
    shadow, start = context.reading.shadow, tag.span.start
    if not hit.end <= start <= hit.end + _BEHIND or hit.phrase in _MODAL:
        return False
    if shadow[hit.start - 1 : hit.start] in _SIZES and not _SIZED_FIGURE.match(shadow, hit.end):
        return False
    is_verbal = hit.phrase in _VERBAL and (is_taken or shadow[hit.start - 1 : hit.start] == "有")
    if is_verbal and target_words().movement.occurs(shadow, hit.end, start):
        return False
    pause = _PAUSE.match(shadow, hit.end)
    return not _BREAK.search(shadow, pause.end() if pause else hit.end, start)
