"""The shapes that a graph of ours keeps to, built from the ontology and the models.

Source: SHACL, https://www.w3.org/TR/shacl/
"""

from collections.abc import Iterable, Sequence
from typing import get_args

from pydantic import BaseModel
from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node as Term

from kg.ontology import MODEL_OF, EdgeEntry, NodeEntry, Property, ontology
from kg.rdf.fields import blank
from kg.rdf.terms import property_of, term_of
from kg.rdf.vocabulary import DATATYPES, classes_of, listed_in
from kg.rdf.writing import empty_graph
from schemas.graph import NodeLabel


def shapes_graph() -> Graph:
    """Return the shapes of nodes and edges as SHACL: types of values, what must be there, what edges may join."""
    graph = empty_graph()
    graph.bind("sh", SH)
    for label, entry in ontology().nodes.items():
        _add_node_shape(graph, label, entry)
    for edge in ontology().edges.values():
        _add_end_shape(graph, edge, SH.targetSubjectsOf, edge.source)
        _add_end_shape(graph, edge, SH.targetObjectsOf, edge.target)
    return graph


def _add_node_shape(graph: Graph, label: NodeLabel, entry: NodeEntry) -> None:
    shape = URIRef(f"{term_of(entry.iri)}Shape")
    graph.add((shape, RDF.type, SH.NodeShape))
    graph.add((shape, SH.targetClass, term_of(entry.iri)))
    constraints = [_caption_constraint(), *(_constraint(label, n, p) for n, p in entry.properties.items())]
    for path, triples in constraints:
        constraint = blank((label.value, str(path)))
        graph.add((shape, SH.property, constraint))
        graph.add((constraint, SH.path, path))
        for predicate, value in triples:
            graph.add((constraint, predicate, value))


def _caption_constraint() -> tuple[URIRef, list[tuple[URIRef, Term]]]:
    one = Literal(1)
    return RDFS.label, [(SH.minCount, one), (SH.maxCount, one), (SH.datatype, XSD.string)]


def _constraint(label: NodeLabel, name: str, entry: Property) -> tuple[URIRef, list[tuple[URIRef, Term]]]:
    triples: list[tuple[URIRef, Term]] = [(SH.datatype, DATATYPES[entry.type])]
    if not entry.type.is_list:
        triples.append((SH.maxCount, Literal(1)))
        if is_required(MODEL_OF[label], (entry.path or name).split(".")):
            triples.append((SH.minCount, Literal(1)))
    return property_of(name), triples


def is_required(model: type[BaseModel], steps: Sequence[str]) -> bool:
    """Return whether every instance of a model has a value at the end of a path.

    Example:
        >>> from schemas.claim import Claim
        >>> is_required(Claim, ["span", "start"]), is_required(Claim, ["prediction", "direction"])
        (True, False)
    """
    field = model.model_fields[steps[0]]
    choices = get_args(field.annotation) or (field.annotation,)
    if not field.is_required() or type(None) in choices:
        return False
    rest = steps[1:]
    if not rest:
        return True
    return all(is_required(c, rest) for c in choices if isinstance(c, type) and issubclass(c, BaseModel))


def _add_end_shape(graph: Graph, edge: EdgeEntry, target: URIRef, labels: Iterable[NodeLabel]) -> None:
    end = "Source" if target == SH.targetSubjectsOf else "Target"
    shape, classes = URIRef(f"{term_of(edge.iri)}{end}Shape"), classes_of(labels)
    graph.add((shape, RDF.type, SH.NodeShape))
    graph.add((shape, target, term_of(edge.iri)))
    if len(classes) == 1:
        graph.add((shape, SH["class"], classes[0]))
        return
    choices = [blank((edge.iri, end, str(one))) for one in classes]
    for choice, one in zip(choices, classes, strict=True):
        graph.add((choice, SH["class"], one))
    graph.add((shape, SH["or"], listed_in(graph, choices, place=(edge.iri, end))))
