"""Find the frames of speech of a document, sentence by sentence, with who has the floor."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.actors import ActorLayer
from extract.attribution.announcing import announced
from extract.attribution.answers import answering
from extract.attribution.bridging import bridged
from extract.attribution.carrying import Memory, carried, is_item, listing_of, told_of
from extract.attribution.cued import frames_in
from extract.attribution.frames import Frame
from extract.attribution.labels import labels_of, rumours_of, speaker_heading, titles_of
from extract.attribution.narrating import narrated
from extract.attribution.reports import reported
from extract.attribution.scanning import Scene, scene_of
from extract.attribution.speakers import Floor, first_of_each, offices_of, reporter_of
from extract.reading import Reading
from schemas.actor import ANALYSTS, AUTHOR, MARKET, ActorTag, ActorType
from schemas.claim import Speech


@dataclass(frozen=True, slots=True)
class _State:
    floor: Floor
    paragraph: int = -1
    section: int = -1
    memory: Memory = field(default_factory=Memory)
    answers: frozenset[int] = frozenset()


def find_frames(reading: Reading, actor_layer: ActorLayer) -> tuple[Frame, ...]:
    """Return the frames of speech, in order of their content; what lies in none is the narrator's.

    Args:
        reading: the document with its sentences and quotations; words are used where there are any.
        actor_layer: the mentions of actors, by which speakers are known.

    Returns:
        Frames, the narrator's inside speech among them; where several hold a place, the one whose content starts last
        has it.
    """
    tags = sorted((*actor_layer.tags, *actor_layer.insiders), key=lambda tag: tag.span.start)
    state = _State(floor=_opening_floor(tags, reading), answers=answering(reading))
    offices = offices_of(reading.shadow, actor_layer.employments)
    heard = sorted((*tags, *actor_layer.bankers), key=lambda tag: tag.span.start)
    found: list[Frame] = []
    for index in range(len(reading.sentences)):
        scene = scene_of(reading, heard, offices, index)
        state = _moved_to(state, reading, scene)
        frames = _frames_of(reading, scene, state)
        found += frames
        state = _after(state, scene, frames)
    found += announced(reading, tags, found)
    found += bridged(reading, tags, found)
    found += reported(reading, actor_layer.tags, found)
    inside = narrated(reading, found)
    # Last of those that begin at the same place, so that it has the place.
    return tuple(sorted((*sorted(found, key=_end), *inside), key=_start))


def _start(frame: Frame) -> int:
    return frame.content.start


def _end(frame: Frame) -> int:
    return frame.content.end


def _opening_floor(tags: Sequence[ActorTag], reading: Reading) -> Floor:
    bodies = Counter(tag.actor_id for tag in tags if tag.actor_type not in (ActorType.PERSON, ActorType.PLACE))
    topic = bodies.most_common(1)[0][0] if bodies else None
    types = {tag.actor_id: tag.actor_type.value for tag in tags}
    return Floor(topic=topic, guest=_guest(tags, reading, topic), types=types, house=_house(tags, reading))


def _house(tags: Sequence[ActorTag], reading: Reading) -> str | None:
    """Return the body that a note on the author names (作者為某行首席經濟師)."""
    notes = [match.end() for match in _AUTHOR_NOTE.finditer(reading.shadow)]
    bodies = (tag for tag in tags if tag.actor_type not in (ActorType.PERSON, ActorType.PLACE))
    return next(
        (tag.actor_id for tag in bodies if any(0 <= tag.span.start - end <= _BEFORE_HOUSE for end in notes)), None
    )


_AUTHOR_NOTE = re.compile("(?:作者|笔者|撰文者?)(?:[^,。;:\n]{2,4})?(?:[为是系]|现为|现任|任职于?)")
_BEFORE_HOUSE = 3  # characters between the note's verb and the house


def _guest(tags: Sequence[ActorTag], reading: Reading, topic: str | None) -> str | None:
    """Return whom the headline makes the one who answers: the person in it who is named most, else the topic."""
    end = reading.sentences[0].span.end if reading.sentences else 0
    headed = [tag for tag in tags if tag.span.end <= end]
    named = Counter(tag.actor_id for tag in tags)
    people = [tag.actor_id for tag in headed if tag.actor_type is ActorType.PERSON]
    if people:
        return max(people, key=named.__getitem__)
    return topic if any(tag.actor_id == topic for tag in headed) else None


_REMEMBERED = 60  # frames of one paragraph; longer ones are lists


def _moved_to(state: _State, reading: Reading, scene: Scene) -> _State:
    section = reading.sentences[scene.index].section_index
    memory = replace(state.memory, last=state.floor.quoted or state.floor.last)
    if section != state.section:
        memory = replace(memory, section_speakers=())
    if scene.paragraph != state.paragraph:
        listing = memory.listing if is_item(scene, memory) else ()
        memory = replace(memory, frames=(), told=(), listing=listing, is_open=_opens_speech(reading, scene))
    return replace(state, section=section, paragraph=scene.paragraph, memory=memory)


def _opens_speech(reading: Reading, scene: Scene) -> bool:
    """Return whether the paragraph begins with a quotation mark that closes nowhere in it."""
    first = next((q for q in scene.quotations if q.span.start == scene.span.start), None)
    return first is not None and not first.closed


def _frames_of(reading: Reading, scene: Scene, state: _State) -> tuple[Frame, ...]:
    memory, start = state.memory, scene.span.start
    # At the head of an item a name with a colon is what the item is about.
    labels = () if is_item(scene, memory) else labels_of(reading, scene, state.floor) or _answer_of(scene, state)
    held = labels[-1] if labels else next((f for f in reversed(memory.frames) if f.content.end > start), None)
    floor = _floor_under(state, held)
    titles = titles_of(reading, scene, floor)
    cued = frames_in(reading, scene, floor, (*memory.frames, *titles))
    frames = (*labels, *rumours_of(reading, scene), *titles, *cued)
    covered = any(f.content.start <= start or (f.lead and f.lead.start <= start) for f in frames)
    if covered or (held and held.content.end > start):
        return frames
    before = carried(scene, memory, cued)
    return (*frames, before) if before else frames


def _answer_of(scene: Scene, state: _State) -> tuple[Frame, ...]:
    """Return the frame of a sentence in an answer without a label: it is the guest's."""
    guest = state.floor.guest or state.floor.person
    if scene.paragraph not in state.answers or guest is None:
        return ()
    return (Frame((guest,), Speech.CARRIED, scene.span, category="label"),)


