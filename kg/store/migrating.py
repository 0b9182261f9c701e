"""The versions of a store file: a script each, and what a script can't say of its new columns."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from kg.captions import ELLIPSIS
from kg.store.facets import facets_of
from kg.store.filling import write_words
from kg.store.handing import judgements_of
from kg.store.rows import NO_WORTH
from kg.store.stamping import digest_of
from kg.store.standing import standing_of
from schemas.graph import Node, NodeLabel

APPLICATION_ID: Final = 0x4B5A4C47
"""Stands in the header of each store file ("KZLG"), so that other databases are told apart."""
CHUNK: Final = 5000
"""Nodes that are read at a time."""


def _fill_filters(connection: sqlite3.Connection) -> None:
    """Fill the columns that version 2 added, from the nodes as the log has them."""
    last = 0
    while rows := connection.execute(
        "SELECT key, after FROM node JOIN log ON sequence = head WHERE key > ? ORDER BY key LIMIT ?", (last, CHUNK)
    ).fetchall():
        nodes = [(key, Node.model_validate_json(after)) for key, after in rows]
        connection.executemany(_FILL, [_filters(key, node) for key, node in nodes])
        last = rows[-1][0]
    judgements = judgements_of(connection)
    claims = connection.execute("SELECT key, node_id, window_end FROM node WHERE label = 'Claim'").fetchall()
    standings = ((standing_of(end, judgements.get(node_id, ())), key) for key, node_id, end in claims)
    connection.executemany(_STAND, [(standing.outcome, standing.due or "", key) for standing, key in standings])


def _fill_digests_and_shorten(connection: sqlite3.Connection) -> None:
    """Fill the digests that version 3 added, leave heads of texts out of what is searched, and index that anew."""
    stamps = connection.execute("SELECT stamp_id, recorded_at, who, why FROM stamp").fetchall()
    digests = ((digest_of(*content), stamp_id) for stamp_id, *content in stamps)
    connection.executemany("UPDATE stamp SET digest = ? WHERE stamp_id = ?", digests)
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    last = 0
    while rows := connection.execute(_TEXTS, (last, CHUNK)).fetchall():
        shadows = [(key, _shortened(shadow, Node.model_validate_json(after))) for key, shadow, after in rows]
        connection.executemany("UPDATE node SET shadow = ?2 WHERE key = ?1 AND shadow <> ?2", shadows)
        write_words(connection, shadows)
        last = rows[-1][0]


def _shortened(shadow: str, node: Node) -> str:
    """Return the shadow without as many cut captions as its node's texts have fewer lines."""
    first, *lines = shadow.split("\n")
    surplus = 1 + len(lines) - len("\n".join(facets_of(node).texts).split("\n"))
    cut = set([number for number, line in enumerate(lines) if line.endswith(ELLIPSIS)][:surplus]) if surplus > 0 else ()
    return "\n".join([first, *(line for number, line in enumerate(lines) if number not in cut)])


_TEXTS: Final = "SELECT key, shadow, after FROM node JOIN log ON sequence = head WHERE key > ? ORDER BY key LIMIT ?"
_FILL: Final = (
    "UPDATE node SET indicator_id = ?, said_on = ?, window_end = ?, due = ?, check_worthiness = ? WHERE key = ?"
)
_STAND: Final = "UPDATE node SET outcome = ?, due = ? WHERE key = ?"


def _filters(key: int, node: Node) -> tuple[str | float | None, ...]:
    facets = facets_of(node)
    window_end = facets.due if node.label is NodeLabel.CLAIM else None
    worth = NO_WORTH if facets.check_worthiness is None else facets.check_worthiness
    return facets.indicator_id, facets.said_on, window_end, facets.due or "", worth, key


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: the script, then what is filled in; both in one transaction."""

    script: Traversable
    fill: Callable[[sqlite3.Connection], None] | None = None


MIGRATIONS: Final[tuple[Migration, ...]] = (
    Migration(files("kg.store") / "schema_0001.sql"),
    Migration(files("kg.store") / "schema_0002.sql", _fill_filters),
    Migration(files("kg.store") / "schema_0003.sql", _fill_digests_and_shorten),
    Migration(files("kg.store") / "schema_0004.sql"),
)
"""Step n brings a store from version n - 1 to n; a new store runs them all."""


def run_migrations(connection: sqlite3.Connection, version: int, steps: Sequence[Migration]) -> None:
    """Bring a store from a version to the newest, each step in a transaction of its own.

    A new store, in which nothing is to be filled in, is made in one: were it cut off between two steps, it would be an
    old store that nobody made.

    Args:
        connection: the writing connection; it must not enforce foreign keys while tables are made anew.
        version: how many of the steps the store has seen.
        steps: all steps, the oldest first.
    """
    is_new = version == 0
    for lot in [steps] if is_new else [[step] for step in steps[version:]]:
        version += len(lot)
        scripts = "\n".join(step.script.read_text(encoding="utf-8") for step in lot)
        try:
            connection.executescript(f"BEGIN IMMEDIATE;\n{scripts}")
            for step in lot:
                if step.fill is not None and not is_new:
                    step.fill(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
