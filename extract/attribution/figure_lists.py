"""Figures of a body without a word of saying: one after the other in a list of forecasts, or given out by it."""

import re
from collections.abc import Iterator, Sequence

from extract.attribution.frames import Frame
from extract.attribution.scanning import Scene
from extract.attribution.speakers import Candidate
from extract.phrases import Hit
from schemas.actor import ANALYSTS, AUTHOR, MARKET
from schemas.claim import Speech
from schemas.text import Span

_FORETELLING = frozenset({"forecast", "rate", "listed"})
_CROWDS = frozenset({AUTHOR, ANALYSTS, MARKET})
_BODIES = frozenset({"organisation", "government", "person"})
_LISTED = re.compile(
    r"\s*(?:\([^)]*\))?(?P<lead>(?:\d+月[^,。;:、\d%]{0,3})?[^,。;:、\d%「」]{0,6}?(?:,(?:直接|只有|仅))?)"
    r"负?\d[\d.]*\s*(?:%|个百分点)"
)
"""How a body's own figure follows its name: how it moves, or the figure alone (某院則由 3% …, 某行最低,只有 2%)."""
_MEASURED = re.compile("出货|营收|股价|收盘|持股|获利|毛利|份额|的|[涨跌占增减]|成长|衰退")
"""What makes the figure behind the name one of what the body itself earns or sells."""
_GIVEN_OUT = re.compile(
    "[^,。;:「“预估料]{0,8}?(?P<cue>公布|发布|发表|统计|披露|给出|列|开出|算出)的(?!是|为)(?=[^,。;:「“]{1,24}[0-9])"
)


def figures_in(scene: Scene) -> list[Hit]:
    """Return where a body stands before its figure, to the end of what leads over to it.

    `listed` ones open an item of a list; `given` ones gave the figure out (統計署上周公布的失業率為…), and are none
    behind a comparison (低於統計署公布的…); `set` are the verbs of those who set it (他只抓 3%).
    """
    found = [Hit(m.start("cue"), m.end(), m["cue"], "set") for m in _set_by(scene)]
    for body in scene.candidates:
        if body.kind not in _BODIES:
            continue
        listed = _LISTED.match(scene.shadow, body.end, scene.span.end)
        if listed and _opens_item(scene, body) and not _MEASURED.search(listed["lead"]):
            found.append(Hit(body.start, listed.end("lead"), scene.shadow[body.start : body.end], "listed"))
        given = _GIVEN_OUT.match(scene.shadow, body.end, scene.span.end)
        if given and scene.is_light(scene.clause_start(body.start), body.start):
            found.append(Hit(body.start, given.end(), given["cue"], "given"))
    return found


def _set_by(scene: Scene) -> Iterator[re.Match[str]]:
    """Yield the verbs by which whoever stands right before sets a figure (他只抓 3%, 某行看 4%)."""
    for who in scene.candidates:
        match = _SET.match(scene.shadow, who.end, scene.span.end) if who.kind in _SETTERS else None
        if match and scene.is_light(scene.clause_start(who.start), who.start):
            yield match


_SETTERS = _BODIES | {"pronoun", "role"}
_SET = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:则|也|就|却|仍|先|才|只|仅|自己|倒是?|更|昨天?|最新)*(?P<cue>给|抓|看|填|押)(?:到|出|了|个|在)*"
    r"\s*(?=约?[0-9][0-9.,]*(?:%|个百分点|元|美元|点)|[一二三四五六七八九]成)"
)


def figure_frames(scene: Scene, here: Sequence[Frame], hit: Hit) -> tuple[Frame, ...]:
    """Return the frames of a body's figure.

    Of one given out, to the end of its clause, which is the narrator's should a claim begin with the name. Of a listed
    one, to the end of the sentence; a claim may hold the name (某行維持 4%).
    """
    body = next(c for c in scene.candidates if c.start == hit.start)
    lead = Span(start=hit.start, end=hit.end)
    if hit.category == "given":
        content = Span(start=hit.end, end=scene.clause_end(hit.end))
        told = Frame((AUTHOR,), Speech.NARRATION, lead)
        return (told, Frame(body.ids, Speech.INDIRECT, content, lead, category="listed"))
    if not _goes_on(scene, here, body):
        return ()
    return (Frame(body.ids, Speech.INDIRECT, Span(start=hit.start, end=scene.span.end), lead, category="listed"),)


def _goes_on(scene: Scene, here: Sequence[Frame], body: Candidate) -> bool:
    """Return whether the list is one of forecasts: somebody else foretold right before, and without naming bodies.

    Else it is of what the forecaster measures, the share of one maker after the other.
    """
    last = here[-1] if here else None
    if last is None or last.category not in _FORETELLING or last.lead is None or last.lead.start < scene.span.start:
        return False
    if _CROWDS & set(last.speakers) or last.speakers == body.ids:
        return False
    return not any(last.lead.end <= c.start < body.start and c.kind in _BODIES for c in scene.candidates)


def _opens_item(scene: Scene, body: Candidate) -> bool:
    start = max(scene.clause_start(body.start), scene.shadow.rfind("、", scene.span.start, body.start) + 1)
    return start > scene.span.start and scene.is_light(start, body.start)
