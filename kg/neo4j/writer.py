"""Writing nodes and edges into Neo4j: run it as often as you like, the graph is the same."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias, TypeVar

from neo4j import Driver, ManagedTransaction

from kg.neo4j.connection import backend_errors
from kg.neo4j.layout import ENTITY, Properties, command, edge_properties, key_of, labelling, node_properties, prepare
from schemas.errors import DomainError, NotFoundError
from schemas.graph import Edge, EdgeType, Node, NodeLabel

BATCH: Final = 1000
"""Elements a transaction: measured, larger ones are no faster and hold their locks longer."""

Progress = Callable[[int], None]
"""Told after each batch how many elements are written so far."""

Item = TypeVar("Item")


EdgeRow: TypeAlias = dict[str, str | Properties]


@dataclass(frozen=True, slots=True)
class Written:
    """How many nodes and edges were written, and how many of them were new to the server."""

    nodes: int = 0
    edges: int = 0
    new_nodes: int = 0
    new_edges: int = 0


def write_graph(
    driver: Driver,
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    *,
    database: str | None = None,
    progress: Progress | None = None,
) -> Written:
    """Write nodes, then edges; what is there already is brought to the given state.

    Each batch is a transaction, tried again where the server says so. A run that was cut off leaves whole
    batches; the next run completes it.

    Args:
        driver: an open one, see `kg.neo4j.connection.open_driver`.
        nodes: may be a stream; never held in memory as a whole.
        edges: may be a stream; both ends must be among the nodes or on the server.
        database: None for the server's default.
        progress: told after each batch.

    Raises:
        DomainError: the database is a store or a mirror, which keeps a log of its own, code "neo4j.is_store".
        NotFoundError: an edge names a node that is not there, code "neo4j.node_unknown".
        BackendError: the server refuses or is gone, codes of `kg.neo4j.connection.backend_errors`.
    """
    prepare(driver, database=database)
    tell = progress or (lambda _: None)
    done = Written()
    with backend_errors("writing the graph"), driver.session(database=database) as session:
        if session.run("RETURN EXISTS { MATCH (:Ledger) } AS is_store").single(strict=True)["is_store"]:
            raise DomainError("neo4j.is_store", "this database is a store or a mirror: export into another one")
        for node_batch in batches(nodes, BATCH):
            new = session.execute_write(merge_nodes, node_batch)
            done = Written(done.nodes + len(node_batch), 0, done.new_nodes + new)
            tell(done.nodes)
        for edge_batch in batches(edges, BATCH):
            new = session.execute_write(merge_edges, edge_batch)
            done = Written(done.nodes, done.edges + len(edge_batch), done.new_nodes, done.new_edges + new)
            tell(done.nodes + done.edges)
    return done


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield the items in lists of at most `size`, in order.

    Example:
        >>> list(batches("abcde", 2))
        [['a', 'b'], ['c', 'd'], ['e']]
    """
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch


def merge_nodes(transaction: ManagedTransaction, nodes: Iterable[Node]) -> int:
    """Bring nodes to the given state; return how many were new."""
    rows: dict[NodeLabel, list[Properties]] = defaultdict(list)
    for node in nodes:
        rows[node.label].append(node_properties(node))
    new = 0
    for label, batch in rows.items():
        text = f"UNWIND $rows AS row MERGE (n:{ENTITY} {{id: row.id}}) {labelling(label)} SET n = row"
        new += transaction.run(command(text), rows=batch).consume().counters.nodes_created
    return new


def merge_edges(transaction: ManagedTransaction, edges: Iterable[Edge]) -> int:
    """Bring edges to the given state; return how many were new."""
    rows: dict[EdgeType, list[EdgeRow]] = defaultdict(list)
    for edge in edges:
        row: EdgeRow = {
            "id": key_of(edge.edge_id),
            "source": key_of(edge.source_id),
            "target": key_of(edge.target_id),
        }
        rows[edge.edge_type].append({**row, "properties": edge_properties(edge)})
    return sum(_merge_of_type(transaction, edge_type, batch) for edge_type, batch in rows.items())


def _merge_of_type(transaction: ManagedTransaction, edge_type: EdgeType, rows: list[EdgeRow]) -> int:
    text = (
        f"UNWIND $rows AS row MATCH (s:{ENTITY} {{id: row.source}}) MATCH (t:{ENTITY} {{id: row.target}}) "
        f"MERGE (s)-[r:{edge_type} {{id: row.id}}]->(t) SET r = row.properties RETURN collect(row.id) AS written"
    )
    result = transaction.run(command(text), rows=rows)
    written = set(result.single(strict=True)["written"])
    lost = next((row for row in rows if row["id"] not in written), None)
    if lost is not None:
        message = f"edge {lost['id']}: {lost['source']} or {lost['target']} is not on the server: write the nodes first"
        raise NotFoundError("neo4j.node_unknown", message)
    return result.consume().counters.relationships_created
