"""Keeping store files: backup while others write, restore, migration, and building anew from the log."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path
from typing import Final

from kg.store.opening import MIGRATIONS, WriterLock, connect_reader, run_migrations, translated, version_of
from kg.store.sqlite import open_sqlite
from schemas.errors import InputError, NotFoundError

REPLAY: Final = 10_000
"""Changes replayed in one transaction."""


def backup(path: Path | str, target: Path | str) -> None:
    """Copy a store as it is at one moment, also while another process writes to it.

    Args:
        path: the store.
        target: a file that is not there yet; it appears whole or not at all.

    Raises:
        NotFoundError: there is no store, code "store.missing".
        InputError: the target is there already, code "store.exists".
        BackendError: the disk is full, code "store.full".
    """
    path, target = Path(path), Path(target)
    _check_free(target)
    partial = target.with_name(target.name + ".partial")
    with translated(path), closing(connect_reader(path)) as source:
        partial.unlink(missing_ok=True)
        try:
            with closing(sqlite3.connect(partial)) as copy:
                source.backup(copy)
                # A copy is read from one file: it must not wait for a write-ahead log beside it.
                copy.execute("PRAGMA journal_mode = DELETE")
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


def restore(copy: Path | str, path: Path | str) -> None:
    """Put a backup in the place of a store that is not there.

    Raises:
        InputError: something is at the place already, code "store.exists": move it away, so that
            nothing is lost by restoring; or the copy is no store.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with translated(path), WriterLock(path):
        backup(copy, path)


def migrate(path: Path | str, scripts: Sequence[Traversable] = MIGRATIONS) -> tuple[int, int]:
    """Bring a store to the version of this program, after copying it to `PATH.before-VERSION`.

    Args:
        path: the store; no other process may write to it.
        scripts: ours, unless a test brings others.

    Returns:
        The version before and after; equal where there was nothing to do.
    """
    path = Path(path)
    if not path.exists():
        raise NotFoundError("store.missing", f"there is no store at {path}", path=str(path))
    with translated(path), WriterLock(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        before = version_of(path, connection)
        if before == len(scripts):
            return before, before
        target = path.with_name(f"{path.name}.before-{before}")
        _check_free(target)
        with closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)
        run_migrations(connection, before, scripts)
        return before, version_of(path, connection, newest=len(scripts))


def rebuild(path: Path | str, *, fold: Callable[[str], str]) -> int:
    """Make the tables of a store anew from its log, as after a change of the folding.

    The old file stays as `PATH.before-rebuild`.

    Returns:
        How many changes were replayed.
    """
    path = Path(path)
    fresh, old = (path.with_name(f"{path.name}.{end}") for end in ("rebuilt", "before-rebuild"))
    for file in (fresh, old):
        _check_free(file)
    with translated(path), WriterLock(path):
        with open_sqlite(path, fold=fold, read_only=True) as source, open_sqlite(fresh, fold=fold) as target:
            log = source.log()
            count = 0
            while changes := [logged.change for logged in islice(log, REPLAY)]:
                count += target.apply(changes).applied
        path.rename(old)
        fresh.rename(path)
    return count


def _check_free(path: Path) -> None:
    if path.exists():
        raise InputError("store.exists", f"{path} is there already: move it away or name another", path=str(path))
