"""Who may be speaking at a place: the candidates of the frames and of the names around, each with its parts."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extract.attribution import Frame, frame_at
from extract.attribution.scanning import bylines_in
from extract.layers import Layers
from extract.models.features import DocumentView, is_quoted
from extract.models.ruling import declines
from extract.placing import starting_in, touching
from extract.reading import Reading
from schemas.actor import ANALYSTS, AUTHOR, MARKET, ActorTag, ActorType
from schemas.claim import Speech
from schemas.text import Sentence, Span

Speakers = tuple[str, ...]
NARRATOR: Speakers = (AUTHOR,)
CROWDS: Final[Mapping[str, re.Pattern[str]]] = {
    ANALYSTS: re.compile(
        r"分析师|法人|外资|机构|专家|受访|业者|学者|投行|大行|主管|人士|店长|经济学家|首席|券商|交易员|[一二三四五六七八九两\d]人|有人"
    ),
    MARKET: re.compile("市场|投资人|交易员|期货|投资者|有人|外界|押注"),
}
"""Words by which a text names a crowd."""
_LOOK_BACK = 1500  # characters


@dataclass(frozen=True, slots=True)
class Stage:
    """A document with who speaks in it, how often, who is named where, and where its paragraphs begin and end.

    `ranks` counts actors from the one that is named most often, `answers` the labels (X：…) of each speaker. `issuer`
    is whose publication the whole document gives (an agency's bulletin, an institute's outlook), None where it gives
    several voices or none. `rated` are those whose ratings and target prices it gives.
    """

    view: DocumentView
    spoken: tuple[Frame, ...]
    turns: Counter[Speakers]
    answers: Counter[Speakers]
    issuer: Speakers | None
    rated: frozenset[Speakers]
    actors: tuple[ActorTag, ...]
    headed: tuple[str, ...]
    paragraphs: dict[int, int]
    ends: dict[int, int]
    mentions: dict[str, tuple[int, ...]]
    leads: dict[Speakers, tuple[Frame, ...]]
    ranks: dict[str, int]

    @property
    def topic(self) -> str | None:
        """Who is named most often."""
        return next(iter(self.ranks), None)

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
    actors = tuple(speakers_in(view.reading, view.layers))
    headings = [sentence.span for sentence in sentences if sentence.is_heading]
    headed = tuple(tag.actor_id for span in headings for tag in starting_in(actors, span.start, span.end))
    turns = Counter(frame.speakers for frame in spoken if frame.lead)
    mentions: dict[str, list[int]] = {}
    for tag in actors:
        mentions.setdefault(tag.actor_id, []).append(tag.span.start)
    leads: dict[Speakers, list[Frame]] = {}
    for frame in sorted((f for f in spoken if f.lead), key=lambda f: f.start):
        leads.setdefault(frame.speakers, []).append(frame)
    return Stage(
        view=view,
        spoken=spoken,
        turns=turns,
        answers=Counter(frame.speakers for frame in spoken if frame.category == "label"),
        issuer=_issuer(view, spoken),
        rated=frozenset((tag.actor_id,) for tag in actors if _RATED.match(view.reading.shadow, tag.span.end)),
        actors=actors,
        headed=headed,
        paragraphs=paragraphs,
        ends={sentence.paragraph_index: sentence.span.end for sentence in sentences},
        mentions={actor: tuple(starts) for actor, starts in mentions.items()},
        leads={speakers: tuple(frames) for speakers, frames in leads.items()},
        ranks={actor: n for n, actor in enumerate(sorted(mentions, key=lambda actor: -len(mentions[actor])))},
    )


_RATED = re.compile(r"\s*(?:\([^)\n]{0,6}\d{4,6}[^)\n]{0,6}\)|(?:的|今年|明年)?(?:目标价|评[等级]))")
"""What follows the name of a company that is rated: its number at the exchange, its rating."""


def _issuer(view: DocumentView, spoken: Sequence[Frame]) -> Speakers | None:
    """Return the body whose publication the head of the document tells of, where it and its people speak most."""
    reading, sentences = view.reading, view.reading.sentences
    end = sentences[min(len(sentences), _HEAD) - 1].span.end if sentences else 0
    if not _PUBLISHED.search(reading.shadow, 0, end):
        return None
    employers = {one.person_id: one.employer_id for one in view.layers.actors.employments if one.employer_id}
    voices = [frame.speakers[0] for frame in spoken if frame.lead]
    turns = Counter([*voices, *(employers[voice] for voice in voices if voice in employers)])
    tags = starting_in(view.layers.actors.tags, 0, end)
    bodies = {tag.actor_id for tag in tags if tag.actor_type not in (ActorType.PERSON, ActorType.PLACE)}
    loudest = max(bodies, key=lambda who: (turns[who], who), default=None)
    if loudest is None or len(voices) < _FEWEST_TURNS or turns[loudest] < _ISSUER_SHARE * len(voices):
        return None
    return (loudest,)


_PUBLISHED = re.compile(
    "(?:发布|公布|出版|发表|推出|刊出)[^,。;]{0,16}(?:报告|概况|展望|年报|月报|季报|周报|半年报|白皮书|预测|速报|统计|》)"
)
_HEAD = 4  # sentences: the title and the first of the text
_FEWEST_TURNS = 3
_ISSUER_SHARE = 0.4  # of the turns


def speakers_in(reading: Reading, layers: Layers) -> Iterator[ActorTag]:
    """Yield who may speak, named or not: no places, and no reporter in a byline, whose words are the narrator's."""
    shadow, actors = reading.shadow, layers.actors
    bylines = bylines_in(shadow, 0, len(shadow))
    for tag in sorted((*actors.tags, *actors.insiders, *actors.bankers), key=lambda tag: tag.span.start):
        is_reporter = any(start <= tag.span.start and tag.span.end <= end for start, end in bylines)
        if tag.actor_type is not ActorType.PLACE and not is_reporter:
            yield tag


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
        upto: how many of the spoken frames began before it.
        above: where the paragraph before its own begins.
        before: the names before it in its sentence.
        inside: the names in it.
    """

    span: Span
    index: int
    sentence: Sentence
    paragraph: int
    frame: Frame | None
    last: Frame | None
    upto: int
    above: int
    before: Sequence[ActorTag]
    inside: Sequence[ActorTag]

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
        upto=upto,
        above=stage.paragraphs.get(sentence.paragraph_index - 1, 0),
        before=starting_in(stage.actors, sentence.span.start, span.start),
        inside=touching(stage.actors, span.start, span.end),
    )


def candidates_at(stage: Stage, place: Place) -> dict[Speakers, list[str]]:
    """Return who may be speaking, the narrator first unless kept out, each with the parts played around it.

    Only one where a rule settles it: in a quotation that runs on, in a passive with its agent, where somebody would
    not speak. Such places are too few to learn from. No company gives its own rating. Whoever plays but one part, and
    that from afar, is left out: one in three hundred of them speaks, and each takes time.
    """
    reading, span = stage.view.reading, place.span
    if declines(span.of(reading.shadow)) and not is_quoted(reading.quotations, span.start, span.end):
        return {NARRATOR: ["narrator"]}
    if place.frame is not None and (place.frame.category in _SETTLED or place.frame.speech is Speech.PASSIVE):
        return {place.frame.speakers: ["frame"]}
    found: dict[Speakers, list[str]] = {} if _is_given_over(stage, place) else {NARRATOR: ["narrator"]}
    for part, speakers in (
        *_speaking_around(stage, place),
        *_named_around(stage, place),
        *_crowds_before(stage, place),
    ):
        if speakers == NARRATOR:
            continue
        parts = found.setdefault(speakers, [])
        if part not in parts:
            parts.append(part)
    unheard = stage.rated if _RATING.search(span.of(reading.shadow)) else frozenset()
    kept = {
        speakers: parts
        for speakers, parts in found.items()
        if speakers not in unheard and (len(parts) > 1 or parts[0] not in _REMOTE)
    }
    return kept or {NARRATOR: ["narrator"]}


_RATING = re.compile(
    "目标价|评[等级]|[「“](?:买[进入]|卖出|沽售|中[立性]|[增减]持|[加减]码|[优劣]于大[盘市]|跑[赢输][^」”]{2})[」”]"
)
"""What a company that is rated doesn't say of itself."""
_SETTLED = frozenset({"open"})
_REMOTE = frozenset({"crowdfar", "main", "spoke", "topic", "headed", "heading", "paragraph", "behind", "opening"})


