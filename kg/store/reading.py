"""Reading nodes, edges, neighbourhoods and the log from the tables."""

import sqlite3
from collections.abc import Sequence
from typing import Final

from pydantic import TypeAdapter

from kg.store.admission import check_reach
from kg.store.state import listed
from schemas.errors import NotFoundError
from schemas.graph import Change, Edge, Element, LoggedChange, Node, NodeLabel, Subgraph

_ELEMENT: Final[TypeAdapter[Element]] = TypeAdapter(Element)
_COUNTS: Final[TypeAdapter[dict[NodeLabel, int]]] = TypeAdapter(dict[NodeLabel, int])

# Elements come as bytes: the models read those, and would encode a text again that was just decoded for them. That
# took a fifth of the time of a page.
_HISTORY: Final = """
WITH RECURSIVE chain (sequence) AS (
  SELECT head FROM (SELECT head FROM node WHERE node_id = ?1 UNION ALL SELECT head FROM edge WHERE edge_id = ?1
                    UNION ALL SELECT head FROM removed WHERE element_id = ?1)
  UNION ALL SELECT log.previous FROM chain JOIN log ON log.sequence = chain.sequence WHERE log.previous IS NOT NULL
)
SELECT log.sequence, log.change_id, recorded_at, who, why, CAST(past.after AS BLOB), CAST(log.after AS BLOB)
FROM chain JOIN log ON log.sequence = chain.sequence JOIN stamp ON stamp.stamp_id = log.stamp_id
LEFT JOIN log AS past ON past.sequence = log.previous ORDER BY log.sequence
"""
_NODES_OF_KEYS: Final = """
SELECT key, CAST(after AS BLOB) FROM node JOIN log ON sequence = head WHERE key IN (SELECT value FROM json_each(?))
"""
# Looked up from the side of the sources: an actor has thousands of edges that come in, few that go out.
_EDGES_AMONG: Final = """
WITH reached (key) AS MATERIALIZED (SELECT value FROM json_each(?))
SELECT CAST(after AS BLOB) FROM edge JOIN log ON sequence = head
WHERE source IN (SELECT key FROM reached) AND +target IN (SELECT key FROM reached) ORDER BY edge_id
"""
_TARGETS: Final = "SELECT DISTINCT target FROM edge WHERE source = ? LIMIT ?"
_SOURCES: Final = "SELECT DISTINCT source FROM edge WHERE target = ? LIMIT ?"
_LOG: Final = """
SELECT log.sequence, log.change_id, recorded_at, who, why, CAST(past.after AS BLOB), CAST(log.after AS BLOB)
FROM log JOIN stamp ON stamp.stamp_id = log.stamp_id LEFT JOIN log AS past ON past.sequence = log.previous
WHERE log.sequence > ? ORDER BY log.sequence LIMIT ?
"""

LogRow = tuple[int, str, str, str, str, bytes | None, bytes | None]


def read_nodes(connection: sqlite3.Connection, node_ids: Sequence[str]) -> tuple[Node, ...]:
    """Return the nodes of these ids that are there, in the order asked, each once."""
    rows = connection.execute(
        "SELECT node_id, CAST(after AS BLOB) FROM node JOIN log ON sequence = head"
        " WHERE node_id IN (SELECT value FROM json_each(?))",
        (listed(set(node_ids)),),
    )
    found = dict(rows.fetchall())
    return tuple(Node.model_validate_json(found[i]) for i in dict.fromkeys(node_ids) if i in found)


def node_key(connection: sqlite3.Connection, node_id: str) -> int:
    """Return the key of a present node.

    Raises:
        NotFoundError: there is none of that id, code "store.node_unknown".
    """
    row = connection.execute("SELECT key FROM node WHERE node_id = ?", (node_id,)).fetchone()
    if row is None:
        raise NotFoundError("store.node_unknown", f"there is no {node_id} in the store", node_id=node_id)
    key: int = row[0]
    return key


def read_edges(connection: sqlite3.Connection, node_id: str) -> tuple[Edge, ...]:
    """Return all edges that start or end at a node, ordered by id."""
    rows = connection.execute(
        "SELECT CAST(after AS BLOB) FROM edge JOIN log ON sequence = head"
        " WHERE source = (SELECT key FROM node WHERE node_id = ?1)"
        " OR target = (SELECT key FROM node WHERE node_id = ?1)"
        " ORDER BY edge_id",
        (node_id,),
    )
    return tuple(Edge.model_validate_json(after) for (after,) in rows)


