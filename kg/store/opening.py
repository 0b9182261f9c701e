"""Opening a store file: who may write, whether it is ours, which version it has, what an error means."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from pydantic import ValidationError

from kg.store.migrating import APPLICATION_ID, MIGRATIONS, run_migrations
from schemas.errors import BackendError, BusyError, InputError, KaozhengError, NotFoundError

OLDEST_SQLITE: Final = (3, 37, 0)
"""The first with STRICT tables."""
WAIT_SECONDS: Final = 5.0
"""How long one connection waits for another before the store counts as busy."""
CACHE_KIBIBYTES: Final = 65536
"""Of the writer; readers, of whom there may be many, share the system's cache through mapped memory."""
MAPPED_BYTES: Final = 2**30


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a store may grow.

    Attributes:
        store_bytes: the size beyond which it counts as full; None for no limit but the disk's.
        wal_bytes: the size of the write-ahead log from which the writer waits for readers to empty it.
    """

    store_bytes: int | None = None
    wal_bytes: int = 64 * 1024 * 1024


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn errors of SQLite, of the file system and of damaged records into ours, with what to do next."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translation(path, error) from error
    except ValidationError as error:
        raise _damaged(path, "a record in it can't be read") from error
    except UnicodeDecodeError as error:
        # SQLite names what it could not read, and Python could not read that name.
        raise _damaged(path, "its tables can't be read") from error
    except OSError as error:
        raise BackendError(
            "store.unreachable", f"can't open the store {path}: {error.strerror}", path=str(path)
        ) from error
    except UnicodeEncodeError as error:
        raise InputError(
            "store.text_malformed", f"half a character (a lone surrogate) can't be kept or looked for in {path}"
        ) from error


class WriterLock:
    """The right to write, for one process at a time; the system takes it back when the process dies.

    It is an exclusive transaction on an empty SQLite file beside the store: portable, and unlike
    SQLite's own exclusive mode it keeps no reader out.
    """

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            path.with_name(path.name + ".writer"), timeout=0, isolation_level=None, check_same_thread=False
        )
        try:
            self._connection.execute("PRAGMA journal_mode = OFF")
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._connection.close()
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            raise _busy(path) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others write."""
        self._connection.close()


def connect_writer(path: Path, limits: Limits) -> sqlite3.Connection:
    """Return the writing connection; the store is made where there is none."""
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
        version = version_of(path, connection)
        _check_current(path, version)
        _set_up_writing(path, connection, limits)
        if version == 0:
            run_migrations(connection, 0, MIGRATIONS)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_reader(path: Path) -> sqlite3.Connection:
    """Return a connection that can only read, and never checkpoints.

    Raises:
        NotFoundError: there is no such file, code "store.missing".
    """
    if not path.exists():
        raise NotFoundError("store.missing", f"there is no store at {path}: ingest something first", path=str(path))
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if _is_frozen(path) else ''}",
        uri=True,
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        version = version_of(path, connection)
        if version == 0:
            raise InputError("store.empty", f"{path} is empty: ingest something first", path=str(path))
        _check_current(path, version)
        connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_frozen(path: Path) -> bool:
    """Whether nobody can be writing: SQLite then needs no file beside the store, which it could not make."""
    return not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()


def _set_up_writing(path: Path, connection: sqlite3.Connection, limits: Limits) -> None:
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise BackendError("store.no_wal", f"{path} lies where SQLite can't share memory: use a local disk")
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    if limits.store_bytes is not None:
        page_bytes = connection.execute("PRAGMA page_size").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {max(1, limits.store_bytes // page_bytes)}")


def version_of(path: Path, connection: sqlite3.Connection, *, newest: int = len(MIGRATIONS)) -> int:
    """Return the version of the store's schema; 0 for a file that is new.

    Raises:
        InputError: it is another program's database or of a newer version; codes "store.foreign",
            "store.version_newer".
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise BackendError("store.sqlite_old", f"SQLite {sqlite3.sqlite_version} is too old: 3.37 or newer is needed")
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    is_blank = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application != APPLICATION_ID and not (is_blank and version == 0):
        raise InputError("store.foreign", f"{path} is a database of another program: name another file", path=str(path))
    if version > newest:
        raise InputError(
            "store.version_newer",
            f"{path} has version {version}, this program knows {newest}: install a newer kaozheng",
            path=str(path),
            version=version,
        )
    return version


def _check_current(path: Path, version: int) -> None:
    if 0 < version < len(MIGRATIONS):
        raise InputError(
            "store.version_older",
            f"{path} has version {version}, this program needs {len(MIGRATIONS)}: kaozheng store migrate brings it up",
            path=str(path),
            version=version,
        )


def _busy(path: Path) -> BusyError:
    return BusyError(
        "store.busy",
        f"another process is writing to {path}: wait until it ends, stop it, or open the store to read",
        path=str(path),
    )


def _translation(path: Path, error: sqlite3.Error) -> KaozhengError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code == sqlite3.SQLITE_BUSY:
        return _busy(path)
    if code == sqlite3.SQLITE_NOTADB:
        return InputError("store.not_a_store", f"{path} is no store: name another file", path=str(path))
    if str(error).startswith(_UNDECODABLE):
        return _damaged(path, "a text in it is no UTF-8")
    name, advice = _ADVICE.get(code, ("store.failed", f"SQLite says {error}"))
    return BackendError(name, f"{path}: {advice}", path=str(path))


def _damaged(path: Path, how: str) -> BackendError:
    message = f"{path}: the store is damaged, {how}: kaozheng store verify tells more; restore a backup"
    return BackendError("store.corrupt", message, path=str(path))


_UNDECODABLE: Final = "Could not decode to UTF-8"
"""How Python's sqlite3 begins to say that a text is none; it gives no code."""
_ADVICE: Final = {
    sqlite3.SQLITE_FULL: ("store.full", "the disk or the store's limit is full, nothing was written: make room"),
    sqlite3.SQLITE_CORRUPT: ("store.corrupt", "the store is damaged: restore a backup"),
    sqlite3.SQLITE_CANTOPEN: ("store.unreachable", "the store can't be opened: check the folder and its permissions"),
    sqlite3.SQLITE_READONLY: ("store.read_only", "the store can't be written: check the file's permissions"),
    sqlite3.SQLITE_PERM: ("store.unreachable", "the store can't be opened: check its permissions"),
    sqlite3.SQLITE_IOERR: ("store.failed", "the disk fails to read or write: check it, nothing was written"),
}
