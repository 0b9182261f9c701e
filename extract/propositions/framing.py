"""Time frames that were cut off as if they asserted something: they go back to the proposition that they frame."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from extract.layers import Layers
from extract.placing import touching
from extract.propositions.protocol import Proposition
from extract.reading import Reading
from schemas.text import Span

_FRAME: Final = re.compile(
    r"(?:展望|放眼|回顾|时序|进入|迈入|步入|来到|到|在|从|自|截至|截止|对于|至于|就|若?以|单看|再看|整体|全球|市场|景气|后市|未来|短期|中期|长期|中长期"
    r"|来看|而言|来说|以来|之后|以后|之前|以前|期间|内|间|后|前|起|的|而|[\s,、;:0-9~\-—–])*"
)
"""What is left of a time frame when its periods are taken out."""
_PAUSE: Final = re.compile(r"[\s,、:]{0,2}")


def without_bare_frames(reading: Reading, layers: Layers, here: Sequence[Proposition]) -> Iterator[Proposition]:
    """Yield the propositions of a sentence, each with a bare time frame that stood before it as one of its own.

    A frame with nothing behind it, or with a cue in between, is left out: it asserts nothing.

    Args:
        reading: the document.
        layers: its periods.
        here: the propositions of one sentence in text order.
    """
    start: int | None = None
    for proposition, following in pairwise((*here, None)):
        if proposition is None:
            continue
        span = proposition.span
        if _is_frame(reading, layers, span):
            joins = following is not None and _PAUSE.fullmatch(reading.shadow, span.end, following.span.start)
            start = (span.start if start is None else start) if joins else None
            continue
        yield proposition if start is None else replace(proposition, span=Span(start=start, end=span.end))
        start = None


def _is_frame(reading: Reading, layers: Layers, span: Span) -> bool:
    """Return whether nothing but words of time and of framing is there, and at least one of the two."""
    periods = touching(layers.periods, span.start, span.end)
    if touching(layers.quantities, span.start, span.end) or any(tag.span.end > span.end for tag in periods):
        return False
    at, left = span.start, []
    for tag in periods:
        left.append(reading.shadow[at : max(at, tag.span.start)])
        at = tag.span.end
    left.append(reading.shadow[at : span.end])
    return all(_FRAME.fullmatch(part) for part in left)
