"""Another process fills a file until it is told that nothing more comes, and says what failed."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from kg.store.apart import Filler, Words, words_beside
from kg.store.filling import Rows, connect_filler, empty_rows, take_words
from kg.store.migrating import MIGRATIONS, run_migrations
from schemas.errors import BackendError
from tests.contracts.engines import fold

CHILDREN = Path(f"/proc/{os.getpid()}/task/{threading.get_native_id()}/children")


def rows_of(sequence: int, why: str | None = "a test") -> Rows:
    """The rows of one change of nothing that is present."""
    stamp = (sequence, "2026-01-01T00:00:00+00:00", f"tester {sequence}", why, 0)
    return empty_rows()._replace(stamps=[stamp], made=[sequence, f"change-{sequence}", sequence, b"{}"])  # type: ignore[list-item]


def made(folder: Path) -> Path:
    with closing(connect_filler(folder / "a.db")) as connection:
        run_migrations(connection, 0, MIGRATIONS)
    return folder / "a.db"


def changes_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        count: int = connection.execute("SELECT count(*) FROM log").fetchone()[0]
        return count


@pytest.mark.parametrize("is_apart", [True, False])
def test_rows_are_there_once_the_connection_is_asked_for_and_kept_once_finished(tmp_path: Path, is_apart: bool) -> None:  # noqa: FBT001
    path = made(tmp_path)
    with closing(Filler(path, fold, is_apart=is_apart)) as filler:
        for sequence in (1, 2, 3):
            filler.write(rows_of(sequence))
        assert filler.connection.execute("SELECT count(*) FROM log").fetchone() == (3,)
        filler.finish()
    assert changes_in(path) == 3


def test_rows_that_a_table_refuses_are_refused_here(tmp_path: Path) -> None:
    with closing(Filler(made(tmp_path), fold, is_apart=True)) as filler:
        filler.write(rows_of(1, why=None))
        with pytest.raises(sqlite3.IntegrityError) as refused:
            filler.connection.execute("SELECT 1")
    assert refused.value.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_NOTNULL


def test_a_file_that_can_not_be_opened_there_is_refused_here(tmp_path: Path) -> None:
    with (
        closing(Filler(tmp_path / "no" / "such" / "folder.db", fold, is_apart=True)) as filler,
        pytest.raises(sqlite3.OperationalError) as refused,
    ):
        assert filler.connection is None
    assert refused.value.sqlite_errorcode == sqlite3.SQLITE_CANTOPEN


@pytest.mark.skipif(not CHILDREN.exists(), reason="only Linux tells which processes this one has started")
def test_a_process_that_is_killed_is_missed(tmp_path: Path) -> None:
    before = CHILDREN.read_text().split()
    with closing(Filler(made(tmp_path), fold, is_apart=True)) as filler:
        (child,) = set(CHILDREN.read_text().split()) - set(before)
        filler.write(rows_of(1))
        os.kill(int(child), signal.SIGKILL)
        with pytest.raises(BackendError) as missed:
            assert filler.connection is None
    assert missed.value.code == "store.failed"


def test_nothing_is_kept_where_the_rows_break_off(tmp_path: Path) -> None:
    path = made(tmp_path)
    command = [sys.executable, "-m", "kg.store.apart", str(path)]
    ended = subprocess.run(command, input=b"", capture_output=True, check=True, timeout=60)
    assert (ended.stdout, changes_in(path)) == (b"", 0)


@pytest.mark.parametrize("most_characters", [0, 1000], ids=["at once", "at the end"])
def test_words_that_were_indexed_beside_are_found_once_they_are_taken_over(
    tmp_path: Path, most_characters: int
) -> None:
    path = made(tmp_path)
    with closing(connect_filler(path)) as connection:
        connection.execute("BEGIN")
        words = Words(words_beside(path), connection, most_characters=most_characters)
        words.keep([(1, "升息"), (2, "降息")])
        words.keep([(7, "升降")])
        words.finish()
        take_words(connection, words_beside(path))
        found = [connection.execute(_FOUND, (word,)).fetchall() for word in ('"升息"', '"升"*', '"息"*')]
        connection.execute("COMMIT")
    assert found == [[(1,)], [(1,), (7,)], [(1,), (2,)]]


_FOUND = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid"
