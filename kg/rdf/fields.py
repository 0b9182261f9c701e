"""The data of a node or edge as triples, field by field, so that nothing is lost."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import zip_longest
from typing import TypeAlias, TypeGuard, cast

from pydantic import JsonValue, ValidationError
from rdflib import RDF, XSD, BNode, Literal, URIRef
from rdflib.term import Node as Term

from kg.ontology import MODEL_OF
from kg.rdf.terms import NULL, OA, Triple, field_of
from schemas.graph import Node
from schemas.ids import content_id

Plain: TypeAlias = (
    "str | int | float | bool | Decimal | date | list[Plain] | tuple[Plain, ...] | dict[str, Plain] | None"
)
Place: TypeAlias = tuple[str | int, ...]


def typed_data(node: Node) -> dict[str, Plain]:
    """Return the data with dates as dates and decimals as decimals; as it is where it does not fit its model."""
    try:
        model = MODEL_OF[node.label].model_validate(node.data)
    except ValidationError:
        return as_plain(node.data)
    return cast("dict[str, Plain]", _without_defaults(model.model_dump(), model.model_dump(exclude_defaults=True)))


def as_plain(data: dict[str, JsonValue]) -> dict[str, Plain]:
    """Return data as JSON holds them, for what takes typed ones too."""
    return cast("dict[str, Plain]", data)


def _without_defaults(value: Plain, stated: Plain) -> Plain:
    """Leave out each None that the model would put there itself; an open end of a period is stated."""
    if isinstance(value, dict):
        told = stated if isinstance(stated, dict) else {}
        return {k: _without_defaults(v, told.get(k)) for k, v in value.items() if v is not None or k in told}
    if isinstance(value, list | tuple):
        items = stated if isinstance(stated, list | tuple) else ()
        return [_without_defaults(v, s) for v, s in zip_longest(value, items)]
    return value


def field_triples(subject: URIRef, data: Mapping[str, Plain], *, place: Place) -> list[Triple]:
    """Return a property `kd:NAME` for every field; nested data are blank nodes, lists are RDF lists.

    Args:
        subject: whose fields they are.
        data: the fields.
        place: names the blank nodes, so that the same data have the same ones.
    """
    triples: list[Triple] = []
    _add_fields(triples, subject, data, place=place)
    return triples


def blank(place: Place) -> BNode:
    """Return the blank node of a place."""
    return BNode(content_id("b", *place))


def literal(value: str | float | Decimal | date) -> Literal:
    """Return a value as a literal of its type."""
    return Literal(value.value if isinstance(value, Enum) else value)


def _add_fields(triples: list[Triple], subject: URIRef | BNode, data: Mapping[str, Plain], *, place: Place) -> None:
    for name, value in data.items():
        triples.append((subject, field_of(name), _object(triples, value, place=(*place, name))))


def _object(triples: list[Triple], value: Plain, *, place: Place) -> Term:
    """Return the term of a value, after adding what it consists of."""
    if value is None:
        return NULL
    if isinstance(value, dict):
        part = blank(place)
        _add_fields(triples, part, value, place=place)
        if _is_span(value):
            triples += position_triples(part, value["start"], value["end"])
        return part
    if isinstance(value, list | tuple):
        return _list(triples, value, place=place)
    return literal(value)


def _list(triples: list[Triple], values: Iterable[Plain], *, place: Place) -> Term:
    items = [_object(triples, value, place=(*place, i)) for i, value in enumerate(values)]
    cells: list[BNode] = [blank((*place, "cell", i)) for i in range(len(items))]
    following: list[Term] = [*cells[1:], RDF.nil]
    for cell, item, rest in zip(cells, items, following[: len(cells)], strict=True):
        triples.append((cell, RDF.first, item))
        triples.append((cell, RDF.rest, rest))
    return cells[0] if cells else RDF.nil


def _is_span(value: Mapping[str, Plain]) -> TypeGuard[Mapping[str, int]]:
    """Whether it is a place in a text: two whole numbers, the first not the larger."""
    start, end = value.get("start"), value.get("end")
    return len(value) == 2 and type(start) is int and type(end) is int and 0 <= start <= end


def position_triples(selector: BNode, start: int, end: int) -> list[Triple]:
    """Return what makes a blank node a selector by offsets, in code points, half open, as Web Annotation has them."""
    return [
        (selector, RDF.type, OA.TextPositionSelector),
        (selector, OA.start, Literal(start, datatype=XSD.nonNegativeInteger)),
        (selector, OA.end, Literal(end, datatype=XSD.nonNegativeInteger)),
    ]