def _is_given_over(stage: Stage, place: Place) -> bool:
    """Return whether the narrator keeps out of a place: a section under its source's bare name, an answer.

    Under a heading with a colon (X:…) the narrator may tell of whom it names.
    """
    frame = place.frame
    if frame is None or frame.speakers == NARRATOR:
        return False
    if frame.category == "label":
        return stage.answers[frame.speakers] >= _ANSWERS
    return frame.category == "section" and ":" not in _heading_above(stage, place.index)


def _heading_above(stage: Stage, index: int) -> str:
    reading = stage.view.reading
    above = (sentence for sentence in reversed(reading.sentences[:index]) if sentence.is_heading)
    heading = next(above, None)
    return heading.span.of(reading.shadow) if heading else ""


_ANSWERS = 2  # times that a speaker's name and a colon begin a line: an interview, not a headline


def _speaking_around(stage: Stage, place: Place) -> Iterator[tuple[str, Speakers]]:
    """Yield those whose frames hold the place or lie near it, and those who speak most in the document."""
    if place.frame is not None:
        yield "frame", place.frame.speakers
    here = place.upto
    outer = [f for f in stage.spoken[max(0, here - _NEAR_FRAMES) : here] if f.content.end > place.span.start]
    yield from (("outer", frame.speakers) for frame in reversed(outer[:-1]))
    if place.last is not None:
        yield "last" if place.last.content.end > place.paragraph else "earlier", place.last.speakers
    before = dict.fromkeys(f.speakers for f in reversed(stage.spoken[max(0, here - _NEAR_FRAMES) : here]))
    yield from (("spoke", speakers) for speakers in list(before)[:_SPOKE])
    yield from (("main", speakers) for speakers, _ in stage.turns.most_common(2))
    following = next((f for f in stage.spoken[here:] if f.lead), None)
    if following and following.lead:
        index = place.index
        ends = stage.view.reading.sentences[min(index + 1, len(stage.view.reading.sentences) - 1)].span.end
        if place.span.end <= following.lead.start < ends:
            yield "next" if following.lead.start < place.sentence.span.end else "beyond", following.speakers
    if stage.headed:
        yield "headed", (stage.headed[-1],)
    if stage.issuer:
        yield "issuer", stage.issuer


