"""Relations as edges of the graph, worked out while an article is read: its claims beside those that are there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Final

from kg.ledger import Note, present_edge
from kg.linking.identity import Identities
from kg.nodes import claim_of
from kg.relations.reading import Stated, measured_noun, stated_of
from kg.relations.relating import IsHouse, Question, question_of, relate_beside
from kg.relations.relaying import quoted_in, relays_of, widened
from kg.store.paging import every
from kg.store.protocol import Store
from schemas.claim import Claim, ClaimKind
from schemas.extraction import Extraction
from schemas.graph import Change, Edge, EdgeType, NodeLabel, Query, change_of, edge_of

PAGE: Final = 1000
CROWD: Final = 500
"""So many claims on one question are compared while an article is read; more are left to `kaozheng relate`."""
AMONG_CLAIMS: Final = frozenset({EdgeType.RESTATES, EdgeType.CONTRADICTS, EdgeType.SUPERSEDES})


def edge_changes(present: Mapping[str, Edge], wanted: Mapping[str, Edge], note: Note) -> list[Change]:
    """Return the changes from the edges that are there to those that shall be, ordered by id."""
    ids = sorted(present.keys() | wanted.keys())
    pairs = ((present.get(edge_id), wanted.get(edge_id)) for edge_id in ids)
    return [change_of(old, new, who=note.who, why=note.why, at=note.at) for old, new in pairs if old != new]


def changes_beside(
    extraction: Extraction, reading: Sequence[Change], *, store: Store, identities: Identities, note: Note
) -> list[Change]:
    """Return the changes that relate what was just read to what is there; edges that no longer hold go.

    Args:
        extraction: a document read whole.
        reading: the changes that bring it into the graph; the store need not hold them yet.
        store: what the graph says now.
        identities: which ids mean the same actor.
        note: who records, and when.
    """
    edges = [change.after for change in reading if isinstance(change.after, Edge)]
    hired = frozenset((e.source_id, e.target_id) for e in edges if e.edge_type is EdgeType.EMPLOYED_BY)
    outlets = [e.target_id for e in edges if e.edge_type is EdgeType.PUBLISHED_BY]
    among = _among_claims(extraction.claims, store, identities, _house_in(store, identities, hired))
    return [*edge_changes(*among, note), *(c for outlet in outlets for c in _relayed(extraction, outlet, store, note))]


def _among_claims(
    claims: Iterable[Claim], store: Store, identities: Identities, is_house: IsHouse
) -> tuple[dict[str, Edge], dict[str, Edge]]:
    """Return the edges that are there among the claims on the questions of these, and those that shall be."""
    stored: dict[str, Stated] = {}
    fresh: list[Stated] = []
    for question, asked in _by_question(claims, identities).items():
        found = list(map(claim_of, islice(every(store, _query_beside(*asked[0])), CROWD + 1)))
        if len(found) <= CROWD:
            beside = stated_by_id(found, identities)
            stored |= {claim_id: stated for claim_id, stated in beside.items() if question_of(stated) == question}
            fresh += (stated for _, stated in asked)
    related = relate_beside(stored.values(), fresh, is_house=is_house)
    edges = (edge for claim_id in sorted(related.touched & stored.keys()) for edge in store.edges(claim_id))
    present = {edge.edge_id: edge for edge in edges if edge.edge_type in AMONG_CLAIMS}
    return present, {relation.edge.edge_id: relation.edge for relation in related.relations}


def _by_question(claims: Iterable[Claim], identities: Identities) -> dict[Question, list[tuple[Claim, Stated]]]:
    asked: dict[Question, list[tuple[Claim, Stated]]] = defaultdict(list)
    for claim in claims:
        stated = stated_of(claim, identities.canonical)
        if stated is not None:
            asked[question_of(stated)].append((claim, stated))
    return asked


def _relayed(extraction: Extraction, outlet_id: str, store: Store, note: Note) -> list[Change]:
    """Return the changes to the edges from those whom an article quotes to its publisher."""
    drawn = relays_of(quoted_in(extraction.claims), outlet_id, extraction.document.published)
    present = {edge_id: edge for edge_id in drawn if (edge := present_edge(store, edge_id)) is not None}
    wanted = {edge_id: widened(edge, present.get(edge_id)) for edge_id, edge in drawn.items()}
    return edge_changes(present, wanted, note)


def claims_on(store: Store, target_id: str, identities: Identities) -> tuple[Stated, ...]:
    """Return what all forecasts of a target say in values; those of targets below it are left out."""
    query = Query(label=NodeLabel.CLAIM, kind=ClaimKind.PREDICTION, target_id=target_id, limit=PAGE)
    found = stated_by_id(map(claim_of, every(store, query)), identities)
    return tuple(stated for stated in found.values() if stated.terms.about == target_id)


def houses_of(store: Store, identities: Identities) -> IsHouse:
    """Return what says whether a person works for an actor, after the store."""
    return _house_in(store, identities, frozenset())


def stated_by_id(claims: Iterable[Claim], identities: Identities) -> dict[str, Stated]:
    """Return, by id, what claims say in values; those that are not compared are left out."""
    read = (stated_of(claim, identities.canonical) for claim in claims)
    return {stated.claim_id: stated for stated in read if stated is not None}


def _query_beside(claim: Claim, stated: Stated) -> Query:
    """Return the query that finds every claim on the question of one; it finds others too."""
    _, end = question_of(stated)
    dated = Query(label=NodeLabel.CLAIM, period_from=end, period_to=end, limit=PAGE)
    if claim.prediction is None:
        return dated.model_copy(update={"kind": ClaimKind.FACT, "text": measured_noun(claim)})
    return dated.model_copy(update={"kind": ClaimKind.PREDICTION, "target_id": stated.terms.about})


def _house_in(store: Store, identities: Identities, hired: frozenset[tuple[str, str]]) -> IsHouse:
    """Look employments up one by one: an actor has thousands of edges, a pair of actors at most one."""

    @cache
    def is_house(person: str, employer: str) -> bool:
        pairs = [(p, e) for p in identities.members(person) for e in identities.members(employer)]
        ids = (edge_of(EdgeType.EMPLOYED_BY, *pair).edge_id for pair in pairs)
        return not hired.isdisjoint(pairs) or any(present_edge(store, edge_id) is not None for edge_id in ids)

    return is_house
