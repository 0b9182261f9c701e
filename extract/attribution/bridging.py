"""Sentences without a cue that a person goes on with: between two of their statements, or behind a judgement."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from extract.attribution.frames import Frame
from extract.placing import starting_in, words_in
from extract.reading import Reading, paragraphs_of
from schemas.actor import AUTHOR, ActorTag, ActorType
from schemas.claim import Speech
from schemas.text import Sentence

_SPOKEN = frozenset({"say", "think", "forecast", "stance"})
_JUDGED = frozenset({"think", "forecast", "stance"})
_JUDGES = re.compile("[不只将]?会|恐?将|可能|恐怕?|应该?|须|必须|只要|若|如果|一旦|[有可]望|势必|才是?|不是|就是")
_NARRATED = re.compile(r"\s*(?:我|笔者|记者|本刊|本报|这位)")
"""How a sentence begins in which the narrator speaks, or tells of the person."""
_LOOKS_BACK = re.compile(r"曾|\?")
"""What the narrator reminds of or asks behind somebody's judgement."""
_start = attrgetter("start")
_OPENING = 3  # characters of a sentence in which a name takes over


def bridged(reading: Reading, tags: Sequence[ActorTag], frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Return the frames of whole sentences without a cue that belong to the person who spoke before in the paragraph.

    They do where the same person speaks again behind them, and right behind what the person thinks or foretells where
    they judge or look ahead. None where they begin with a name, ask or look back.

    Args:
        reading: the document.
        tags: the mentions of actors, in text order.
        frames: what the cues of the document open.
    """
    people = frozenset(tag.actor_id for tag in tags if tag.actor_type is ActorType.PERSON)
    spoken = sorted((f for f in frames if f.speakers != (AUTHOR,)), key=_start)
    found: list[Frame] = []
    for paragraph in paragraphs_of(reading.sentences):
        first = bisect_left(spoken, paragraph[0].span.start, key=_start)
        here = spoken[first : bisect_left(spoken, paragraph[-1].span.end, lo=first, key=_start)]
        turns = _Turns(tuple(here), people)
        for sentence in paragraph[1:]:
            before = turns.going_on(reading, tags, sentence) if here else None
            if before:
                found.append(Frame(before.speakers, Speech.CARRIED, sentence.span, category=before.category))
    return tuple(found)


def opens_anew(reading: Reading, tags: Sequence[ActorTag], start: int) -> bool:
    """Return whether a sentence begins with a name or with the narrator, so that nobody goes on with it."""
    is_named = bool(starting_in(tags, start, start + _OPENING))
    return is_named or _NARRATED.match(reading.shadow, start) is not None


@dataclass(frozen=True, slots=True)
class _Turns:
    """The frames of one paragraph in text order, and who of the document is a person."""

    frames: tuple[Frame, ...]
    people: frozenset[str]

    def going_on(self, reading: Reading, tags: Sequence[ActorTag], sentence: Sentence) -> Frame | None:
        """Return the frame whose speaker goes on in a sentence."""
        start, end = sentence.span.start, sentence.span.end
        before = [f for f in self.frames if f.start < start]
        behind = [f for f in self.frames if f.start >= end]
        is_cued = len(before) + len(behind) < len(self.frames) or any(f.content.end > start for f in before)
        if (
            not before
            or is_cued
            or before[-1].category not in _SPOKEN
            or not self.people.issuperset(before[-1].speakers)
        ):
            return None
        last = before[-1]
        if opens_anew(reading, tags, start) or _LOOKS_BACK.search(reading.shadow, start, end):
            return None
        if behind:
            return last if behind[0].speakers == last.speakers else None
        judging = (
            _JUDGES.fullmatch(reading.shadow, word.start, word.end) for word in words_in(reading.words, start, end)
        )
        return last if last.category in _JUDGED and any(judging) else None
