"""One id for each actor, worked out from all judgements; no data moves, so that every judgement can be taken back.

The result is a function of the judgements alone: in whatever order they are read, the latest of each pair stands.
"""

from collections import defaultdict, deque
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from schemas.actor import Judgement, JudgementValue
from schemas.errors import ConflictError

Pair = tuple[str, str]
"""Two actor ids, the smaller first."""


@dataclass(frozen=True, slots=True)
class Identities:
    """Which ids mean the same actor.

    Attributes:
        classes: for every id that was merged, all ids of its actor, the canonical one first.
        standing: the judgement of each pair that holds now.
    """

    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    standing: Mapping[Pair, Judgement] = field(default_factory=dict)

    def members(self, actor_id: str) -> tuple[str, ...]:
        """Return all ids of an actor, the canonical one first; the id alone where it was never merged."""
        return self.classes.get(actor_id, (actor_id,))

    def canonical(self, actor_id: str) -> str:
        """Return the id under which an actor is shown."""
        return self.members(actor_id)[0]

    def judged(self, one: str, other: str) -> JudgementValue:
        """Return what holds between two actors, whichever of their ids it was said of; `none` where nothing does."""
        if self.canonical(one) == self.canonical(other):
            return JudgementValue.SAME
        pairs = ((a, b) if a < b else (b, a) for a in self.members(one) for b in self.members(other))
        values = {self.standing[pair].value for pair in pairs if pair in self.standing}
        # Who was told apart under one id is told apart under all; a doubt counts only where nobody was surer.
        ranked = (JudgementValue.DIFFERENT, JudgementValue.UNSURE)
        return next((value for value in ranked if value in values), JudgementValue.NONE)


def identities_of(judgements: Iterable[Judgement], *, provisional: Container[str] = ()) -> Identities:
    """Return which ids mean the same actor.

    Args:
        judgements: all that were ever made, in any order.
        provisional: ids of actors known from texts only; they are canonical only among themselves.

    Raises:
        ConflictError: two actors are judged different and are joined all the same, code
            "linking.contradiction"; the message names the way from one to the other.

    Example:
        >>> from datetime import UTC, datetime
        >>> from schemas.actor import judgement_of
        >>> day = datetime(2026, 1, 2, tzinfo=UTC)
        >>> one = judgement_of(("ray-dalio", "戴利歐"), JudgementValue.SAME, who="editor", why="one man", at=day)
        >>> identities_of([one], provisional={"戴利歐"}).canonical("戴利歐")
        'ray-dalio'
    """
    standing = latest(judgements)
    beside = _joined(standing.values())
    classes: dict[str, tuple[str, ...]] = {}
    for actor_id in beside:
        if actor_id not in classes:
            members = sorted(_ways_from(actor_id, beside), key=lambda i: (i in provisional, i))
            classes |= dict.fromkeys(members, tuple(members))
    _check(standing, classes, beside)
    return Identities(classes, standing)


def latest(judgements: Iterable[Judgement]) -> dict[Pair, Judgement]:
    """Return the judgement of each pair that was made last; of two in one instant, the one of the greater id."""
    found: dict[Pair, Judgement] = {}
    for judgement in judgements:
        before = found.get(judgement.pair)
        if before is None or _rank(before) < _rank(judgement):
            found[judgement.pair] = judgement
    return dict(sorted(found.items()))


def _rank(judgement: Judgement) -> tuple[datetime, str]:
    return judgement.judged_at, judgement.judgement_id


def _joined(standing: Iterable[Judgement]) -> dict[str, list[str]]:
    beside: dict[str, list[str]] = defaultdict(list)
    for judgement in standing:
        if judgement.value is JudgementValue.SAME:
            beside[judgement.first_id].append(judgement.second_id)
            beside[judgement.second_id].append(judgement.first_id)
    return beside


def _ways_from(start: str, beside: Mapping[str, list[str]]) -> dict[str, str]:
    """Return every id that is reached, with the id it was reached from."""
    came_from = {start: start}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in beside.get(here, ()):
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    return came_from


def _check(
    standing: Mapping[Pair, Judgement], classes: Mapping[str, tuple[str, ...]], beside: Mapping[str, list[str]]
) -> None:
    for (first, second), judgement in standing.items():
        if judgement.value is not JudgementValue.DIFFERENT or second not in classes.get(first, ()):
            continue
        came_from = _ways_from(first, beside)
        way = [second]
        while way[-1] != first:
            way.append(came_from[way[-1]])
        joined = " = ".join(reversed(way))
        raise ConflictError(
            "linking.contradiction",
            f"{first} and {second} are judged different but joined by {joined}: split one of these pairs first, "
            "or take the judgement of these two back",
            first_id=first,
            second_id=second,
        )
