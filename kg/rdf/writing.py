"""Nodes and edges to RDF."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import zip_longest
from typing import Final, TypeAlias, cast

from pydantic import ValidationError
from rdflib import RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node as Term

from kg.ontology import MODEL_OF, ontology
from kg.rdf.terms import NULL, OA, SCHEMA, field_of, iri_of, term_of
from schemas.claim import Claim
from schemas.graph import Edge, Node, NodeLabel
from schemas.ids import content_id
from schemas.text import Span

CONTEXT_CHARACTERS: Final = 32
"""How much of the text stands before and after a quoted span, so that it is found again in an edited page."""

Plain: TypeAlias = (
    "str | int | float | bool | Decimal | date | list[Plain] | tuple[Plain, ...] | dict[str, Plain] | None"
)
Place: TypeAlias = tuple[str | int, ...]


def graph_of(nodes: Iterable[Node], edges: Iterable[Edge]) -> Graph:
    """Return the graph as RDF.

    A claim is quoted with its surroundings where its document is among the nodes, else without.

    Example:
        >>> target = Node(node_id="us.gdp", label=NodeLabel.TARGET, caption="美國GDP", data={"subject": "us"})
        >>> str(graph_of([target], []).value(iri_of("us.gdp"), RDFS.label))
        '美國GDP'
    """
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in ontology().prefixes.items():
        graph.bind(prefix, namespace)
    every_node = sorted(nodes, key=lambda node: node.node_id)
    texts = {node.node_id: str(node.data.get("text", "")) for node in every_node if node.label is NodeLabel.DOCUMENT}
    for node in every_node:
        _add_node(graph, node, texts)
    for edge in sorted(edges, key=lambda edge: edge.edge_id):
        _add_edge(graph, edge)
    return graph


def _add_node(graph: Graph, node: Node, texts: Mapping[str, str]) -> None:
    subject, entry = iri_of(node.node_id), ontology().nodes[node.label]
    for iri in (entry.iri, *entry.also):
        graph.add((subject, RDF.type, term_of(iri)))
    graph.add((subject, RDFS.label, Literal(node.caption)))
    _add_fields(graph, subject, _typed(node), place=(node.node_id,))
    for name, value in ontology().values(node.label, node.data).items():
        for iri in entry.properties[name].also:
            for one in value if isinstance(value, list) else [value]:
                graph.add((subject, term_of(iri), _literal(one)))
    if node.label is NodeLabel.CLAIM:
        _add_annotation(graph, node, texts)
    elif node.label is NodeLabel.VERDICT:
        _add_rating(graph, node)


def _typed(node: Node) -> dict[str, Plain]:
    """The data with dates as dates and decimals as decimals; as it is where it does not fit its model."""
    try:
        model = MODEL_OF[node.label].model_validate(node.data)
    except ValidationError:
        return cast("dict[str, Plain]", node.data)
    return cast("dict[str, Plain]", _without_defaults(model.model_dump(), model.model_dump(exclude_defaults=True)))


def _without_defaults(value: Plain, stated: Plain) -> Plain:
    """Leave out each None that the model would put there itself; an open end of a period is stated."""
    if isinstance(value, dict):
        told = stated if isinstance(stated, dict) else {}
        return {k: _without_defaults(v, told.get(k)) for k, v in value.items() if v is not None or k in told}
    if isinstance(value, list | tuple):
        items = stated if isinstance(stated, list | tuple) else ()
        return [_without_defaults(v, s) for v, s in zip_longest(value, items)]
    return value


def _add_fields(graph: Graph, subject: URIRef | BNode, data: Mapping[str, Plain], *, place: Place) -> None:
    for name, value in data.items():
        graph.add((subject, field_of(name), _object(graph, value, place=(*place, name))))


def _object(graph: Graph, value: Plain, *, place: Place) -> Term:
    """Return the term of a value, after adding what it consists of."""
    if value is None:
        return NULL
    if isinstance(value, dict):
        part = _blank(place)
        _add_fields(graph, part, value, place=place)
        return part
    if isinstance(value, list | tuple):
        return _list(graph, value, place=place)
    return _literal(value)


def _list(graph: Graph, values: Iterable[Plain], *, place: Place) -> Term:
    items = [_object(graph, value, place=(*place, i)) for i, value in enumerate(values)]
    cells: list[BNode] = [_blank((*place, "cell", i)) for i in range(len(items))]
    following: list[Term] = [*cells[1:], RDF.nil]
    for cell, item, rest in zip(cells, items, following[: len(cells)], strict=True):
        graph.add((cell, RDF.first, item))
        graph.add((cell, RDF.rest, rest))
    return cells[0] if cells else RDF.nil


def _blank(place: Place) -> BNode:
    return BNode(content_id("b", *place))


def _literal(value: str | float | Decimal | date) -> Literal:
    return Literal(value.value if isinstance(value, Enum) else value)


def _add_annotation(graph: Graph, node: Node, texts: Mapping[str, str]) -> None:
    """Tie a claim to its place: by offsets, and by its words with what stands around them."""
    try:
        claim = Claim.model_validate(node.data)
    except ValidationError:
        return
    annotation, target = URIRef(f"{iri_of(node.node_id)}#annotation"), _blank((node.node_id, "target"))
    position, passage = _blank((node.node_id, "position")), _blank((node.node_id, "passage"))
    text, span = texts.get(claim.document_id, ""), claim.span
    before = Span(start=max(0, span.start - CONTEXT_CHARACTERS), end=span.start).of(text)
    after = Span(start=span.end, end=span.end + CONTEXT_CHARACTERS).of(text)
    for triple in (
        (annotation, RDF.type, OA.Annotation),
        (annotation, OA.hasBody, iri_of(node.node_id)),
        (annotation, OA.hasTarget, target),
        (target, RDF.type, OA.SpecificResource),
        (target, OA.hasSource, iri_of(claim.document_id)),
        (target, OA.hasSelector, position),
        (target, OA.hasSelector, passage),
        (position, RDF.type, OA.TextPositionSelector),
        (position, OA.start, Literal(span.start, datatype=XSD.nonNegativeInteger)),
        (position, OA.end, Literal(span.end, datatype=XSD.nonNegativeInteger)),
        (passage, RDF.type, OA.TextQuoteSelector),
        (passage, OA.exact, Literal(claim.text)),
        (passage, OA.prefix, Literal(before)),
        (passage, OA.suffix, Literal(after)),
    ):
        graph.add(triple)


def _add_rating(graph: Graph, node: Node) -> None:
    rating = _blank((node.node_id, "rating"))
    graph.add((iri_of(node.node_id), SCHEMA.reviewRating, rating))
    graph.add((rating, RDF.type, SCHEMA.Rating))
    graph.add((rating, SCHEMA.alternateName, Literal(str(node.data.get("value", "")))))


def _add_edge(graph: Graph, edge: Edge) -> None:
    entry = ontology().edges[edge.edge_type]
    source, target = iri_of(edge.source_id), iri_of(edge.target_id)
    for iri in (entry.iri, *entry.also):
        graph.add((source, term_of(iri), target))
    if edge.data:
        statement = iri_of(edge.edge_id)
        graph.add((statement, RDF.type, RDF.Statement))
        graph.add((statement, RDF.subject, source))
        graph.add((statement, RDF.predicate, term_of(entry.iri)))
        graph.add((statement, RDF.object, target))
        _add_fields(graph, statement, cast("dict[str, Plain]", edge.data), place=(edge.edge_id,))
