"""Writing the rows of a new store file, here or in another process while this one works out the rows to come.

The other process only appends; whoever wants to read takes the file back first, by closing it.
"""

import pickle
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, NamedTuple

from kg.store.bigrams import grams_of
from kg.store.projection import INSERT_NODE
from kg.store.rows import NodeRow
from kg.store.state import LogRow
from schemas.errors import BackendError

CACHE_KIBIBYTES: Final = 64 * 1024
"""Also what is sorted for an index in one piece: the next is read while a thread sorts it. More gained nothing."""
SORTERS: Final = 2
"""Threads that sort for an index. They need temporary files: without them SQLite sorts by one thread, record by record
in memory of its own, which takes a fourth more processor time."""
_UNSAFE_UNTIL_WHOLE: Final = (
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
    "temp_store = FILE",
    f"cache_size = -{CACHE_KIBIBYTES}",
    f"threads = {SORTERS}",
)


class Rows(NamedTuple):
    """Rows of elements that are new, by table; the text index follows from those of the nodes."""

    log: Sequence[LogRow]
    edges: Sequence[tuple[int, str, int, int, int]]
    nodes: Sequence[NodeRow]
    actors: Sequence[tuple[str, str, str, int]]
    periods: Sequence[tuple[int, str, str]]


def connect_filler(path: Path) -> sqlite3.Connection:
    """Return a connection to a file that nobody else looks at, and that is lost where it is not filled to the end."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in _UNSAFE_UNTIL_WHOLE:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def write_rows(connection: sqlite3.Connection, rows: Rows) -> None:
    """Append rows to the tables of a store."""
    connection.executemany("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)", rows.log)
    connection.executemany("INSERT INTO edge VALUES (?, ?, ?, ?, ?)", rows.edges)
    connection.executemany(INSERT_NODE, rows.nodes)
    grams = ((key, grams_of(str(shadow))) for key, *_, shadow in rows.nodes)
    connection.executemany("INSERT INTO search (rowid, grams) VALUES (?, ?)", grams)
    connection.executemany("INSERT INTO node_actor VALUES (?, ?, ?, ?)", rows.actors)
    connection.executemany("INSERT INTO node_period VALUES (?, ?, ?)", rows.periods)


class Filler:
    """A file that rows are written to, by another process until this one wants to read."""

    def __init__(self, path: Path, *, is_apart: bool) -> None:
        self._path = path
        self._process = _OtherProcess(path) if is_apart else None
        self._connection: sqlite3.Connection | None = None

    def write(self, rows: Rows) -> None:
        """Append rows; apart, this returns when the rows before them are written, and raises what failed there."""
        if self._process is not None:
            self._process.write(rows)
        else:
            write_rows(self.connection, rows)

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this process, in a transaction, with all rows; the other process is done then."""
        if self._process is not None:
            self._process.finish()
            self._process = None
        if self._connection is None:
            self._connection = connect_filler(self._path)
            self._connection.execute("BEGIN")
        return self._connection

    def finish(self) -> None:
        """Leave the file as stores are."""
        for statement in ("COMMIT", "PRAGMA locking_mode = NORMAL", "PRAGMA journal_mode = WAL"):
            self.connection.execute(statement)

    def close(self) -> None:
        """End what is still going on; where nothing was finished, the file is worth nothing."""
        if self._process is not None:
            self._process.stop()
        if self._connection is not None:
            self._connection.close()


class _OtherProcess:
    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-m", "kg.store.filling", str(path.absolute())]
        # From where this package lies, so that the other process finds the same one.
        home = Path(__file__).parents[2]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=home)  # noqa: S603
        if self._process.stdin is None or self._process.stdout is None:
            raise ValueError("a process was started without the pipes that were asked for")
        self._rows, self._outcome = self._process.stdin, self._process.stdout

    def write(self, rows: Rows | None) -> None:
        """Hand rows over; None says that there are no more."""
        try:
            pickle.dump(rows, self._rows, pickle.HIGHEST_PROTOCOL)
            self._rows.flush()
        except BrokenPipeError:
            self._raise_failure()

    def finish(self) -> None:
        self.write(None)
        self._raise_failure()
        self.stop()

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._outcome.close()
        # What was not handed over can't be any more.
        with suppress(BrokenPipeError):
            self._rows.close()

    def _raise_failure(self) -> None:
        outcome = self._outcome.read()
        if not outcome:
            message = "the process that fills the store ended before its time: see that there is memory, load again"
            raise BackendError("store.failed", message)
        error = pickle.loads(outcome)  # noqa: S301 - from our own process
        if error is not None:
            raise error


def main() -> None:
    """Write what comes in by the standard input to the file named; tell by the standard output what failed."""
    # Ctrl-C goes to both processes; the other one ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    outcome: Exception | None = None
    try:
        _fill(Path(sys.argv[1]), sys.stdin.buffer)
    except EOFError:
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the rows come from
        outcome = error
    sys.stdout.buffer.write(pickle.dumps(outcome))


def _fill(path: Path, source: IO[bytes]) -> None:
    connection = connect_filler(path)
    connection.execute("BEGIN")
    while (rows := pickle.load(source)) is not None:  # noqa: S301 - from the process that started this one
        write_rows(connection, rows)
    connection.execute("COMMIT")
    connection.close()


if __name__ == "__main__":
    main()
