"""What nodes take over from others: claims the publication of their document, and what was judged of them."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from kg.store.rows import UNKNOWN, NodeWrite
from kg.store.standing import JUDGING, Judged, standing_of
from kg.store.state import listed
from schemas.graph import NodeLabel

_JUDGED_BY: Final = """
SELECT DISTINCT claim_id FROM node
WHERE key IN (SELECT value FROM json_each(?)) AND label IN ('Resolution', 'Verdict') AND claim_id IS NOT NULL
"""
_JUDGEMENTS: Final = """
SELECT claim_id, published, node_id, outcome, nullif(due, '') FROM node INDEXED BY node_by_claim
WHERE {where} AND label IN ('Resolution', 'Verdict') AND outcome IS NOT NULL
"""
_CLAIMS: Final = """
SELECT node_id, key, window_end FROM node WHERE node_id IN (SELECT value FROM json_each(?)) AND label = 'Claim'
"""


def hand_down(connection: sqlite3.Connection, were_nodes: Iterable[str], nodes: Sequence[NodeWrite]) -> None:
    """Give the publication of each written document to its claims that have another.

    Args:
        connection: the writing connection.
        were_nodes: ids of nodes that were there before; they may have been documents and be none any more.
        nodes: what was written.
    """
    publications = dict.fromkeys(were_nodes, UNKNOWN)
    documents = (w for w in nodes if w.label == NodeLabel.DOCUMENT)
    publications |= {w.node_id: (w.facets.publisher, w.facets.published) for w in documents}
    rows = [(publisher, published or "", node_id) for node_id, (publisher, published) in publications.items()]
    connection.executemany(
        # Without its name the index of labels would be taken, which holds every claim there is.
        "UPDATE node INDEXED BY node_by_position SET publisher = ?1, published = ?2 WHERE document_id = ?3"
        " AND label = 'Claim' AND (publisher IS NOT ?1 OR published <> ?2)",
        rows,
    )
    connection.executemany(
        "UPDATE node_actor SET published = ?2 WHERE published <> ?2"
        " AND key IN (SELECT key FROM node INDEXED BY node_by_position WHERE document_id = ?3 AND label = 'Claim')",
        rows,
    )


def judged_claims(connection: sqlite3.Connection, keys: Iterable[int]) -> set[str]:
    """Return the claims that these nodes judge as they are now, before they are written anew or removed."""
    return {claim_id for (claim_id,) in connection.execute(_JUDGED_BY, (listed(keys),))}


def hand_up(connection: sqlite3.Connection, judged: set[str], nodes: Sequence[NodeWrite]) -> None:
    """Write on each claim where it stands, after resolutions, verdicts or the claim itself were written.

    Args:
        connection: the writing connection.
        judged: the claims that were judged by nodes which are changed or gone.
        nodes: what was written.
    """
    new = {w.facets.claim_id for w in nodes if w.label in JUDGING and w.facets.claim_id}
    written = {w.node_id for w in nodes if w.label == NodeLabel.CLAIM}
    judgements = judgements_of(connection, judged | new | written)
    # A claim that was just written, and that nothing judges, stands as its row says already.
    changed = judged | judgements.keys()
    claims = connection.execute(_CLAIMS, (listed(changed),)).fetchall()
    rows = [(*standing_of(window_end, judgements.get(i, ())), key) for i, key, window_end in claims]
    connection.executemany(
        "UPDATE node SET outcome = ?, due = ? WHERE key = ?", ((outcome, due or "", key) for outcome, due, key in rows)
    )


def judgements_of(connection: sqlite3.Connection, claim_ids: Iterable[str] | None = None) -> dict[str, list[Judged]]:
    """Return the resolutions and verdicts of claims, by claim; a claim that nothing judges is left out.

    Args:
        connection: any connection.
        claim_ids: of which claims; of all where None.
    """
    if claim_ids is None:
        rows = connection.execute(_JUDGEMENTS.format(where="claim_id IS NOT NULL"))
    else:
        asked = "claim_id IN (SELECT value FROM json_each(?))"
        rows = connection.execute(_JUDGEMENTS.format(where=asked), (listed(claim_ids),))
    found: dict[str, list[Judged]] = defaultdict(list)
    for claim_id, *judged in rows:
        found[claim_id].append(Judged(*judged))
    return dict(found)
