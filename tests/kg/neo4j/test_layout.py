"""What the server itself says of constraints, indexes, types, notifications and bookmarks."""

import logging
from datetime import date

import pytest
from neo4j import Driver
from neo4j.time import Date

from kg.neo4j.connection import address_of, open_driver
from kg.neo4j.layout import FULL_TEXT, prepare
from kg.neo4j.writer import write_graph
from kg.store.neo4j import Neo4jStore
from schemas.graph import EdgeType, NodeLabel
from tests.contracts.graphs import actor, create
from tests.kg.samples import FORECAST, sample_edges, sample_nodes

pytestmark = pytest.mark.neo4j


def names(driver: Driver, what: str) -> set[str]:
    return {record["name"] for record in driver.execute_query(f"SHOW {what} YIELD name").records}  # type: ignore[arg-type]


def test_constraints_and_indexes_are_made_once_however_often_they_are_asked_for(neo4j_driver: Driver) -> None:
    prepare(neo4j_driver)
    first = names(neo4j_driver, "CONSTRAINTS"), names(neo4j_driver, "INDEXES")
    prepare(neo4j_driver)
    assert (names(neo4j_driver, "CONSTRAINTS"), names(neo4j_driver, "INDEXES")) == first
    assert {f"{name.lower()}_id" for name in (*NodeLabel, *EdgeType)} <= first[0]


def test_full_text_is_cut_up_for_chinese(neo4j_driver: Driver) -> None:
    prepare(neo4j_driver)
    asked = "SHOW FULLTEXT INDEXES YIELD name, options WHERE name = $name RETURN options"
    (record,) = neo4j_driver.execute_query(asked, name=FULL_TEXT).records
    assert record["options"]["indexConfig"]["fulltext.analyzer"] == "cjk"


def test_a_date_is_a_date_and_a_number_a_number_on_the_server(neo4j_driver: Driver) -> None:
    write_graph(neo4j_driver, sample_nodes(), sample_edges())
    asked = "MATCH (c:Claim {id: $id}) RETURN c.said_on AS day, c.probability_low AS low, c.start AS start"
    (record,) = neo4j_driver.execute_query(asked, id=FORECAST.claim_id).records
    assert isinstance(record["day"], Date)
    assert record["day"].to_native() == date(2025, 3, 20)
    assert isinstance(record["low"], float)
    assert isinstance(record["start"], int)


def test_what_the_server_notes_of_a_query_is_logged(neo4j_uri: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="neo4j.notifications"), open_driver(address_of(neo4j_uri)) as driver:
        driver.execute_query("MATCH (a:Claim), (b:Claim) RETURN count(*)")
    assert any("cartesian product" in record.getMessage() for record in caplog.records)


def test_a_store_reads_behind_what_it_wrote(neo4j_driver: Driver) -> None:
    store = Neo4jStore(neo4j_driver, str)
    before = set(neo4j_driver.execute_query_bookmark_manager.get_bookmarks())
    store.apply(create(actor("fed", "聯準會")))
    assert set(neo4j_driver.execute_query_bookmark_manager.get_bookmarks()) - before
    assert store.node("fed").caption == "聯準會"
