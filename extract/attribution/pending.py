"""Cues of what nobody has said yet: a publication that is due, a meeting that is set, a bill passed by a body."""

import re
from collections.abc import Sequence

from extract.attribution.frames import Frame
from extract.attribution.scanning import Scene
from extract.phrases import Hit
from schemas.actor import AUTHOR
from schemas.claim import Speech
from schemas.text import Span

_DUE = re.compile(
    "(?:(?:(?:将|即将|拟|定)[在于]|订[在于]?|预定)[^,;。:「]{1,14}|延[期迟后]"
    "|(?:[日号天晚早]|周[一二三四五六日]|月底|月初)(?:还|才|也)?[将会]再?"
    "|(?:明[天日晚早]|下周.?)(?:才|再|将|会|也)?)$"
)
"""What stands before a cue that tells when something will be published (將於月底公布, 明天才公布)."""
_ANNOUNCING = frozenset({"公布", "公告", "宣布", "发布", "发表", "披露", "通过", "拍板", "决定"})
_INTENDED = re.compile("(?:(?<![模虚])拟|将|最快|打算|准备|计划|预定|预计|可能|有望|或)[^,。;:「“]{0,12}$")
"""What stands before one that tells of what is meant to be announced (擬下月公布新方案)."""
_SCHEDULED = re.compile(
    "将?[在于]?[^,;。]{0,8}[月日周底旬内一二三四五](?:召开|举行|公布|登场|开会|揭晓|发布)[^,;。时后的]{0,10}(?=[,;。])"
)
"""What makes a date of a forecast (預計周四公布財報): its clause ends with it."""
_PASSED = frozenset({"通过", "拍板"})
_PASSING = re.compile("(?:[获待]|(?<!财)经(?![济理营销纪贸建委部]))[^,;。:]{1,14}$")
"""How a bill is passed by a body that is no subject (獲國會通過)."""


def is_pending(scene: Scene, start: int, hit: Hit) -> bool:
    """Return whether the cue of a clause that begins at `start` tells of no words: they are to come, or none are."""
    if hit.category == "forecast":
        return hit.start > start and _SCHEDULED.match(scene.shadow, hit.end) is not None
    if hit.category not in ("record", "say"):
        return False
    is_passed = hit.phrase in _PASSED and _PASSING.search(scene.shadow, start, hit.start) is not None
    is_intended = hit.phrase in _ANNOUNCING and _INTENDED.search(scene.shadow, start, hit.start) is not None
    return is_passed or is_intended or _DUE.search(scene.shadow, start, hit.start) is not None


def narrated_from(scene: Scene, here: Sequence[Frame], start: int) -> tuple[Frame, ...]:
    """Return the frame of the narrator who tells of it; none in the words of a speaker, which go on."""
    if any(f.content.start <= start < f.content.end for f in here):
        return ()
    return (Frame((AUTHOR,), Speech.NARRATION, Span(start=start, end=scene.span.end), category="narrated"),)
