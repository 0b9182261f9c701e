"""Our graphs keep to the shapes, and the shapes do find what is wrong."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node as Term

from kg.nodes import actor_node
from kg.rdf import graph_of, iri_of
from kg.rdf.reviews import Publisher, markup_of
from kg.rdf.shaping import is_required, shapes_graph
from kg.rdf.terms import OA, PROV, SCHEMA, property_of, term_of
from kg.store.facets import author_id_of
from schemas.actor import Actor, ActorType
from schemas.claim import Claim
from schemas.graph import EdgeType, edge_of
from tests.kg.rdf.test_writing import BY_HAND, READING
from tests.kg.samples import (
    DOCUMENT,
    FORECAST,
    INDICATOR,
    LIN,
    OBSERVATION,
    RESOLUTION,
    STATEMENT,
    VERDICT,
    sample_edges,
    sample_nodes,
)

FOLDER = Path(__file__).parents[3] / "kg" / "rdf"
MADE = {DOCUMENT.document_id: READING, FORECAST.claim_id: READING, RESOLUTION.resolution_id: BY_HAND}


@cache
def shapes(*names: str) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(FOLDER / name)
    return graph


def sample() -> Graph:
    """Return the sample with the author of its article, whom the ledger always adds."""
    author = Actor(actor_id=author_id_of(DOCUMENT.document_id), actor_type=ActorType.PERSON, names=())
    says = edge_of(EdgeType.ASSERTED_BY, STATEMENT.claim_id, author.actor_id)
    return graph_of([*sample_nodes(), actor_node(author)], [*sample_edges(), says], MADE)


def breaches(graph: Graph, *names: str, severity: URIRef = SH.Violation) -> set[tuple[Term | None, Term | None]]:
    """Return the paths that are wrong with the nodes whose they are; the node itself where there is no path."""
    report = validate(graph, shacl_graph=shapes(*names))[1]
    assert isinstance(report, Graph)
    return {
        (report.value(result, SH.focusNode), report.value(result, SH.resultPath))
        for result in report.subjects(SH.resultSeverity, severity)
    }


OURS = ("shapes.ttl", "node_shapes.ttl")


def test_a_graph_of_ours_keeps_to_the_shapes() -> None:
    assert breaches(sample(), *OURS) == set()


def test_the_indicators_keep_to_the_shapes() -> None:
    concepts = Graph().parse(FOLDER / "indicators.ttl")
    assert breaches(concepts, "shapes.ttl") == set()
    assert len(set(concepts.subjects(SKOS.prefLabel))) > 300


CLAIM, REVIEW = iri_of(FORECAST.claim_id), iri_of(VERDICT.verdict_id)
PASSAGE, OUTCOME = URIRef(f"{CLAIM}#passage"), iri_of(RESOLUTION.resolution_id)


def rating(graph: Graph) -> Term | None:
    return graph.value(REVIEW, SCHEMA.reviewRating)


def position(graph: Graph) -> Term | None:
    return next(s for s in graph.objects(PASSAGE, OA.hasSelector) if (s, OA.start, None) in graph)


@pytest.mark.parametrize(
    ("breach", "subject", "path"),
    [
        (lambda g: g.remove((CLAIM, SCHEMA.author, None)), CLAIM, SCHEMA.author),
        (lambda g: g.remove((CLAIM, SCHEMA.appearance, None)), CLAIM, SCHEMA.appearance),
        (lambda g: g.add((CLAIM, SCHEMA.text, Literal("別的話"))), CLAIM, SCHEMA.text),
        (lambda g: g.remove((None, OA.hasBody, CLAIM)), URIRef(f"{CLAIM}#annotation"), OA.hasBody),
        (lambda g: g.remove((PASSAGE, OA.hasSource, None)), PASSAGE, OA.hasSource),
        (lambda g: g.remove((position(g), RDF.type, None)), PASSAGE, OA.hasSelector),
        (lambda g: g.set((position(g), OA.end, g.value(position(g), OA.start))), PASSAGE, None),
        (lambda g: g.remove((REVIEW, SCHEMA.claimReviewed, None)), REVIEW, SCHEMA.claimReviewed),
        (lambda g: g.remove((REVIEW, SCHEMA.itemReviewed, None)), REVIEW, SCHEMA.itemReviewed),
        (lambda g: g.remove((REVIEW, SCHEMA.reviewRating, None)), REVIEW, SCHEMA.reviewRating),
        (lambda g: g.remove((rating(g), SCHEMA.alternateName, None)), rating, SCHEMA.alternateName),
        (lambda g: g.set((rating(g), SCHEMA.ratingValue, Literal(4))), rating, SCHEMA.ratingValue),
        (lambda g: g.remove((OUTCOME, RDF.type, SCHEMA.ClaimReview)), OUTCOME, None),
        (lambda g: g.set((OUTCOME, property_of("outcome"), Literal("pending"))), OUTCOME, None),
        (lambda g: g.remove((READING.activity, PROV.wasAssociatedWith, None)),
         READING.activity, PROV.wasAssociatedWith),
        (lambda g: g.remove((READING.agent, SCHEMA.softwareVersion, None)), READING.agent, SCHEMA.softwareVersion),
        (lambda g: g.remove((CLAIM, RDFS.label, None)), CLAIM, RDFS.label),
        (lambda g: g.set((CLAIM, property_of("kind"), Literal(1))), CLAIM, property_of("kind")),
        (lambda g: g.remove((iri_of(LIN.actor_id), property_of("actor_type"), None)),
         iri_of(LIN.actor_id), property_of("actor_type")),
        (lambda g: g.add((CLAIM, term_of("kz:checks"), CLAIM)), CLAIM, None),
        (lambda g: g.add((OUTCOME, term_of("kz:restsOn"), CLAIM)), CLAIM, None),
        (lambda g: g.add((iri_of(INDICATOR.indicator_id), term_of("kz:restsOn"), iri_of(OBSERVATION.observation_id))),
         iri_of(INDICATOR.indicator_id), None),
    ],
)  # fmt: skip
def test_the_shapes_find_what_is_wrong(
    breach: Callable[[Graph], object], subject: URIRef | Callable[[Graph], Term], path: URIRef | None
) -> None:
    graph = sample()
    wanted = subject if isinstance(subject, URIRef) else subject(graph)
    breach(graph)
    assert (wanted, path) in breaches(graph, *OURS)


def test_a_concept_without_a_label_in_each_script_or_with_two_is_found() -> None:
    graph = Graph().parse(FOLDER / "indicators.ttl")
    concept = next(graph.subjects(SKOS.topConceptOf))
    graph.add((concept, SKOS.prefLabel, Literal("GDP growth, again", lang="en")))
    assert (concept, SKOS.prefLabel) in breaches(graph, "shapes.ttl")


def test_every_shape_of_a_node_follows_its_model() -> None:
    graph = shapes_graph()
    paths = {graph.value(p, SH.path) for p in graph.objects(URIRef("urn:kaozheng:ontology:ClaimShape"), SH.property)}
    assert {property_of("text"), property_of("window_end"), RDFS.label} <= paths
    assert is_required(Claim, ["attribution", "speakers"])
    assert not is_required(Claim, ["said_on"])


def markup_graph(markup: object) -> Graph:
    """Read markup as a search engine does, with the vocabulary that its context stands for."""
    assert isinstance(markup, dict)
    local = {**markup, "@context": {"@vocab": str(SCHEMA)}}
    return Graph().parse(data=json.dumps(local), format="json-ld")


@pytest.mark.parametrize(("finding", "claim"), [(RESOLUTION, FORECAST), (VERDICT, STATEMENT)])
def test_the_markup_holds_all_that_google_requires_and_recommends(finding: object, claim: Claim) -> None:
    desk = Publisher("島嶼查核", "https://example.org")
    markup = markup_of(finding, claim, DOCUMENT, speakers=[LIN], publisher=desk)  # type: ignore[arg-type]
    graph = markup_graph(markup)
    assert len(list(graph.subjects(RDF.type, SCHEMA.ClaimReview))) == 1
    assert breaches(graph, "markup_shapes.ttl") == set()
    assert breaches(graph, "markup_shapes.ttl", severity=SH.Warning) == set()


@pytest.mark.parametrize("path", ["url", "claimReviewed", "reviewRating", "alternateName"])
def test_markup_without_a_required_property_is_found(path: str) -> None:
    desk = Publisher("島嶼查核", "https://example.org")
    graph = markup_graph(markup_of(VERDICT, STATEMENT, DOCUMENT, speakers=[LIN], publisher=desk))
    graph.remove((None, SCHEMA[path], None))
    assert {p for _, p in breaches(graph, "markup_shapes.ttl")} == {SCHEMA[path]}
