from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from neo4j import Driver

from kg.neo4j.browser import browser_link, grass, guide_html, questions
from kg.neo4j.writer import write_graph
from kg.relations.reading import stated_of
from kg.relations.relating import relate
from kg.relations.relaying import relays_of
from schemas.claim import Claim, Direction, Prediction, Probability
from schemas.graph import Edge, EdgeType, Node, NodeLabel, edge_of
from schemas.prediction import Revised, Revision
from schemas.quantity import Quantity
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


def another(name: str, speaker: str, said_on: date, prediction: Prediction) -> Claim:
    """A forecast of the sample's target by another speaker."""
    attribution = FORECAST.attribution.model_copy(update={"speakers": (speaker,)})
    return Claim.model_validate(
        FORECAST.model_dump()
        | {"claim_id": name, "said_on": said_on, "prediction": prediction, "attribution": attribution}
    )


def debate() -> tuple[list[Node], list[Edge]]:
    """The sample graph with a dissenting forecast, a revised one, one overdue, and a publisher who quotes."""
    window = YEAR.period
    past = window.model_copy(update={"start": date(2019, 1, 1), "end": date(2019, 12, 31)})
    low, high = (Probability(low=chance, high=chance) for chance in (Decimal("0.1"), Decimal("0.25")))
    event = Prediction(target=TARGET, direction=Direction.OCCURS, window=window, probability=low)
    two = Quantity(low=Decimal(2), high=Decimal(2), unit="%")
    three = two.model_copy(update={"low": Decimal(3), "high": Decimal(3)})
    revision = Revision(revised=Revised.VALUE, old=three, new=two, is_raised=False, span=YEAR.span)
    overdue = Prediction(target=TARGET, direction=Direction.LEVEL, value=two, window=past, revision=revision)
    claims = [
        another("claim-0", BANK.actor_id, date(2025, 1, 1), event),
        another("claim-1", BANK.actor_id, date(2025, 1, 20), event.model_copy(update={"probability": high})),
        another("claim-2", BANK.actor_id, date(2025, 1, 3), overdue),
    ]
    nodes, edges = list(sample_nodes()), list(sample_edges())
    for claim in claims:
        nodes.append(node_of(NodeLabel.CLAIM, claim.claim_id, claim.claim_id, claim))
        edges.append(edge_of(EdgeType.STATED_IN, claim.claim_id, DOCUMENT.document_id))
        edges.append(edge_of(EdgeType.ASSERTED_BY, claim.claim_id, BANK.actor_id))
        edges.append(edge_of(EdgeType.FORECASTS, claim.claim_id, TARGET.target_id))
    stated = [found for claim in (FORECAST, *claims) if (found := stated_of(claim, lambda actor: actor)) is not None]
    edges += [relation.edge for relation in relate(stated, is_house=lambda *_: False)]
    edges.append(edge_of(EdgeType.PUBLISHED_BY, DOCUMENT.document_id, BANK.actor_id))
    edges += relays_of([LIN.actor_id], BANK.actor_id, DOCUMENT.published).values()
    return nodes, edges


@pytest.mark.neo4j
@pytest.mark.parametrize("question", questions(), ids=lambda question: question.title)
def test_every_question_is_answered_without_a_word_of_warning(neo4j_driver: Driver, question: object) -> None:
    write_graph(neo4j_driver, *debate())
    answer = neo4j_driver.execute_query(f"CYPHER 5 {question.cypher}")
    assert answer.records
    assert [status.status_description for status in answer.summary.gql_status_objects if status.is_notification] == []


def rows_of(driver: Driver, words: str) -> list[dict[str, object]]:
    """What the one question with these words in its title answers."""
    (question,) = (question for question in questions() if words in question.title)
    return [record.data() for record in driver.execute_query(f"CYPHER 5 {question.cypher}").records]


@pytest.mark.neo4j
def test_the_questions_on_relations_answer_from_the_edges_of_relations(neo4j_driver: Driver) -> None:
    write_graph(neo4j_driver, *debate())
    revised, moved = rows_of(neo4j_driver, "改了預測")
    assert (revised["誰"], revised["說明"]) == (BANK.caption, "3.0 → 2.0")
    assert (moved["誰"], moved["標的"], str(moved["說於"])) == (BANK.caption, "us.recession", "2025-01-20")
    assert str(moved["說明"]).startswith("occurs (chance 10 %)")
    (contested,) = rows_of(neo4j_driver, "最有爭議")
    assert (contested["標的"], contested["相左"], contested["理由"]) == (
        "us.recession",
        1,
        ["relation.different_chance"],
    )
    assert len(rows_of(neo4j_driver, "說法相左")) == 1
    assert len(rows_of(neo4j_driver, "轉述")) == 1


@pytest.mark.neo4j
def test_a_claim_is_shown_between_what_stands_before_and_after_it(neo4j_driver: Driver) -> None:
    write_graph(neo4j_driver, sample_nodes(), sample_edges())
    (question,) = (question for question in questions() if "文中" in question.title)
    (row,) = neo4j_driver.execute_query(question.cypher).records
    assert (row["前文"], row["主張"], row["後文"][:3]) == ("林經理預估，", "明年衰退機率約四成", "。央行")
