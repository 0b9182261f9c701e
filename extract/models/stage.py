"""Who may be speaking at a place: the candidates of the frames and of the names around, each with its parts."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from extract.attribution import Frame, frame_at
from extract.models.features import DocumentView
from extract.placing import starting_in, touching
from schemas.actor import ANALYSTS, AUTHOR, MARKET, ActorTag, ActorType
from schemas.text import Sentence, Span

Speakers = tuple[str, ...]
NARRATOR: Speakers = (AUTHOR,)
_CROWDS = {
    ANALYSTS: re.compile("分析师|法人|外资|机构|专家|受访|业者|学者|投行|大行|主管|人士|店长"),
    MARKET: re.compile("市场|投资人|交易员|期货|投资者"),
}
_LOOK_BACK = 1500  # characters


@dataclass(frozen=True, slots=True)
class Stage:
    """A document with who speaks in it, how often, and where its paragraphs begin."""

    view: DocumentView
    spoken: tuple[Frame, ...]
    turns: Counter[Speakers]
    actors: tuple[ActorTag, ...]
    headed: tuple[str, ...]
    paragraphs: dict[int, int]

    def sentence_at(self, position: int) -> tuple[int, Sentence]:
        """Return the sentence that a position stands in, with its index."""
        sentences = self.view.reading.sentences
        index = max(0, bisect_right(sentences, position, key=lambda sentence: sentence.span.start) - 1)
        return index, sentences[index]


def stage_of(view: DocumentView) -> Stage:
    """Return who speaks in a document."""
    sentences = view.reading.sentences
    paragraphs: dict[int, int] = {}
    for sentence in sentences:
        paragraphs.setdefault(sentence.paragraph_index, sentence.span.start)
    spoken = tuple(frame for frame in view.frames if frame.speakers != NARRATOR)
    actors = tuple(tag for tag in view.layers.actors.tags if tag.actor_type is not ActorType.PLACE)
    headings = [sentence.span for sentence in sentences if sentence.is_heading]
    headed = tuple(tag.actor_id for span in headings for tag in starting_in(actors, span.start, span.end))
    turns = Counter(frame.speakers for frame in spoken if frame.lead)
    return Stage(view, spoken, turns, actors, headed, paragraphs)


@dataclass(frozen=True, slots=True)
class Place:
    """A proposition with what the choice of its speaker looks at.

    Attributes:
        span: the proposition.
        index: of its sentence.
        sentence: its sentence.
        paragraph: where its paragraph begins.
        frame: the frame that holds it, None outside all.
        last: the frame of another than the narrator that began last before it.
    """

    span: Span
    index: int
    sentence: Sentence
    paragraph: int
    frame: Frame | None
    last: Frame | None

    @property
    def nearest(self) -> Frame | None:
        """The frame that holds it, else the last one."""
        return self.frame or self.last

    @property
    def reach(self) -> str:
        """How far the nearest frame is: F holds the place, P in its paragraph, D before in the document."""
        if self.frame is not None:
            return "F"
        if self.last is None:
            return "0"
        return "P" if self.last.content.end > self.paragraph else "D"


def place_of(stage: Stage, span: Span) -> Place:
    """Return a proposition with its surroundings."""
    index, sentence = stage.sentence_at(span.start)
    upto = bisect_right(stage.spoken, span.start - 1, key=lambda frame: frame.content.start)
    return Place(
        span=span,
        index=index,
        sentence=sentence,
        paragraph=stage.paragraphs[sentence.paragraph_index],
        frame=frame_at(stage.view.frames, span),
        last=stage.spoken[upto - 1] if upto else None,
    )


def candidates_at(stage: Stage, place: Place) -> dict[Speakers, list[str]]:
    """Return who may be speaking, the narrator first, each with the parts that they play around the place."""
    found: dict[Speakers, list[str]] = {NARRATOR: ["narrator"]}

    def add(speakers: Speakers, part: str) -> None:
        found.setdefault(speakers, []).append(part)

    if place.frame is not None and place.frame.speakers != NARRATOR:
        add(place.frame.speakers, "frame")
    if place.last is not None:
        add(place.last.speakers, "last" if place.last.content.end > place.paragraph else "earlier")
    for speakers, _ in stage.turns.most_common(1):
        add(speakers, "main")
    for part, tag in _names_around(stage, place):
        add((tag.actor_id,), part)
    following = next((f for f in stage.spoken[_after(stage, place) :] if f.lead), None)
    if following and following.lead and place.span.end <= following.lead.start < place.sentence.span.end:
        add(following.speakers, "next")
    if stage.headed:
        add((stage.headed[-1],), "headed")
    before = stage.view.reading.shadow[place.sentence.span.start : place.span.start]
    for crowd, words in _CROWDS.items():
        if words.search(before):
            add((crowd,), "crowd")
    return found


def _after(stage: Stage, place: Place) -> int:
    return bisect_right(stage.spoken, place.span.start, key=lambda frame: frame.content.start)


def _names_around(stage: Stage, place: Place) -> list[tuple[str, ActorTag]]:
    """Return the names that may be speakers: in the sentence before the place, in it, and earlier in the paragraph."""
    found: list[tuple[str, ActorTag]] = []
    sentence, start = place.sentence.span.start, place.span.start
    before = starting_in(stage.actors, sentence, start)
    if before:
        found.append(("near", before[-1]))
    if len(before) > 1:
        found.append(("opening", before[0]))
    inside = touching(stage.actors, start, place.span.end)
    if inside:
        found.append(("inside", inside[0]))
    earlier = starting_in(stage.actors, max(place.paragraph, sentence - _LOOK_BACK), sentence)
    if earlier:
        found += [("paragraph", earlier[0]), ("above", earlier[-1])]
    return found
