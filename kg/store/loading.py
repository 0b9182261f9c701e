"""Filling a new store in bulk: rows first, indexes when all are in.

The log is written as `apply` would write it, change by change, so that the store can be verified, mirrored and
followed like any other. What is quicker: each element is encoded once and looked up in memory, another process writes
the rows while this one works out the next, the file has no journal until it is whole, and every index is made of all
rows at once, that of the words by the other process. Changes of what the load itself made are folded in memory and
written at the end.
"""

import gc
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Final

from kg.store import handing
from kg.store.admission import check_ids
from kg.store.apart import Filler
from kg.store.facets import Facets, facets_of
from kg.store.filling import SORTED_KIBIBYTES, WORD_BYTES, connect_filler, empty_rows
from kg.store.migrating import MIGRATIONS, run_migrations
from kg.store.opening import WriterLock, translated
from kg.store.projection import write_state
from kg.store.rows import CLAIM, UNKNOWN, NodeWrite, Publication
from kg.store.stamping import Stamps
from kg.store.standing import JUDGING, Judged, standing_of
from kg.store.state import Entry, State, check_unlinked, stored_bytes
from schemas.errors import InputError
from schemas.graph import Applied, Change, Element, Node, NodeLabel

CHUNK: Final = 1_000
"""Changes whose rows are written at a time."""
MANY: Final = 20 * CHUNK
"""From so many changes on another process writes: starting one takes a third of a second."""
USUAL_WORD_BYTES: Final = 2**20
"""Of the text index that SQLite gathers in memory before it writes them, where nobody asks for more."""
_OF_EDGES: Final = ("edge_by_source", "edge_by_target")
_WINDOW: Final = "SELECT window_end FROM node WHERE key = ? AND label = 'Claim'"
_INDEXES: Final = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"


