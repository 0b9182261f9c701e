"""The relations of a whole store worked out anew: after a merge, another rule, or what was left out while reading."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from kg.ledger import Note
from kg.linking.identity import Identities
from kg.nodes import claim_of, document_of
from kg.relations.reading import Stated, stated_of
from kg.relations.recording import AMONG_CLAIMS, PAGE, edge_changes
from kg.relations.relating import relate
from kg.relations.relaying import quoted_in, relays_of, widened
from kg.store.paging import every
from kg.store.protocol import Store
from schemas.graph import Change, Edge, EdgeType, NodeLabel, Query

RELATIONS = AMONG_CLAIMS | {EdgeType.RELAYS}
"""The edges that are worked out from claims."""


@dataclass(slots=True)
class _Whole:
    """What relations are worked out from, and those that are there."""

    stated: list[Stated] = field(default_factory=list)
    quoted: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    published: dict[str, date | None] = field(default_factory=dict)
    outlets: list[tuple[str, str]] = field(default_factory=list)
    hired: set[tuple[str, str]] = field(default_factory=set)
    present: dict[str, Edge] = field(default_factory=dict)


def changes_of_all(store: Store, *, identities: Identities, note: Note) -> list[Change]:
    """Return the changes that bring all relations up to date; empty where they are.

    Args:
        store: the graph.
        identities: which ids mean the same actor.
        note: who records, and when.
    """
    whole = _read(store, identities)
    relations = relate(whole.stated, is_house=lambda person, employer: (person, employer) in whole.hired)
    wanted = {relation.edge.edge_id: relation.edge for relation in relations}
    for edge in _relays(whole):
        wanted[edge.edge_id] = widened(edge, wanted.get(edge.edge_id))
    return edge_changes(whole.present, wanted, note)


def _read(store: Store, identities: Identities) -> _Whole:
    whole = _Whole()
    for node in every(store, Query(label=NodeLabel.CLAIM, limit=PAGE)):
        claim = claim_of(node)
        stated = stated_of(claim, identities.canonical)
        if stated is not None:
            whole.stated.append(stated)
        whole.quoted[claim.document_id] |= quoted_in([claim])
    for node in every(store, Query(label=NodeLabel.DOCUMENT, limit=PAGE)):
        whole.published[node.node_id] = document_of(node).published
    for edge in store.all_edges():
        if edge.edge_type in RELATIONS:
            whole.present[edge.edge_id] = edge
        elif edge.edge_type is EdgeType.EMPLOYED_BY:
            whole.hired.add((identities.canonical(edge.source_id), identities.canonical(edge.target_id)))
        elif edge.edge_type is EdgeType.PUBLISHED_BY:
            whole.outlets.append((edge.source_id, edge.target_id))
    return whole


def _relays(whole: _Whole) -> Iterator[Edge]:
    for document_id, outlet_id in whole.outlets:
        yield from relays_of(whole.quoted[document_id], outlet_id, whole.published.get(document_id)).values()
