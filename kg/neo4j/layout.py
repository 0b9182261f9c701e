"""How the graph lies in Neo4j: labels, typed properties, constraints, indexes.

Every node has its own label and, after it, `Entity`: one constraint then keeps ids unique over all labels,
and an edge finds its ends without knowing what they are.

Decimals become floats, because Neo4j has no decimal and a string would neither compare nor average; the exact
value stays in `data`, the node's whole data as JSON, which also keeps what no property names.
"""

import json
from collections.abc import Container, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final, LiteralString, TypeAlias

from neo4j import Driver, ManagedTransaction

from kg.neo4j.connection import backend_errors
from kg.ontology import Scalar, Value, ontology
from schemas.graph import Edge, EdgeType, Node, NodeLabel
from schemas.ids import content_id

ENTITY: Final = "Entity"
FULL_TEXT: Final = "entity_text"
FULL_TEXT_PROPERTIES: Final = ("caption", "text", "names", "title", "title_zh", "explanation")
INDEXED: Final = {
    NodeLabel.DOCUMENT: ("published", "publisher"),
    NodeLabel.CLAIM: ("kind", "said_on", "forecast_target", "window_end"),
    NodeLabel.OBSERVATION: ("indicator_id", "period_end"),
    NodeLabel.RESOLUTION: ("outcome", "as_of"),
}
INDEX_SECONDS: Final = 300
"""How long to wait until new indexes are filled."""
INTEGER_LIMIT: Final = 2**63
"""Neo4j's whole numbers have 64 bits; larger ones are in `data` only."""
KEY_BYTES: Final = 2000
"""Longer strings go into no index (Neo4j takes 8 kB at most): ids by their digest, other values not at all."""

Stored: TypeAlias = str | int | bool | float | date | list[str | int | bool | float | date]
Properties: TypeAlias = dict[str, Stored]


def key_of(text: str) -> str:
    """Return what stands for a string in an index: itself, or its digest where it is too long for one.

    Example:
        >>> key_of("us.gdp"), key_of("長" * 1000)
        ('us.gdp', 'long-6d7cf22cb894ac867467796c')
    """
    return text if len(text.encode()) <= KEY_BYTES else content_id("long", text)


def identity(element_id: str) -> dict[str, str]:
    """Return `id`, and `full_id` too where the id is too long for an index."""
    key = key_of(element_id)
    return {"id": key} if key == element_id else {"id": key, "full_id": element_id}


def node_properties(node: Node) -> Properties:
    """Return what a node holds in Neo4j.

    Example:
        >>> node = Node(node_id="us.gdp", label=NodeLabel.TARGET, caption="美國GDP", data={"subject": "us"})
        >>> node_properties(node)
        {'subject': 'us', 'id': 'us.gdp', 'caption': '美國GDP', 'data': '{"subject":"us"}'}
    """
    flat = _stored(ontology().values(node.label, node.data), indexed=INDEXED.get(node.label, ()))
    return {**flat, **identity(node.node_id), "caption": node.caption, "data": to_json(node.data)}


def edge_properties(edge: Edge) -> Properties:
    """Return what an edge holds in Neo4j."""
    flat = _stored(ontology().values(edge.edge_type, edge.data), indexed=())
    return {**flat, **identity(edge.edge_id), "data": to_json(edge.data)}


def to_json(data: object) -> str:
    """Return data as compact JSON, Chinese as it is."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _stored(values: dict[str, Value], *, indexed: Container[str]) -> Properties:
    fitting = {name: value for name, value in values.items() if _fits(value, is_indexed=name in indexed)}
    return {
        name: [_one(v) for v in value] if isinstance(value, list) else _one(value) for name, value in fitting.items()
    }


def _fits(value: Value, *, is_indexed: bool) -> bool:
    if isinstance(value, int):
        return abs(value) < INTEGER_LIMIT
    return not (is_indexed and isinstance(value, str) and key_of(value) != value)


def _one(value: Scalar) -> str | int | bool | float | date:
    return float(value) if isinstance(value, Decimal) else value


def statements() -> Iterator[str]:
    """Yield the commands that make constraints and indexes where they are missing.

    The own labels come first: labels are shown in the order in which they were first used.
    """
    for label in NodeLabel:
        yield f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    yield f"CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:{ENTITY}) REQUIRE n.id IS UNIQUE"
    for kind in EdgeType:
        yield f"CREATE CONSTRAINT {kind.lower()}_id IF NOT EXISTS FOR ()-[r:{kind}]-() REQUIRE r.id IS UNIQUE"
    for label, names in INDEXED.items():
        for name in names:
            yield f"CREATE INDEX {label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
    looked_into = ", ".join(f"n.{name}" for name in FULL_TEXT_PROPERTIES)
    yield (
        f"CREATE FULLTEXT INDEX {FULL_TEXT} IF NOT EXISTS FOR (n:{ENTITY}) ON EACH [{looked_into}] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
    )


def labelling(label: NodeLabel) -> str:
    """Return the Cypher that gives `n` this label and takes any other of ours from it."""
    others = "".join(f":{other}" for other in NodeLabel if other is not label)
    return f"REMOVE n{others} SET n:{label}"


def prepare(driver: Driver, *, database: str | None = None, more: Iterable[str] = ()) -> None:
    """Make constraints and indexes where they are missing, those of `more` too, and wait until they are filled.

    Raises:
        BackendError: the server refuses or is gone, codes of `backend_errors`.
    """
    with backend_errors("making constraints and indexes"), driver.session(database=database) as session:
        session.execute_write(_run_all, [*statements(), *more])
        session.run("CALL db.awaitIndexes($seconds)", seconds=INDEX_SECONDS).consume()


def _run_all(transaction: ManagedTransaction, texts: list[str]) -> None:
    for text in texts:
        transaction.run(command(text)).consume()


def command(text: str) -> LiteralString:
    """Return Cypher put together from our own enums; values come in as parameters only.

    The driver takes literal strings alone, to keep values out, but a label can't be a parameter.
    """
    return text
