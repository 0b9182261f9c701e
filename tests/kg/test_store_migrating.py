"""A store of an earlier version is refused, migrated, and then the store that this version would have made."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kg.store.bigrams import grams_of
from kg.store.migrating import MIGRATIONS, run_migrations
from kg.store.sqlite import open_sqlite
from kg.store.upkeep import migrate
from kg.store.verifying import verify
from schemas.errors import InputError
from schemas.graph import NodeLabel, Query, Review
from tests.contracts.engines import fold
from tests.contracts.graphs import actor, claim, create, ids, worth
from tests.kg.test_store_loading import changes, schema_of

FIRST_COLUMNS = "key, node_id, head, label, published, document_id, position, kind, publisher, target_id"
LOG_COLUMNS = "sequence, change_id, recorded_at, who, why, previous, after"
LONG = claim("long", "聯準會官員表示，通膨仍高於目標，今年第三季以前看不到降息的理由")
QUESTIONS: list[dict[str, object]] = [
    {"review": Review.DECIDED},
    {"due_by": "2027-01-01"},
    {"min_check_worthiness": 0.5},
    {"indicator_id": "cpi"},
    {"said_from": "2020-01-01"},
    {"text": "聯準會"},
    {"text": "以前看不到"},
    {"claim_id": "long"},
]


def make_first_version(path: Path, current: Path) -> None:
    """Make a file as version 1 wrote it, of what a store of today holds: claims had no outcome then."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        run_migrations(connection, 0, MIGRATIONS[:1])
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("ATTACH ? AS now", (str(current),))
        connection.execute(
            f"INSERT INTO main.log ({LOG_COLUMNS})"  # noqa: S608 -- our own names
            f" SELECT {LOG_COLUMNS} FROM now.log JOIN now.stamp USING (stamp_id)"
        )
        connection.execute(
            f"INSERT INTO main.node ({FIRST_COLUMNS}, claim_id, outcome, shadow) SELECT {FIRST_COLUMNS},"  # noqa: S608
            " CASE WHEN label = 'Claim' THEN node_id ELSE claim_id END, CASE WHEN label <> 'Claim' THEN outcome END,"
            " CASE node_id WHEN 'long' THEN shadow || char(10) || ? ELSE shadow END FROM now.node",
            (fold(LONG.caption).lower(),),
        )
        for table in ("edge", "node_period", "removed"):
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM now.{table}")  # noqa: S608
        connection.execute("INSERT INTO main.node_actor SELECT actor_id, published, node_id, key FROM now.node_actor")
        shadows = connection.execute("SELECT key, shadow FROM main.node").fetchall()
        rows = [(key, grams_of(shadow)) for key, shadow in shadows]
        connection.executemany("INSERT INTO main.search (rowid, grams) VALUES (?, ?)", rows)


@pytest.fixture
def stores(tmp_path: Path) -> tuple[Path, Path]:
    """A store of version 1, and one of today that holds the same."""
    first, current = tmp_path / "first.db", tmp_path / "current.db"
    with open_sqlite(current, fold=fold) as store:
        store.apply([*changes(), *create(worth(claim("worthy"), 0.75), LONG)])
    make_first_version(first, current)
    return first, current


def answers(path: Path) -> list[object]:
    with open_sqlite(path, fold=fold, read_only=True) as store:
        found = [ids(store.find(Query.model_validate({"label": NodeLabel.CLAIM, **q}))) for q in QUESTIONS]
        return [found, list(store.log()), list(store.all_nodes()), list(store.all_edges())]


@pytest.mark.parametrize("read_only", [True, False])
def test_a_store_of_the_first_version_is_refused_with_what_to_do(stores: tuple[Path, Path], *, read_only: bool) -> None:
    with pytest.raises(InputError) as refused:
        open_sqlite(stores[0], fold=fold, read_only=read_only)
    assert refused.value.code == "store.version_older"
    assert "kaozheng store migrate" in refused.value.message


def test_a_migrated_store_is_as_if_made_today(stores: tuple[Path, Path]) -> None:
    first, current = stores
    assert migrate(first) == (1, len(MIGRATIONS))
    assert verify(first, fold=fold).problems == []
    assert answers(first) == answers(current)
    assert any(answers(first)[0])  # type: ignore[arg-type]
    assert schema_of(first) == schema_of(current)


@pytest.mark.parametrize("version", range(2, len(MIGRATIONS)))
def test_a_store_of_any_version_between_is_migrated_from_there(stores: tuple[Path, Path], version: int) -> None:
    first, current = stores
    migrate(first, MIGRATIONS[:version])
    assert migrate(first) == (version, len(MIGRATIONS))
    assert verify(first, fold=fold).problems == []
    assert answers(first) == answers(current)
    assert schema_of(first) == schema_of(current)


def test_a_migrated_store_goes_on(stores: tuple[Path, Path]) -> None:
    migrate(stores[0])
    with open_sqlite(stores[0], fold=fold) as store:
        before = store.last_sequence
        assert store.apply(create(actor("new"))).last_sequence == before + 1
    assert verify(stores[0], fold=fold).problems == []


def test_the_copy_before_a_migration_is_the_store_as_it_was(stores: tuple[Path, Path]) -> None:
    first, current = stores
    migrate(first)
    first.with_name("first.db.before-1").rename(first)
    migrate(first)
    assert answers(first) == answers(current)
