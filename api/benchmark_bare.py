"""What `make bench-store` compares the store with: the same questions in SQL written by hand, over the same tables.

Rows are decoded from JSON into plain dictionaries, which whoever asks in SQL must do too; nothing is validated, no
cursor is made, and where to begin is left to the database.
"""

import json
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Final, Self

from kg.store.bigrams import grams_of, match_of, terms_of
from kg.store.filling import connect_filler, insert_flat
from kg.store.opening import connect_reader

_BY_ACTOR: Final = """
SELECT log.after FROM node_actor AS a JOIN node ON node.key = a.key JOIN log ON log.sequence = node.head
WHERE a.actor_id = ? AND a.published BETWEEN ? AND ? AND node.label = 'Claim'
ORDER BY a.published DESC, a.node_id DESC LIMIT ?
"""
_DUE: Final = """
SELECT log.after FROM node JOIN log ON log.sequence = node.head
WHERE node.label = 'Claim' AND node.kind = 'prediction' AND node.due BETWEEN '0' AND ?
ORDER BY node.due, node.node_id LIMIT ?
"""
_TWO_HOPS: Final = """
WITH start (key) AS (SELECT key FROM node WHERE node_id = ?1),
first (key) AS (
  SELECT target FROM edge WHERE source IN (SELECT key FROM start)
  UNION SELECT source FROM edge WHERE target IN (SELECT key FROM start)
),
second (key) AS (
  SELECT target FROM edge WHERE source IN (SELECT key FROM first)
  UNION SELECT source FROM edge WHERE target IN (SELECT key FROM first)
),
hops (key, hop) AS (SELECT key, 0 FROM start UNION ALL SELECT key, 1 FROM first UNION ALL SELECT key, 2 FROM second),
reached (key) AS MATERIALIZED (SELECT key FROM hops GROUP BY key ORDER BY min(hop) LIMIT ?2)
SELECT after FROM node JOIN log ON sequence = head WHERE key IN (SELECT key FROM reached)
UNION ALL SELECT after FROM edge JOIN log ON sequence = head
WHERE source IN (SELECT key FROM reached) AND +target IN (SELECT key FROM reached)
"""
_TEXT: Final = """
SELECT log.after FROM search JOIN node ON node.key = search.rowid JOIN log ON log.sequence = node.head
WHERE search MATCH ? AND node.label = 'Claim' AND {terms} ORDER BY node.published DESC, node.node_id DESC LIMIT ?
"""

_TABLES: Final = ("stamp", "log", "node", "edge", "node_actor", "node_period")
_CHUNK: Final = 10_000


class BareStore:
    """A store file, asked in SQL."""

    def __init__(self, path: Path) -> None:
        self._connection = connect_reader(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def by_actor(self, actor_id: str, first: date, last: date, *, limit: int) -> list[Any]:
        """Return the claims of an actor that were published on these days, the newest first."""
        return self._rows(_BY_ACTOR, actor_id, first.isoformat(), last.isoformat(), limit)

    def due(self, day: date, *, limit: int) -> list[Any]:
        """Return the predictions that are due by a day, the oldest first."""
        return self._rows(_DUE, day.isoformat(), limit)

    def two_hops(self, node_id: str, *, limit: int) -> list[Any]:
        """Return the nodes within two steps, the near ones first, and the edges among them."""
        return self._rows(_TWO_HOPS, node_id, limit)

    def text(self, shadow: str, *, limit: int) -> list[Any]:
        """Return the claims with all these words, the newest first."""
        terms = terms_of(shadow)
        condition = " AND ".join(["instr(node.shadow, ?)"] * len(terms))
        return self._rows(_TEXT.format(terms=condition), match_of(terms), *terms, limit)

    def _rows(self, statement: str, *parameters: str | int | None) -> list[Any]:
        rows: Sequence[tuple[str]] = self._connection.execute(statement, parameters).fetchall()
        return [json.loads(after) for (after,) in rows]


class BareLoad:
    """Writes what a loaded store holds into another file, by SQL alone: rows and index words lie ready.

    Nothing is encoded, folded or checked, and one table comes after the other. As in the bulk load the file has no
    journal, and indexes are made last.
    """

    def __init__(self, loaded: Path, path: Path) -> None:
        self._source = connect_reader(loaded)
        self._target = connect_filler(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._source.close()
        self._target.close()

    def seconds(self) -> float:
        """Return how long the writing takes."""
        for statement in self._made("table"):
            self._target.execute(statement)
        self._target.execute("BEGIN")
        taken = sum(self._copied(table) for table in _TABLES) + self._indexed()
        return taken + sum(_timed(self._target.execute, statement) for statement in (*self._made("index"), "COMMIT"))

    def _made(self, kind: str) -> list[str]:
        made = "SELECT sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL AND name NOT LIKE 'search_%'"
        return [statement for (statement,) in self._source.execute(made, (kind,))]

    def _copied(self, table: str) -> float:
        rows = self._source.execute(f"SELECT * FROM {table}")  # noqa: S608 - of our own tables
        insert = f"INSERT INTO {table} VALUES ({', '.join(f'?{k}' for k, _ in enumerate(rows.description, 1))})"  # noqa: S608
        taken = 0.0
        while chunk := rows.fetchmany(_CHUNK):
            taken += _timed(insert_flat, self._target, insert, list(chain.from_iterable(chunk)))
        return taken

    def _indexed(self) -> float:
        shadows, taken = self._source.execute("SELECT key, shadow FROM node"), 0.0
        while chunk := [(key, grams_of(shadow)) for key, shadow in shadows.fetchmany(_CHUNK)]:
            taken += _timed(self._target.executemany, "INSERT INTO search (rowid, grams) VALUES (?, ?)", chunk)
        return taken


def _timed(work: Callable[..., object], *arguments: object) -> float:
    began = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - began
