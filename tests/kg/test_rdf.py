import json
import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import PROV

from kg.ontology import MODEL_OF
from kg.rdf import elements_of, graph_of, id_of, iri_of, json_ld, turtle
from kg.rdf.terms import OA, SCHEMA
from schemas.graph import EdgeType, Node, NodeLabel, edge_of
from tests.kg.samples import DOCUMENT, FORECAST, LIN, STATEMENT, VERDICT, sample_edges, sample_nodes

# rdflib 7 itself uses what it calls deprecated when it parses JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


def by_id(nodes: tuple[Node, ...]) -> dict[str, tuple[NodeLabel, str, object]]:
    return {n.node_id: (n.label, n.caption, MODEL_OF[n.label].model_validate(n.data)) for n in nodes}


@pytest.mark.parametrize(("serialise", "name"), [(turtle, "turtle"), (json_ld, "json-ld")])
def test_nothing_is_lost_on_the_way_to_rdf_and_back(serialise: Callable[..., str], name: str) -> None:
    text = serialise(sample_nodes(), sample_edges())
    nodes, edges = elements_of(Graph().parse(data=text, format=name))
    assert by_id(nodes) == by_id(sample_nodes())
    assert edges == tuple(sorted(sample_edges(), key=lambda edge: edge.edge_id))


def test_the_order_of_arrival_does_not_show() -> None:
    back, forth = (sample_nodes()[::-1], sample_edges()[::-1]), (sample_nodes(), sample_edges())
    assert turtle(*back) == turtle(*forth)
    assert json_ld(*back) == json_ld(*forth)


PRINT_BOTH = """
from kg.rdf import json_ld, turtle
from tests.kg.samples import sample_edges, sample_nodes
print(turtle(sample_nodes(), sample_edges()), json_ld(sample_nodes(), sample_edges()))
"""


def test_the_text_is_the_same_in_every_process() -> None:
    texts = {
        subprocess.run(
            [sys.executable, "-c", PRINT_BOTH],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(texts) == 1


def test_a_claim_is_a_schema_org_claim_with_author_appearance_text_and_date() -> None:
    graph = graph_of(sample_nodes(), sample_edges())
    claim = iri_of(FORECAST.claim_id)
    assert (claim, RDF.type, SCHEMA.Claim) in graph
    assert graph.value(claim, SCHEMA.text) == Literal("明年衰退機率約四成")
    assert graph.value(claim, SCHEMA.author) == graph.value(claim, PROV.wasAttributedTo) == iri_of(LIN.actor_id)
    assert graph.value(claim, SCHEMA.appearance) == graph.value(claim, PROV.wasDerivedFrom)
    assert graph.value(claim, SCHEMA.appearance) == iri_of(DOCUMENT.document_id)
    assert str(graph.value(claim, SCHEMA.datePublished)) == "2025-03-20"


FIND_PASSAGE = """
SELECT ?start ?end ?exact ?prefix ?suffix ?source WHERE {
  ?annotation oa:hasBody ?claim ; oa:hasTarget ?target .
  ?target oa:hasSource ?source ; oa:hasSelector ?position, ?passage .
  ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
  ?passage a oa:TextQuoteSelector ; oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix . }
"""


def test_an_annotation_ties_a_claim_to_its_place_by_offsets_and_by_words() -> None:
    graph = graph_of(sample_nodes(), sample_edges())
    (row,) = graph.query(FIND_PASSAGE, initNs={"oa": OA}, initBindings={"claim": iri_of(STATEMENT.claim_id)})
    start, end = int(row.start), int(row.end)
    assert DOCUMENT.text[start:end] == str(row.exact) == "重貼現率停在2%"
    assert DOCUMENT.text.startswith(str(row.prefix) + str(row.exact) + str(row.suffix), start - len(str(row.prefix)))
    assert str(row.suffix) == "。"
    assert row.source == iri_of(DOCUMENT.document_id)


def test_a_verdict_is_a_claim_review_with_its_rating() -> None:
    graph = graph_of(sample_nodes(), sample_edges())
    verdict = iri_of(VERDICT.verdict_id)
    assert (verdict, RDF.type, SCHEMA.ClaimReview) in graph
    assert graph.value(verdict, SCHEMA.itemReviewed) == iri_of(STATEMENT.claim_id)
    assert str(graph.value(graph.value(verdict, SCHEMA.reviewRating), SCHEMA.alternateName)) == "supported"


def test_json_ld_nests_what_a_node_consists_of() -> None:
    document = json.loads(json_ld(sample_nodes(), sample_edges()))
    assert not [member for member in document["@graph"] if set(member) == {"@id"}]
    claim = next(m for m in document["@graph"] if m["@id"] == str(iri_of(FORECAST.claim_id)))
    quantity = claim["kd:quantities"]["@list"][0]["kd:quantity"]
    assert Decimal(quantity["kd:low"]["@value"]) == 40


def test_an_empty_graph_and_a_single_node_are_json_ld_too() -> None:
    assert json.loads(json_ld([], []))["@graph"] == []
    assert len(json.loads(json_ld(sample_nodes()[3:4], []))["@graph"]) == 1


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_id_has_a_valid_iri_that_leads_back(element_id: str) -> None:
    iri = iri_of(element_id)
    assert str(iri).isascii()
    assert URIRef(str(iri)).n3() == f"<{iri}>"
    assert id_of(iri) == element_id


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("aé\x00'\" <>", max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text("a甲\x00'\" <>%", max_size=5), JSON, max_size=4))
def test_data_of_any_other_form_comes_back_as_it_was(data: dict[str, JsonValue]) -> None:
    node = Node(node_id="n", label=NodeLabel.CLAIM, caption='"\\\n\r\t\x00<>', data={"free": data})
    edge = edge_of(EdgeType.MENTIONS, "n", "n", **data)
    for name, serialise in (("turtle", turtle), ("json-ld", json_ld)):
        nodes, edges = elements_of(Graph().parse(data=serialise([node], [edge]), format=name))
        assert (nodes, edges) == ((node,), (edge,))
