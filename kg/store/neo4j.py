"""The store on a Neo4j server: any number of processes may read and write it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, LiteralString, Self, TypeVar

from neo4j import Driver, ManagedTransaction, Record, Session

from kg.neo4j.applying import apply_changes
from kg.neo4j.connection import Address, backend_errors, open_driver
from kg.neo4j.finding import cypher_of
from kg.neo4j.layout import ENTITY, command, key_of, prepare
from kg.neo4j.projecting import STATEMENTS
from kg.neo4j.reading import EDGE_COLUMNS, LOG_COLUMNS, edge_from, logged_from, node_from
from kg.neo4j.versioning import check_version, migrate, version_of
from kg.store.admission import check_reach
from kg.store.cursors import cursor_of
from kg.store.wanted import wanted_of
from schemas.errors import BackendError, DomainError, KaozhengError, NotFoundError
from schemas.graph import Applied, Change, Edge, EdgeType, LoggedChange, Node, NodeLabel, Page, Query, Subgraph

CHUNK: Final = 1000
"""Items that long listings read at a time."""

Item = TypeVar("Item")
Place = TypeVar("Place", int, str)

_NODES: Final = f"UNWIND $keys AS key MATCH (n:{ENTITY} {{id: key}}) RETURN n"
_EDGES: Final = f"""
MATCH (:{ENTITY} {{id: $key}})-[r]-() WITH DISTINCT r, startNode(r) AS s, endNode(r) AS t
RETURN {EDGE_COLUMNS} ORDER BY edge_id
"""
_BESIDE: Final = f"""
UNWIND $frontier AS key MATCH (:{ENTITY} {{id: key}})--(m:{ENTITY}) WHERE NOT m.id IN $reached
RETURN DISTINCT m.id AS key LIMIT $room
"""
_AMONG: Final = f"""
UNWIND $keys AS key MATCH (s:{ENTITY} {{id: key}})-[r]->(t:{ENTITY}) WHERE t.id IN $keys
RETURN {EDGE_COLUMNS} ORDER BY edge_id
"""
_HISTORY: Final = f"""
MATCH (c:Change {{element: $key}}) OPTIONAL MATCH (p:Change {{sequence: c.previous}})
RETURN {LOG_COLUMNS} ORDER BY c.sequence
"""
_LOG: Final = f"""
MATCH (c:Change) WHERE c.sequence > $place WITH c ORDER BY c.sequence LIMIT $limit
OPTIONAL MATCH (p:Change {{sequence: c.previous}}) RETURN {LOG_COLUMNS} ORDER BY c.sequence
"""
_ALL_NODES: Final = f"MATCH (n:{ENTITY}) WHERE n.id > $place RETURN n ORDER BY n.id LIMIT $limit"
_ALL_EDGES: Final = (
    "CALL () {"
    + " UNION ALL ".join(
        f"MATCH (s)-[r:{edge_type}]->(t) WHERE r.id > $place RETURN s, r, t ORDER BY r.id LIMIT $limit"
        for edge_type in EdgeType
    )
    + f"}} WITH s, r, t ORDER BY r.id LIMIT $limit RETURN {EDGE_COLUMNS}"
)
_IS_EXPORT: Final = f"RETURN EXISTS {{ MATCH (:{ENTITY}) }} AND NOT EXISTS {{ MATCH (:Ledger) }} AS is_export"
_LAST: Final = "OPTIONAL MATCH (l:Ledger {id: 'ledger'}) RETURN coalesce(l.sequence, 0) AS sequence"


def open_neo4j(address: Address, *, fold: Callable[[str], str]) -> "Neo4jStore":
    """Open a store on a server; constraints and indexes are made where they are missing.

    Args:
        address: where it is, see `kg.neo4j.connection.address_of`.
        fold: brings a text into one script and width; the same for all who open the store.

    Raises:
        DomainError: the database holds an export without a log, code "neo4j.is_export".
        InputError: it holds a store of another version, codes "store.version_older", "store.version_newer".
        BackendError: no server answers or it refuses, codes of `kg.neo4j.connection.backend_errors`.
    """
    driver = open_driver(address)
    try:
        return Neo4jStore(driver, fold, database=address.database)
    except KaozhengError:
        driver.close()
        raise


def migrate_neo4j(address: Address, *, fold: Callable[[str], str]) -> tuple[int, int]:
    """Bring the store on a server to the version of this program; its log is left as it is.

    Returns:
        The version before and after; equal where there was nothing to do.

    Raises:
        InputError: the store is newer, code "store.version_newer".
        BackendError: no server answers or it refuses, codes of `kg.neo4j.connection.backend_errors`.
    """
    with open_driver(address) as driver:
        prepare(driver, database=address.database, more=STATEMENTS)
        return migrate(driver, fold, database=address.database)


class Neo4jStore:
    """A store over one Neo4j database; see `open_neo4j` and `kg.store.protocol.Store`.

    Errors of the server carry the codes of `kg.neo4j.connection.backend_errors`.
    """

    def __init__(self, driver: Driver, fold: Callable[[str], str], *, database: str | None = None) -> None:
        self._driver = driver
        self._fold = fold
        self._database = database
        self._is_closed = False
        prepare(driver, database=database, more=STATEMENTS)
        if self._ask(_IS_EXPORT)[0]["is_export"]:
            message = "this database holds an export, which has no log: give an empty one, or empty it first"
            raise DomainError("neo4j.is_export", message)
        check_version(version_of(driver, database=database))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def last_sequence(self) -> int:
        """The sequence of the last change; 0 where there is none."""
        return int(self._ask(_LAST)[0]["sequence"])

    def apply(self, changes: Sequence[Change]) -> Applied:
        """Apply all changes in one transaction, or none; the server is asked again where it says so."""
        with self._session() as session:
            return session.execute_write(apply_changes, changes, self._fold)

    def node(self, node_id: str) -> Node:
        """Return a node."""
        found = self.nodes([node_id])
        if not found:
            raise NotFoundError("store.node_unknown", f"there is no {node_id} in the store", node_id=node_id)
        return found[0]

    def nodes(self, node_ids: Sequence[str]) -> tuple[Node, ...]:
        """Return the nodes of these ids that are there, in the order asked."""
        rows = self._ask(_NODES, keys=[key_of(node_id) for node_id in dict.fromkeys(node_ids)])
        found = {node.node_id: node for node in (node_from(row["n"]) for row in rows)}
        return tuple(found[node_id] for node_id in dict.fromkeys(node_ids) if node_id in found)

    def find(self, query: Query) -> Page[Node]:
        """Return one page of the nodes that match."""
        self._check_open()
        text, parameters = cypher_of(wanted_of(query, self._fold, lambda node_id: self.nodes([node_id])))
        rows = self._ask(text, **parameters)
        items = tuple(node_from(row["n"]) for row in rows[: query.limit])
        has_more = len(rows) > query.limit
        return Page(
            items=items, next_cursor=cursor_of(query, tuple(rows[query.limit - 1]["key"])) if has_more else None
        )

    def edges(self, node_id: str) -> tuple[Edge, ...]:
        """Return all edges that start or end at a node, ordered by id."""
        return tuple(edge_from(row) for row in self._ask(_EDGES, key=key_of(node_id)))

    def neighbourhood(self, node_id: str, *, depth: int = 1, limit: int = 100) -> Subgraph:
        """Return what is reached in `depth` steps either way, the nearest first, at most `limit` nodes."""
        check_reach(depth, limit)
        reached = [key_of(self.node(node_id).node_id)]
        frontier = reached
        for _ in range(depth):
            if not frontier or len(reached) > limit:
                break
            rows = self._ask(_BESIDE, frontier=frontier, reached=reached, room=limit + 1 - len(reached))
            frontier = [row["key"] for row in rows]
            reached = reached + frontier
        keys = reached[:limit]
        found = {row["n"]["id"]: node_from(row["n"]) for row in self._ask(_NODES, keys=keys)}
        edges = tuple(edge_from(row) for row in self._ask(_AMONG, keys=keys))
        nodes = tuple(found[key] for key in keys if key in found)
        return Subgraph(nodes=nodes, edges=edges, is_truncated=len(reached) > limit)

    def history(self, element_id: str) -> tuple[LoggedChange, ...]:
        """Return every change of a node or edge, oldest first; empty where it never was."""
        return tuple(logged_from(row) for row in self._ask(_HISTORY, key=key_of(element_id)))

    def log(self, after: int = 0) -> Iterator[LoggedChange]:
        """Yield the changes with a sequence above `after`, in order."""
        return self._chunks(_LOG, after, logged_from, lambda logged: logged.sequence)

    def all_nodes(self) -> Iterator[Node]:
        """Yield every present node, ordered by id."""
        return self._chunks(_ALL_NODES, "", lambda row: node_from(row["n"]), lambda node: key_of(node.node_id))

    def all_edges(self) -> Iterator[Edge]:
        """Yield every present edge, ordered by id."""
        return self._chunks(_ALL_EDGES, "", edge_from, lambda edge: key_of(edge.edge_id))

    def counts(self) -> dict[NodeLabel, int]:
        """Return how many nodes of each label there are; labels without any are left out."""
        union = " UNION ALL ".join(f"MATCH (n:{label}) RETURN '{label}' AS label, count(n) AS n" for label in NodeLabel)
        return {NodeLabel(row["label"]): row["n"] for row in self._ask(union) if row["n"]}

    def close(self) -> None:
        """Close the connections; closing twice is harmless."""
        self._is_closed = True
        self._driver.close()

    def _ask(self, text: str, **parameters: Any) -> list[Record]:  # noqa: ANN401 - what the driver takes
        with self._session() as session:
            return session.execute_read(_fetch, command(text), parameters)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """Lend a session that sees what this store wrote last, on whichever server of a cluster."""
        self._check_open()
        bookmarks = self._driver.execute_query_bookmark_manager
        with (
            backend_errors("the store"),
            self._driver.session(database=self._database, bookmark_manager=bookmarks) as session,
        ):
            yield session

    def _chunks(
        self, text: str, place: Place, read: Callable[[Record], Item], place_of: Callable[[Item], Place]
    ) -> Iterator[Item]:
        self._check_open()
        return self._read_chunks(text, place, read, place_of)

    def _read_chunks(
        self, text: str, place: Place, read: Callable[[Record], Item], place_of: Callable[[Item], Place]
    ) -> Iterator[Item]:
        while True:
            items = [read(row) for row in self._ask(text, place=place, limit=CHUNK)]
            yield from items
            if len(items) < CHUNK:
                return
            place = place_of(items[-1])

    def _check_open(self) -> None:
        if self._is_closed:
            raise BackendError("store.closed", "the store is closed: open it again")


def _fetch(transaction: ManagedTransaction, text: LiteralString, parameters: dict[str, Any]) -> list[Record]:
    return list(transaction.run(text, parameters))
