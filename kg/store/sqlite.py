"""The default store: one SQLite file, one writing process, any number of readers.

Writing goes through one connection; each read takes a connection of its own from a pool, in a short
transaction, so that threads don't wait for each other and the write-ahead log can be emptied.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, LifoQueue
from threading import Lock
from typing import Final, Self, TypeVar

from kg.store import finding, reading, writing
from kg.store.opening import Limits, WriterLock, connect_reader, connect_writer, translated
from schemas.errors import BackendError, DomainError, InputError
from schemas.graph import Applied, Change, Edge, LoggedChange, Node, NodeLabel, Page, Query, Subgraph

CHUNK: Final = 1000
"""Items that long listings read at a time: no transaction stays open between two chunks."""

NO_LIMITS: Final = Limits()

Item = TypeVar("Item")
Place = TypeVar("Place", int, str)


def open_sqlite(
    path: Path | str, *, fold: Callable[[str], str], read_only: bool = False, limits: Limits = NO_LIMITS
) -> "SqliteStore":
    """Open a store file; it is made where there is none, unless it is opened to read only.

    Args:
        path: the store file.
        fold: brings a text into one script and width, so that a query finds it in either script
            (`extract.normalize.shadow_of`); the same for all who open the store.
        read_only: any number of processes may read while one writes.
        limits: how large the store and its write-ahead log may grow.

    Raises:
        BusyError: another process writes to it, code "store.busy".
        NotFoundError: it is opened to read and is not there, code "store.missing".
        InputError: it is no store, of another program, or of a newer version; codes "store.not_a_store",
            "store.foreign", "store.version_newer".
        BackendError: the file can't be opened or made, code "store.unreachable".

    Example:
        >>> import tempfile
        >>> from schemas.graph import NodeLabel
        >>> with tempfile.TemporaryDirectory() as folder, open_sqlite(f"{folder}/a.db", fold=str.strip) as store:
        ...     store.find(Query(label=NodeLabel.CLAIM)).items
        ()
    """
    path = Path(path)
    with translated(path):
        if path.is_dir():
            raise InputError("store.folder", f"{path} is a folder: name a file in it", path=str(path))
        return SqliteStore(path, fold, writer=None if read_only else _Writer(path, limits))


class _Writer:
    """The writing connection with the locks that keep other processes and threads out."""

    def __init__(self, path: Path, limits: Limits) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.process_lock = WriterLock(path)
        self.thread_lock = Lock()
        self._wal = path.with_name(path.name + "-wal")
        self._wal_bytes = limits.wal_bytes
        try:
            self.connection = connect_writer(path, limits)
        except BaseException:
            self.process_lock.close()
            raise

    def bound_wal(self) -> None:
        """Wait for readers and empty the write-ahead log, where it has grown too long."""
        if not self._wal.exists() or self._wal.stat().st_size <= self._wal_bytes:
            return
        # All is committed already: where this fails, the next commit tries again.
        with suppress(sqlite3.OperationalError):
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        """Empty the write-ahead log as far as readers allow, then let others write."""
        self.connection.close()
        self.process_lock.close()


class SqliteStore:
    """A store over one SQLite file; see `open_sqlite` and `kg.store.protocol.Store`."""

    def __init__(self, path: Path, fold: Callable[[str], str], *, writer: _Writer | None) -> None:
        self.path = path
        self._fold = fold
        self._writer = writer
        self._is_closed = False
        self._readers: LifoQueue[sqlite3.Connection] = LifoQueue()
        try:
            self._readers.put(connect_reader(path))
        except BaseException:
            if writer is not None:
                writer.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def apply(self, changes: Sequence[Change]) -> Applied:
        """Apply all changes in one transaction, or none.

        Raises:
            DomainError: the store was opened to read, code "store.read_only"; for the others see the protocol.
        """
        self._check_open()
        writer = self._writer
        if writer is None:
            raise DomainError("store.read_only", f"{self.path} was opened to read: open it to write")
        with translated(self.path), writer.thread_lock:
            applied = writing.apply_changes(writer.connection, changes, self._fold)
            writer.bound_wal()
            return applied

    def node(self, node_id: str) -> Node:
        """Return a node."""
        with self._reading() as connection:
            reading.node_key(connection, node_id)
            return reading.read_nodes(connection, [node_id])[0]

    def nodes(self, node_ids: Sequence[str]) -> tuple[Node, ...]:
        """Return the nodes of these ids that are there, in the order asked."""
        with self._reading() as connection:
            return reading.read_nodes(connection, node_ids)

    def find(self, query: Query) -> Page[Node]:
        """Return one page of the nodes that match."""
        with self._reading() as connection:
            return finding.find_page(connection, query, self._fold)

    def edges(self, node_id: str) -> tuple[Edge, ...]:
        """Return all edges that start or end at a node, ordered by id."""
        with self._reading() as connection:
            return reading.read_edges(connection, node_id)

    def neighbourhood(self, node_id: str, *, depth: int = 1, limit: int = 100) -> Subgraph:
        """Return what is reached in `depth` steps either way, the nearest first, at most `limit` nodes."""
        with self._reading() as connection:
            return reading.read_neighbourhood(connection, node_id, depth, limit)

    def history(self, element_id: str) -> tuple[LoggedChange, ...]:
        """Return every change of a node or edge, oldest first; empty where it never was."""
        with self._reading() as connection:
            return reading.read_history(connection, element_id)

    def log(self, after: int = 0) -> Iterator[LoggedChange]:
        """Yield the changes with a sequence above `after`, in order."""
        return self._chunks(reading.read_log, after, lambda logged: logged.sequence)

    @property
    def last_sequence(self) -> int:
        """The sequence of the last change; 0 where there is none."""
        with self._reading() as connection:
            return reading.read_last_sequence(connection)

    def all_nodes(self) -> Iterator[Node]:
        """Yield every present node, ordered by id."""
        return self._chunks(reading.read_nodes_after, "", lambda node: node.node_id)

    def all_edges(self) -> Iterator[Edge]:
        """Yield every present edge, ordered by id."""
        return self._chunks(reading.read_edges_after, "", lambda edge: edge.edge_id)

    def counts(self) -> dict[NodeLabel, int]:
        """Return how many nodes of each label there are; labels without any are left out."""
        with self._reading() as connection:
            return reading.count_labels(connection)

    def close(self) -> None:
        """Close all connections and let others write; closing twice is harmless."""
        self._is_closed = True
        while True:
            try:
                self._readers.get_nowait().close()
            except Empty:
                break
        if self._writer is not None:
            self._writer.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside one transaction: all statements in it see the same state."""
        self._check_open()
        with translated(self.path):
            try:
                connection = self._readers.get_nowait()
            except Empty:
                connection = connect_reader(self.path)
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                connection.execute("ROLLBACK")
                self._give_back(connection)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if self._is_closed:
            connection.close()
        else:
            self._readers.put(connection)

    def _chunks(
        self,
        read: Callable[[sqlite3.Connection, Place, int], list[Item]],
        place: Place,
        place_of: Callable[[Item], Place],
    ) -> Iterator[Item]:
        while True:
            with self._reading() as connection:
                items = read(connection, place, CHUNK)
            yield from items
            if len(items) < CHUNK:
                return
            place = place_of(items[-1])

    def _check_open(self) -> None:
        if self._is_closed:
            raise BackendError("store.closed", f"the store {self.path} is closed: open it again", path=str(self.path))
