from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from neo4j import Driver

from kg.neo4j.browser import browser_link, grass, guide_html, questions
from kg.neo4j.writer import write_graph
from schemas.claim import Claim, Direction, Prediction
from schemas.graph import Edge, EdgeType, Node, NodeLabel, edge_of
from schemas.quantity import Quantity
from schemas.text import Span
from tests.kg.samples import BANK, DOCUMENT, FORECAST, LIN, TARGET, YEAR, node_of, sample_edges, sample_nodes


class Outline(HTMLParser):
    """Collects what can be run and checks that every tag that opens closes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.runnable: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if "runnable" in (dict(attrs).get("class") or ""):
            self.runnable.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "pre":
            self.runnable[-1] += data


def test_the_guide_is_sound_html_and_holds_the_style_and_every_question() -> None:
    outline = Outline()
    outline.feed(guide_html("http://127.0.0.1:8000/"))
    assert outline.open == []
    assert outline.runnable[0] == ":style http://127.0.0.1:8000/neo4j/style.grass"
    assert outline.runnable[2:] == [question.cypher.strip() for question in questions()]
    assert len(questions()) == 10


def test_the_style_names_every_label_and_every_edge_type_and_closes_its_blocks() -> None:
    style = grass()
    assert all(f"node.{label} {{" in style for label in NodeLabel)
    assert all(f"relationship.{edge_type} {{" in style for edge_type in EdgeType)
    assert style.index("node.Entity {") < min(style.index(f"node.{label} {{") for label in NodeLabel)
    assert style.count("{\n") == style.count("\n}")


def test_the_link_connects_to_the_server_on_its_ports() -> None:
    link = browser_link("neo4j://127.0.0.1:7688", browser_port=7475)
    assert link == "http://127.0.0.1:7475/browser/?dbms=bolt%3A%2F%2F127.0.0.1%3A7688&preselectAuthMethod=PASSWORD"
    assert browser_link("bolt://[::1]:7687").startswith("http://[::1]:7474/browser/")


def another(name: str, speaker: str, said_on: date, prediction: Prediction) -> tuple[Node, list[Edge]]:
    """A forecast of the sample's target and window, with the edges it hangs on."""
    claim = Claim.model_validate(
        FORECAST.model_dump()
        | {"claim_id": name, "span": Span(start=0, end=3), "said_on": said_on, "prediction": prediction}
    )
    return node_of(NodeLabel.CLAIM, name, name, claim), [
        edge_of(EdgeType.STATED_IN, name, DOCUMENT.document_id),
        edge_of(EdgeType.ASSERTED_BY, name, speaker),
        edge_of(EdgeType.FORECASTS, name, TARGET.target_id),
    ]


def debate() -> tuple[list[Node], list[Edge]]:
    """The sample graph with a dissenting forecast, a revised one, one overdue, and a publisher."""
    nodes, edges = list(sample_nodes()), list(sample_edges())
    window = YEAR.period
    past = window.model_copy(update={"start": date(2019, 1, 1), "end": date(2019, 12, 31)})
    two, three = (Quantity(low=Decimal(n), high=Decimal(n), unit="%") for n in (2, 3))
    level = Prediction(target=TARGET, direction=Direction.LEVEL, value=two, window=window)
    for number, (speaker, day, prediction) in enumerate(
        (
            (BANK.actor_id, 1, Prediction(target=TARGET, direction=Direction.NOT_OCCURS, window=window)),
            (BANK.actor_id, 2, level),
            (BANK.actor_id, 3, level.model_copy(update={"value": three})),
            (BANK.actor_id, 4, level.model_copy(update={"window": past})),
        )
    ):
        node, links = another(f"claim-{number}", speaker, date(2025, 1, day), prediction)
        nodes.append(node)
        edges += links
    edges.append(edge_of(EdgeType.PUBLISHED_BY, DOCUMENT.document_id, BANK.actor_id))
    return nodes, edges


@pytest.mark.neo4j
@pytest.mark.parametrize("question", questions(), ids=lambda question: question.title)
def test_every_question_is_answered_without_a_word_of_warning(neo4j_driver: Driver, question: object) -> None:
    write_graph(neo4j_driver, *debate())
    answer = neo4j_driver.execute_query(f"CYPHER 5 {question.cypher}")
    assert answer.records
    assert [status.status_description for status in answer.summary.gql_status_objects if status.is_notification] == []


@pytest.mark.neo4j
def test_only_opposite_forecasts_count_as_contradiction(neo4j_driver: Driver) -> None:
    write_graph(neo4j_driver, *debate())
    (question,) = (question for question in questions() if "相反" in question.title)
    pairs = {(r["c"]["id"], r["d"]["id"]) for r in neo4j_driver.execute_query(question.cypher).records}
    assert pairs == {("claim-0", FORECAST.claim_id)}
    assert LIN.actor_id in {r["b"]["id"] for r in neo4j_driver.execute_query(question.cypher).records}


@pytest.mark.neo4j
def test_a_claim_is_shown_between_what_stands_before_and_after_it(neo4j_driver: Driver) -> None:
    write_graph(neo4j_driver, sample_nodes(), sample_edges())
    (question,) = (question for question in questions() if "文中" in question.title)
    (row,) = neo4j_driver.execute_query(question.cypher).records
    assert (row["前文"], row["主張"], row["後文"][:3]) == ("林經理預估，", "明年衰退機率約四成", "。央行")
