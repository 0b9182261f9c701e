"""The present state as tables: rows for nodes and edges, and what queries look in.

All of it follows from the log; a store whose tables were lost could be rebuilt from there.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from kg.store import handing
from kg.store.bigrams import grams_of
from kg.store.rows import (
    INSERT_ACTOR,
    INSERT_NODE,
    INSERT_PERIOD,
    NODE_COLUMNS,
    PUBLISHED,
    UNKNOWN,
    NodeRow,
    NodeWrite,
    Publication,
    node_row,
)
from kg.store.state import Entry, State, listed
from schemas.graph import Edge, Node, NodeLabel

_UPSERT_NODE: Final = f"{INSERT_NODE} ON CONFLICT (key) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in NODE_COLUMNS if name not in {"key", "node_id"}
)
_UPSERT_EDGE: Final = """
INSERT INTO edge (key, edge_id, head, source, target) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET head = excluded.head, source = excluded.source, target = excluded.target
"""


def write_state(connection: sqlite3.Connection, state: State, fold: Callable[[str], str]) -> None:
    """Bring the tables to the state that a batch of changes ended in."""
    touched = state.touched
    nodes = [NodeWrite.of(e.element, e.key, e.head or 0, fold) for e in touched.values() if isinstance(e.element, Node)]
    judged = handing.judged_claims(connection, (e.was_key for e in touched.values() if e.was_key and e.was_node))
    _forget(connection, touched)
    _write_nodes(connection, nodes)
    edges = [(entry, entry.element) for entry in touched.values() if isinstance(entry.element, Edge)]
    keys = state.node_keys
    rows = [(n.key, e.edge_id, n.head, keys[e.source_id], keys[e.target_id]) for n, e in edges]
    connection.executemany(_UPSERT_EDGE, rows)
    were_nodes = (name for name, entry in touched.items() if entry.was_key and entry.was_node)
    handing.hand_down(connection, were_nodes, nodes)
    handing.hand_up(connection, judged, nodes)


def _write_nodes(connection: sqlite3.Connection, nodes: list[NodeWrite]) -> None:
    publications = _publications(connection, nodes)
    rows = [node_row(write, publications.get(write.facets.document_id or "", UNKNOWN)) for write in nodes]
    connection.executemany(_UPSERT_NODE, rows)
    connection.executemany(
        "INSERT INTO search (rowid, grams) VALUES (?, ?)", ((w.key, grams_of(w.shadow)) for w in nodes)
    )
    connection.executemany(INSERT_ACTOR, _actor_rows(nodes, rows))
    connection.executemany(INSERT_PERIOD, _period_rows(nodes))


def _actor_rows(nodes: Iterable[NodeWrite], rows: Iterable[NodeRow]) -> Iterable[tuple[int, str, str, str]]:
    """Yield under whom each node is filed, with the date it is filed by."""
    filed = zip(nodes, rows, strict=True)
    return ((w.key, i, str(row[PUBLISHED]), w.node_id) for w, row in filed for i in w.facets.actor_ids)


def _period_rows(nodes: Iterable[NodeWrite]) -> Iterable[tuple[int, str, str]]:
    """Yield the periods that each node is about."""
    return ((w.key, *days) for w in nodes for days in w.facets.periods)


def _publications(connection: sqlite3.Connection, nodes: list[NodeWrite]) -> dict[str, Publication]:
    """Return the publications of the documents that these claims stand in."""
    wanted = {w.facets.document_id for w in nodes if w.label == NodeLabel.CLAIM} - {None}
    rows = connection.execute(
        "SELECT node_id, publisher, nullif(published, '') FROM node"
        " WHERE label = 'Document' AND node_id IN (SELECT value FROM json_each(?))",
        (listed(i for i in wanted if i is not None),),
    )
    found: dict[str, Publication] = {node_id: (publisher, published) for node_id, publisher, published in rows}
    documents = (w for w in nodes if w.label == NodeLabel.DOCUMENT)
    return found | {w.node_id: (w.facets.publisher, w.facets.published) for w in documents}


def _forget(connection: sqlite3.Connection, touched: Mapping[str, Entry]) -> None:
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
