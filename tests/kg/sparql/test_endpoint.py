"""The endpoint answers over the graph as it is now, and no query takes more than it may."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Literal

from kg.rdf.formats import term_text
from kg.sparql.endpoint import Endpoint
from kg.sparql.limits import MEBIBYTE, Limits
from schemas.errors import BackendError, BusyError, DomainError, InputError
from schemas.graph import NodeLabel
from tests.contracts.fake_store import FakeStore
from tests.contracts.graphs import create, remove
from tests.kg.samples import BANK, FORECAST, node_of, sample_edges, sample_nodes

QUICK = Limits(seconds=1.5, rows=20, at_once=2)
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
BACKTRACKING = "SELECT ?x { BIND(REGEX('" + "a" * 60 + "b', '(a+)+$') AS ?x) }"
GREEDY = "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?c), STR(?f))) AS ?x) { ?a ?b ?c . ?d ?e ?f }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?claim a kz:Claim }"


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore(str)
    store.apply(create(*sample_nodes()))
    store.apply(create(*sample_edges()))
    return store


@pytest.fixture
def endpoint(store: FakeStore) -> Iterator[Endpoint]:
    with Endpoint(store, QUICK) as endpoint:
        yield endpoint


def value(endpoint: Endpoint, query: str = COUNT) -> str:
    (row,) = json.loads(endpoint.ask(query).body)["results"]["bindings"]
    return str(next(iter(row.values()))["value"])


def test_a_query_is_answered_from_the_store(endpoint: Endpoint) -> None:
    assert value(endpoint) == "2"
    assert value(endpoint, "SELECT ?t { ?c kp:forecast_target ?t }") == "us.recession"
    assert (
        value(endpoint, "SELECT ?w { ?c prov:wasGeneratedBy/prov:wasAssociatedWith/rdfs:label ?w } LIMIT 1") == "test"
    )


def test_what_has_changed_since_is_seen(endpoint: Endpoint, store: FakeStore) -> None:
    names = "SELECT (COUNT(?a) AS ?n) { ?a a kz:Actor }"
    assert value(endpoint, names) == "2"
    alone = node_of(NodeLabel.ACTOR, "alone", "獨", BANK.model_copy(update={"actor_id": "alone"}))
    store.apply(create(alone))
    assert value(endpoint, names) == "3"
    store.apply([remove(alone)])
    assert value(endpoint, names) == "2"


@pytest.mark.parametrize("query", [ENDLESS, BACKTRACKING])
def test_a_query_without_end_is_killed_and_the_next_is_answered(endpoint: Endpoint, query: str) -> None:
    assert value(endpoint) == "2"
    begun = time.monotonic()
    with pytest.raises(DomainError) as caught:
        endpoint.ask(query)
    assert caught.value.code == "sparql.timeout"
    assert time.monotonic() - begun >= QUICK.seconds
    time.sleep(0.5)  # between the end of its answer and its own
    assert children_of(endpoint) == []
    assert value(endpoint) == "2"


def test_other_queries_are_answered_while_one_runs_without_end(endpoint: Endpoint) -> None:
    assert value(endpoint) == "2"
    with ThreadPoolExecutor(1) as pool:
        endless = pool.submit(endpoint.ask, ENDLESS)
        answers = 0
        while not endless.done():
            answers += value(endpoint) == "2"
    assert answers > 0
    assert isinstance(endless.exception(), DomainError)


def test_more_queries_than_may_run_at_once_are_sent_away(store: FakeStore) -> None:
    limits = replace(QUICK, seconds=1.0, at_once=1)
    with Endpoint(store, limits) as endpoint, ThreadPoolExecutor(3) as pool:
        value(endpoint)
        errors = [future.exception() for future in [pool.submit(endpoint.ask, ENDLESS) for _ in range(3)]]
    assert sum(isinstance(error, BusyError) for error in errors) >= 1
    assert all(isinstance(error, BusyError | DomainError) for error in errors)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells how much memory is taken")
def test_a_query_that_takes_too_much_memory_is_refused(store: FakeStore) -> None:
    with Endpoint(store, Limits(seconds=60, query_bytes=48 * MEBIBYTE)) as endpoint:
        with pytest.raises(DomainError) as caught:
            endpoint.ask(GREEDY)
        assert caught.value.code == "sparql.too_large"
        assert value(endpoint) == "2"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells how much memory is taken")
def test_a_graph_that_is_too_large_is_said_to_be(store: FakeStore) -> None:
    with Endpoint(store, Limits(graph_bytes=MEBIBYTE)) as endpoint, pytest.raises(BackendError) as caught:
        endpoint.ask(COUNT)
    assert caught.value.code == "sparql.graph_too_large"


def test_a_log_that_is_too_long_is_not_read(store: FakeStore) -> None:
    with Endpoint(store, replace(QUICK, changes=5)) as endpoint, pytest.raises(BackendError) as caught:
        endpoint.ask(COUNT)
    assert caught.value.code == "sparql.graph_too_large"


def test_rows_beyond_the_limit_are_cut_and_the_answer_says_so(endpoint: Endpoint) -> None:
    whole = endpoint.ask("SELECT ?s { ?s ?p ?o } LIMIT 20")
    cut = endpoint.ask("SELECT ?s { ?s ?p ?o }")
    assert (whole.is_cut, cut.is_cut) == (False, True)
    assert len(json.loads(cut.body)["results"]["bindings"]) == QUICK.rows


REFUSED = {
    "SELECT ?x { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }": "sparql.service",
    "SELECT ?x { SERVICE SILENT ?where { ?x ?y ?z } }": "sparql.service",
    "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } } }": "sparql.service",
    "ASK { ?a ?b ?c FILTER NOT EXISTS { { SELECT * { SERVICE <urn:x> { ?x ?y ?z } } } } }": "sparql.service",
    "ASK { ?a ?b ?c OPTIONAL { { ?d ?e ?f } UNION { SERVICE <urn:x> {} } } }": "sparql.service",
    "SELECT (IF(EXISTS { SERVICE <urn:x> { ?x ?y ?z } }, 1, 2) AS ?n) {}": "sparql.service",
    "CONSTRUCT { ?x ?y ?z } { GRAPH ?g { SERVICE <urn:x> { ?x ?y ?z } } }": "sparql.service",
    "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }": "sparql.dataset",
    "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }": "sparql.dataset",
    "DESCRIBE <urn:x> FROM <http://127.0.0.1:9/>": "sparql.dataset",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }": "sparql.update",
    "DELETE WHERE { ?s ?p ?o }": "sparql.update",
    "LOAD <http://127.0.0.1:9/>": "sparql.update",
    "CLEAR ALL": "sparql.update",
    "DROP ALL ; CREATE GRAPH <urn:g>": "sparql.update",
    "PREFIX a: <urn:a> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }": "sparql.update",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }": "sparql.too_large",
}


@pytest.mark.parametrize(("query", "code"), REFUSED.items())
def test_a_query_may_neither_write_nor_look_elsewhere(endpoint: Endpoint, query: str, code: str) -> None:
    with pytest.raises(DomainError) as caught:
        endpoint.ask(query)
    assert caught.value.code == code
    assert value(endpoint) == "2"


@pytest.mark.parametrize(
    "query",
    ["", " ", "SELECT", "hello", "SELECT ?x { ?x", "SELECT ?x { ?x unknown:p ?y }", "SELECT * { ?s ?p \ud800 }",
     "ASK { FILTER(" + "(" * 3000 + "1" + ")" * 3000 + ") }", "\x00"],
)  # fmt: skip
def test_what_is_no_query_is_refused_in_a_line(endpoint: Endpoint, query: str) -> None:
    with pytest.raises(InputError) as caught:
        endpoint.ask(query)
    assert caught.value.code == "sparql.malformed"
    assert "\n" not in caught.value.message


def test_a_query_that_is_too_long_is_not_looked_at(store: FakeStore) -> None:
    with Endpoint(store, replace(QUICK, characters=10)) as endpoint, pytest.raises(InputError) as caught:
        endpoint.ask(COUNT)
    assert caught.value.code == "sparql.too_long"


def worker_of(endpoint: Endpoint) -> subprocess.Popen[bytes]:
    worker = endpoint._worker
    assert worker is not None
    process: subprocess.Popen[bytes] = worker._process
    return process


def children_of(endpoint: Endpoint) -> list[int]:
    """Return the forks of the worker that still run; empty where the system does not tell."""
    pid = worker_of(endpoint).pid
    told = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in told.read_text().split()] if told.exists() else []


def test_a_worker_that_died_is_replaced(endpoint: Endpoint) -> None:
    assert value(endpoint) == "2"
    worker = worker_of(endpoint)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert value(endpoint) == "2"


def test_closing_ends_the_worker(endpoint: Endpoint) -> None:
    value(endpoint)
    worker = worker_of(endpoint)
    endpoint.close()
    assert worker.poll() == 0
    assert value(endpoint) == "2"


@pytest.mark.parametrize("text", ['"} UNION {?s ?p ?o', "<script>", "\u202e總統", "🀄️", "a\\b\n"])
def test_hostile_text_is_found_as_it_is(endpoint: Endpoint, store: FakeStore, text: str) -> None:
    claim = FORECAST.model_copy(update={"claim_id": "hostile", "text": text})
    store.apply(create(node_of(NodeLabel.CLAIM, "hostile", "敵", claim)))
    query = f"SELECT ?id {{ ?claim kp:text {term_text(Literal(text))} ; kd:claim_id ?id }}"
    assert value(endpoint, query) == "hostile"


@pytest.mark.parametrize(
    ("query", "accepted", "media_type", "start"),
    [
        ("SELECT (1 AS ?x) {}", [], "application/sparql-results+json", b'{"head"'),
        ("SELECT (1 AS ?x) {}", ["text/csv"], "text/csv", b"x\r\n1\r\n"),
        ("SELECT (1 AS ?x) {}", ["text/tab-separated-values"], "text/tab-separated-values", b"?x\n"),
        ("SELECT (1 AS ?x) {}", ["text/turtle", "application/json"], "application/sparql-results+json", b"{"),
        ("ASK {}", ["*/*"], "application/sparql-results+json", b'{"head": {}, "boolean": true}'),
        ("DESCRIBE <urn:kaozheng:indicators>", [], "text/turtle", b"@prefix"),
        ("DESCRIBE <urn:kaozheng:indicators>", ["application/n-triples"], "application/n-triples", b"<urn:"),
        ("DESCRIBE <urn:kaozheng:indicators>", ["application/ld+json"], "application/ld+json", b"["),
    ],
)  # fmt: skip
def test_an_answer_is_in_the_first_format_that_fits(
    endpoint: Endpoint, query: str, accepted: list[str], media_type: str, start: bytes
) -> None:
    answer = endpoint.ask(query, accepted)
    assert answer.media_type == media_type
    assert answer.body.startswith(start)


def test_a_format_that_can_not_hold_the_answer_is_refused(endpoint: Endpoint) -> None:
    with pytest.raises(InputError) as caught:
        endpoint.ask("ASK {}", ["text/csv"])
    assert caught.value.code == "sparql.not_acceptable"
