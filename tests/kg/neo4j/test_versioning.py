"""A store on a server says which version it has; an older one is refused, migrated, and then whole."""

from collections.abc import Iterator

import pytest
from neo4j import Driver

from kg.neo4j.connection import address_of
from kg.store.neo4j import Neo4jStore, migrate_neo4j, open_neo4j
from schemas.errors import InputError
from schemas.evidence import Outcome
from schemas.graph import NodeLabel, Query, Review
from tests.contracts.graphs import claim, create, days, document, ids, resolution, worth, year

pytestmark = pytest.mark.neo4j
NEW = "_due _said _worth _indicator _window_end"


@pytest.fixture
def store(neo4j_driver: Driver, neo4j_uri: str) -> Iterator[Neo4jStore]:
    """A store with what version 1 did not know, written by this program."""
    with open_neo4j(address_of(neo4j_uri), fold=str) as store:
        store.apply(
            create(
                document(),
                *(claim(name, target="us.gdp", window=year(2025)) for name in ("decided", "open")),
                worth(claim("worthy", periods=[days(None, None)]), 0.5),
                resolution("r-1", "decided", Outcome.TRUE),
            )
        )
        yield store


def make_old(driver: Driver) -> None:
    removed = ", ".join(f"n.{name}" for name in NEW.split())
    driver.execute_query(f"MATCH (n:Entity) REMOVE {removed}")
    driver.execute_query("MATCH (n:Claim) REMOVE n._outcome")
    driver.execute_query("MATCH (l:Ledger) REMOVE l.version")


def answers(store: Neo4jStore) -> list[list[str]]:
    filters = [{"review": Review.DECIDED}, {"due_by": "2025-12-31"}, {"min_check_worthiness": 0.5}, {"text": "台股"}]
    return [ids(store.find(Query.model_validate({"label": NodeLabel.CLAIM, **f}))) for f in filters]


def test_an_older_store_is_refused_and_migrated(store: Neo4jStore, neo4j_driver: Driver, neo4j_uri: str) -> None:
    before, log = answers(store), list(store.log())
    make_old(neo4j_driver)
    assert answers(store) != before
    with pytest.raises(InputError) as refused:
        open_neo4j(address_of(neo4j_uri), fold=str)
    assert refused.value.code == "store.version_older"
    assert "kaozheng store migrate" in refused.value.message
    assert migrate_neo4j(address_of(neo4j_uri), fold=str) == (1, 2)
    with open_neo4j(address_of(neo4j_uri), fold=str) as opened:
        assert answers(opened) == before == [["decided"], ["open"], ["worthy"], ["decided", "open", "worthy"]]
        assert list(opened.log()) == log
    assert migrate_neo4j(address_of(neo4j_uri), fold=str) == (2, 2)


def test_a_newer_store_is_refused(store: Neo4jStore, neo4j_driver: Driver, neo4j_uri: str) -> None:
    neo4j_driver.execute_query("MATCH (l:Ledger) SET l.version = 99")
    for attempt in (open_neo4j, migrate_neo4j):
        with pytest.raises(InputError) as refused:
            attempt(address_of(neo4j_uri), fold=str)
        assert refused.value.code == "store.version_newer"
