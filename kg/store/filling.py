"""Writing the rows of a new store file, here or in another process while this one works out the rows to come.

The other process only appends; whoever wants to read takes the file back first, by closing it.
"""

import os
import pickle
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, Final, NamedTuple, Self

from kg.store.bigrams import grams_of_each, shadow_form
from kg.store.rows import INSERT_NODE, NodeRow
from kg.store.stamping import INSERT_LOG, INSERT_STAMP, StampedRow, StampRow
from schemas.errors import BackendError

CACHE_KIBIBYTES: Final = 64 * 1024
"""Also what is sorted for an index in one piece: the next is read while a thread sorts it. More gained nothing."""
SORTERS: Final = 2
"""Threads that sort for an index. They need temporary files: without them SQLite sorts by one thread, record by record
in memory of its own, which takes a fourth more processor time."""
ROWS_AT_ONCE: Final = 50
"""Rows of one statement; with 18 columns they stay far below the 32,766 values that SQLite takes."""
WAITING: Final = 4
"""Lots of rows that are worked out before the other process has time for them."""
_UNSAFE_UNTIL_WHOLE: Final = (
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
    "temp_store = FILE",
    f"cache_size = -{CACHE_KIBIBYTES}",
    f"threads = {SORTERS}",
)


class Rows(NamedTuple):
    """Rows of elements that are new, by table.

    Attributes:
        nodes: with their text in the last column; it is to be folded as long as there are no `grams`.
        grams: the words that index the nodes; None where they are not made yet.
    """

    stamps: Sequence[StampRow]
    log: Sequence[StampedRow]
    edges: Sequence[tuple[int, str, int, int, int]]
    nodes: Sequence[NodeRow]
    actors: Sequence[tuple[str, str, str, int]]
    periods: Sequence[tuple[int, str, str]]
    grams: Sequence[str] | None = None

    def indexed(self, fold: Callable[[str], str]) -> Self:
        """Return these rows with folded texts and the words that index them."""
        if self.grams is not None:
            return self
        shadows = [shadow_form(fold(str(row[-1]))) for row in self.nodes]
        nodes = [(*row[:-1], shadow) for row, shadow in zip(self.nodes, shadows, strict=True)]
        return self._replace(nodes=nodes, grams=grams_of_each(shadows))


def connect_filler(path: Path) -> sqlite3.Connection:
    """Return a connection to a file that nobody else looks at, and that is lost where it is not filled to the end."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in _UNSAFE_UNTIL_WHOLE:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def write_rows(connection: sqlite3.Connection, rows: Rows, fold: Callable[[str], str]) -> None:
    """Append rows to the tables of a store."""
    rows = rows.indexed(fold)
    connection.executemany(INSERT_STAMP, rows.stamps)
    # A bytearray is bound as it is, while for bytes, as for None, sqlite3 first looks for an adapter.
    log = [(s, c, t, p, bytearray(after) if isinstance(after, bytes) else after) for s, c, t, p, after in rows.log]
    insert_each(connection, INSERT_LOG, log)
    insert_each(connection, "INSERT INTO edge VALUES (?, ?, ?, ?, ?)", rows.edges)
    insert_each(connection, INSERT_NODE, rows.nodes)
    insert_each(connection, "INSERT INTO node_actor VALUES (?, ?, ?, ?)", rows.actors)
    insert_each(connection, "INSERT INTO node_period VALUES (?, ?, ?)", rows.periods)
    keyed = zip((row[0] for row in rows.nodes), rows.grams or (), strict=True)
    # A virtual table ends its words anew with every statement of several rows.
    connection.executemany("INSERT INTO search (rowid, grams) VALUES (?, ?)", keyed)


def insert_each(connection: sqlite3.Connection, insert: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows, some at a time, which takes three quarters of the time that one at a time does.

    Args:
        connection: the writing connection.
        insert: the statement for one row; its one list of values stands at the end.
        rows: what goes in.
    """
    head, _, values = insert.partition(" VALUES ")
    whole = len(rows) - len(rows) % ROWS_AT_ONCE
    several = f"{head} VALUES {', '.join([values] * ROWS_AT_ONCE)}"
    lots = (list(chain.from_iterable(rows[i : i + ROWS_AT_ONCE])) for i in range(0, whole, ROWS_AT_ONCE))
    connection.executemany(several, lots)
    connection.executemany(insert, rows[whole:])


