"""Writing the rows of a new store file, here or in another process while this one works out the rows to come.

The other process only appends; whoever wants to read takes the file back first, by closing it. The text index it makes
in a file of its own: while no rows are waiting, and from then on, beside the indexes that this process makes.
"""

import re
import sqlite3
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple, Self, TypeAlias, cast

from kg.store.bigrams import grams_of_each, shadow_form
from kg.store.facets import Facets
from kg.store.rows import (
    CLAIM,
    INSERT_ACTOR,
    INSERT_CLAIM,
    INSERT_NODE,
    INSERT_PERIOD,
    PUBLISHED,
    UNKNOWN,
    NodeWrite,
    Publication,
    claim_row,
    node_row,
)
from kg.store.stamping import INSERT_LOG, INSERT_MADE, INSERT_STAMP, StampedRow, StampRow
from schemas.graph import Node

CACHE_KIBIBYTES: Final = 64 * 1024
"""Also what is sorted for an index in one piece while rows still come. More gained nothing."""
SORTED_KIBIBYTES: Final = 4 * 1024
"""The same once no rows are to come: two threads sort such pieces in a tenth less time than one does a large one."""
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


Value: TypeAlias = str | int | float | bytes | bytearray | None
Flat: TypeAlias = list[Value]
"""The values of rows, row after row: quicker to make, to hand over and to bind than a tuple for each row."""


INSERT_EDGE: Final = "INSERT INTO edge VALUES (?1, ?2, ?1, ?3, ?4)"


class Rows(NamedTuple):
    """What is to be written, mostly of elements that are new.

    Attributes:
        made: log rows of what is new; `changed` are those of all else.
        nodes: rows of all nodes but claims, which take fewer values.
        is_folded: whether all texts are in the form in which they are compared.
    """

    stamps: list[StampRow]
    made: Flat
    changed: list[StampedRow]
    edges: Flat
    claims: Flat
    nodes: Flat
    actors: Flat
    periods: Flat
    is_folded: bool = False

    def file(self, node: Node, key: int, facets: Facets, publication: Publication) -> None:
        """Add the rows of a new node.

        Args:
            node: the node.
            key: its key in the table.
            facets: what it is filtered by.
            publication: of the document that a claim stands in; of another node not looked at.
        """
        node_id = node.node_id
        if node.label is CLAIM:
            self.claims.extend(claim_row(key, node_id, facets, publication))
            published: Value = publication[1] or ""
        else:
            row = node_row(NodeWrite.unfolded(node, key, facets), UNKNOWN)
            self.nodes.extend(row)
            published = row[PUBLISHED]
        for actor_id in facets.actor_ids:
            self.actors.extend((key, actor_id, published, node_id))
        for first_day, last_day in facets.periods:
            self.periods.extend((key, first_day, last_day))

    def folded(self, fold: Callable[[str], str]) -> Self:
        """Return the same with folded texts."""
        if self.is_folded:
            return self
        for values, width in ((self.claims, _CLAIM_WIDTH), (self.nodes, _NODE_WIDTH)):
            texts = cast("list[str]", values[width - 1 :: width])
            values[width - 1 :: width] = _folded(texts, fold)
        return self._replace(is_folded=True)

    @property
    def ids(self) -> list[str]:
        """The ids of all that is new and of its changes."""
        nodes = self.claims[1::_CLAIM_WIDTH] + self.nodes[1::_NODE_WIDTH]
        return cast("list[str]", self.made[1::4] + self.edges[1::4] + nodes)

    @property
    def shadows(self) -> list[tuple[int, str]]:
        """The keys of the nodes with the texts that are searched, in the order of the keys."""
        rows = ((self.claims, _CLAIM_WIDTH), (self.nodes, _NODE_WIDTH))
        keyed = [
            pair for values, width in rows for pair in zip(values[::width], values[width - 1 :: width], strict=True)
        ]
        return sorted(cast("list[tuple[int, str]]", keyed))

    def clear(self) -> None:
        """Leave nothing, to be filled anew."""
        for values in self[:-1]:
            values.clear()


def _folded(texts: Sequence[str], fold: Callable[[str], str]) -> list[str]:
    """Return the texts in the form that is compared, folded at once where they can be told apart after it."""
    folded = shadow_form(fold(_BETWEEN.join(texts))).split(_BETWEEN) if texts else []
    return folded if len(folded) == len(texts) else [shadow_form(fold(text)) for text in texts]


_BETWEEN: Final = "\x1e"
"""The separator of records, which hardly any text holds."""


def empty_rows() -> Rows:
    """Return rows of nothing, to be filled."""
    return Rows([], [], [], [], [], [], [], [])


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
    rows.made[3::4] = [bytearray(after) for after in cast("list[bytes]", rows.made[3::4])]
    insert_flat(connection, INSERT_MADE, rows.made)
    connection.executemany(INSERT_LOG, rows.changed)
    insert_flat(connection, INSERT_EDGE, rows.edges)
    insert_flat(connection, INSERT_CLAIM, rows.claims)
    insert_flat(connection, INSERT_NODE, rows.nodes)
    insert_flat(connection, INSERT_ACTOR, rows.actors)
    insert_flat(connection, INSERT_PERIOD, rows.periods)


def write_words(connection: sqlite3.Connection, shadows: Sequence[tuple[int, str]]) -> None:
    """Index the words of folded texts, each with the key of its node, in the order of the keys."""
    # One row a statement: a virtual table ends its words anew with every statement of several rows.
    keyed = zip((key for key, _ in shadows), grams_of_each(shadow for _, shadow in shadows), strict=True)
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
        insert: the statement for one row, its parameters numbered; its one list of values stands at the end.
        values: what goes in, row after row.
    """
    several, width = _of_several(insert)
    lot = width * ROWS_AT_ONCE
    whole = len(values) - len(values) % lot
    connection.executemany(several, (values[i : i + lot] for i in range(0, whole, lot)))
    connection.executemany(insert, (values[i : i + width] for i in range(whole, len(values), width)))


@cache
def _of_several(insert: str) -> tuple[str, int]:
    """Return the statement for several rows, and how many values a row has."""
    head, _, marks = insert.partition(" VALUES ")
    width = max(int(number) for number in _NUMBER.findall(marks))
    shifted = (
        _NUMBER.sub(lambda found: str(int(found[0]) + shift), marks)  # noqa: B023 - called at once
        for shift in range(0, ROWS_AT_ONCE * width, width)
    )
    return f"{head} VALUES {', '.join(shifted)}", width


_NUMBER: Final = re.compile(r"(?<=\?)\d+")
_CLAIM_WIDTH: Final = _of_several(INSERT_CLAIM)[1]
_NODE_WIDTH: Final = _of_several(INSERT_NODE)[1]