def load_sqlite(
    path: Path | str, changes: Iterable[Change], *, fold: Callable[[str], str], apart_from: int = MANY
) -> Applied:
    """Make a store file of changes, in the order in which they happened; it appears whole or not at all.

    Some four times as fast as `apply` (`make bench-store`), with two free cores until the first change of something
    that is there already: from there on this process does it all. It keeps the id of each element and of each change in
    memory, some 400 bytes a change, and the other process some 200 megabytes of texts whose words it will index.

    Args:
        path: a file that is not there yet.
        changes: what `apply` would take; read once.
        fold: brings a text into the form in which texts are compared; it is given many texts at once with U+001E
            between them, so what stands beyond a control character must make no difference to it.
        apart_from: from how many changes on another process writes; at least 1.

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
            with uncollected():
                applied = _load(partial, changes, fold, apart_from)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    return applied


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from what is made and held to the end: looking through it takes a tenth of a load."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _load(path: Path, changes: Iterable[Change], fold: Callable[[str], str], apart_from: int) -> Applied:
    indexes = _prepare(path)
    source = iter(changes)
    first = list(islice(source, apart_from))
    loader = _Loader(path, fold, indexes, is_apart=len(first) == apart_from)
    try:
        chunks = chain(first, source)
        while chunk := list(islice(chunks, CHUNK)):
            loader.take(chunk)
        applied = loader.finish()
    finally:
        loader.close()
    with path.open("rb") as whole:
        os.fsync(whole.fileno())
    return applied


def _prepare(path: Path) -> dict[str, str]:
    """Make the tables of a store without their indexes; return how these are made."""
    with closing(connect_filler(path)) as connection:
        run_migrations(connection, 0, MIGRATIONS)
        indexes = dict(connection.execute(_INDEXES).fetchall())
        for name in indexes:
            connection.execute(f"DROP INDEX {name}")
        connection.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (WORD_BYTES,))
    return indexes


class _Loader:
    """What is known while a store is filled, and the rows that are not written yet."""

    def __init__(self, path: Path, fold: Callable[[str], str], indexes: dict[str, str], *, is_apart: bool) -> None:
        self._filler = Filler(path, fold, is_apart=is_apart)
        self._fold = fold
        self._indexes = indexes
        self._state = State(sequence=0)
        self._edges: dict[str, int] = {}
        self._known = 0
        self._rows = empty_rows()
        self._publications: dict[str, Publication] = {}
        self._awaited: set[str] = set()
        self._late: list[NodeWrite] = []
        self._judged: dict[str, list[Judged]] = defaultdict(list)
        self._stamps = Stamps()

    def take(self, changes: Sequence[Change]) -> None:
        """Fold changes and write their rows."""
        state, log, stamp_of, made = self._state, self._rows.made, self._stamps.of_change, self._made
        change_ids = state.change_ids
        for change in changes:
            after, change_id, key = change.after, change.change_id, state.sequence + 1
            if after is None or change.before is not None or change_id in change_ids or not made(after, key):
                self._known += not self._taken_again(change)
                continue
            state.sequence = key
            change_ids.add(change_id)
            log += key, change_id, stamp_of(change), stored_bytes(after)
        self._write_rows()

    def close(self) -> None:
        """End what is still going on; what was not finished is lost."""
        self._filler.close()

    def finish(self) -> Applied:
        """Write where claims stand, make the indexes, then write what was changed after it was made."""
        connection = self._filler.connection
        connection.executemany("UPDATE node SET outcome = ?, due = ? WHERE key = ?", list(self._standings()))
        connection.execute(f"PRAGMA cache_size = -{SORTED_KIBIBYTES}")
        self._make_indexes(self._indexes)
        connection = self._filler.with_words()
        handing.hand_down(connection, (), self._late)
        write_state(connection, self._state, self._fold)
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        connection.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (USUAL_WORD_BYTES,))
        self._filler.finish()
        sequence = self._state.sequence
        return Applied(applied=sequence, known=self._known, last_sequence=sequence)

    def _standings(self) -> Iterator[tuple[str | None, str, int]]:
        """Yield where each claim stands that was judged, with its key."""
        for name, judged in self._judged.items():
            key = self._state.node_keys.get(name)
            claim = self._filler.connection.execute(_WINDOW, (key,)).fetchone()
            if key is not None and claim is not None:
                standing = standing_of(claim[0], judged)
                yield standing.outcome, standing.due or "", key

    def _made(self, after: Element, key: int) -> bool:
        """Make an element, unless it is there already or, to an edge, an end is not."""
        nodes, edges = self._state.node_keys, self._edges
        if after.element == "node":
            name = after.node_id
            if name in nodes or name in edges or name in self._state.entries:
                return False
            nodes[name] = key
            self._add_node(after, key)
            return True
        name, source, target = after.edge_id, nodes.get(after.source_id), nodes.get(after.target_id)
        if source is None or target is None or name in edges or name in nodes or name in self._state.entries:
            return False
        edges[name] = key
        self._rows.edges.extend((key, name, source, target))
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
            check_unlinked(self._filler.connection, state, name, key)
        return is_new

    def _entry_of(self, name: str) -> Entry:
        is_node = name in self._state.node_keys
        key = self._state.node_keys[name] if is_node else self._edges.get(name, 0)
        if not key:
            return Entry()
        (stored,) = self._filler.connection.execute("SELECT after FROM log WHERE sequence = ?", (key,)).fetchone()
        return Entry(key, key, stored, is_node, was_key=key, was_node=is_node)

    def _add_node(self, node: Node, key: int) -> None:
        facets, publication = facets_of(node), UNKNOWN
        if node.label is CLAIM:
            publication = self._publications.get(facets.document_id or "") or self._awaiting(facets)
        else:
            self._note(node, key, facets)
        self._rows.file(node, key, facets, publication)

    def _awaiting(self, facets: Facets) -> Publication:
        """Note a document that is still to come: in the end its claims take over its publication."""
        self._awaited.add(facets.document_id or "")
        return UNKNOWN

    def _note(self, node: Node, key: int, facets: Facets) -> None:
        """Note what claims take over from another node."""
        label = node.label
        if label is NodeLabel.DOCUMENT:
            self._publications[node.node_id] = facets.publisher, facets.published
            if node.node_id in self._awaited:
                self._late.append(NodeWrite.of(node, key, key, self._fold))
        elif label in JUDGING and facets.claim_id and facets.outcome:
            judged = Judged(facets.published or "", node.node_id, facets.outcome, facets.due)
            self._judged[facets.claim_id].append(judged)

    def _write_rows(self) -> None:
        rows, state = self._rows, self._state
        # Those of changes that were taken as `apply` does are checked already.
        check_ids(rows.ids)
        rows.changed.extend(map(self._stamps.of_row, state.rows))
        rows.stamps.extend(self._stamps.taken())
        if rows.made or rows.changed:
            self._filler.write(rows)
        state.rows.clear()
        rows.clear()

    def _make_indexes(self, names: Iterable[str]) -> None:
        for name in list(names):
            statement = self._indexes.pop(name, None)
            if statement is not None:
                self._filler.connection.execute(statement)
