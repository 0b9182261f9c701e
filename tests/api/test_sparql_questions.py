"""The questions of docs/sparql.md can be asked as they stand there, and something is found; so by the command line."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph

from api.articles import SUFFIXES, document_of_article, read_article
from api.composition import Access, open_ledger
from api.figures import observations_in
from api.settings import StoreLocation
from kg.rdf import graph_of
from kg.rdf.provenance import provenances_of
from kg.sparql.answers import Answer
from kg.sparql.endpoint import Endpoint
from schemas.text import Publication
from tests.api.commands import kaozheng

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "sparql.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"```sparql\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with all our articles and figures, its forecasts settled."""
    path = tmp_path_factory.mktemp("sparql") / "news.db"
    with open_ledger(StoreLocation(str(path), "a test"), who="test", access=Access.CREATE) as ledger:
        for article in sorted((ROOT / "fixtures" / "articles").iterdir()):
            if article.suffix in SUFFIXES:
                ledger.ingest(document_of_article(read_article(article, Publication())))
        for figures in sorted((ROOT / "fixtures" / "observations").glob("*.csv")):
            ledger.import_observations(observations_in(figures))
        ledger.resolve(date(2026, 10, 5))
    return path


@pytest.fixture(scope="module")
def endpoint(news: Path) -> Iterator[Endpoint]:
    with (
        open_ledger(StoreLocation(str(news), "a test"), who="test", access=Access.READ) as ledger,
        Endpoint(ledger.store) as endpoint,
    ):
        yield endpoint


def size(answer: Answer) -> int:
    if answer.media_type == "text/turtle":
        return len(Graph().parse(data=answer.body, format="turtle"))
    return len(json.loads(answer.body)["results"]["bindings"])


def test_the_page_asks_a_handful_of_questions() -> None:
    assert len(QUESTIONS) >= 8


@pytest.mark.parametrize("question", QUESTIONS, ids=range(len(QUESTIONS)))
def test_a_question_of_the_page_finds_something(endpoint: Endpoint, question: str) -> None:
    assert size(endpoint.ask(question)) > 0


def test_all_that_our_articles_come_to_keeps_to_the_shapes(news: Path) -> None:
    with open_ledger(StoreLocation(str(news), "a test"), who="test", access=Access.READ) as ledger:
        store = ledger.store
        graph = graph_of(store.all_nodes(), store.all_edges(), provenances_of(store.log()))
    shapes = Graph()
    for name in ("shapes.ttl", "node_shapes.ttl"):
        shapes.parse(ROOT / "kg" / "rdf" / name)
    conforms, _, report = validate(graph, shacl_graph=shapes)
    assert conforms, report


def test_a_settled_forecast_has_markup_and_another_has_not(news: Path, endpoint: Endpoint) -> None:
    found = "SELECT ?id ?outcome { ?resolution kp:claim_id ?id ; kp:outcome ?outcome }"
    rows = json.loads(endpoint.ask(found).body)["results"]["bindings"]
    outcomes = {row["outcome"]["value"]: row["id"]["value"] for row in rows}
    settled = kaozheng("review", outcomes["false"], "--site", "https://example.org", store=news)
    assert json.loads(settled.stdout)["reviewRating"]["alternateName"] == "落空"
    open_still = kaozheng("review", outcomes["unresolvable"], "--site", "https://example.org", store=news)
    assert open_still.returncode == 1
    assert "review.none" in open_still.stderr


TEXTS = "SELECT ?text { ?claim kp:text ?text } ORDER BY ?text"


def test_the_command_writes_what_the_endpoint_answers_in_every_format(news: Path, endpoint: Endpoint) -> None:
    written = {name: kaozheng("sparql", TEXTS, "--format", name, store=news).stdout for name in ("json", "csv", "tsv")}
    wanted = [row["text"]["value"] for row in json.loads(endpoint.ask(TEXTS).body)["results"]["bindings"]]
    assert [row["text"]["value"] for row in json.loads(written["json"])["results"]["bindings"]] == wanted
    assert [row["text"] for row in csv.DictReader(io.StringIO(written["csv"]))] == wanted
    assert len(written["tsv"].splitlines()) == len(wanted) + 1


def test_a_query_comes_from_an_argument_a_file_or_standard_input(news: Path, tmp_path: Path) -> None:
    query = "ASK { ?claim a kz:Claim }"
    (tmp_path / "query.rq").write_text(query, encoding="utf-8")
    calls = [
        kaozheng("sparql", query, store=news),
        kaozheng("sparql", "--file", tmp_path / "query.rq", store=news),
        kaozheng("sparql", "-", store=news, input=query),
    ]
    assert [call.stdout for call in calls] == ["yes\n"] * 3, [call.stderr for call in calls]


def test_a_graph_is_written_as_rdf(news: Path) -> None:
    for name, start in (("table", "@prefix"), ("turtle", "@prefix"), ("n-triples", "<urn:"), ("json-ld", "[")):
        done = kaozheng("sparql", "DESCRIBE <urn:kaozheng:indicators>", "--format", name, store=news)
        assert done.stdout.startswith(start), done.stderr


def test_rows_that_are_cut_are_told_of(news: Path) -> None:
    done = kaozheng("sparql", TEXTS, "--rows", "2", "--format", "csv", store=news)
    assert len(list(csv.reader(io.StringIO(done.stdout)))) == 3
    assert "only the first 2 rows" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["DROP ALL"], "sparql.update"),
        (["SELECT"], "sparql.malformed"),
        ([], "sparql.query"),
        (["ASK {}", "--file", "also.rq"], "sparql.query"),
        (["--file", "nowhere.rq"], "sparql.query_unreadable"),
        (["ASK {}", "--format", "csv"], "sparql.not_acceptable"),
        (["SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?d", "--seconds", "0.5"], "sparql.timeout"),
    ],
)
def test_a_wrong_query_is_one_line_and_an_exit_code(news: Path, arguments: list[str], code: str) -> None:
    done = kaozheng("sparql", *arguments, store=news)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"[{code}]" in done.stderr
    assert "Traceback" not in done.stderr
