"""Filling a new store in bulk: rows first, indexes when all are in.

The log is written as `apply` would write it, change by change, so that the store can be verified, mirrored and
followed like any other. What is quicker: each element is encoded once and looked up in memory, the file has no
journal until it is whole, and every index is made of all rows at once. Changes of what the load itself made are
folded in memory and written at the end.
"""

import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from kg.store import handing
from kg.store.admission import check_id
from kg.store.bigrams import grams_of
from kg.store.migrating import MIGRATIONS, run_migrations
from kg.store.opening import WriterLock, translated
from kg.store.projection import INSERT_NODE, actor_rows, period_rows, write_state
from kg.store.rows import UNKNOWN, NodeWrite, Publication, node_row
from kg.store.standing import JUDGING, Judged, standing_of
from kg.store.state import Entry, State, check_unlinked, stored_form
from schemas.errors import InputError
from schemas.graph import Applied, Change, Edge, Node, NodeLabel

CHUNK: Final = 10_000
"""Changes whose rows are written at a time."""
CACHE_KIBIBYTES: Final = 512 * 1024
SORTERS: Final = 2
"""Threads that sort for an index."""
_UNSAFE_UNTIL_WHOLE: Final = (
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
    "temp_store = MEMORY",
    f"cache_size = -{CACHE_KIBIBYTES}",
    f"threads = {SORTERS}",
)
_OF_EDGES: Final = ("edge_by_source", "edge_by_target")
_INDEXES: Final = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"


def load_sqlite(path: Path | str, changes: Iterable[Change], *, fold: Callable[[str], str]) -> Applied:
    """Make a store file of changes, in the order in which they happened; it appears whole or not at all.

    About twice as fast as `apply` (`make bench-store`). It keeps the id of each element and of each change in
    memory, some 400 bytes a change.

    Args:
        path: a file that is not there yet.
        changes: what `apply` would take; read once.
        fold: brings a text into the form in which texts are compared.

    Returns:
        How many changes were new and how many known, as `apply` counts them.

    Raises:
        InputError: the file is there already, code "store.exists".
        ConflictError, NotFoundError, InputError: a change is refused, with the codes of `Store.apply`.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     load_sqlite(f"{folder}/a.db", [], fold=str.strip)
        Applied(applied=0, known=0, last_sequence=0)
    """
    path = Path(path)
    partial = path.with_name(path.name + ".loading")
    with translated(path), WriterLock(path):
        for place in (path, path.with_name(path.name + "-wal")):
            if place.exists():
                message = f"{place} is there already: a bulk load makes a new store, name another file"
                raise InputError("store.exists", message, path=str(place))
        partial.unlink(missing_ok=True)
        try:
            applied = _load(partial, changes, fold)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    return applied


def _load(path: Path, changes: Iterable[Change], fold: Callable[[str], str]) -> Applied:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in _UNSAFE_UNTIL_WHOLE:
            connection.execute(f"PRAGMA {pragma}")
        run_migrations(connection, 0, MIGRATIONS)
        indexes = dict(connection.execute(_INDEXES).fetchall())
        for name in indexes:
            connection.execute(f"DROP INDEX {name}")
        connection.execute("BEGIN")
        loader = _Loader(connection, fold, indexes)
        batches = iter(changes)
        while batch := list(islice(batches, CHUNK)):
            loader.take(batch)
        applied = loader.finish()
        connection.execute("COMMIT")
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute("PRAGMA journal_mode = WAL")
    with path.open("rb") as whole:
        os.fsync(whole.fileno())
    return applied


