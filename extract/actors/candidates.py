"""Places that may be mentions, and how those that overlap are settled."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from schemas.actor import ActorType


class Source(IntEnum):
    """Who proposed a candidate; where two overlap the higher one wins."""

    TAGGER = 1
    PROPAGATED = 2
    LATIN = 3
    SUFFIX = 4
    TITLE = 5
    BRACKET = 6
    BYLINE = 7
    BASE = 8


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

    def overlaps(self, other: "Candidate") -> bool:
        """Return whether both share a character."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """Return the characters it covers."""
        return text[self.start : self.end]


def settle(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates that stand, none overlapping, in text order.

    The better source wins, among equals the longer one, then the one further left.

    Example:
        >>> short = Candidate(0, 2, ActorType.PLACE, Source.BASE)
        >>> long = Candidate(0, 4, ActorType.ORGANISATION, Source.BASE)
        >>> [c.end for c in settle([short, long])]
        [4]
    """
    taken: set[int] = set()
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-c.source, -c.length, c.start)):
        places = range(candidate.start, candidate.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)
