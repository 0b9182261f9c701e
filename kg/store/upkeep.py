"""Keeping store files: backup while others write, restore, migration, and building anew from the log."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, count
from pathlib import Path

from kg.store.loading import load_sqlite
from kg.store.migrating import MIGRATIONS, Migration, run_migrations
from kg.store.opening import WriterLock, connect_reader, translated, version_of
from kg.store.sqlite import open_sqlite
from schemas.errors import BackendError, InputError, NotFoundError
from schemas.graph import Change, LoggedChange


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
    with translated(path), closing(connect_reader(path)) as source:
        _copy_whole(source, target)


def restore(copy: Path | str, path: Path | str) -> None:
    """Put a backup in the place of a store that is not there.

    Raises:
        InputError: something is at the place already, code "store.exists": move it away, so that
            nothing is lost by restoring; or the copy is no store.
        BusyError: a process writes there, code "store.busy".
    """
    path = Path(path)
    with translated(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with WriterLock(path):
            _check_no_log_ahead(path)
            backup(copy, path)


def migrate(path: Path | str, steps: Sequence[Migration] = MIGRATIONS) -> tuple[int, int]:
    """Bring a store to the version of this program, after copying it to `PATH.before-VERSION`.

    Where it was cut off, run it again: it goes on from what is there, with a copy of its own.

    Args:
        path: the store; no other process may write to it.
        steps: ours, unless a test brings others.

    Returns:
        The version before and after; equal where there was nothing to do.
    """
    path = Path(path)
    if not path.exists():
        raise NotFoundError("store.missing", f"there is no store at {path}", path=str(path))
    with translated(path), WriterLock(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        before = version_of(path, connection, newest=len(steps))
        if before == len(steps):
            return before, before
        _copy_whole(connection, _free_beside(path, f"before-{before}"))
        run_migrations(connection, before, steps)
        return before, version_of(path, connection, newest=len(steps))


def rebuild(path: Path | str, *, fold: Callable[[str], str]) -> int:
    """Make the tables of a store anew from its log, as after a change of the folding.

    A copy of the store as it was stays as `PATH.before-rebuild`. Where it was cut off, run it again.

    Returns:
        How many changes were replayed.

    Raises:
        BusyError: another process has the store open, code "store.busy".
        BackendError: a change is missing in the log, code "store.gap"; the store is left as it is.
    """
    path = Path(path)
    fresh = path.with_name(f"{path.name}.rebuilt")
    with translated(path), WriterLock(path):
        _check_alone(path)
        for name in (fresh.name, f"{fresh.name}-wal"):
            fresh.with_name(name).unlink(missing_ok=True)
        with open_sqlite(path, fold=fold, read_only=True) as source:
            replayed = load_sqlite(fresh, _whole_log(path, source.log()), fold=fold).applied
        backup(path, _free_beside(path, "before-rebuild"))
        _check_alone(path)
        fresh.replace(path)
        fresh.with_name(f"{fresh.name}.writer").unlink(missing_ok=True)
    return replayed


def _whole_log(path: Path, log: Iterable[LoggedChange]) -> Iterator[Change]:
    """Yield the changes of a log; replayed with a gap, they would hide that something is lost."""
    for expected, logged in enumerate(log, start=1):
        if logged.sequence != expected:
            message = f"{path}: change {expected} is missing in the log: restore a backup"
            raise BackendError("store.gap", message, path=str(path), sequence=expected)
        yield logged.change


def _copy_whole(source: sqlite3.Connection, target: Path) -> None:
    """Copy a store into a file that appears whole or not at all."""
    partial = target.with_name(target.name + ".partial")
    with translated(target):
        partial.unlink(missing_ok=True)
        try:
            with closing(sqlite3.connect(partial)) as copy:
                source.backup(copy)
                # A copy is read from one file: it must not wait for a write-ahead log beside it.
                copy.execute("PRAGMA journal_mode = DELETE")
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


def _check_alone(path: Path) -> None:
    """Take the write-ahead log into the store, which only works while nobody else has it open.

    The log of one file, left beside another of its name, would be read into that one.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _check_no_log_ahead(path: Path) -> None:
    """Refuse to put a store beside the write-ahead log of another, which would be read into it."""
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise InputError(
            "store.exists", f"{log} holds changes of a store that is gone: move it away first", path=str(log)
        )


def _free_beside(path: Path, ending: str) -> Path:
    """Return the first name that is free: `PATH.ENDING`, `PATH.ENDING.2`, and so on."""
    names = chain([f"{path.name}.{ending}"], (f"{path.name}.{ending}.{number}" for number in count(2)))
    return next(found for name in names if not (found := path.with_name(name)).exists())


def _check_free(path: Path) -> None:
    if path.exists():
        raise InputError("store.exists", f"{path} is there already: move it away or name another", path=str(path))
