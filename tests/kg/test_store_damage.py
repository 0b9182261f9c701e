"""Damaged store files: every command over them ends in an error of ours, and none makes it worse."""

import random
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from kg.store.sqlite import SqliteStore, open_sqlite
from kg.store.upkeep import backup, migrate, rebuild
from kg.store.verifying import verify
from schemas.errors import BackendError, InputError, KaozhengError
from schemas.graph import EdgeType, NodeLabel, Order, Query, edge_of
from tests.contracts.graphs import actor, claim, create, document

PLACES = 60


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a store with everything in it, in one file."""
    path = tmp_path_factory.mktemp("sound") / "store.db"
    claims = [claim(f"claim-{number}", f"聯準會第{number}次降息", speakers=("fed",)) for number in range(60)]
    with open_sqlite(path, fold=str) as store:
        store.apply(create(document(), actor("fed", "聯準會"), *claims))
        store.apply(create(*(edge_of(EdgeType.STATED_IN, node.node_id, "document-1") for node in claims)))
    return path.read_bytes()


def read_everything(store: SqliteStore) -> None:
    store.counts()
    for order in Order:
        store.find(Query(label=NodeLabel.CLAIM, order=order))
    store.find(Query(label=NodeLabel.CLAIM, text="降息"))
    store.find(Query(label=NodeLabel.CLAIM, actor_id="fed"))
    for listing in (store.all_nodes(), store.all_edges(), store.log()):
        list(listing)
    store.neighbourhood("document-1", depth=2)
    store.history("claim-1")


def is_read(path: Path) -> bool:
    try:
        with open_sqlite(path, fold=str, read_only=True) as store:
            read_everything(store)
    except KaozhengError:
        return False
    return True


@pytest.mark.parametrize("seed", range(4))
def test_bytes_turned_over_anywhere_end_in_an_error_of_ours_or_in_none(tmp_path: Path, sound: bytes, seed: int) -> None:
    path = tmp_path / "store.db"
    draw = random.Random(seed)  # noqa: S311 -- no secret
    refused = 0
    for number in range(PLACES):
        damaged = bytearray(sound)
        place = draw.randrange(len(damaged))
        damaged[place : place + draw.choice((1, 1, 16))] = draw.randbytes(1)
        path.write_bytes(damaged)
        refused += not is_read(path)
        with suppress(KaozhengError):
            verify(path, fold=str)
        with suppress(KaozhengError):
            backup(path, tmp_path / f"copy-{number}.db")
        with suppress(KaozhengError), open_sqlite(path, fold=str) as store:
            store.apply(create(actor(f"actor-{number}")))
    assert 0 < refused < PLACES


@pytest.mark.parametrize("part", [17, 50, 99, 512, 4095, 4096, 5000, 40_960])
def test_a_store_cut_short_is_refused_and_left_as_it_is(tmp_path: Path, sound: bytes, part: int) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(sound[:part])
    with pytest.raises(KaozhengError) as refused, open_sqlite(path, fold=str, read_only=True) as store:
        read_everything(store)
    assert isinstance(refused.value, InputError | BackendError)
    assert refused.value.code in {"store.not_a_store", "store.corrupt"}
    assert path.read_bytes() == sound[:part]


def test_a_file_without_a_byte_is_no_store_to_read_and_a_new_one_to_write(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.touch()
    for work in (lambda: open_sqlite(path, fold=str, read_only=True), lambda: verify(path, fold=str)):
        with pytest.raises(InputError) as refused:
            work()
        assert refused.value.code == "store.empty"
    assert path.read_bytes() == b""
    with open_sqlite(path, fold=str) as store:
        assert store.apply(create(document())).applied == 1


@pytest.mark.parametrize("application_id", [0, 1, 252006674])
def test_a_store_with_the_mark_of_another_program_is_refused_by_all(tmp_path: Path, application_id: int) -> None:
    path = tmp_path / "store.db"
    open_sqlite(path, fold=str).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {application_id}")
    before = path.read_bytes()
    for work in (
        lambda: open_sqlite(path, fold=str),
        lambda: verify(path, fold=str),
        lambda: backup(path, tmp_path / "copy.db"),
        lambda: migrate(path),
    ):
        with pytest.raises(InputError) as refused:
            work()
        assert refused.value.code == "store.foreign"
    assert path.read_bytes() == before


def test_a_log_with_a_gap_is_told_and_not_built_anew(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(sound)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM log WHERE sequence = 5")
    assert any("change 5 is missing" in problem for problem in verify(path, fold=str).problems)
    before = path.read_bytes()
    with pytest.raises(BackendError) as refused:
        rebuild(path, fold=str)
    assert refused.value.code == "store.gap"
    assert path.read_bytes()[100:] == before[100:]
