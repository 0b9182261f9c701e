"""Frames of a figure or a rating that somebody moves: 將 X 目標價調升至, 由「買進」降至「中立」."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.attribution.cue_speakers import bare_speakers
from extract.attribution.frames import Frame
from extract.attribution.lexicon import words
from extract.attribution.scanning import Scene
from extract.attribution.speakers import Floor, resolve, subject_of
from extract.phrases import Hit
from schemas.claim import Speech
from schemas.text import Span


def takers_in(scene: Scene) -> list[Hit]:
    """Return 將 and 把 before a figure that somebody moves (將目標價由 … 上調), 由 before a rating (由「買進」降至)."""
    found = []
    for hit in words().takers.find(scene.shadow, scene.span.start, scene.span.end):
        clause = scene.shadow[hit.end : _end_of_figure(scene, hit.end)]
        is_policy = _POLICY.search(clause) is not None and not _EXPECTED.search(clause)
        is_figure = words().figures.occurs(clause) or _REVISED.search(clause)
        if is_figure and _MOVES.search(clause) and not is_policy:
            found.append(replace(hit, category="taker"))
    rated = _RATED.finditer(scene.shadow, scene.span.start, scene.span.end)
    return [*found, *(Hit(match.start(), match.end(), match.group(), "taker") for match in rated)]


_MOVES = re.compile(
    "上修|下修|上调|下调|调高|调降|调升|调低|调至|调为|调到|砍|升至|升到|降至|降到|由|从|提高|拉高|拉到|喊|维持|定为|设|订|定在|放在|改|抓|降为|升为|列为|调升为|纳入"
)


_REVISED = re.compile("[由从][^,。]{0,16}[上下]修")
"""How only forecasts move, whatever they are of."""
_POLICY = re.compile("利率目标|目标利率|目标区间|政策利率|基准利率")
"""What a central bank moves itself: a deed that the narrator tells of, as long as nobody expects it."""
_EXPECTED = re.compile("预[测估期计]|看法|判断|机率|概率")
_END_OF_FIGURE = re.compile("[,。;:!?\n]")


def _end_of_figure(scene: Scene, start: int) -> int:
    """Return where the clause of a moved figure ends; quotation marks around a rating do not end it."""
    match = _END_OF_FIGURE.search(scene.shadow, start, scene.span.end)
    return match.start() if match else scene.span.end


_TICKER = re.compile(r"\s*\([0-9A-Z]")
_RATED = re.compile("[由从](?=「[^」]{2,6}」[^,。]{0,4}[升降上下调砍])")


def taker_frame(scene: Scene, floor: Floor, here: Sequence[Frame], hit: Hit) -> tuple[Frame, ...]:
    """Return the frame of a moved figure; none where nobody moves it.

    A company whose own rating moves (某某（2330）由「中立」降至) is not who moves it.
    """
    start = scene.clause_start(hit.start)
    subject = [c for c in subject_of(scene.shadow, scene.candidates, start, hit.start) if c.kind != "place"]
    is_rated = hit.phrase not in words().takers.categories and any(_TICKER.match(scene.shadow, c.end) for c in subject)
    speakers = () if is_rated else resolve(subject, floor)
    if not speakers and (is_rated or scene.is_light(start, hit.start)):
        speakers = bare_speakers(scene, floor, here, (start, hit))
    if not speakers:
        return ()
    lead = Span(start=start, end=hit.end)
    figure = _figure_in(scene, hit)
    cue = Span(start=figure.start, end=figure.end)
    content = Span(start=hit.end, end=scene.span.end)
    return (Frame(speakers, Speech.INDIRECT, content, lead, figure.phrase, cue, "rate"),)


def _figure_in(scene: Scene, hit: Hit) -> Hit:
    """Return the word for what is moved: the last one before it moves (銷量預測 is a forecast, not sales)."""
    found = list(words().figures.find(scene.shadow, hit.end, _end_of_figure(scene, hit.end)))
    move = _MOVES.search(scene.shadow, hit.end)
    before = [one for one in found if move is None or one.end <= move.start()]
    return (before[-1:] or found[:1] or [hit])[0]
