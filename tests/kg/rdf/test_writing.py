"""What other tools read in our RDF: schema.org, Web Annotation, PROV."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from rdflib import RDF, RDFS, XSD, Literal, URIRef

from kg.rdf import graph_of, iri_of
from kg.rdf.fields import field_triples
from kg.rdf.provenance import Provenance, provenances_of
from kg.rdf.terms import OA, PROV, SCHEMA, graph_name_of, property_of
from schemas.graph import LoggedChange, NodeLabel, change_of
from tests.kg.samples import (
    DOCUMENT,
    FORECAST,
    LIN,
    RESOLUTION,
    STATEMENT,
    node_of,
    sample_edges,
    sample_nodes,
)

READING = Provenance("kaozheng 9.9 (REST)", datetime(2025, 3, 21, 8, 30, tzinfo=UTC), "read it")
BY_HAND = Provenance("編輯 <甲>", datetime(2025, 4, 1, 8, 30, tzinfo=UTC), "looked it up")


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


def test_every_span_in_the_data_is_a_selector_by_offsets() -> None:
    graph = graph_of(sample_nodes(), sample_edges())
    spans = {
        (int(str(graph.value(selector, OA.start))), int(str(graph.value(selector, OA.end))))
        for selector in graph.subjects(RDF.type, OA.TextPositionSelector)
    }
    assert FORECAST.attribution.cue_span is not None
    wanted = [FORECAST.span, FORECAST.attribution.cue_span, FORECAST.periods[0].span, FORECAST.quantities[0].span]
    assert {(span.start, span.end) for span in wanted} <= spans


@pytest.mark.parametrize("data", [{"start": 2, "end": 1}, {"start": True, "end": 2}, {"start": "0", "end": "1"}])
def test_what_only_looks_like_a_span_is_no_selector(data: dict[str, bool | int | str]) -> None:
    triples = field_triples(iri_of("n"), {"span": dict(data)}, place=("n",))
    assert [triple for triple in triples if triple[2] == OA.TextPositionSelector] == []


def test_a_property_of_the_ontology_is_flat_and_typed() -> None:
    graph = graph_of(sample_nodes(), sample_edges())
    claim = iri_of(FORECAST.claim_id)
    assert graph.value(claim, property_of("probability_low")) == Literal(Decimal("0.4"))
    assert graph.value(claim, property_of("window_end")) == Literal("2026-12-31", datatype=XSD.date)
    assert set(map(str, graph.objects(claim, property_of("speakers")))) == {LIN.actor_id, "author"}


def test_data_of_an_edge_hang_on_a_statement_of_it() -> None:
    graph = graph_of(sample_nodes(), sample_edges())
    (title,) = graph.subjects(property_of("title"), Literal("經理"))
    assert (title, RDF.type, RDF.Statement) in graph
    assert graph.value(title, RDF.subject) == iri_of(LIN.actor_id)
    assert graph.value(title, RDF.predicate) == URIRef("urn:kaozheng:ontology:employedBy")


def test_a_claim_says_who_read_it_with_which_version_from_which_passage_and_when() -> None:
    made = {FORECAST.claim_id: READING, DOCUMENT.document_id: READING, RESOLUTION.resolution_id: BY_HAND}
    graph = graph_of(sample_nodes(), sample_edges(), made)
    claim = iri_of(FORECAST.claim_id)
    activity = graph.value(claim, PROV.wasGeneratedBy)
    agent = graph.value(activity, PROV.wasAssociatedWith)
    assert graph.value(claim, PROV.generatedAtTime) == Literal(READING.at)
    assert graph.value(activity, PROV.used) == iri_of(DOCUMENT.document_id)
    assert str(graph.value(agent, SCHEMA.softwareVersion)) == "9.9"
    assert (agent, RDF.type, PROV.SoftwareAgent) in graph
    passage = graph.value(claim, PROV.wasQuotedFrom)
    assert graph.value(passage, OA.hasSource) == iri_of(DOCUMENT.document_id)
    assert graph.value(graph_name_of(DOCUMENT.document_id), PROV.wasGeneratedBy) == activity


def test_an_editor_is_no_software_and_an_article_was_not_made_by_us() -> None:
    made = {DOCUMENT.document_id: READING, RESOLUTION.resolution_id: BY_HAND}
    graph = graph_of(sample_nodes(), sample_edges(), made)
    resolution, document = iri_of(RESOLUTION.resolution_id), iri_of(DOCUMENT.document_id)
    editor = graph.value(graph.value(resolution, PROV.wasGeneratedBy), PROV.wasAssociatedWith)
    assert str(graph.value(editor, RDFS.label)) == "編輯 <甲>"
    assert (editor, RDF.type, PROV.SoftwareAgent) not in graph
    assert graph.value(document, PROV.wasGeneratedBy) is None


def test_who_made_a_node_first_is_its_provenance() -> None:
    first = node_of(NodeLabel.ACTOR, LIN.actor_id, "林經理", LIN)
    later = first.model_copy(update={"caption": "林"})
    changes = [
        change_of(None, first, who=READING.who, why=READING.why, at=READING.at),
        change_of(first, later, who="somebody", why="renamed", at=BY_HAND.at),
    ]
    log = [LoggedChange(sequence=n, change=change) for n, change in enumerate(changes, start=1)]
    assert provenances_of(log) == {LIN.actor_id: READING}
