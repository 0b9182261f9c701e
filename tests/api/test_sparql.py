"""SPARQL over HTTP, by the protocol: what can be sent, what comes back, and what is refused."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph

from api.app import create_app
from api.routes.sparql import CUT_HEADER
from api.service import Ledger
from kg.sparql.endpoint import Endpoint
from kg.sparql.limits import Limits

COUNT = "SELECT (COUNT(?c) AS ?n) { ?c a kz:Claim }"
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
SPARQL_QUERY = {"content-type": "application/sparql-query"}


@pytest.fixture
def client(ledger: Ledger) -> Iterator[TestClient]:
    app = create_app(ledger)
    app.state.sparql = Endpoint(ledger.store, Limits(seconds=2, rows=50))
    with TestClient(app) as client:
        yield client


def number(answer: Any) -> int:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/sparql-results+json; charset=utf-8"
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def test_the_three_ways_of_asking_give_one_answer(client: TestClient) -> None:
    claims = len(client.get("/v1/claims", params={"limit": 1000}).json()["items"])
    assert claims > 0
    assert number(client.get("/v1/sparql", params={"query": COUNT})) == claims
    assert number(client.post("/v1/sparql", data={"query": COUNT})) == claims
    assert number(client.post("/v1/sparql", content=COUNT.encode(), headers=SPARQL_QUERY)) == claims


def test_an_article_that_comes_in_is_seen_by_the_next_query(client: TestClient) -> None:
    before = number(client.get("/v1/sparql", params={"query": COUNT}))
    body = {"text": "分析師表示，明年台股將上漲5%。", "publication": {"published": "2024-08-14"}}
    added = client.post("/v1/documents", json=body).json()["claims"]
    assert number(client.get("/v1/sparql", params={"query": COUNT})) == before + added > before


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+xml, text/csv;q=0.5, */*;q=0.1", "text/csv"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/sparql-results+json"),
    ],
)
def test_rows_come_as_they_are_accepted(client: TestClient, accept: str | None, media_type: str) -> None:
    headers = {"accept": accept} if accept else {}
    answer = client.get("/v1/sparql", params={"query": COUNT}, headers=headers)
    assert answer.headers["content-type"].startswith(media_type)


def test_a_graph_comes_as_rdf_that_can_be_read(client: TestClient) -> None:
    query = "CONSTRUCT { ?c schema:text ?t } { ?c a kz:Claim ; schema:text ?t }"
    sizes = set()
    for media_type in ("text/turtle", "application/n-triples", "application/ld+json"):
        answer = client.get("/v1/sparql", params={"query": query}, headers={"accept": media_type})
        assert answer.headers["content-type"].startswith(media_type)
        sizes.add(len(Graph().parse(data=answer.text, format=media_type)))
    assert sizes == {number(client.get("/v1/sparql", params={"query": COUNT}))}


def test_an_answer_that_was_cut_says_so_to_pages_of_other_origins_too(client: TestClient) -> None:
    asked = {"query": "SELECT * { ?s ?p ?o }"}
    answer = client.get("/v1/sparql", params=asked, headers={"origin": "http://elsewhere.example"})
    assert answer.headers[CUT_HEADER] == "true"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert CUT_HEADER in answer.headers["access-control-expose-headers"]
    assert len(answer.json()["results"]["bindings"]) == 50
    assert CUT_HEADER not in client.get("/v1/sparql", params={"query": COUNT}).headers


@pytest.mark.parametrize(
    ("parameters", "status", "code"),
    [
        ({}, 400, "sparql.query_missing"),
        ({"query": ["ASK {}", "ASK {}"]}, 400, "sparql.query_missing"),
        ({"query": "SELECT nothing"}, 400, "sparql.malformed"),
        ({"query": "ASK {}", "colour": "red"}, 422, "sparql.parameter"),
        ({"query": "ASK {}", "default-graph-uri": "http://127.0.0.1:9/"}, 422, "sparql.dataset_parameter"),
        ({"query": "ASK {}", "named-graph-uri": "file:///etc/passwd"}, 422, "sparql.dataset_parameter"),
        ({"update": "CLEAR ALL"}, 422, "sparql.update_parameter"),
        ({"query": "CLEAR ALL"}, 422, "sparql.update"),
        ({"query": "ASK { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }"}, 422, "sparql.service"),
        ({"query": "SELECT * FROM <http://127.0.0.1:9/> {}"}, 422, "sparql.dataset"),
        ({"query": ENDLESS}, 422, "sparql.timeout"),
        ({"query": "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"}, 422, "sparql.too_large"),
    ],
)
def test_what_is_refused_is_a_problem_by_get_and_by_form(
    client: TestClient, parameters: dict[str, Any], status: int, code: str
) -> None:
    for answer in (client.get("/v1/sparql", params=parameters), client.post("/v1/sparql", data=parameters or {"": ""})):
        if not parameters and answer.request.method == "POST":
            continue  # an empty form is no form
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"ASK {}", "text/plain", 415, "sparql.media_type"),
        (b"CLEAR ALL", "application/sparql-update", 415, "sparql.media_type"),
        (b'{"query": "ASK {}"}', "application/json", 415, "sparql.media_type"),
        (b"ASK { \xff }", "application/sparql-query", 400, "sparql.encoding"),
        (b"", "application/x-www-form-urlencoded", 400, "sparql.query_missing"),
        (b"", "application/sparql-query", 400, "sparql.malformed"),
        (b"ASK {" + b" " * 60_000 + b"}", "application/sparql-query", 413, "sparql.too_long"),
        (b"ASK {" + b" " * 21 * 1024**2 + b"}", "application/sparql-query", 413, "document.too_large"),
    ],
)
def test_a_body_that_is_no_query_is_a_problem(
    client: TestClient, body: bytes, kind: str, status: int, code: str
) -> None:
    answer = client.post("/v1/sparql", content=body, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_what_can_not_be_written_as_wished_is_a_problem(client: TestClient) -> None:
    answer = client.get("/v1/sparql", params={"query": "ASK {}"}, headers={"accept": "text/csv"})
    assert (answer.status_code, answer.json()["code"]) == (406, "sparql.not_acceptable")


def test_openapi_tells_how_to_ask(client: TestClient) -> None:
    path = client.get("/openapi.json").json()["paths"]["/v1/sparql"]
    assert [parameter["name"] for parameter in path["get"]["parameters"]] == ["query"]
    assert set(path["post"]["requestBody"]["content"]) == {
        "application/sparql-query", "application/x-www-form-urlencoded",
    }  # fmt: skip
    for method in ("get", "post"):
        assert {"200", "400", "406", "413", "415", "422", "503"} <= set(path[method]["responses"])
        assert "text/turtle" in path[method]["responses"]["200"]["content"]


def test_who_read_an_article_is_told_with_its_version(client: TestClient) -> None:
    query = """SELECT DISTINCT ?version ?text { ?claim a kz:Claim ; prov:wasGeneratedBy ?reading .
        ?reading prov:used ?article ; prov:wasAssociatedWith ?who . ?article kp:text ?text .
        ?who a prov:SoftwareAgent ; schema:softwareVersion ?version }"""
    (row,) = client.get("/v1/sparql", params={"query": query}).json()["results"]["bindings"]
    assert json.loads(client.get("/openapi.json").text)["info"]["version"] == row["version"]["value"]
