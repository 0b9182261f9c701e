"""Nodes and edges to RDF."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pydantic import ValidationError
from rdflib import RDF, RDFS, Graph, Literal

from kg.ontology import Property, Value, ontology
from kg.rdf.fields import as_plain, field_triples, literal, typed_data
from kg.rdf.passages import passage_triples
from kg.rdf.provenance import Provenance, activity_triples, provenance_triples, reading_triples
from kg.rdf.reviews import finding_of, review_triples
from kg.rdf.surroundings import Surroundings
from kg.rdf.terms import Triple, iri_of, property_of, term_of
from schemas.claim import Claim
from schemas.graph import Edge, Node, NodeLabel

NOBODY_KNOWS: Final[Mapping[str, Provenance]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Part:
    """Triples that belong together; `home` is the document whose graph they are of, None for the default graph."""

    home: str | None
    triples: tuple[Triple, ...]


def graph_of(
    nodes: Iterable[Node], edges: Iterable[Edge], provenances: Mapping[str, Provenance] = NOBODY_KNOWS
) -> Graph:
    """Return the graph as RDF.

    Args:
        nodes: what there is; a claim is quoted with its surroundings where its document is among them, else without.
        edges: what joins it.
        provenances: who made which node, by its id (see `kg.rdf.provenance.provenances_of`).

    Example:
        >>> target = Node(node_id="us.gdp", label=NodeLabel.TARGET, caption="美國GDP", data={"subject": "us"})
        >>> str(graph_of([target], []).value(iri_of("us.gdp"), RDFS.label))
        '美國GDP'
    """
    every_node = sorted(nodes, key=lambda node: node.node_id)
    every_edge = sorted(edges, key=lambda edge: edge.edge_id)
    surroundings = Surroundings.among(every_node, provenances)
    graph = empty_graph()
    for part in parts_of([*every_node, *every_edge], surroundings):
        for triple in part.triples:
            graph.add(triple)
    return graph


def empty_graph() -> Graph:
    """Return a graph that knows our prefixes."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in ontology().prefixes.items():
        graph.bind(prefix, namespace)
    return graph


def parts_of(elements: Iterable[Node | Edge], surroundings: Surroundings) -> Iterator[Part]:
    """Yield the triples of elements, in their order, and of each activity that made some, once."""
    told: set[Provenance] = set()
    for element in elements:
        yield from parts_of_element(element, surroundings)
        made = surroundings.provenance(element.node_id) if isinstance(element, Node) else None
        if made is not None and made not in told:
            told.add(made)
            yield Part(None, tuple(activity_triples(made)))


def parts_of_element(element: Node | Edge, surroundings: Surroundings) -> Iterator[Part]:
    """Yield the triples of one node or edge, without those of the activity that made it."""
    home = surroundings.home_of(element)
    if isinstance(element, Edge):
        yield Part(home, tuple(_edge_triples(element)))
        return
    yield Part(home, tuple(_node_triples(element, surroundings)))
    if element.label is NodeLabel.DOCUMENT:
        yield Part(None, tuple(reading_triples(element, surroundings.provenance(element.node_id))))


def _node_triples(node: Node, surroundings: Surroundings) -> Iterator[Triple]:
    subject, entry = iri_of(node.node_id), ontology().nodes[node.label]
    for iri in (entry.iri, *entry.also):
        yield subject, RDF.type, term_of(iri)
    yield subject, RDFS.label, Literal(node.caption)
    yield from field_triples(subject, typed_data(node), place=(node.node_id,))
    for name, value in ontology().values(node.label, node.data).items():
        yield from _property_triples(node.node_id, name, entry.properties[name], value)
    yield from provenance_triples(node, surroundings.provenance(node.node_id))
    yield from _published_triples(node, surroundings)


def _published_triples(node: Node, surroundings: Surroundings) -> list[Triple]:
    """Return what other vocabularies say of claims and of what was found of them."""
    finding = finding_of(node)
    if finding is not None:
        return review_triples(node, finding, surroundings.node(finding.claim_id))
    if node.label is not NodeLabel.CLAIM:
        return []
    try:
        claim = Claim.model_validate(node.data)
    except ValidationError:
        return []
    return passage_triples(claim, surroundings.text_of(claim.document_id))


def _property_triples(element_id: str, name: str, entry: Property, value: Value) -> Iterator[Triple]:
    subject = iri_of(element_id)
    for one in value if isinstance(value, list) else [value]:
        term = literal(one)
        yield subject, property_of(name), term
        for iri in entry.also:
            yield subject, term_of(iri), term


def _edge_triples(edge: Edge) -> Iterator[Triple]:
    entry, subject = ontology().edges[edge.edge_type], iri_of(edge.edge_id)
    source, target = iri_of(edge.source_id), iri_of(edge.target_id)
    for iri in (entry.iri, *entry.also):
        yield source, term_of(iri), target
    if not edge.data:
        return
    yield subject, RDF.type, RDF.Statement
    yield subject, RDF.subject, source
    yield subject, RDF.predicate, term_of(entry.iri)
    yield subject, RDF.object, target
    yield from field_triples(subject, as_plain(edge.data), place=(edge.edge_id,))
    for name, value in ontology().values(edge.edge_type, edge.data).items():
        yield from _property_triples(edge.edge_id, name, entry.properties[name], value)