class _Loader:
    """What is known while a store is filled, and the rows that are not written yet."""

    def __init__(self, connection: sqlite3.Connection, fold: Callable[[str], str], indexes: dict[str, str]) -> None:
        self._connection = connection
        self._fold = fold
        self._indexes = indexes
        self._state = State(sequence=0)
        self._edges: dict[str, int] = {}
        self._known = 0
        self._nodes: list[NodeWrite] = []
        self._edge_rows: list[tuple[int, str, int, int, int]] = []
        self._publications: dict[str, Publication] = {}
        self._awaited: set[str] = set()
        self._late: list[NodeWrite] = []
        self._windows: dict[str, tuple[int, str | None]] = {}
        self._judged: dict[str, list[Judged]] = defaultdict(list)
        self._moments = _Moments()

    def take(self, changes: Iterable[Change]) -> None:
        """Fold changes and write their rows."""
        for change in changes:
            after = change.after
            is_new = change.before is None and after is not None and change.change_id not in self._state.change_ids
            if not (is_new and after is not None and self._made(change, after)):
                self._known += not self._taken_again(change)
        self._write_rows()

    def finish(self) -> Applied:
        """Write where claims stand, make the indexes, then write what was changed after it was made."""
        for name in sorted(self._judged.keys() & self._windows.keys()):
            key, window_end = self._windows[name]
            standing = standing_of(window_end, self._judged[name])
            self._connection.execute(
                "UPDATE node SET outcome = ?, due = ? WHERE key = ?", (standing.outcome, standing.due or "", key)
            )
        self._make_indexes(self._indexes)
        handing.hand_down(self._connection, (), self._late)
        write_state(self._connection, self._state, self._fold)
        self._connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        sequence = self._state.sequence
        return Applied(applied=sequence, known=self._known, last_sequence=sequence)

    def _made(self, change: Change, after: Node | Edge) -> bool:
        """Take an element that was not there yet; False where it was, or is refused."""
        nodes, edges, state = self._state.node_keys, self._edges, self._state
        name = after.node_id if isinstance(after, Node) else after.edge_id
        if name in nodes or name in edges or name in state.entries:
            return False
        if isinstance(after, Edge) and not (after.source_id in nodes and after.target_id in nodes):
            return False
        sequence = state.sequence + 1
        check_id(name)
        check_id(change.change_id)
        at = self._moments.iso(change.recorded_at)
        state.rows.append((sequence, change.change_id, at, change.who, change.why, None, stored_form(after)))
        state.sequence = sequence
        state.change_ids.add(change.change_id)
        if isinstance(after, Node):
            nodes[name] = sequence
            self._nodes.append(NodeWrite.of(after, sequence, sequence, self._fold))
        else:
            edges[name] = sequence
            self._edge_rows.append((sequence, name, sequence, nodes[after.source_id], nodes[after.target_id]))
        return True

    def _taken_again(self, change: Change) -> bool:
        """Take any other change as `apply` does; False where it is known already."""
        self._write_rows()
        state, name = self._state, change.element_id
        if name not in state.entries:
            state.entries[name] = self._entry_of(name)
        key = state.node_keys.get(name)
        is_new = state.take(name, change)
        if is_new and change.after is None and key is not None:
            self._make_indexes(_OF_EDGES)
            check_unlinked(self._connection, state, name, key)
        return is_new

    def _entry_of(self, name: str) -> Entry:
        is_node = name in self._state.node_keys
        key = self._state.node_keys[name] if is_node else self._edges.get(name, 0)
        if not key:
            return Entry()
        (stored,) = self._connection.execute("SELECT after FROM log WHERE sequence = ?", (key,)).fetchone()
        return Entry(key, key, stored, is_node, was_key=key, was_node=is_node)

    def _write_rows(self) -> None:
        connection, state, nodes = self._connection, self._state, self._nodes
        connection.executemany("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)", state.rows)
        connection.executemany("INSERT INTO edge VALUES (?, ?, ?, ?, ?)", self._edge_rows)
        self._note(nodes)
        rows = [node_row(w, self._publications.get(w.facets.document_id or "", UNKNOWN)) for w in nodes]
        connection.executemany(INSERT_NODE, rows)
        grams = ((w.key, grams_of(w.shadow)) for w in nodes)
        connection.executemany("INSERT INTO search (rowid, grams) VALUES (?, ?)", grams)
        connection.executemany("INSERT INTO node_actor VALUES (?, ?, ?, ?)", actor_rows(nodes, rows))
        connection.executemany("INSERT INTO node_period VALUES (?, ?, ?)", period_rows(nodes))
        for done in (state.rows, self._edge_rows, nodes):
            done.clear()

    def _note(self, nodes: Iterable[NodeWrite]) -> None:
        """Note what claims take over from other nodes."""
        for write in nodes:
            facets, label = write.facets, write.node.label
            if label is NodeLabel.CLAIM:
                self._windows[write.node.node_id] = write.key, facets.due
                if facets.document_id and facets.document_id not in self._publications:
                    self._awaited.add(facets.document_id)
            elif label is NodeLabel.DOCUMENT:
                self._publications[write.node.node_id] = facets.publisher, facets.published
                if write.node.node_id in self._awaited:
                    self._late.append(write)
            elif label in JUDGING and facets.claim_id and facets.outcome:
                judged = Judged(facets.published or "", write.node.node_id, facets.outcome, facets.due)
                self._judged[facets.claim_id].append(judged)

    def _make_indexes(self, names: Iterable[str]) -> None:
        for name in list(names):
            statement = self._indexes.pop(name, None)
            if statement is not None:
                self._connection.execute(statement)


class _Moments:
    """Writes moments as text; those of one batch are mostly one object."""

    def __init__(self) -> None:
        self._last: tuple[datetime, str] | None = None

    def iso(self, moment: datetime) -> str:
        """Return a moment as the log keeps it."""
        if self._last is None or self._last[0] is not moment:
            self._last = moment, moment.isoformat()
        return self._last[1]