class Filler:
    """A file that rows are written to, by another process until this one wants to read."""

    def __init__(self, path: Path, fold: Callable[[str], str], *, is_apart: bool) -> None:
        self._path = path
        self._fold = fold
        self._process = _OtherProcess(path, fold) if is_apart else None
        self._connection: sqlite3.Connection | None = None

    def write(self, rows: Rows) -> None:
        """Append rows; apart, this returns when few are waiting, and raises what failed with those before."""
        if self._process is not None:
            self._process.write(rows)
        else:
            write_rows(self.connection, rows, self._fold)

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
    def __init__(self, path: Path, fold: Callable[[str], str]) -> None:
        command = [sys.executable, "-m", "kg.store.filling", str(path.absolute())]
        # From where this package lies and with the places of this process, so that the other finds the same modules.
        home, places = Path(__file__).parents[2], os.pathsep.join(str(Path(place).absolute()) for place in sys.path)
        self._process = subprocess.Popen(  # noqa: S603 - our own code
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=home,
            env={**os.environ, "PYTHONPATH": places},
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise ValueError("a process was started without the pipes that were asked for")
        self._rows, self._outcome = self._process.stdin, self._process.stdout
        self._waiting: Queue[bytes | None] = Queue(WAITING)
        self._is_gone = False
        self._fold = fold
        named = _named(fold)
        self._folds_there = named is not None
        self._waiting.put(pickle.dumps(named))
        self._sender = Thread(target=self._send, daemon=True)
        self._sender.start()

    def write(self, rows: Rows) -> None:
        """Hand rows over; where the other process is behind, with a share of its work done here."""
        if self._is_gone:
            self._raise_failure()
        if self._waiting.qsize() or not self._folds_there:
            rows = rows.indexed(self._fold)
        self._waiting.put(pickle.dumps(rows, pickle.HIGHEST_PROTOCOL))

    def finish(self) -> None:
        self._waiting.put(pickle.dumps(None))
        self._end_sending()
        self._raise_failure()
        self.stop()

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._end_sending()
        self._outcome.close()
        # What was not handed over can't be any more.
        with suppress(BrokenPipeError):
            self._rows.close()

    def _send(self) -> None:
        """Hand over what waits, to the end; nothing more once the other process is gone."""
        while (pickled := self._waiting.get()) is not None:
            try:
                if not self._is_gone:
                    self._rows.write(pickled)
                    self._rows.flush()
            except BrokenPipeError:
                self._is_gone = True

    def _end_sending(self) -> None:
        if self._sender.is_alive():
            self._waiting.put(None)
            self._sender.join()

    def _raise_failure(self) -> None:
        outcome = self._outcome.read()
        if not outcome:
            message = "the process that fills the store ended before its time: see that there is memory, load again"
            raise BackendError("store.failed", message)
        error = pickle.loads(outcome)  # noqa: S301 - from our own process
        if error is not None:
            raise error


def _named(fold: Callable[[str], str]) -> bytes | None:
    """Return a function as another process can find it by name; None where it can't."""
    if getattr(fold, "__module__", None) in {None, "__main__"}:
        return None
    try:
        return pickle.dumps(fold)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None


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
    # Both from the process that started this one. Without the function all rows come with their index words.
    named = pickle.load(source)  # noqa: S301
    fold = pickle.loads(named) if named is not None else str  # noqa: S301
    while (rows := pickle.load(source)) is not None:  # noqa: S301 - from the process that started this one
        write_rows(connection, rows, fold)
    connection.execute("COMMIT")
    connection.close()


if __name__ == "__main__":
    main()
