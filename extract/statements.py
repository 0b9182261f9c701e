"""When something was said, where the text dates it: 達利歐在2024年12月表示, 3月20日，央行指出."""

import re

from extract.attribution import Frame
from extract.layers import Layers
from extract.placing import starting_in
from extract.reading import Reading
from schemas.period import PeriodTag, Precision

_FINE = frozenset({Precision.DAY, Precision.WEEK, Precision.MONTH})
"""Coarser periods (去年) date no statement well enough to say what could be known then."""
_UPTO_CUE = re.compile(r"[^,的。;:]{0,8}|(?:在|于|出席)[^,。;:]{0,14}[上中时后会内里]?")
"""What may stand between a date and its cue: a place or an occasion (20日在國會的聽證會上表示)."""
_SINCE = re.compile("[自从]")
"""Before a date it opens a stretch of time (自3月20日發布以來), and dates no speech."""
_OPENS = re.compile(r"(?:^|[\n。;!?」』”])\s*(?:早在|就在|在|于)?$")  # before a date that opens its sentence


def statement_of(frame: Frame | None, reading: Reading, layers: Layers) -> PeriodTag | None:
    """Return the day, week or month in which a piece of speech was uttered; None where its introduction has no date.

    The date stands right before the cue (鮑爾20日表示), or opens the sentence before the speaker (20日，鮑爾表示).
    A date further off may be of anything (3月出口公布後，財政部表示).

    Args:
        frame: who speaks by which cue.
        reading: the document.
        layers: its periods and actors.
    """
    cue, published = (frame.cue_span if frame else None), reading.document.published
    if frame is None or cue is None or frame.lead is None or published is None:
        return None
    earliest = max(0, frame.lead.start - _REACH)
    for tag in reversed(starting_in(layers.periods, earliest, cue.start)):
        is_past = tag.period.end is not None and tag.period.end <= published
        if is_past and tag.period.precision in _FINE and _dates(tag, frame, reading, layers):
            return tag
    return None


_REACH = 20  # characters before the introduction in which its date may open the sentence


def _dates(tag: PeriodTag, frame: Frame, reading: Reading, layers: Layers) -> bool:
    cue, shadow = frame.cue_span, reading.shadow
    if cue is None or tag.span.end > cue.start:
        return False
    lead = frame.lead.start if frame.lead else cue.start
    if _SINCE.search(shadow, min(lead, tag.span.start), tag.span.start):
        return False
    between = shadow[tag.span.end : cue.start]
    if _UPTO_CUE.fullmatch(between) and tag.period.precision is Precision.DAY:
        return True
    if not _OPENS.search(shadow[max(0, tag.span.start - 4) : tag.span.start]):
        return False
    named = starting_in(layers.actors.tags, tag.span.end, cue.start)
    return bool(named) and shadow[tag.span.end : named[0].span.start] in ("", ",", " ") and between.count(",") <= 1
