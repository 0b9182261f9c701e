"""How much contradictions add to what claims are worth checking, kept with the claims, so that stores order by it.

What the text tells stays as it is: contradictions add a share of their own, and take it back where they go.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.ledger import Note
from kg.nodes import claim_of
from kg.store.paging import every
from kg.store.protocol import Store
from schemas.checkworthiness import CheckReason, CheckShare
from schemas.claim import Claim
from schemas.graph import Change, Edge, EdgeType, Node, NodeLabel, Query, change_of

PULL: Final = 0.5
"""Part of what a score lacks to 1 that each contradiction adds; set by hand, measured against no labels."""
DECIMALS: Final = 3
PAGE: Final = 1000


def contradicted(claim: Claim, count: int) -> Claim:
    """Return the claim with the share that so many contradictions add to its score.

    s' = s + (1 - s) * (1 - (1 - PULL)^n), s being the score without contradictions: it never falls, and never leaves
    0..1. A claim that was read before there were scores has none and gets none.

    Args:
        claim: with whatever share contradictions had before, which is replaced.
        count: n, how many claims contradict it; n >= 0.
    """
    if claim.check_worthiness is None:
        return claim
    kept = tuple(one for one in claim.check_shares if one.reason is not CheckReason.CONTRADICTION)
    before = round(sum(one.share for one in kept), DECIMALS)
    share = share_of(before, count)
    told = (*kept, CheckShare(reason=CheckReason.CONTRADICTION, share=share)) if share else kept
    return claim.model_copy(update={"check_worthiness": round(before + share, DECIMALS), "check_shares": told})


def share_of(score: float, count: int) -> float:
    """Return what so many contradictions add to a score, see `contradicted`.

    Example:
        >>> share_of(0.6, 1), share_of(0.6, 2), share_of(0.6, 0)
        (0.2, 0.3, 0.0)
    """
    return round((1 - score) * (1 - (1 - PULL) ** count), DECIMALS)


def changes_of_worth(changes: Sequence[Change], *, store: Store, note: Note) -> list[Change]:
    """Return the changes that bring scores up to date with contradictions that some changes make or take back.

    Args:
        changes: nodes and edges to be written before these, in the same batch.
        store: what the graph says now, without those changes.
        note: who records, and when.
    """
    moved = [change for change in changes if _is_contradiction(change)]
    claim_ids = sorted({end for change in moved for end in _ends(change)})
    nodes = {node.node_id: node for node in store.nodes(claim_ids)}
    nodes |= {c.element_id: c.after for c in changes if isinstance(c.after, Node) and c.element_id in claim_ids}
    counts = Counter(end for change in moved for end in _ends(change) if change.before is None)
    counts.subtract(end for change in moved for end in _ends(change) if change.after is None)
    for claim_id in claim_ids:
        counts[claim_id] += sum(edge.edge_type is EdgeType.CONTRADICTS for edge in store.edges(claim_id))
    return list(_changed(nodes.values(), counts, note))


def changes_of_all_worth(store: Store, *, note: Note) -> list[Change]:
    """Return the changes that bring the scores of a whole store up to date with its contradictions."""
    edges = (edge for edge in store.all_edges() if edge.edge_type is EdgeType.CONTRADICTS)
    counts = Counter(end for edge in edges for end in (edge.source_id, edge.target_id))
    return list(_changed(every(store, Query(label=NodeLabel.CLAIM, limit=PAGE)), counts, note))


def _changed(nodes: Iterable[Node], counts: Mapping[str, int], note: Note) -> Iterator[Change]:
    for node in nodes:
        claim = claim_of(node)
        scored = contradicted(claim, counts.get(node.node_id, 0))
        if scored != claim:
            told = scored.model_dump(mode="json", include={"check_worthiness", "check_shares"})
            after = node.model_copy(update={"data": {**node.data, **told}})
            yield change_of(node, after, who=note.who, why=note.why, at=note.at)


def _is_contradiction(change: Change) -> bool:
    element = change.after or change.before
    has_both = change.after is not None and change.before is not None
    return isinstance(element, Edge) and element.edge_type is EdgeType.CONTRADICTS and not has_both


def _ends(change: Change) -> tuple[str, ...]:
    edge = change.after or change.before
    return (edge.source_id, edge.target_id) if isinstance(edge, Edge) else ()
