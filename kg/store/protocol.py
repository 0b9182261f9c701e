"""What every store can do; the engines are in the modules beside this one."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from schemas.graph import Applied, Change, Edge, LoggedChange, Node, NodeLabel, Page, Query, Subgraph


class Store(Protocol):
    """A graph kept as a log of changes, and its present state."""

    def apply(self, changes: Sequence[Change]) -> Applied:
        """Apply all changes in one transaction, or none.

        A change whose id is in the log, or whose `after` is already the present state, counts as known.

        Raises:
            ConflictError: a `before` is not the present state, code "store.conflict".
            NotFoundError: an edge names a node that is not there, code "store.node_unknown".
            BusyError: another writer holds the store, code "store.busy".
            BackendError: the disk is full or the database is down, code "store.failed".
        """
        ...

    def node(self, node_id: str) -> Node:
        """Return a node.

        Raises:
            NotFoundError: there is none of that id, code "store.node_unknown".
        """
        ...

    def nodes(self, node_ids: Sequence[str]) -> tuple[Node, ...]:
        """Return the nodes of these ids that are there, in the order asked."""
        ...

    def find(self, query: Query) -> Page[Node]:
        """Return one page of the nodes that match; pages stay stable while others write.

        Raises:
            InputError: the cursor is not of this query, code "store.cursor".
        """
        ...

    def edges(self, node_id: str) -> tuple[Edge, ...]:
        """Return all edges that start or end at a node, ordered by id."""
        ...

    def neighbourhood(self, node_id: str, *, depth: int = 1, limit: int = 100) -> Subgraph:
        """Return what is reached in `depth` steps either way, at most `limit` nodes.

        Raises:
            NotFoundError: there is no node of that id, code "store.node_unknown".
        """
        ...

    def history(self, element_id: str) -> tuple[LoggedChange, ...]:
        """Return every change of a node or edge, oldest first; empty where it never was."""
        ...

    def log(self, after: int = 0) -> Iterator[LoggedChange]:
        """Yield the changes with a sequence above `after`, in order."""
        ...

    @property
    def last_sequence(self) -> int:
        """The sequence of the last change, 0 where there is none: what was read at it is still true at it."""
        ...

    def all_nodes(self) -> Iterator[Node]:
        """Yield every present node, ordered by id."""
        ...

    def all_edges(self) -> Iterator[Edge]:
        """Yield every present edge, ordered by id."""
        ...

    def counts(self) -> dict[NodeLabel, int]:
        """Return how many nodes of each label there are; labels without any are left out."""
        ...

    def close(self) -> None:
        """Give back what the store holds; a closed store answers nothing more."""
        ...