def read_neighbourhood(connection: sqlite3.Connection, node_id: str, depth: int, limit: int) -> Subgraph:
    """Return what is reached in `depth` steps, the nearest first, at most `limit` nodes."""
    check_reach(depth, limit)
    start = node_key(connection, node_id)
    reached, is_truncated = _reach(connection, start, depth, limit)
    found = dict(connection.execute(_NODES_OF_KEYS, (listed(reached),)).fetchall())
    edges = connection.execute(_EDGES_AMONG, (listed(reached),))
    return Subgraph(
        nodes=tuple(Node.model_validate_json(found[key]) for key in reached),
        edges=tuple(Edge.model_validate_json(after) for (after,) in edges),
        is_truncated=is_truncated,
    )


def _reach(connection: sqlite3.Connection, start: int, depth: int, limit: int) -> tuple[list[int], bool]:
    """Return the keys reached, in the order they are, and whether the limit cut them."""
    reached = {start: None}
    frontier = [start]
    for _ in range(depth):
        fresh: dict[int, None] = {}
        for key in frontier:
            for statement in (_TARGETS, _SOURCES):
                # One neighbour more than the limit tells whether something is left, however many are met already.
                neighbours = connection.execute(statement, (key, limit + 1))
                fresh |= {neighbour: None for (neighbour,) in neighbours if neighbour not in reached}
            reached |= fresh
            if len(reached) > limit:
                return list(reached)[:limit], True
        frontier = list(fresh)
        if not frontier:
            break
    return list(reached), False


def read_history(connection: sqlite3.Connection, element_id: str) -> tuple[LoggedChange, ...]:
    """Return every change of a node or edge, oldest first; empty where it never was."""
    return tuple(_logged(row) for row in connection.execute(_HISTORY, (element_id,)))


def read_log(connection: sqlite3.Connection, after: int, limit: int) -> list[LoggedChange]:
    """Return at most `limit` changes with a sequence above `after`, in order."""
    return [_logged(row) for row in connection.execute(_LOG, (after, limit))]


def read_last_sequence(connection: sqlite3.Connection) -> int:
    """Return the sequence of the last change; 0 where there is none."""
    sequence: int = connection.execute("SELECT coalesce(max(sequence), 0) FROM log").fetchone()[0]
    return sequence


def read_nodes_after(connection: sqlite3.Connection, node_id: str, limit: int) -> list[Node]:
    """Return at most `limit` nodes with ids above this one, ordered by id."""
    rows = connection.execute(
        "SELECT CAST(after AS BLOB) FROM node JOIN log ON sequence = head WHERE node_id > ? ORDER BY node_id LIMIT ?",
        (node_id, limit),
    )
    return [Node.model_validate_json(after) for (after,) in rows]


def read_edges_after(connection: sqlite3.Connection, edge_id: str, limit: int) -> list[Edge]:
    """Return at most `limit` edges with ids above this one, ordered by id."""
    rows = connection.execute(
        "SELECT CAST(after AS BLOB) FROM edge JOIN log ON sequence = head WHERE edge_id > ? ORDER BY edge_id LIMIT ?",
        (edge_id, limit),
    )
    return [Edge.model_validate_json(after) for (after,) in rows]


def count_labels(connection: sqlite3.Connection) -> dict[NodeLabel, int]:
    """Return how many nodes of each label there are; labels without any are left out."""
    rows = connection.execute("SELECT label, count(*) FROM node GROUP BY label ORDER BY label")
    return _COUNTS.validate_python(dict(rows.fetchall()))


def _logged(row: LogRow) -> LoggedChange:
    sequence, change_id, recorded_at, who, why, before, after = row
    change = Change.model_validate(
        {
            "change_id": change_id,
            "recorded_at": recorded_at,
            "who": who,
            "why": why,
            "before": _ELEMENT.validate_json(before) if before is not None else None,
            "after": _ELEMENT.validate_json(after) if after is not None else None,
        }
    )
    return LoggedChange(sequence=sequence, change=change)
