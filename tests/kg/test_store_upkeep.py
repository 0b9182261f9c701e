"""Upkeep: a backup is whole, a restore loses nothing, checking finds what is wrong."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kg.store.migrating import MIGRATIONS, Migration
from kg.store.sqlite import open_sqlite
from kg.store.upkeep import backup, migrate, rebuild, restore
from kg.store.verifying import verify
from schemas.errors import BackendError, BusyError, InputError, NotFoundError
from schemas.evidence import Outcome
from schemas.graph import EdgeType, NodeLabel, Query, edge_of
from tests.contracts.engines import fold
from tests.contracts.graphs import actor, claim, create, document, remove, replace, resolution, year

ROOT = Path(__file__).parents[2]
STATED = edge_of(EdgeType.STATED_IN, "claim-1", "document-1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with all that can be in one: changed, removed and come back."""
    path = tmp_path / "store.db"
    first = claim("claim-1", "聯準會降息", speakers=("ubs", "author"), target="us.gdp", window=year(2026))
    second = claim("claim-1", "聯準會升息", speakers=("fed",), periods=[year(2024), year(2025)])
    with open_sqlite(path, fold=fold) as store:
        store.apply(create(document(), first, actor("ubs", "瑞銀"), STATED, resolution("r", "claim-1", Outcome.TRUE)))
        store.apply([replace(first, second), remove(actor("ubs", "瑞銀")), *create(actor("gone"))])
        store.apply([remove(actor("gone")), *create(actor("ubs", "瑞士銀行")), *create(claim("late", document_id="x"))])
    return path


def tamper(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_sound_store_has_no_problems(path: Path) -> None:
    report = verify(path, fold=fold)
    assert report.problems == []
    assert (report.changes, report.nodes, report.edges) == (11, 5, 1)


def test_an_empty_store_has_no_problems(tmp_path: Path) -> None:
    open_sqlite(tmp_path / "a.db", fold=fold).close()
    assert verify(tmp_path / "a.db", fold=fold).problem_count == 0


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM log WHERE sequence = 7", "change 7 is missing"),
        ("UPDATE log SET after = '{}' WHERE sequence = 1", "holds no node or edge"),
        ("UPDATE log SET after = replace(after, '晨報', '晚報') WHERE sequence = 1", "change 1 is not what its id"),
        ("UPDATE log SET after = replace(after, '升息', '停息') WHERE sequence = 6", "change 6 is not what its id"),
        ("UPDATE stamp SET recorded_at = '2020-01-01T00:00:00+00:00'", "change 7 is not what its id was made from"),
        ("UPDATE stamp SET who = 'nobody'", "who, when or why of change 7 is not as it was written"),
        ("UPDATE stamp SET why = why || ' '", "who, when or why of change 1 is not as it was written"),
        ("DELETE FROM stamp", "who, when or why of change 1 is not as it was written"),
        ("UPDATE log SET previous = NULL WHERE sequence = 6", "does not follow its last change 2"),
        ("UPDATE node SET head = 2 WHERE node_id = 'claim-1'", "its last change is 6, the table has 2"),
        ("DELETE FROM removed", "removed gone"),
        ("DELETE FROM edge", "edge edge-"),
        ("UPDATE edge SET target = source", "the table joins claim-1 and claim-1"),
        ("UPDATE node SET kind = 'opinion' WHERE node_id = 'claim-1'", "what it is filtered by"),
        ("UPDATE node SET published = '' WHERE node_id = 'claim-1'", "what it is filtered by"),
        ("UPDATE node SET publisher = 'x' WHERE node_id = 'late'", "what it is filtered by"),
        ("UPDATE node SET shadow = 'x' WHERE node_id = 'claim-1'", "text index"),
        ("DELETE FROM node_actor", "other actors"),
        ("DELETE FROM node_period WHERE first_day = '2024-01-01'", "other periods"),
        ("INSERT INTO search (rowid, grams) VALUES (1, '聯準')", "text index: 聯準 is in 0 texts"),
    ],
)
def test_checking_finds_what_was_tampered_with(path: Path, statement: str, words: str) -> None:
    tamper(path, statement)
    report = verify(path, fold=fold)
    assert any(words in problem for problem in report.problems)
    assert report.problem_count >= len(report.problems)


def test_checking_with_another_folding_says_that_the_text_index_differs(path: Path) -> None:
    assert verify(path, fold=str).problem_count > 0


def test_rebuilding_mends_all_but_the_log(path: Path) -> None:
    tamper(path, "DELETE FROM node_actor", "UPDATE node SET shadow = 'x'", "DELETE FROM edge")
    assert rebuild(path, fold=fold) == 11
    assert verify(path, fold=fold).problems == []
    assert path.with_name("store.db.before-rebuild").exists()


def test_rebuilding_takes_on_a_new_folding(path: Path) -> None:
    rebuild(path, fold=str)
    assert verify(path, fold=str).problems == []


def state(path: Path) -> tuple[object, ...]:
    with open_sqlite(path, fold=fold, read_only=True) as store:
        found = store.find(Query(label=NodeLabel.CLAIM, text="联准会"))
        return list(store.log()), list(store.all_nodes()), list(store.all_edges()), found


