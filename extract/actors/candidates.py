"""Places that may be mentions, and how those that overlap are settled."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from schemas.actor import ActorType


class Source(IntEnum):
    """Who proposed a candidate; where two overlap the higher one wins."""

    TAGGER = 1
    PROPAGATED = 2
    LATIN = 3
    SUFFIX = 4
    TITLE = 5
    DOTTED = 6
    BRACKET = 7
    BYLINE = 8
    BASE = 9


_FULL_NAMES = frozenset({Source.DOTTED, Source.LATIN})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may name an actor; `actor_id` is None until somebody knows it."""

    start: int
    end: int
    actor_type: ActorType
    source: Source
    actor_id: str | None = None

    @property
    def length(self) -> int:
        """How many characters it covers."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the characters it covers."""
        return text[self.start : self.end]


def settle(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates that stand, none overlapping, in text order.

    A country inside a longer name is a part of it. Else the better source wins, among equals the longer
    one, then the one further left.

    Example:
        >>> short = Candidate(0, 2, ActorType.PLACE, Source.BASE)
        >>> long = Candidate(0, 4, ActorType.ORGANISATION, Source.BASE)
        >>> [c.end for c in settle([short, long])]
        [4]
    """
    proposed = absorb(list(candidates))
    parts = {
        inner
        for outer, inner in holding_pairs(proposed)
        if inner.actor_type is ActorType.PLACE and outer.actor_type is not ActorType.PLACE
    }
    standing = (c for c in proposed if c not in parts)
    taken: set[int] = set()
    kept: list[Candidate] = []
    for candidate in sorted(standing, key=lambda c: (-c.source, -c.length, c.start)):
        places = range(candidate.start, candidate.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)


def absorb(candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates, full names of persons in place of the shorter names inside them, with their ids.

    娜塔莎·卡涅娃 holds 卡涅娃, whom the base knows: the longer name stands, for the same person.
    """
    inner = [
        (o, c) for o, c in holding_pairs(candidates) if o.source in _FULL_NAMES and o.actor_type is ActorType.PERSON
    ]
    ids = {o: c.actor_id for o, c in inner if c.actor_type is ActorType.PERSON and c.end == o.end and c.actor_id}
    gone = {c for _, c in inner}
    return [
        replace(c, actor_id=c.actor_id or ids[c], source=Source.BASE) if c in ids else c
        for c in candidates
        if c not in gone
    ]


def holding_pairs(candidates: Iterable[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """Yield each pair of which the first covers the second and more; a sweep, so that long texts stay quick."""
    active: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.start, -c.length)):
        active = [outer for outer in active if outer.end > candidate.start]
        yield from ((o, candidate) for o in active if candidate.end <= o.end and o.length > candidate.length)
        active.append(candidate)
