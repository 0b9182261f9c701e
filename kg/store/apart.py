"""Another process that fills a store file, while this one works out the rows to come and later makes indexes."""

import gc
import os
import pickle
import signal
import sqlite3
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, Final

from kg.store.filling import WORD_BYTES, Rows, connect_filler, take_words, write_rows, write_words
from schemas.errors import BackendError

WAITING: Final = 30
"""Lots of rows that are worked out before the other process has time for them."""
TAKEN_IN: Final = 2
"""Lots that the other process takes in before it has time for them, to know whether any are waiting."""
BEHIND: Final = 15
"""So many of them waiting, the other process is behind, and folding is done here."""
MOST_CHARACTERS: Final = 100_000_000
"""Of the texts whose words the other process keeps to index when all rows are in."""


class Filler:
    """A file that rows are written to, by another process until this one wants to read."""

    def __init__(self, path: Path, fold: Callable[[str], str], *, is_apart: bool) -> None:
        self._path = path
        self._fold = fold
        self._process = _OtherProcess(path, fold) if is_apart else None
        self._connection: sqlite3.Connection | None = None

    def write(self, rows: Rows) -> None:
        """Append rows; apart, this returns when few are waiting, and raises what failed with those before."""
        if self._process is not None and self._connection is None:
            self._process.write(rows)
            return
        rows = rows.folded(self._fold)
        write_rows(self.connection, rows)
        write_words(self.with_words(), rows.shadows)

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this process, in a transaction, with all rows; their words may still be on the way."""
        if self._connection is None:
            if self._process is not None:
                self._process.end_rows()
            self._connection = connect_filler(self._path)
            self._connection.execute("BEGIN")
        return self._connection

    def with_words(self) -> sqlite3.Connection:
        """Return the same with the words of all rows; the other process is done then."""
        connection = self.connection
        if self._process is not None:
            self._process.end_words()
            self._process = None
            words = words_beside(self._path)
            take_words(connection, words)
            words.unlink()
        return connection

    def finish(self) -> None:
        """Leave the file as stores are."""
        connection = self.with_words()
        for statement in ("COMMIT", "PRAGMA locking_mode = NORMAL", "PRAGMA journal_mode = WAL"):
            connection.execute(statement)

    def close(self) -> None:
        """End what is still going on; where nothing was finished, the file is worth nothing."""
        if self._process is not None:
            self._process.stop()
        if self._connection is not None:
            self._connection.close()
        words_beside(self._path).unlink(missing_ok=True)


def words_beside(path: Path) -> Path:
    """Return where the other process makes the text index."""
    return path.with_name(path.name + ".words")


class _OtherProcess:
    def __init__(self, path: Path, fold: Callable[[str], str]) -> None:
        command = [sys.executable, "-m", "kg.store.apart", str(path.absolute())]
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
        if self._waiting.qsize() >= BEHIND or not self._folds_there:
            rows = rows.folded(self._fold)
        self._waiting.put(pickle.dumps(rows, pickle.HIGHEST_PROTOCOL))

    def end_rows(self) -> None:
        """Wait until all rows are in the file, and nobody has it open."""
        self._waiting.put(pickle.dumps(None))
        self._end_sending()
        self._raise_failure()

    def end_words(self) -> None:
        """Wait until the words of all rows are in the file beside."""
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
        try:
            error = pickle.load(self._outcome)  # noqa: S301 - from our own process
        except EOFError as ended:
            message = "the process that fills the store ended before its time: see that there is memory, load again"
            raise BackendError("store.failed", message) from ended
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
    """Write what comes in by the standard input to the file named; tell by the standard output what failed.

    That is told twice: when all rows are in the file, and when their words are in the file beside.
    """
    # Rows are in no cycles.
    gc.disable()
    # Ctrl-C goes to both processes; the other one ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        path = Path(sys.argv[1])
        # Nobody closes it, nor is it `sys.stdin`: where a thread still waits there, closing would wait for the thread.
        words = _fill(path, open(sys.stdin.fileno(), "rb", closefd=False))  # noqa: SIM115
        _tell(None)
        # The disk takes the rows while processors are busy with indexes; the whole file is synced before it is renamed.
        Thread(target=_sync, args=(path,), daemon=True).start()
        words.finish()
    except EOFError:
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the rows come from
        _tell(error)
    else:
        _tell(None)


def _sync(path: Path) -> None:
    # Not in the process that has the store open: closing a file there would take back SQLite's locks.
    with suppress(OSError), path.open("rb") as filled:
        os.fsync(filled.fileno())


def _tell(outcome: Exception | None) -> None:
    sys.stdout.buffer.write(pickle.dumps(outcome))
    sys.stdout.buffer.flush()


def _fill(path: Path, source: IO[bytes]) -> "Words":
    connection = connect_filler(path)
    words = Words(words_beside(path), connection)
    connection.execute("BEGIN")
    # Both from the process that started this one. Without the function all rows come folded.
    named = pickle.load(source)  # noqa: S301
    fold = pickle.loads(named) if named is not None else str  # noqa: S301
    waiting: Queue[Rows | Exception | None] = Queue(TAKEN_IN)
    Thread(target=_receive, args=(source, waiting), daemon=True).start()
    while (sent := _next(waiting, words)) is not None:
        rows = sent.folded(fold)
        write_rows(connection, rows)
        words.keep(rows.shadows)
    connection.execute("COMMIT")
    connection.close()
    return words


def _receive(source: IO[bytes], waiting: "Queue[Rows | Exception | None]") -> None:
    """Take rows in to the end; what fails comes in their place."""
    try:
        while (sent := pickle.load(source)) is not None:  # noqa: S301
            waiting.put(sent)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the rows are waited for
        waiting.put(error)
    else:
        waiting.put(None)


def _next(waiting: "Queue[Rows | Exception | None]", words: "Words") -> Rows | None:
    """Return the rows that come next; until they are there, words of those before are indexed."""
    while waiting.empty() and words.index_one():
        pass
    sent = waiting.get()
    if isinstance(sent, Exception):
        raise sent
    return sent


class Words:
    """The text index of a store, made in a file of its own when there is time.

    Args:
        path: the file.
        store: the connection to the store, which says what the index is like.
        most_characters: of texts that are kept in memory until then.
    """

    def __init__(self, path: Path, store: sqlite3.Connection, *, most_characters: int = MOST_CHARACTERS) -> None:
        path.unlink(missing_ok=True)
        self._connection = connect_filler(path)
        (made,) = store.execute("SELECT sql FROM sqlite_master WHERE name = 'search'").fetchone()
        self._connection.execute(made)
        self._connection.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (WORD_BYTES,))
        self._connection.execute("BEGIN")
        self._kept: deque[list[tuple[int, str]]] = deque()
        self._characters = 0
        self._most_characters = most_characters

    def keep(self, shadows: list[tuple[int, str]]) -> None:
        """Keep texts to be indexed, each with the key of its node, as long as there is room."""
        self._kept.append(shadows)
        self._characters += sum(len(shadow) for _, shadow in shadows)
        while self._characters > self._most_characters:
            self.index_one()

    def index_one(self) -> bool:
        """Index the texts that were kept first; False where none are kept."""
        if not self._kept:
            return False
        shadows = self._kept.popleft()
        self._characters -= sum(len(shadow) for _, shadow in shadows)
        write_words(self._connection, shadows)
        return True

    def finish(self) -> None:
        """Index what is kept, and close the file."""
        while self.index_one():
            pass
        self._connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        self._connection.execute("COMMIT")
        self._connection.close()


if __name__ == "__main__":
    main()