def test_a_backup_restored_is_the_same_store(path: Path, tmp_path: Path) -> None:
    before = state(path)
    backup(path, tmp_path / "copy.db")
    path.unlink()
    restore(tmp_path / "copy.db", path)
    assert state(path) == before
    assert verify(path, fold=fold).problems == []
    with open_sqlite(path, fold=fold) as store:
        assert store.apply(create(claim("after"))).last_sequence == 12


def test_a_backup_is_one_file_and_taken_while_another_writes(path: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    with open_sqlite(path, fold=fold) as store:
        store.apply(create(claim("before")))
        backup(path, tmp_path / "backups" / "copy.db")
        store.apply(create(claim("after")))
    assert [file.name for file in (tmp_path / "backups").iterdir()] == ["copy.db"]
    with open_sqlite(tmp_path / "backups" / "copy.db", fold=fold, read_only=True) as copy:
        assert [node.node_id for node in copy.nodes(["before", "after"])] == ["before"]


def test_a_backup_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        backup(tmp_path / "nothing.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("action", [backup, restore], ids=["backup", "restore"])
def test_nothing_is_overwritten(path: Path, tmp_path: Path, action: Callable[[Path, Path], None]) -> None:
    other = tmp_path / "other.db"
    other.write_text("keep", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        action(path, other)
    assert refused.value.code == "store.exists"
    assert other.read_text(encoding="utf-8") == "keep"


def test_restoring_what_is_no_store_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("內文" * 500, encoding="utf-8")
    with pytest.raises(InputError):
        restore(tmp_path / "copy.db", tmp_path / "store.db")
    assert not (tmp_path / "store.db").exists()


def test_a_store_of_this_version_needs_no_migration(path: Path, tmp_path: Path) -> None:
    assert migrate(path) == (len(MIGRATIONS), len(MIGRATIONS))
    assert not list(tmp_path.glob("*.before-*"))


def test_a_migration_keeps_a_copy_and_all_that_was_there(path: Path, tmp_path: Path) -> None:
    script = tmp_path / "next.sql"
    script.write_text("CREATE TABLE review (node_id TEXT) STRICT;", encoding="utf-8")
    assert migrate(path, [*MIGRATIONS, Migration(script)]) == (len(MIGRATIONS), len(MIGRATIONS) + 1)
    tamper(path, f"PRAGMA user_version = {len(MIGRATIONS)}")
    assert verify(path, fold=fold).problems == []
    copy = path.with_name(f"store.db.before-{len(MIGRATIONS)}")
    assert state(copy) == state(path)


def test_a_store_in_use_is_not_migrated(path: Path) -> None:
    with open_sqlite(path, fold=fold), pytest.raises(BusyError):
        migrate(path)


KILLED = """
import os, signal, sys
from kg.store.sqlite import open_sqlite
from tests.contracts.graphs import actor, create
store = open_sqlite(sys.argv[1], fold=str)
store.apply(create(*(actor(f"late-{number}") for number in range(300))))
os.kill(os.getpid(), signal.SIGKILL)
"""


def write_and_die(path: Path) -> None:
    """Leave a store as a killed writer does: its last changes are in the log ahead only."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False, cwd=ROOT)
    assert done.returncode < 0
    assert path.with_name("store.db-wal").stat().st_size > 0


def test_a_copy_is_not_restored_beside_the_log_of_another_store(path: Path, tmp_path: Path) -> None:
    backup(path, tmp_path / "copy.db")
    write_and_die(path)
    path.unlink()
    with pytest.raises(InputError, match="-wal holds changes") as refused:
        restore(tmp_path / "copy.db", path)
    assert refused.value.code == "store.exists"
    path.with_name("store.db-wal").unlink()
    restore(tmp_path / "copy.db", path)
    assert verify(path, fold=fold).changes == 11


def test_rebuilding_after_a_crash_takes_in_what_the_log_ahead_holds(path: Path) -> None:
    write_and_die(path)
    assert rebuild(path, fold=fold) == 311
    report = verify(path, fold=fold)
    assert (report.changes, report.problems) == (311, [])


def test_a_store_that_somebody_reads_is_not_rebuilt(path: Path) -> None:
    with open_sqlite(path, fold=fold, read_only=True), pytest.raises(BusyError):
        rebuild(path, fold=fold)
    assert verify(path, fold=fold).problems == []


def test_what_was_cut_off_may_be_done_again(path: Path, tmp_path: Path) -> None:
    script = tmp_path / "next.sql"
    script.write_text("CREATE TABLE review (node_id TEXT) STRICT;", encoding="utf-8")
    before = state(path)
    for half in (
        "copy.db.partial",
        "store.db.rebuilt",
        "store.db.before-rebuild",
        f"store.db.before-{len(MIGRATIONS)}",
    ):
        (tmp_path / half).write_text("half", encoding="utf-8")
    backup(path, tmp_path / "copy.db")
    rebuild(path, fold=fold)
    migrate(path, [*MIGRATIONS, Migration(script)])
    copies = ("copy.db", "store.db.before-rebuild.2", f"store.db.before-{len(MIGRATIONS)}.2")
    assert [state(tmp_path / copy) for copy in copies] == [before] * 3


def test_a_copy_into_a_folder_that_is_not_there_names_the_folder(path: Path, tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="nowhere") as refused:
        backup(path, tmp_path / "nowhere" / "copy.db")
    assert refused.value.code == "store.unreachable"
