"""Searches begin at an index, and wherever they begin they find the same."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from kg.store.finding import find_page
from kg.store.opening import connect_reader
from kg.store.planning import BOUND, start_of
from kg.store.sqlite import SqliteStore, open_sqlite
from kg.store.wanted import Wanted, wanted_of
from schemas.claim import ClaimKind
from schemas.graph import Node, NodeLabel, Order, Query
from tests.contracts.engines import fold
from tests.contracts.fake_store import FakeStore
from tests.contracts.graphs import actor, all_pages, claim, create, days, document

COMMON = BOUND + 200
FIRST_DAY = date(2020, 1, 1)


def elements() -> list[Node]:
    documents = [
        document(f"document-{n}", published=FIRST_DAY + timedelta(days=n), publisher="晨報" if n % 9 else "晚報")
        for n in range(30)
    ]
    claims = [
        claim(
            f"claim-{n * 7919 % COMMON:05}",
            "聯準會降息" if n % 40 else "黃金創高",
            document_id=f"document-{n % 30}",
            speakers=("fed",) if n % 50 else ("ubs", "fed"),
            start=n,
            periods=[days(FIRST_DAY + timedelta(days=n % 400), FIRST_DAY + timedelta(days=n % 400 + 30))],
            target="us.gdp" if n % 3 else None,
        )
        for n in range(COMMON)
    ]
    return [*documents, *claims, actor("fed")]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SqliteStore, FakeStore]]:
    nodes = elements()
    fake = FakeStore(fold)
    fake.apply(create(*nodes))
    with open_sqlite(tmp_path_factory.mktemp("planning") / "store.db", fold=fold) as store:
        store.apply(create(*nodes))
        yield store, fake


FILTERS: dict[str, dict[str, object]] = {
    "none": {},
    "kind": {"kind": ClaimKind.PREDICTION},
    "document": {"document_id": "document-3"},
    "claim": {"claim_id": "claim-00007"},
    "rare actor": {"actor_id": "ubs"},
    "common actor": {"actor_id": "fed"},
    "common actor, few days": {"actor_id": "fed", "published_to": FIRST_DAY + timedelta(days=2)},
    "target": {"target_id": "us"},
    "publisher": {"publisher": "晨報"},
    "rare publisher": {"publisher": "晚報"},
    "many days": {"published_from": FIRST_DAY + timedelta(days=1)},
    "few days": {"published_from": FIRST_DAY + timedelta(days=3), "published_to": FIRST_DAY + timedelta(days=4)},
    "long period": {"period_from": FIRST_DAY + timedelta(days=35)},
    "short period": {"period_to": FIRST_DAY + timedelta(days=3)},
    "common text": {"text": "降息"},
    "rare text": {"text": "黄金 創高", "actor_id": "ubs"},
    "one character": {"text": "金"},
    "all common": {"actor_id": "fed", "text": "聯", "publisher": "晨報", "kind": ClaimKind.PREDICTION},
}


def query(name: str, order: Order, limit: int = 1000) -> Query:
    return Query.model_validate({"label": NodeLabel.CLAIM, "order": order, "limit": limit, **FILTERS[name]})


@pytest.mark.parametrize("order", [Order.ID, Order.PUBLISHED_DESCENDING, Order.POSITION])
@pytest.mark.parametrize("name", sorted(FILTERS))
def test_a_search_finds_the_same_wherever_it_begins(
    stores: tuple[SqliteStore, FakeStore], name: str, order: Order
) -> None:
    store, fake = stores
    assert all_pages(store, query(name, order)) == all_pages(fake, query(name, order))


def plan_of(path: Path, query: Query) -> list[str]:
    """Return the plan of the statement that fetches a page, as SQLite explains it."""
    statements: list[str] = []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.set_trace_callback(statements.append)
        find_page(connection, query, fold)
        connection.set_trace_callback(None)
        # Statements that FTS5 runs inside begin with a comment sign.
        page = next(s for s in statements if "ORDER BY" in s and not s.startswith("--"))
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {page}")]


def wanted(query: Query) -> Wanted:
    return wanted_of(query, fold, lambda _: ())


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("name", sorted(FILTERS))
def test_no_search_scans_the_nodes(stores: tuple[SqliteStore, FakeStore], name: str, order: Order) -> None:
    plan = plan_of(stores[0].path, query(name, order, limit=5))
    assert not [step for step in plan if step.startswith(("SCAN node", "SCAN a", "SCAN p"))]


@pytest.mark.parametrize(
    ("name", "order", "index"),
    [
        ("none", Order.ID, "node_by_id"),
        ("none", Order.PUBLISHED, "node_by_published"),
        ("none", Order.POSITION, "node_by_position"),
        ("kind", Order.ID, "node_by_id"),
        ("document", Order.POSITION, "node_by_position"),
        ("rare actor", Order.ID, "node_actor CROSS JOIN"),
        ("common actor", Order.ID, "node_by_id"),
        ("common actor", Order.PUBLISHED_DESCENDING, "node_actor CROSS JOIN"),
        ("common actor, few days", Order.ID, "node_actor CROSS JOIN"),
        ("rare publisher", Order.ID, "node_by_publisher"),
        ("publisher", Order.PUBLISHED, "node_by_publisher"),
        ("few days", Order.ID, "node_by_published"),
        ("short period", Order.ID, "NOT INDEXED"),
        ("common text", Order.ID, "node_by_id"),
        ("one character", Order.ID, "search CROSS JOIN"),
        ("rare text", Order.PUBLISHED, "node_actor CROSS JOIN"),
    ],
)
def test_a_search_begins_where_least_is_left(
    stores: tuple[SqliteStore, FakeStore], name: str, order: Order, index: str
) -> None:
    with closing(connect_reader(stores[0].path)) as connection:
        assert index in start_of(connection, wanted(query(name, order))).tables
