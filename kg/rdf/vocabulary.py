"""The ontology as RDF: classes, relations and properties, each under the terms of other vocabularies.

Source: OWL 2, https://www.w3.org/TR/owl2-overview/
"""

from collections.abc import Iterable, Sequence
from typing import Final

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node as Term

from kg.ontology import EdgeEntry, Property, PropertyType, ontology
from kg.rdf.fields import blank
from kg.rdf.terms import SCHEMA, property_of, term_of
from kg.rdf.writing import empty_graph
from schemas.graph import NodeLabel

ONTOLOGY: Final = URIRef("urn:kaozheng:ontology")
DATATYPES: Final = {
    PropertyType.STRING: XSD.string,
    PropertyType.STRINGS: XSD.string,
    PropertyType.INTEGER: XSD.integer,
    PropertyType.BOOLEAN: XSD.boolean,
    PropertyType.DECIMAL: XSD.decimal,
    PropertyType.DECIMALS: XSD.decimal,
    PropertyType.DATE: XSD.date,
    PropertyType.DATES: XSD.date,
}
"""How the values of a property are written."""


def ontology_graph() -> Graph:
    """Return our classes, relations and properties, each with its Chinese name and the terms it stands under."""
    graph = empty_graph()
    graph.bind("owl", OWL)
    graph.add((ONTOLOGY, RDF.type, OWL.Ontology))
    graph.add((ONTOLOGY, RDFS.label, Literal("考證", lang="zh-Hant")))
    for node in ontology().nodes.values():
        _add_term(graph, term_of(node.iri), OWL.Class, gloss=node.gloss)
        for iri in node.also:
            graph.add((term_of(node.iri), RDFS.subClassOf, term_of(iri)))
    for edge in ontology().edges.values():
        _add_relation(graph, edge)
    for name in sorted(_uses()):
        _add_property(graph, name)
    return graph


def _add_term(graph: Graph, term: URIRef, kind: URIRef, *, gloss: str) -> None:
    graph.add((term, RDF.type, kind))
    graph.add((term, RDFS.label, Literal(gloss, lang="zh-Hant")))
    graph.add((term, RDFS.isDefinedBy, ONTOLOGY))


def _add_relation(graph: Graph, edge: EdgeEntry) -> None:
    term = term_of(edge.iri)
    _add_term(graph, term, OWL.ObjectProperty, gloss=edge.gloss)
    for iri in edge.also:
        graph.add((term, RDFS.subPropertyOf, term_of(iri)))
    for predicate, labels in ((RDFS.domain, edge.source), (RDFS.range, edge.target)):
        graph.add((term, predicate, _union(graph, classes_of(labels), place=(edge.iri, str(predicate)))))


def _union(graph: Graph, classes: Sequence[URIRef], *, place: tuple[str, ...]) -> Term:
    if len(classes) == 1:
        return classes[0]
    union = blank(place)
    graph.add((union, RDF.type, OWL.Class))
    graph.add((union, OWL.unionOf, listed_in(graph, classes, place=(*place, "members"))))
    return union


def _uses() -> dict[str, list[tuple[URIRef | None, Property]]]:
    """Return each property by name, with the classes that have it; None for those of edges."""
    found: dict[str, list[tuple[URIRef | None, Property]]] = {}
    for node in ontology().nodes.values():
        for name, entry in node.properties.items():
            found.setdefault(name, []).append((term_of(node.iri), entry))
    for edge in ontology().edges.values():
        for name, entry in edge.properties.items():
            found.setdefault(name, []).append((None, entry))
    return found


def _add_property(graph: Graph, name: str) -> None:
    """Add a property; classes share names, so that domain and range are what it may be of, not what it must."""
    term, uses = property_of(name), _uses()[name]
    for gloss in dict.fromkeys(entry.gloss for _, entry in uses):
        _add_term(graph, term, OWL.DatatypeProperty, gloss=gloss)
    for owner, entry in uses:
        graph.add((term, SCHEMA.domainIncludes, owner if owner is not None else RDF.Statement))
        graph.add((term, SCHEMA.rangeIncludes, DATATYPES[entry.type]))
    for iri in set.intersection(*(set(entry.also) for _, entry in uses)):
        graph.add((term, RDFS.subPropertyOf, term_of(iri)))


def classes_of(labels: Iterable[NodeLabel]) -> list[URIRef]:
    """Return the classes of labels."""
    return [term_of(ontology().nodes[label].iri) for label in labels]


def listed_in(graph: Graph, items: Sequence[Term], *, place: tuple[str, ...]) -> BNode:
    """Return the head of an RDF list of these items, after adding it."""
    head = blank(place)
    Collection(graph, head, list(items))
    return head
