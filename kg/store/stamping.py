"""Stamps: who changed something, when and why, kept once for all changes that share it."""

import json
import sqlite3
import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Final, TypeAlias

from kg.store.state import LogRow
from schemas.graph import Change

INSERT_STAMP: Final = "INSERT INTO stamp VALUES (?, ?, ?, ?, ?)"
INSERT_LOG: Final = "INSERT INTO log VALUES (?1, ?2, ?3, ?4, ?5)"
INSERT_MADE: Final = "INSERT INTO log VALUES (?1, ?2, ?3, NULL, CAST(?4 AS TEXT))"
"""Of a change before which nothing was: the element comes in bytes, which are stored as the text that they are."""
_ADD: Final = "INSERT OR IGNORE INTO stamp (recorded_at, who, why, digest) VALUES (?, ?, ?, ?)"
_FIND: Final = "SELECT stamp_id FROM stamp WHERE recorded_at = ? AND who = ? AND why = ?"

StampRow: TypeAlias = tuple[int, str, str, str, int]
StampedRow: TypeAlias = tuple[int, str, int, int | None, str | None]
"""A row of the table: sequence, change id, stamp id, the change before, the element after."""
_Content: TypeAlias = tuple[str, str, str]


def digest_of(recorded_at: str, who: str, why: str) -> int:
    """Return a check sum of a stamp, so that `verify` sees where it was altered.

    Example:
        >>> digest_of("2026-01-01T00:00:00+00:00", "editor", "") == digest_of("2026-01-01T00:00:00+00:00", "", "editor")
        False
    """
    return zlib.crc32(json.dumps([recorded_at, who, why]).encode())


def write_log(connection: sqlite3.Connection, rows: Iterable[LogRow]) -> None:
    """Append changes to the log, with the stamps that are not there yet."""
    stamped = [(sequence, change_id, stamp, previous, after) for sequence, change_id, *stamp, previous, after in rows]
    contents = {(at, who, why) for _, _, (at, who, why), _, _ in stamped}
    connection.executemany(_ADD, [(*content, digest_of(*content)) for content in sorted(contents)])
    ids = {content: connection.execute(_FIND, content).fetchone()[0] for content in contents}
    connection.executemany(INSERT_LOG, [(s, c, ids[at, who, why], p, a) for s, c, (at, who, why), p, a in stamped])


class Stamps:
    """The stamps of a store that is being filled."""

    def __init__(self) -> None:
        self._ids: dict[_Content, int] = {}
        self._fresh: list[StampRow] = []
        self._last: tuple[datetime, str, str] | None = None
        self._last_id = 0

    def of_change(self, change: Change) -> int:
        """Return the stamp of a change; those that come together mostly share one object for each part."""
        at, who, why = change.recorded_at, change.who, change.why
        last = self._last
        if last is None or last[0] is not at or last[1] is not who or last[2] is not why:
            self._last, self._last_id = (at, who, why), self._of(at.isoformat(), who, why)
        return self._last_id

    def of_row(self, row: LogRow) -> StampedRow:
        """Return a row as the table has it."""
        sequence, change_id, at, who, why, previous, after = row
        return sequence, change_id, self._of(at, who, why), previous, after

    def taken(self) -> list[StampRow]:
        """Return the stamps that were not returned before."""
        fresh, self._fresh = self._fresh, []
        return fresh

    def _of(self, at: str, who: str, why: str) -> int:
        stamp_id = self._ids.get((at, who, why))
        if stamp_id is None:
            stamp_id = self._ids[at, who, why] = len(self._ids) + 1
            self._fresh.append((stamp_id, at, who, why, digest_of(at, who, why)))
        return stamp_id
