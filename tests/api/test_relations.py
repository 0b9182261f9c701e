"""Relations and consensus over REST, from claims whose values are known."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api import graphs
from api.app import create_app
from api.composition import Access, now, open_store
from api.service import Ledger
from api.settings import StoreLocation
from extract.actors.base import ActorBase
from schemas.errors import InputError, NotFoundError
from schemas.extraction import Extraction
from schemas.text import Document
from tests.kg.relations.cases import case_named, extractions_of

TOLD = {
    **case_named("what was held before it was replaced was contradicted"),
    "employed": [["lin", "north-house"]],
}


@pytest.fixture
def ledger(location: StoreLocation) -> Iterator[Ledger]:
    read = {extraction.document.document_id: extraction for extraction in extractions_of(TOLD)}

    def extract(document: Document, *, base: ActorBase | None = None) -> Extraction:
        return read[document.document_id]

    with open_store(location, access=Access.CREATE) as store:
        ledger = Ledger(store, extract=extract, clock=now, who="test")
        for extraction in read.values():
            ledger.ingest(extraction.document)
        yield ledger


@pytest.fixture
def client(ledger: Ledger) -> TestClient:
    return TestClient(create_app(ledger))


def related(client: TestClient, claim_id: str) -> list[tuple[Any, ...]]:
    found = client.get(f"/v1/claims/{claim_id}").json()["relations"]
    return [(view["relation"], view["is_source"], view["claim_id"], view["reason"]) for view in found]


def test_a_claim_shows_its_relations_from_either_side(client: TestClient) -> None:
    assert related(client, "a") == [
        ("CONTRADICTS", True, "d", "relation.disjoint_values"),
        ("SUPERSEDES", False, "b", "relation.new_value"),
    ]
    assert related(client, "b") == [("SUPERSEDES", True, "a", "relation.new_value")]
    assert related(client, "d") == [("CONTRADICTS", False, "a", "relation.disjoint_values")]


def test_a_relation_links_to_the_other_claim_and_says_why(client: TestClient) -> None:
    (view,) = client.get("/v1/claims/d").json()["relations"]
    assert client.get(view["url"]).json()["claim"]["claim_id"] == "a"
    assert (view["speakers"], view["said_on"]) == (["harbor-bank"], "2025-03-20")
    assert view["explanation"] == "2.4 % (2025-03-20) / 1.7 % (2025-03-25): no value fits both"


def test_consensus_counts_the_last_word_of_each_voice(client: TestClient) -> None:
    found = client.get("/v1/consensus", params={"target_id": "us.gdp.growth"}).json()
    (item,) = found["items"]
    assert (item["count"], item["window_start"], item["window_end"]) == (2, "2025-01-01", "2025-12-31")
    assert item["values"] == {"median": "1.7", "low": "1.7", "high": "1.7", "spread": "0.0"}
    assert [held["claim_id"] for held in item["held"]] == ["b", "d"]
    assert found["names"] == {"harbor-bank": "harbor-bank", "north-house": "north-house"}


@pytest.mark.parametrize(
    ("asked", "claims"),
    [
        ({"window_from": "2025-01-01", "window_to": "2025-12-31"}, ["b", "d"]),
        ({"window_to": "2026-12-31"}, []),
        ({"as_of": "2025-03-31"}, ["d", "a"]),
        ({"as_of": "2024-03-31"}, []),
    ],
)
def test_consensus_is_of_a_window_and_of_a_day(client: TestClient, asked: dict[str, str], claims: list[str]) -> None:
    found = client.get("/v1/consensus", params={"target_id": "us.gdp.growth", **asked}).json()
    assert [held["claim_id"] for item in found["items"] for held in item["held"]] == claims


def test_consensus_of_nothing_is_empty_and_without_a_target_it_is_refused(client: TestClient) -> None:
    assert client.get("/v1/consensus", params={"target_id": "us.gdp"}).json()["items"] == []
    assert client.get("/v1/consensus").status_code == 422
    assert client.get("/v1/consensus", params={"target_id": "us.gdp", "window": "2025"}).status_code == 422


def test_working_out_anew_changes_nothing_where_nothing_changed(client: TestClient) -> None:
    assert client.post("/v1/relations").json() == {"added": 0, "changed": 0, "removed": 0}


def test_a_merge_takes_effect_when_relations_are_worked_out_anew(client: TestClient) -> None:
    judgement = {"first_id": "harbor-bank", "second_id": "north-house", "value": "same", "why": "one house"}
    assert client.post("/v1/actors/judgements", json=judgement).status_code == 201
    assert client.post("/v1/relations").json()["removed"] >= 1
    assert related(client, "d") == [
        ("RESTATES", False, "b", "relation.repeated"),
        ("SUPERSEDES", True, "a", "relation.new_value"),
    ]


def test_around_a_target_stand_its_claims_and_who_makes_them(ledger: Ledger, tmp_path: Path) -> None:
    excerpt = graphs.around(ledger.store, "us.gdp.growth", limit=40)
    assert {"a", "b", "d", "harbor-bank", "north-house"} <= set(excerpt.graph)
    for ending, head in ((".svg", "<svg"), (".graphml", "<?xml")):
        graphs.write_excerpt(excerpt, tmp_path / f"part{ending}")
        assert (tmp_path / f"part{ending}").read_text(encoding="utf-8").startswith(head)
    with pytest.raises(InputError, match="any browser turns an SVG into PNG"):
        graphs.write_excerpt(excerpt, tmp_path / "part.png")


def test_a_way_between_two_houses_leads_over_their_contradiction(ledger: Ledger) -> None:
    excerpt = graphs.way(ledger.store, "harbor-bank", "north-house")
    assert [step.edge_type for step in excerpt.steps] == ["ASSERTED_BY", "CONTRADICTS", "ASSERTED_BY"]
    with pytest.raises(NotFoundError) as caught:
        graphs.way(ledger.store, "harbor-bank", "nobody")
    assert caught.value.code == "graph.node_unknown"


def test_a_whole_store_says_who_stands_with_whom(ledger: Ledger) -> None:
    found = graphs.standing(ledger.store, ledger.directory)
    assert [(item.target_id, item.contradictions) for item in found.contested] == [("target:us.gdp.growth", 1)]
    assert found.echoes == {("harbor-bank", "north-house"): 1}
    assert found.camps == (("harbor-bank", "north-house"),)
    assert found.relays == {("harbor-bank", "島嶼財經"): 2, ("north-house", "島嶼財經"): 1}
