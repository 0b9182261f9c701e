"""The store file: one writer among processes, readers beside it, and clear words for what goes wrong."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store.migrating import APPLICATION_ID, MIGRATIONS, run_migrations
from kg.store.opening import Limits
from kg.store.sqlite import SqliteStore, open_sqlite
from schemas.errors import BackendError, BusyError, DomainError, InputError, KaozhengError, NotFoundError
from schemas.graph import EdgeType, NodeLabel, Query, edge_of
from tests.contracts.graphs import actor, claim, create, document

WRITER = """
import sys
from kg.store.sqlite import open_sqlite
with open_sqlite(sys.argv[1], fold=str) as store:
    print("open", flush=True)
    sys.stdin.readline()
"""
READER = """
import sys
from kg.store.sqlite import open_sqlite
with open_sqlite(sys.argv[1], fold=str, read_only=True) as store:
    print(*(node.node_id for node in store.all_nodes()))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with open_sqlite(path, fold=str) as opened:
        yield opened


def refusal(path: Path, *, read_only: bool = False) -> KaozhengError:
    with pytest.raises(KaozhengError) as refused:
        open_sqlite(path, fold=str, read_only=read_only)
    return refused.value


def test_what_was_applied_is_there_after_opening_again(path: Path) -> None:
    with open_sqlite(path, fold=str) as store:
        store.apply(create(document()))
    with open_sqlite(path, fold=str) as store:
        assert store.node("document-1") == document()


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    with open_sqlite(tmp_path / "a" / "b" / "store.db", fold=str) as store:
        assert store.counts() == {}


@pytest.mark.parametrize("name", ["a b#c?d%41.db", "考證.db"])
def test_a_store_may_have_any_name(tmp_path: Path, name: str) -> None:
    with open_sqlite(tmp_path / name, fold=str) as store:
        store.apply(create(document()))
        assert store.counts() == {NodeLabel.DOCUMENT: 1}
    assert (tmp_path / name).exists()


