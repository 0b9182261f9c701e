"""Ratings as lists give them: a broker's name, a verb, a rating (某某證券列優於大盤, 由中立升買進)."""

import re

from extract.attribution.scanning import Scene
from extract.phrases import Hit

_RATING = (
    "(?:[买卖]进|买入|卖出|沽售|沽出|[增减]持|[加减]码|中[立性]|持有|[优劣]于大[盘市]|跑[赢输](?:大[市盘]|行业)|逢低买进|"
    "强力买进|区间操作|[标超低]配)"
)
_MOVED_TO = "(?:[升降]至?为?|[上下]调至?|调[升降高低]至?|列为?|[给首]予?|首评|重申|维持|看)"
_RATES = re.compile(
    f"[^,。;:「」将把]{{0,4}}?(?P<cue>[由从]「?{_RATING}」?(?=[^,。;:]{{0,2}}{_MOVED_TO})|{_RATING}(?={_MOVED_TO})"
    f"|{_MOVED_TO}(?=「?{_RATING}))"
)
"""How a rating is told right behind the broker's name, with verbs of lists (某某證券列優於大盤, 由中立升買進)."""


def ratings_in(scene: Scene) -> list[Hit]:
    """Return the words by which a body right before them gives a rating; none where it is the body that is rated."""
    bodies = [
        c
        for c in scene.candidates
        if c.kind == "organisation" and not re.search("[将把]", scene.shadow[scene.clause_start(c.start) : c.start])
    ]
    found = (_RATES.match(scene.shadow, c.end, scene.span.end) for c in bodies)
    return [_hit_of(m) for m in found if m]


def _hit_of(match: re.Match[str]) -> Hit:
    """Return the word of a rating; only 由 where it begins with the former one, which a claim holds."""
    is_moved = match["cue"][0] in "由从"
    end = match.start("cue") + 1 if is_moved else match.end("cue")
    return Hit(match.start("cue"), end, match["cue"], "rate")


def is_rated_by(scene: Scene, start: int) -> bool:
    """Return whether a broker with a rating stands at the position: a label before it tells whose rating it is."""
    return any(
        not scene.shadow[start : c.start].strip() and _RATES.match(scene.shadow, c.end, scene.span.end)
        for c in scene.candidates
        if c.start >= start and c.kind == "organisation"
    )
