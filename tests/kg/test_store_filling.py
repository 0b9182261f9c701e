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

from kg.store.filling import Filler, Rows, connect_filler
from kg.store.migrating import MIGRATIONS, run_migrations
from schemas.errors import BackendError
from tests.contracts.engines import fold

CHILDREN = Path(f"/proc/{os.getpid()}/task/{threading.get_native_id()}/children")


def rows_of(sequence: int, why: str | None = "a test") -> Rows:
    """The rows of one change of nothing that is present."""
    stamp = (sequence, "2026-01-01T00:00:00+00:00", f"tester {sequence}", why, 0)
    return Rows([stamp], [(sequence, f"change-{sequence}", sequence, None, None)], [], [], [], [])  # type: ignore[list-item]


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
    command = [sys.executable, "-m", "kg.store.filling", str(path)]
    ended = subprocess.run(command, input=b"", capture_output=True, check=True, timeout=60)
    assert (ended.stdout, changes_in(path)) == (b"", 0)