def test_a_second_writing_process_is_refused_and_told_what_to_do(path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        error = refusal(path)
        other.communicate("\n")
    assert isinstance(error, BusyError)
    assert error.code == "store.busy"
    assert str(path) in error.message
    with open_sqlite(path, fold=str) as store:
        assert store.apply(create(document())).applied == 1


def test_a_writer_that_was_killed_leaves_no_lock(path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        other.kill()
    with open_sqlite(path, fold=str) as store:
        assert store.apply(create(document())).applied == 1


def test_a_second_writer_in_the_same_process_is_refused(path: Path, store: SqliteStore) -> None:
    assert refusal(path).code == "store.busy"
    assert store.apply(create(document())).applied == 1


def test_another_process_reads_while_one_writes(path: Path, store: SqliteStore) -> None:
    store.apply(create(document()))
    command = [sys.executable, "-c", READER, str(path)]
    read = subprocess.run(command, capture_output=True, text=True, check=True)
    assert read.stdout == "document-1\n"
    store.apply(create(claim("claim-1")))
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "claim-1 document-1\n"


def test_a_reader_sees_what_is_written_after_it_opened(path: Path, store: SqliteStore) -> None:
    with open_sqlite(path, fold=str, read_only=True) as reader:
        assert reader.counts() == {}
        store.apply(create(document()))
        assert reader.counts() == {NodeLabel.DOCUMENT: 1}


def test_a_reader_cannot_write(path: Path, store: SqliteStore) -> None:
    with open_sqlite(path, fold=str, read_only=True) as reader, pytest.raises(DomainError) as refused:
        reader.apply(create(document()))
    assert refused.value.code == "store.read_only"
    assert store.counts() == {}


def test_threads_read_whole_batches_while_one_writes(path: Path, store: SqliteStore) -> None:
    seen: list[int] = []
    errors: list[Exception] = []
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                seen.append(sum(store.counts().values()))
                store.find(Query(label=NodeLabel.CLAIM, text="台股"))
        except KaozhengError as error:
            errors.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for batch in range(40):
        store.apply(create(*(claim(f"claim-{batch}-{number}") for number in range(10))))
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert all(count % 10 == 0 for count in seen)
    assert store.counts() == {NodeLabel.CLAIM: 400}


def test_threads_may_write_in_turn(store: SqliteStore) -> None:
    batches = [create(*(claim(f"claim-{batch}-{number}") for number in range(10))) for batch in range(8)]
    threads = [threading.Thread(target=store.apply, args=(batch,)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [logged.sequence for logged in store.log()] == list(range(1, 81))


def test_a_store_that_is_not_there_is_not_made_by_reading(path: Path) -> None:
    error = refusal(path, read_only=True)
    assert isinstance(error, NotFoundError)
    assert error.code == "store.missing"
    assert not path.exists()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path, *, read_only: bool) -> None:
    path.write_text("這不是資料庫，" * 100, encoding="utf-8")
    before = path.read_bytes()
    error = refusal(path, read_only=read_only)
    assert isinstance(error, InputError)
    assert error.code == "store.not_a_store"
    assert path.read_bytes() == before


@pytest.mark.parametrize("read_only", [False, True])
def test_a_database_of_another_program_is_refused_and_left_alone(path: Path, *, read_only: bool) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE photograph (name)")
    connection.close()
    before = path.read_bytes()
    assert refusal(path, read_only=read_only).code == "store.foreign"
    assert path.read_bytes() == before


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_version_is_refused_and_left_alone(path: Path, *, read_only: bool) -> None:
    open_sqlite(path, fold=str).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    error = refusal(path, read_only=read_only)
    assert isinstance(error, InputError)
    assert error.code == "store.version_newer"
    assert "install a newer" in error.message


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "store.folder"


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    error = refusal(tmp_path / "file" / "store.db")
    assert isinstance(error, BackendError)
    assert error.code == "store.unreachable"


def test_a_damaged_store_says_so(path: Path) -> None:
    with open_sqlite(path, fold=str) as store:
        store.apply(create(*(actor(f"actor-{number}") for number in range(2000))))
    content = bytearray(path.read_bytes())
    half = len(content) // 2  # beyond the pages that hold the schema
    content[half:] = b"\xff" * (len(content) - half)
    path.write_bytes(content)
    with open_sqlite(path, fold=str) as store, pytest.raises(BackendError) as refused:
        list(store.all_nodes())
    assert refused.value.code == "store.corrupt"


def test_a_full_disk_is_named_and_leaves_nothing_half_written(path: Path) -> None:
    with open_sqlite(path, fold=str, limits=Limits(store_bytes=400_000)) as store:
        store.apply(create(document()))
        large = create(*(claim(f"claim-{number}", "台股收高" * 50) for number in range(3000)))
        with pytest.raises(BackendError) as refused:
            store.apply(large)
        assert refused.value.code == "store.full"
        assert str(path) in refused.value.message
        assert [node.node_id for node in store.all_nodes()] == ["document-1"]
        assert store.find(Query(label=NodeLabel.CLAIM, text="台股")).items == ()
        assert store.apply(create(claim("claim-after"))).last_sequence == 2
    with open_sqlite(path, fold=str) as store:
        assert store.apply(large).applied == 3000


def test_a_disk_too_full_for_a_new_store_is_named(path: Path) -> None:
    with pytest.raises(BackendError) as refused:
        open_sqlite(path, fold=str, limits=Limits(store_bytes=4096))
    assert refused.value.code == "store.full"


def test_a_migration_that_fails_leaves_the_version_as_it_was(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    run_migrations(connection, 0, MIGRATIONS)
    with pytest.raises(sqlite3.Error):
        run_migrations(connection, len(MIGRATIONS), [*MIGRATIONS, MIGRATIONS[0]])
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert not connection.in_transaction
    connection.close()


def test_the_log_ahead_is_emptied_while_readers_come_and_go(
    path: Path,
) -> None:
    store = open_sqlite(path, fold=str, limits=Limits(wal_bytes=200_000))
    wal = path.with_name("store.db-wal")
    stop = threading.Event()

    def read() -> None:
        while not stop.wait(0.001):
            store.counts()

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    sizes = []
    for batch in range(60):
        store.apply(create(*(claim(f"claim-{batch}-{number}") for number in range(20))))
        sizes.append(wal.stat().st_size)
    stop.set()
    for thread in threads:
        thread.join()
    assert max(sizes) < 2_000_000
    assert min(sizes[10:]) < 200_000
    store.close()


def test_closing_twice_is_harmless(path: Path) -> None:
    store = open_sqlite(path, fold=str)
    store.close()
    store.close()


def test_edges_outlive_opening_again(path: Path) -> None:
    edge = edge_of(EdgeType.STATED_IN, "claim-1", "document-1")
    with open_sqlite(path, fold=str) as store:
        store.apply(create(document(), claim("claim-1"), edge))
    with open_sqlite(path, fold=str, read_only=True) as store:
        assert store.edges("claim-1") == (edge,)
