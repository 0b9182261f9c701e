"""The present state as tables: rows for nodes and edges, and what queries look in.

All of it follows from the log; a store whose tables were lost could be rebuilt from there.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.store.bigrams import grams_of, shadow_form
from kg.store.facets import Facets, facets_of
from kg.store.state import Entry, State, listed
from schemas.graph import Edge, Node, NodeLabel

Publication = tuple[str | None, str | None]
"""Publisher and date of a document, which its claims take over."""
UNKNOWN: Final[Publication] = (None, None)

_UPSERT_NODE: Final = """
INSERT INTO node (key, node_id, head, label, published, document_id, position, kind, publisher, target_id, claim_id,
                  outcome, shadow)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET head = excluded.head, label = excluded.label, published = excluded.published,
  document_id = excluded.document_id, position = excluded.position, kind = excluded.kind,
  publisher = excluded.publisher, target_id = excluded.target_id, claim_id = excluded.claim_id,
  outcome = excluded.outcome, shadow = excluded.shadow
"""
_UPSERT_EDGE: Final = """
INSERT INTO edge (key, edge_id, head, source, target) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET head = excluded.head, source = excluded.source, target = excluded.target
"""


_PUBLISHED: Final = 4
"""Where in a row of `node` the publication date stands."""


@dataclass(frozen=True, slots=True)
class NodeWrite:
    """A node to be written, with its facets and its text in the form that is compared."""

    node: Node
    entry: Entry
    facets: Facets
    shadow: str


def write_state(connection: sqlite3.Connection, state: State, fold: Callable[[str], str]) -> None:
    """Bring the tables to the state that a batch of changes ended in."""
    touched = state.touched
    nodes = [_node_write(entry.element, entry, fold) for entry in touched.values() if isinstance(entry.element, Node)]
    _forget(connection, touched, nodes)
    _write_nodes(connection, nodes)
    edges = [(entry, entry.element) for entry in touched.values() if isinstance(entry.element, Edge)]
    keys = state.node_keys
    rows = [(n.key, e.edge_id, n.head, keys[e.source_id], keys[e.target_id]) for n, e in edges]
    connection.executemany(_UPSERT_EDGE, rows)
    _hand_down(connection, touched, nodes)


def shadow_of_texts(texts: Iterable[str], fold: Callable[[str], str]) -> str:
    """Return texts in the form that is compared, one a line."""
    return shadow_form(fold("\n".join(texts)))


def _node_write(node: Node, entry: Entry, fold: Callable[[str], str]) -> NodeWrite:
    facets = facets_of(node)
    return NodeWrite(node, entry, facets, shadow_of_texts(facets.texts, fold))


def _write_nodes(connection: sqlite3.Connection, nodes: list[NodeWrite]) -> None:
    publications = _publications(connection, nodes)
    rows = [_row(write, publications) for write in nodes]
    connection.executemany(_UPSERT_NODE, rows)
    connection.executemany(
        "INSERT INTO search (rowid, grams) VALUES (?, ?)", ((w.entry.key, grams_of(w.shadow)) for w in nodes)
    )
    filed = zip(nodes, rows, strict=True)
    actors = ((i, row[_PUBLISHED], w.node.node_id, w.entry.key) for w, row in filed for i in w.facets.actor_ids)
    connection.executemany("INSERT INTO node_actor VALUES (?, ?, ?, ?)", actors)
    periods = ((w.entry.key, *days) for w in nodes for days in w.facets.periods)
    connection.executemany("INSERT INTO node_period VALUES (?, ?, ?)", periods)


def _row(write: NodeWrite, publications: Mapping[str, Publication]) -> tuple[str | int | None, ...]:
    node, entry, facets = write.node, write.entry, write.facets
    publisher, published = facets.publisher, facets.published
    if node.label is NodeLabel.CLAIM:
        publisher, published = publications.get(facets.document_id or "", UNKNOWN)
    return (
        entry.key, node.node_id, entry.head, node.label.value, published or "", facets.document_id or "",
        facets.position, facets.kind, publisher, facets.target_id, facets.claim_id, facets.outcome, write.shadow,
    )  # fmt: skip


def _publications(connection: sqlite3.Connection, nodes: list[NodeWrite]) -> dict[str, Publication]:
    """Return the publications of the documents that these claims stand in."""
    wanted = {w.facets.document_id for w in nodes if w.node.label is NodeLabel.CLAIM} - {None}
    rows = connection.execute(
        "SELECT node_id, publisher, nullif(published, '') FROM node"
        " WHERE label = 'Document' AND node_id IN (SELECT value FROM json_each(?))",
        (listed(i for i in wanted if i is not None),),
    )
    found: dict[str, Publication] = {node_id: (publisher, published) for node_id, publisher, published in rows}
    documents = (w for w in nodes if w.node.label is NodeLabel.DOCUMENT)
    return found | {w.node.node_id: (w.facets.publisher, w.facets.published) for w in documents}


def _forget(connection: sqlite3.Connection, touched: Mapping[str, Entry], nodes: list[NodeWrite]) -> None:
    """Take out what is gone, and what stands beside nodes that are to be written anew."""
    gone_edges = [(e.was_key,) for e in touched.values() if e.was_key and not e.was_node and e.key != e.was_key]
    connection.executemany("DELETE FROM edge WHERE key = ?", gone_edges)
    stale = [e.was_key for e in touched.values() if e.was_key and e.was_node]
    shadows = connection.execute(
        "SELECT key, shadow FROM node WHERE key IN (SELECT value FROM json_each(?))", (listed(stale),)
    ).fetchall()
    connection.executemany(
        "INSERT INTO search (search, rowid, grams) VALUES ('delete', ?, ?)", ((k, grams_of(s)) for k, s in shadows)
    )
    for statement in ("DELETE FROM node_actor WHERE key = ?", "DELETE FROM node_period WHERE key = ?"):
        connection.executemany(statement, ((key,) for key in stale))
    gone = [(e.was_key,) for e in touched.values() if e.was_key and e.was_node and e.key != e.was_key]
    connection.executemany("DELETE FROM node WHERE key = ?", gone)
    _mark_removed(connection, touched)


def _mark_removed(connection: sqlite3.Connection, touched: Mapping[str, Entry]) -> None:
    back = ((i,) for i, entry in touched.items() if entry.was_removed and entry.key)
    connection.executemany("DELETE FROM removed WHERE element_id = ?", back)
    gone = ((i, entry.head) for i, entry in touched.items() if not entry.key)
    connection.executemany("INSERT OR REPLACE INTO removed VALUES (?, ?)", gone)


def _hand_down(connection: sqlite3.Connection, touched: Mapping[str, Entry], nodes: list[NodeWrite]) -> None:
    """Give the publication of each written document to its claims that have another."""
    publications = {i: UNKNOWN for i, entry in touched.items() if entry.was_key and entry.was_node}
    documents = (w for w in nodes if w.node.label is NodeLabel.DOCUMENT)
    publications |= {w.node.node_id: (w.facets.publisher, w.facets.published) for w in documents}
    rows = [(publisher, published or "", node_id) for node_id, (publisher, published) in publications.items()]
    connection.executemany(
        "UPDATE node SET publisher = ?1, published = ?2 WHERE document_id = ?3"
        " AND label = 'Claim' AND (publisher IS NOT ?1 OR published <> ?2)",
        rows,
    )
    connection.executemany(
        "UPDATE node_actor SET published = ?2 WHERE published <> ?2"
        " AND key IN (SELECT key FROM node WHERE document_id = ?3 AND label = 'Claim')",
        rows,
    )
