"""The relations among claims: which repeats which, which replaces which, which contradict each other."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Final, TypeAlias

from kg.relations.judging import Agreement, Conflict, Reason, is_taken_back, judge
from kg.relations.reading import Shape, Stated, Terms
from kg.relations.wording import explanation_of
from schemas.graph import Edge, EdgeType, edge_of

STANDING: Final = timedelta(days=200)
"""How long a forecast counts as held after it was last said: half-yearly outlooks overlap."""
NEWS: Final = timedelta(days=7)
"""What two articles bring within a week is one statement that both relay."""

Question: TypeAlias = tuple[Terms, date | None]
IsHouse: TypeAlias = Callable[[str, str], bool]
"""Whether the first actor, a person, works for the second."""


@dataclass(frozen=True, slots=True)
class Relation:
    """That one claim stands to another in a relation, and why; of a contradiction the smaller id stands first."""

    edge_type: EdgeType
    source_id: str
    target_id: str
    reason: Reason
    explanation: str

    @property
    def edge(self) -> Edge:
        """The edge that says so in the graph."""
        data = {"reason": self.reason.value, "explanation": self.explanation}
        return edge_of(self.edge_type, self.source_id, self.target_id, **data)


@dataclass(slots=True)
class _Position:
    """What one voice holds: a claim, when it was said first and last, and from when another one stands instead."""

    stated: Stated
    last: date
    until: date | None = None

    def meets(self, later: "_Position") -> bool:
        """Whether it was still held when a later one was taken."""
        begins = later.stated.said_on
        return begins <= self.last + STANDING and (self.until is None or begins < self.until)


@dataclass(frozen=True, slots=True)
class _Settled:
    """The claims of one question: by claim how it follows an earlier one, and by claim the positions taken."""

    bonds: Mapping[str, Relation]
    positions: Mapping[str, _Position]


@dataclass(frozen=True, slots=True)
class Beside:
    """What new claims change: whose relations may have changed, and all relations that these have now."""

    touched: frozenset[str]
    relations: tuple[Relation, ...]


def relate(claims: Iterable[Stated], *, is_house: IsHouse) -> tuple[Relation, ...]:
    """Return the relations among claims, ordered by type and ids.

    A claim repeats the first claim of its voice that says the same; it replaces the last one that says otherwise and
    was said earlier. Claims contradict each other if different voices hold them at the same time; a repetition is
    left out, its first claim stands for it.

    Args:
        claims: claims as their values say them, in any order; those on different terms are never related.
        is_house: whether a person works for an actor; such two speak with one voice.

    Example:
        >>> relate([], is_house=lambda person, employer: False)
        ()
    """
    found: list[Relation] = []
    for group in grouped(claims):
        settled = _settled(group, is_house)
        found += settled.bonds.values()
        found += _contradictions(combinations(settled.positions.values(), 2), is_house)
    return tuple(sorted(found, key=_rank))


def relate_beside(stored: Iterable[Stated], new: Iterable[Stated], *, is_house: IsHouse) -> Beside:
    """Return what new claims change among the relations of stored ones; the same as relating all of them anew.

    Args:
        stored: every claim on the questions of the new ones; no other.
        new: claims that are not among them yet.
        is_house: whether a person works for an actor; such two speak with one voice.
    """
    fresh = {stated.claim_id: stated for stated in new}
    known = {stated.claim_id: stated for stated in stored if stated.claim_id not in fresh}
    touched: set[str] = set(fresh)
    found: list[Relation] = []
    for group in grouped((*known.values(), *fresh.values())):
        before = _settled([stated for stated in group if stated.claim_id in known], is_house)
        after = _settled(group, is_house)
        touched |= _changed(before.bonds, after.bonds) | _changed(before.positions, after.positions)
        found += (bond for bond in after.bonds.values() if not touched.isdisjoint({bond.source_id, bond.target_id}))
        held = after.positions
        pairs = (pair for pair in combinations(held, 2) if not touched.isdisjoint(pair))
        found += _contradictions(((held[one], held[other]) for one, other in pairs), is_house)
    return Beside(frozenset(touched), tuple(sorted(found, key=_rank)))


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {claim_id for claim_id in before.keys() | after.keys() if before.get(claim_id) != after.get(claim_id)}


def _rank(relation: Relation) -> tuple[str, str, str]:
    return relation.edge_type, relation.source_id, relation.target_id


def question_of(stated: Stated) -> Question:
    """Return what claims must share to be compared: their terms, and the last day of their windows.

    Events are compared whatever their windows, because one that never comes in a year does not come in its June.
    """
    return stated.terms, None if stated.terms.shape is Shape.EVENT else stated.time.end


def grouped(claims: Iterable[Stated]) -> Iterator[list[Stated]]:
    """Yield the claims that may be related, each group in the order in which they were said, each claim once."""
    buckets: dict[Question, dict[str, Stated]] = defaultdict(dict)
    for stated in claims:
        buckets[question_of(stated)][stated.claim_id] = stated
    for bucket in buckets.values():
        yield sorted(bucket.values(), key=lambda stated: stated.order)


def _settled(group: Sequence[Stated], is_house: IsHouse) -> _Settled:
    """Return how claims on one question follow each other; they stand in the order in which they were said."""
    bonds: dict[str, Relation] = {}
    positions: dict[str, _Position] = {}
    for stated in group:
        relation, position = _placed(stated, tuple(positions.values()), is_house)
        if relation is not None:
            bonds[stated.claim_id] = relation
        if position is not None:
            positions[stated.claim_id] = position
    return _Settled(bonds, positions)


def _contradictions(pairs: Iterable[tuple[_Position, _Position]], is_house: IsHouse) -> Iterator[Relation]:
    """Yield the contradictions among pairs of positions, the earlier one first."""
    for earlier, later in pairs:
        conflict = judge(earlier.stated, later.stated) if earlier.meets(later) else None
        if isinstance(conflict, Conflict) and not is_one_voice(earlier.stated, later.stated, is_house):
            yield _contradiction(earlier.stated, later.stated, conflict)


def _placed(
    stated: Stated, positions: Sequence[_Position], is_house: IsHouse
) -> tuple[Relation | None, _Position | None]:
    """Return how a claim stands to the last one of its voice, and the position it opens, if it repeats none."""
    opened = _Position(stated, stated.said_on)
    for position in reversed(positions):
        before = position.stated
        reason = _bond(before, stated) if position.until is None else None
        if reason is None or not is_one_voice(before, stated, is_house):
            continue
        if reason is Reason.REPEATED:
            repeated = _repetition(position, stated)
            position.last = stated.said_on
            return repeated, None
        if before.voices & stated.voices:
            position.until = stated.said_on
            return _replacement(before, stated, reason), opened
    return None, opened


def _bond(before: Stated, stated: Stated) -> Reason | None:
    """Return how a claim follows an earlier one, if one voice says both: it repeats or replaces it, or neither."""
    if is_taken_back(before, stated):
        return Reason.STATED_REVISION
    judged = judge(before, stated)
    if isinstance(judged, Agreement):
        return Reason.REPEATED
    if isinstance(judged, Conflict) and before.said_on < stated.said_on:
        return REASONS_OF_CHANGE[judged.reason]
    return None


def is_one_voice(one: Stated, other: Stated, is_house: IsHouse) -> bool:
    """Return whether two claims are by one speaker, or by a person and the house that employs him."""
    if one.voices & other.voices:
        return True
    pairs = [(a, b) for a in one.voices for b in other.voices]
    return any(is_house(a, b) or is_house(b, a) for a, b in pairs)


def _repetition(position: _Position, stated: Stated) -> Relation:
    before = position.stated
    reason = Reason.REPEATED
    if not before.voices & stated.voices:
        reason = Reason.HOUSE
    elif before.document_id != stated.document_id and stated.said_on - position.last <= NEWS:
        reason = Reason.RELAYED
    why = explanation_of(before, stated, reason)
    return Relation(EdgeType.RESTATES, stated.claim_id, before.claim_id, reason, why)


def _replacement(before: Stated, stated: Stated, reason: Reason) -> Relation:
    why = explanation_of(before, stated, reason)
    return Relation(EdgeType.SUPERSEDES, stated.claim_id, before.claim_id, reason, why)


def _contradiction(one: Stated, other: Stated, conflict: Conflict) -> Relation:
    first, second = sorted((one, other), key=lambda stated: stated.claim_id)
    why = explanation_of(first, second, conflict.reason)
    return Relation(EdgeType.CONTRADICTS, first.claim_id, second.claim_id, conflict.reason, why)


REASONS_OF_CHANGE: Final = {
    Reason.OPPOSITE_DIRECTION: Reason.NEW_DIRECTION,
    Reason.DENIED: Reason.NEW_DIRECTION,
    Reason.DISJOINT_VALUES: Reason.NEW_VALUE,
    Reason.UNEQUAL_FIGURES: Reason.NEW_VALUE,
    Reason.DIFFERENT_CHANCE: Reason.NEW_CHANCE,
}
"""What a conflict is called where one voice is on both sides, at different times."""
