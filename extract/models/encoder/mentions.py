"""Where somebody who may be speaking is mentioned: by name, by what leads in a frame, by a word for a crowd."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.attribution import Frame
from extract.layers import Layers
from extract.models.stage import CROWDS, NARRATOR, speakers_in
from extract.reading import Reading
from schemas.text import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of the text that stands for a speaker; `leads` where it leads in their words."""

    speakers: tuple[str, ...]
    span: Span
    leads: bool = False


def mentions_of(reading: Reading, layers: Layers, frames: Sequence[Frame]) -> tuple[Mention, ...]:
    """Return all mentions of a document; an actor has as many as there are places that name it."""
    names = (Mention((tag.actor_id,), tag.span) for tag in speakers_in(reading, layers))
    return (*names, *_leads(frames), *_crowds(reading))


def _leads(frames: Sequence[Frame]) -> Iterator[Mention]:
    for frame in frames:
        if frame.lead and frame.speakers != NARRATOR:
            yield Mention(frame.speakers, frame.lead, leads=True)


def _crowds(reading: Reading) -> Iterator[Mention]:
    for crowd, words in CROWDS.items():
        for match in words.finditer(reading.shadow):
            yield Mention((crowd,), Span(start=match.start(), end=match.end()))
