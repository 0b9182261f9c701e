"""Writing the rows of a new store file, here or in another process while this one works out the rows to come.

The other process only appends; whoever wants to read takes the file back first, by closing it. From then on it makes
the text index, in a file of its own, while this one makes the other indexes.
"""

import sqlite3
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple, Self, TypeAlias

from kg.store.bigrams import grams_of_each, shadow_form
from kg.store.rows import INSERT_NODE, PUBLISHED, Filed, filed_row
from kg.store.stamping import INSERT_LOG, INSERT_STAMP, StampRow

CACHE_KIBIBYTES: Final = 64 * 1024
"""Also what is sorted for an index in one piece: the next is read while a thread sorts it. More gained nothing."""
SORTERS: Final = 2
"""Threads that sort for an index. They need temporary files: without them SQLite sorts by one thread, record by record
in memory of its own, which takes a fourth more processor time."""
ROWS_AT_ONCE: Final = 50
"""Rows of one statement; with 18 columns they stay far below the 32,766 values that SQLite takes."""
WORD_BYTES: Final = 64 * 2**20
"""Of the text index that are gathered in memory before they are written: lists of this size need little merging."""
MAPPED_BYTES: Final = 2**30
"""Of the file that are read without copying them: each index reads a table from end to end."""
_UNSAFE_UNTIL_WHOLE: Final = (
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
    "temp_store = FILE",
    f"cache_size = -{CACHE_KIBIBYTES}",
    f"threads = {SORTERS}",
    f"mmap_size = {MAPPED_BYTES}",
)


Flat: TypeAlias = list[str | int | float | bytes | bytearray | None]
"""The values of rows, row after row: quicker to make, to hand over and to bind than a tuple for each row."""


class Rows(NamedTuple):
    """What is to be written of elements that are new.

    Attributes:
        nodes: what is filed of them; their rows are made where they are written.
        is_folded: whether all texts are in the form in which they are compared.
    """

    stamps: list[StampRow]
    log: Flat
    edges: Flat
    nodes: list[Filed]
    is_folded: bool = False

    def folded(self, fold: Callable[[str], str]) -> Self:
        """Return the same with folded texts."""
        if self.is_folded:
            return self
        nodes = [(*filed[:-1], shadow_form(fold(filed[-1]))) for filed in self.nodes]
        return self._replace(nodes=nodes, is_folded=True)

    @property
    def ids(self) -> list[str]:
        """The ids of all changes, nodes and edges."""
        return [str(name) for name in chain(self.log[1::5], self.edges[1::5])] + [filed[0] for filed in self.nodes]

    @property
    def shadows(self) -> tuple[list[int], list[str]]:
        """The keys of the nodes and the texts that are searched, in the same order."""
        return [filed[2] for filed in self.nodes], [filed[-1] for filed in self.nodes]


def empty_rows() -> Rows:
    """Return rows of nothing, to be filled."""
    return Rows([], [], [], [])


_AFTERS: Final = slice(4, None, 5)
"""Where in flat rows of the log the elements stand."""


def connect_filler(path: Path) -> sqlite3.Connection:
    """Return a connection to a file that nobody else looks at, and that is lost where it is not filled to the end."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in _UNSAFE_UNTIL_WHOLE:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def write_rows(connection: sqlite3.Connection, rows: Rows) -> None:
    """Append rows, folded, to the tables of a store; what indexes their words is written apart from them."""
    connection.executemany(INSERT_STAMP, rows.stamps)
    # A bytearray is bound as it is, while for bytes, as for None, sqlite3 first looks for an adapter.
    rows.log[_AFTERS] = [bytearray(after) if isinstance(after, bytes) else after for after in rows.log[_AFTERS]]
    insert_flat(connection, INSERT_LOG, rows.log)
    insert_flat(connection, "INSERT INTO edge VALUES (?, ?, ?, ?, ?)", rows.edges)
    nodes: Flat = []
    actors: Flat = []
    periods: Flat = []
    for filed in rows.nodes:
        node_id, _, key, _, (*_, actor_ids, spans), _ = filed
        row = filed_row(filed, key)
        nodes += row
        for actor_id in actor_ids:
            actors += actor_id, row[PUBLISHED], node_id, key
        for first_day, last_day in spans:
            periods += key, first_day, last_day
    insert_flat(connection, INSERT_NODE, nodes)
    insert_flat(connection, "INSERT INTO node_actor VALUES (?, ?, ?, ?)", actors)
    insert_flat(connection, "INSERT INTO node_period VALUES (?, ?, ?)", periods)


def write_words(connection: sqlite3.Connection, keys: Sequence[int], shadows: Sequence[str]) -> None:
    """Index the words of folded texts."""
    # One row a statement: a virtual table ends its words anew with every statement of several rows.
    keyed = zip(keys, grams_of_each(shadows), strict=True)
    connection.executemany("INSERT INTO search (rowid, grams) VALUES (?, ?)", keyed)


def take_words(connection: sqlite3.Connection, path: Path) -> None:
    """Take over the text index that was made in another file; the connection is in a transaction, before and after.

    The tables under it are copied as they are, as a dump of a store copies them.
    """
    connection.execute("COMMIT")
    connection.execute("ATTACH ? AS words", (str(path),))
    connection.execute("BEGIN")
    for table in ("search_data", "search_idx"):
        connection.execute(f"DELETE FROM main.{table}")  # noqa: S608 - our own names
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM words.{table}")  # noqa: S608
    for statement in ("COMMIT", "DETACH words", "BEGIN"):
        connection.execute(statement)


def insert_flat(connection: sqlite3.Connection, insert: str, values: Flat) -> None:
    """Insert rows, some at a time, which takes three quarters of the time that one at a time does.

    Args:
        connection: the writing connection.
        insert: the statement for one row; its one list of values stands at the end.
        values: what goes in, row after row.
    """
    head, _, marks = insert.partition(" VALUES ")
    width = marks.count("?")
    lot = width * ROWS_AT_ONCE
    whole = len(values) - len(values) % lot
    several = f"{head} VALUES {', '.join([marks] * ROWS_AT_ONCE)}"
    connection.executemany(several, (values[i : i + lot] for i in range(0, whole, lot)))
    connection.executemany(insert, (values[i : i + width] for i in range(whole, len(values), width)))