def _floor_under(state: _State, held: Frame | None) -> Floor:
    """Return the floor inside a frame that began earlier, or in a quotation that runs over paragraphs."""
    if held is not None and held.speakers != (AUTHOR,):
        return replace(state.floor.given_to(held.speakers), holder=held.speakers)
    if state.memory.is_open or state.memory.section_speakers:
        return replace(state.floor, holder=state.memory.section_speakers or state.memory.last)
    return state.floor


def _after(state: _State, scene: Scene, frames: Sequence[Frame]) -> _State:
    floor = state.floor
    for candidate in first_of_each(scene.candidates):
        spoken = any(f.content.start <= candidate.start < f.content.end for f in frames)
        if not spoken and not scene.is_quoted(candidate.start):
            floor = floor.having_met(candidate)
    for frame in sorted(frames, key=lambda f: f.content.start):
        if frame.speakers != (AUTHOR,):
            floor = floor.given_to(frame.speakers)
            if frame.speech in (Speech.DIRECT, Speech.HEADLINE):
                floor = replace(floor, quoted=frame.speakers)
            if frame.category == "label" and floor.types.get(frame.speakers[0]) == ActorType.PERSON.value:
                floor = replace(floor, guest=frame.speakers[0])
    floor = replace(floor, reporter=reporter_of(scene.shadow, scene.candidates, scene.span.end) or floor.reporter)
    memory = replace(
        state.memory,
        frames=(*state.memory.frames, *frames)[-_REMEMBERED:],
        section_speakers=_section_speakers(state, scene, frames),
        told=told_of(scene, frames),
        listing=listing_of(scene, frames, state.memory.listing),
    )
    return replace(state, floor=floor, memory=memory)


_CROWDS = frozenset({AUTHOR, ANALYSTS, MARKET})
_TOP = 2  # sentences: headline and subtitle head the article, no section


def _section_speakers(state: _State, scene: Scene, frames: Sequence[Frame]) -> tuple[str, ...]:
    """Return whose section it is: the speaker that its heading names, until somebody else is cited."""
    current = state.memory.section_speakers
    is_heading = scene.is_heading and not is_item(scene, state.memory)
    if is_heading and scene.index >= _TOP and scene.paragraph:
        named = [f.speakers for f in frames if f.category == "label" and not _CROWDS & set(f.speakers)]
        return named[0] if named else speaker_heading(scene, state.floor)
    return () if any(f.category != "label" and f.speakers != current for f in frames) else current
