"""Upkeep of store files, and a real Neo4j as mirror and as the store itself, by commands as users run them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.api.commands import WIRE, kaozheng


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("upkeep") / "ledger.db"
    assert kaozheng("ingest", WIRE, store=path).returncode == 0
    return path


def claims_in(store: object) -> list[object]:
    listed = kaozheng("claims", "--limit", 1000, "--format", "json", "--store", store)
    assert listed.returncode == 0, listed.stderr
    return [view["claim"] for view in json.loads(listed.stdout)["items"]]


def test_a_backup_comes_back_whole(store: Path, tmp_path: Path) -> None:
    copy, restored = tmp_path / "copy.db", tmp_path / "restored.db"
    assert kaozheng("store", "backup", copy, store=store).returncode == 0
    assert kaozheng("store", "restore", copy, store=restored).returncode == 0
    assert claims_in(restored) == claims_in(store) != []
    verified = kaozheng("store", "verify", store=restored)
    assert verified.returncode == 0
    assert " 0 problems" in verified.stdout


def test_tables_that_differ_from_the_log_are_told_and_made_anew(store: Path, tmp_path: Path) -> None:
    hurt = tmp_path / "hurt.db"
    assert kaozheng("store", "backup", hurt, store=store).returncode == 0
    with closing(sqlite3.connect(hurt)) as connection, connection:
        connection.execute("DELETE FROM node_actor")
    verified = kaozheng("store", "verify", store=hurt)
    assert verified.returncode == 1
    assert "kaozheng store rebuild" in verified.stderr
    rebuilt = kaozheng("store", "rebuild", store=hurt)
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert rebuilt.stdout.split()[1:3] == ["changes", "replayed;"]
    assert (tmp_path / "hurt.db.before-rebuild").exists()
    assert kaozheng("store", "verify", store=hurt).returncode == 0
    assert claims_in(hurt) == claims_in(store)


def test_a_store_of_this_version_needs_no_migration(store: Path) -> None:
    done = kaozheng("store", "migrate", store=store)
    assert done.returncode == 0
    assert done.stdout.startswith("version ")


def test_the_upkeep_of_a_server_is_left_to_its_own_tools() -> None:
    done = kaozheng("store", "verify", "--store", "neo4j://127.0.0.1:1")
    assert done.returncode == 1
    assert "store.no_file" in done.stderr


def test_a_password_in_an_address_is_not_shown() -> None:
    done = kaozheng("claims", "--store", "neo4j://ann:secret@127.0.0.1:1")
    assert done.returncode == 3
    assert "secret" not in done.stderr + done.stdout


def test_the_link_into_neo4j_browser_names_the_server() -> None:
    done = kaozheng("neo4j", "open", "--to", "neo4j://127.0.0.1:7999", "--no-auth")
    assert "7999" in done.stdout
    assert "guide.html" in done.stderr


@pytest.mark.neo4j
@pytest.mark.slow
@pytest.mark.usefixtures("neo4j_driver")  # which empties the database before and after
def test_a_neo4j_follows_a_store_and_can_be_asked_as_one(store: Path, neo4j_uri: str) -> None:
    first, again = (kaozheng("mirror", "--to", neo4j_uri, store=store) for _ in range(2))
    assert first.returncode == again.returncode == 0, first.stderr + again.stderr
    assert "both hold the same" in first.stdout
    assert again.stdout.startswith("0 changes new")
    assert claims_in(neo4j_uri) == claims_in(store) != []
