"""RDF of ours back to nodes and edges."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from pydantic import JsonValue, ValidationError
from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node as Term

from kg.ontology import MODEL_OF, ontology
from kg.rdf.terms import FIELDS, NULL, id_of, iri_of, name_of, term_of
from schemas.graph import Edge, EdgeType, Node, NodeLabel, edge_of

_READERS: Final[Mapping[URIRef | None, Callable[[str], JsonValue]]] = MappingProxyType(
    {XSD.integer: int, XSD.double: float, XSD.boolean: lambda lexical: lexical == "true"}
)
"""Datatypes that JSON has too; all others, dates and decimals among them, are strings in our data."""


def elements_of(graph: Graph) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Return the nodes and edges that a graph of ours holds, ordered by id.

    Data that fits the model of its label comes back with all its fields, those without a value as None.
    """
    nodes = [
        _node(graph, subject, label)
        for label, entry in ontology().nodes.items()
        for subject in graph.subjects(RDF.type, term_of(entry.iri))
    ]
    edges = [
        _edge(graph, edge_type, source, target)
        for edge_type, entry in ontology().edges.items()
        for source, target in graph.subject_objects(term_of(entry.iri))
    ]
    nodes.sort(key=lambda node: node.node_id)
    edges.sort(key=lambda edge: edge.edge_id)
    return tuple(nodes), tuple(edges)


def _node(graph: Graph, subject: Term, label: NodeLabel) -> Node:
    caption = str(graph.value(subject, RDFS.label))
    data = _conformed(label, dict(_fields(graph, subject)))
    return Node(node_id=id_of(subject), label=label, caption=caption, data=data)


def _conformed(label: NodeLabel, data: dict[str, JsonValue]) -> dict[str, JsonValue]:
    try:
        return MODEL_OF[label].model_validate(data).model_dump(mode="json")
    except ValidationError:
        return data  # it was not written from that model either


def _edge(graph: Graph, edge_type: EdgeType, source: Term, target: Term) -> Edge:
    edge = edge_of(edge_type, id_of(source), id_of(target))
    return edge.model_copy(update={"data": dict(_fields(graph, iri_of(edge.edge_id)))})


def _fields(graph: Graph, subject: Term) -> Iterator[tuple[str, JsonValue]]:
    for predicate, value in graph.predicate_objects(subject):
        if str(predicate).startswith(FIELDS):
            yield name_of(predicate), _value(graph, value)


def _value(graph: Graph, term: Term) -> JsonValue:
    if isinstance(term, Literal):
        return _READERS.get(term.datatype, str)(str(term))
    if term == NULL:
        return None
    if term == RDF.nil or (term, RDF.first, None) in graph:
        return [_value(graph, item) for item in Collection(graph, term)]
    return dict(_fields(graph, term))