_NEAR_FRAMES = 12
_SPOKE = 4  # speakers before the place who may still have the floor


def _crowds_before(stage: Stage, place: Place) -> Iterator[tuple[str, Speakers]]:
    shadow, sentence = stage.view.reading.shadow, place.sentence.span
    for crowd, words in CROWDS.items():
        if words.search(shadow, sentence.start, place.span.start):
            yield "crowd", (crowd,)
        elif words.search(shadow, place.span.start, place.span.end):
            yield "crowdin", (crowd,)
        elif words.search(shadow, max(place.paragraph, sentence.start - _LAST_SENTENCE), sentence.start):
            yield "crowdabove", (crowd,)
        else:
            yield "crowdfar", (crowd,)


_LAST_SENTENCE = 60  # characters before the sentence in which a crowd may have been named


def _named_around(stage: Stage, place: Place) -> Iterator[tuple[str, Speakers]]:
    """Yield the names that may be speakers: before the place, in it, behind it, and earlier in the paragraph."""
    sentence, before = place.sentence.span, place.before
    yield from (("near", (tag.actor_id,)) for tag in reversed(before[-_NAMED:]))
    if len(before) > 1:
        yield "opening", (before[0].actor_id,)
    yield from (("inside", (tag.actor_id,)) for tag in place.inside[:2])
    behind = starting_in(stage.actors, place.span.end, sentence.end)
    yield from (("behind", (tag.actor_id,)) for tag in behind[:1])
    earlier = starting_in(stage.actors, max(place.paragraph, sentence.start - _LOOK_BACK), sentence.start)
    if earlier:
        yield "paragraph", (earlier[0].actor_id,)
        yield from (("above", (tag.actor_id,)) for tag in reversed(earlier[-2:]))
    elif place.index:
        above = starting_in(stage.actors, place.above, place.paragraph)
        yield from (("heading", (tag.actor_id,)) for tag in above[-1:])
    if stage.topic:
        yield "topic", (stage.topic,)


_NAMED = 3  # names before the place in its sentence
