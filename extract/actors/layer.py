"""All mentions of actors in a reading, with the actors themselves and what they are to each other."""

from dataclasses import dataclass

from extract.actors.base import ActorBase, load_base
from extract.actors.candidates import Candidate, Source, settle
from extract.actors.gazetteer import Gazetteer
from extract.actors.matching import match_base, shipped_gazetteer
from extract.actors.scripts import fold_dots
from extract.actors.words import WordMap
from extract.reading import Reading
from schemas.actor import Actor, ActorTag, ActorType, Employment, Name
from schemas.extraction import Skipped
from schemas.text import Span


@dataclass(frozen=True, slots=True)
class ActorLayer:
    """What a text says of actors; tags in text order, actors in order of first mention."""

    tags: tuple[ActorTag, ...] = ()
    actors: tuple[Actor, ...] = ()
    employments: tuple[Employment, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def tag_actors(reading: Reading, *, base: ActorBase | None = None) -> ActorLayer:
    """Return the mentions of actors in a reading."""
    used = load_base() if base is None else base
    gazetteer = shipped_gazetteer() if base is None else Gazetteer.of(base.entries)
    folded, words = fold_dots(reading.shadow), WordMap.of(reading.words)
    found = match_base(folded, words, reading.document.locale, base=used, gazetteer=gazetteer)
    types = {"PER": ActorType.PERSON, "ORG": ActorType.ORGANISATION}
    for word in reading.words:
        if word.entity in types and word.end - word.start > 1:
            found.append(Candidate(word.start, word.end, types[word.entity], Source.TAGGER))
    tags, actors = [], {}
    for c in settle(found):
        text = c.of(reading.document.text)
        actor_id = c.actor_id or c.of(folded)
        tags.append(ActorTag(span=Span(start=c.start, end=c.end), actor_id=actor_id, actor_type=c.actor_type))
        if actor_id not in actors:
            actors[actor_id] = (
                used.actor(actor_id)
                if c.actor_id
                else Actor(
                    actor_id=actor_id,
                    actor_type=c.actor_type,
                    names=(Name(text=text, script="zh-Hant"),),
                    is_provisional=True,
                )
            )
    return ActorLayer(tuple(tags), tuple(actors.values()))
