"""Applying changes: the log and the present state it folds to, in one transaction.

A chunk of changes is folded in memory over the state that it touches, read beforehand; then its log
rows and the final state of each element are written in bulk.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Final

from kg.store.projection import write_state
from kg.store.stamping import write_log
from kg.store.state import check_unlinked, load_state
from schemas.graph import Applied, Change

CHUNK: Final = 10_000
"""Changes folded at a time; all chunks of one call share a transaction."""


def apply_changes(connection: sqlite3.Connection, changes: Sequence[Change], fold: Callable[[str], str]) -> Applied:
    """Apply all changes in one transaction, or none; see `kg.store.protocol.Store.apply`.

    Args:
        connection: the writing connection, in no transaction.
        changes: in the order in which they happened.
        fold: brings a text into the form in which texts are compared.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        applied = _apply_all(connection, changes, fold)
        connection.execute("COMMIT")
    except BaseException:
        # A full disk makes SQLite roll back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return applied


def last_sequence(connection: sqlite3.Connection) -> int:
    """Return the sequence of the last change; 0 where there is none."""
    found: int = connection.execute("SELECT coalesce(max(sequence), 0) FROM log").fetchone()[0]
    return found


def _apply_all(connection: sqlite3.Connection, changes: Sequence[Change], fold: Callable[[str], str]) -> Applied:
    before = sequence = last_sequence(connection)
    for start in range(0, len(changes), CHUNK):
        chunk = changes[start : start + CHUNK]
        names = [change.element_id for change in chunk]
        state = load_state(connection, names, chunk, sequence)
        for name, change in zip(names, chunk, strict=True):
            key = state.node_keys.get(name)
            if state.take(name, change) and change.after is None and key is not None:
                check_unlinked(connection, state, name, key)
        write_log(connection, state.rows)
        write_state(connection, state, fold)
        sequence = state.sequence
    count = sequence - before
    return Applied(applied=count, known=len(changes) - count, last_sequence=sequence)
