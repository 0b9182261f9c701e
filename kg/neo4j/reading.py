"""Neo4j rows back to nodes, edges and logged changes."""

import json
from collections.abc import Mapping
from typing import Any, Final

from neo4j.graph import Node as GraphNode
from pydantic import TypeAdapter

from kg.neo4j.layout import ENTITY
from schemas.graph import Change, Edge, EdgeType, Element, LoggedChange, Node, NodeLabel

_ELEMENT: Final[TypeAdapter[Element]] = TypeAdapter(Element)

EDGE_COLUMNS: Final = (
    "coalesce(r.full_id, r.id) AS edge_id, type(r) AS edge_type, r.data AS data, "
    "coalesce(s.full_id, s.id) AS source_id, coalesce(t.full_id, t.id) AS target_id"
)
"""What `edge_from` reads of `(s)-[r]->(t)`."""
LOG_COLUMNS: Final = "c, p.after AS before"
"""What `logged_from` reads of a change `c` and the one before it of the same element, `p`."""


def node_from(found: GraphNode) -> Node:
    """Return the node that a Neo4j node holds."""
    (label,) = found.labels - {ENTITY}
    node_id = found.get("full_id", found["id"])
    return Node(node_id=node_id, label=NodeLabel(label), caption=found["caption"], data=json.loads(found["data"]))


def edge_from(row: Mapping[str, Any]) -> Edge:
    """Return the edge that a row with `EDGE_COLUMNS` holds."""
    return Edge(
        edge_id=row["edge_id"],
        edge_type=EdgeType(row["edge_type"]),
        source_id=row["source_id"],
        target_id=row["target_id"],
        data=json.loads(row["data"]),
    )


def logged_from(row: Mapping[str, Any]) -> LoggedChange:
    """Return the logged change that a row with `LOG_COLUMNS` holds."""
    found = row["c"]
    before, after = row["before"], found.get("after")
    change = Change.model_validate(
        {
            "change_id": found["change_id"],
            "recorded_at": found["recorded_at"],
            "who": found["who"],
            "why": found["why"],
            "before": _ELEMENT.validate_json(before) if before is not None else None,
            "after": _ELEMENT.validate_json(after) if after is not None else None,
        }
    )
    return LoggedChange(sequence=found["sequence"], change=change)
