"""RDF as text."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, TypeAlias

from pydantic import JsonValue
from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.plugins.serializers.turtle import TurtleSerializer
from rdflib.term import Node as Term

from kg.ontology import ontology
from kg.rdf.provenance import Provenance
from kg.rdf.surroundings import Surroundings
from kg.rdf.terms import graph_name_of
from kg.rdf.writing import NOBODY_KNOWS, Part, graph_of, parts_of
from schemas.errors import InputError
from schemas.graph import Edge, Node

Member: TypeAlias = dict[str, JsonValue]

ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
"""What can't stand in a literal of N-Quads as it is."""

IRI_ESCAPES: Final = {ord(c): f"\\u{ord(c):04X}" for c in (*map(chr, range(0x21)), *'<>"{}|^`\\')}
"""What can't stand in an IRI of N-Quads; a query may make such a one."""


def turtle(nodes: Iterable[Node], edges: Iterable[Edge], provenances: Mapping[str, Provenance] = NOBODY_KNOWS) -> str:
    """Return the graph as Turtle; the same graph gives the same text.

    Raises:
        InputError: a text holds half a character, code "rdf.text_malformed"; the same for the other formats.
    """
    with _encodable():
        return turtle_text(graph_of(nodes, edges, provenances))


class _ExactTurtle(TurtleSerializer):
    """Turtle whose numbers stay as they are: rdflib writes six digits of a double, and 4 as 4.0."""

    def label(self, node: Term, position: int) -> str:
        """Return a term as it is written."""
        if isinstance(node, Literal) and _would_change(node):
            return f'"{node}"^^<{node.datatype}>'
        return str(super().label(node, position))


def _would_change(number: Literal) -> bool:
    return number.datatype == XSD.double or (number.datatype == XSD.decimal and "." not in number)


def turtle_text(graph: Graph) -> str:
    """Return a graph as Turtle.

    Raises:
        UnicodeEncodeError: a text holds half a character; rdflib would write a question mark.
    """
    _check_encodable(graph)
    stream = io.BytesIO()
    _ExactTurtle(graph).serialize(stream, encoding="utf-8")
    return stream.getvalue().decode()


def json_ld(nodes: Iterable[Node], edges: Iterable[Edge], provenances: Mapping[str, Provenance] = NOBODY_KNOWS) -> str:
    """Return the graph as JSON-LD, what a node consists of nested in it; the same graph gives the same text."""
    context = dict(ontology().prefixes)
    with _encodable():
        graph = graph_of(nodes, edges, provenances)
        _check_encodable(graph)
        raw = graph.serialize(format="json-ld", context=context, sort_keys=True)
    document = json.loads(raw)
    members: list[Member] = document.get("@graph", [document] if "@id" in document else [])
    parts = {str(member["@id"]): member for member in members if _is_blank(member["@id"]) and len(member) > 1}
    wholes = [_nested(member, parts) for member in members if not _is_blank(member["@id"])]
    ordered = _ordered(wholes)
    return json.dumps({"@context": context, "@graph": ordered}, ensure_ascii=False, indent=2) + "\n"


def n_quads(nodes: Iterable[Node], edges: Iterable[Edge], surroundings: Surroundings) -> Iterator[str]:
    """Yield the graph as lines of N-Quads, what was read from a document in a graph named after it.

    Nothing is gathered: a store of any size can be written so.

    Args:
        nodes: what there is, each once.
        edges: what joins it, after the nodes.
        surroundings: finds other nodes by their ids; `kg.rdf.surroundings.Surroundings.among` makes them of a few.
    """
    for elements in (nodes, edges):
        with _encodable():
            for part in parts_of(elements, surroundings):
                lines = sorted(set(_quads(part)))
                "".join(lines).encode()
                yield from lines


def _check_encodable(graph: Graph) -> None:
    for value in graph.objects():
        str(value).encode()


def term_text(term: Term) -> str:
    r"""Return a term as N-Triples and N-Quads have it.

    Example:
        >>> term_text(Literal('a "b"', lang="en")), term_text(Literal(4))
        ('"a \\"b\\""@en', '"4"^^<http://www.w3.org/2001/XMLSchema#integer>')
    """
    if isinstance(term, URIRef):
        return f"<{term.translate(IRI_ESCAPES)}>"
    if isinstance(term, BNode):
        return f"_:{term}"
    quoted = f'"{str(term).translate(ESCAPES)}"'
    if not isinstance(term, Literal) or term.datatype == XSD.string:
        return quoted
    if term.language:
        return f"{quoted}@{term.language}"
    return f"{quoted}^^<{term.datatype}>" if term.datatype else quoted


@contextmanager
def _encodable() -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        half = f"U+{ord(error.object[error.start]):04X}"
        raise InputError(
            "rdf.text_malformed",
            f"half a character ({half}, a lone surrogate) can't be written as RDF: correct the text, then export again",
        ) from error


def _quads(part: Part) -> Iterator[str]:
    graph = f" {term_text(graph_name_of(part.home))}" if part.home is not None else ""
    for subject, predicate, value in part.triples:
        yield f"{term_text(subject)} {term_text(predicate)} {term_text(value)}{graph} .\n"


def _nested(value: JsonValue, parts: Mapping[str, Member]) -> JsonValue:
    """Put blank nodes, each of which is named once, where they are named; sort what has no order of its own."""
    if isinstance(value, list):
        return [_nested(item, parts) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"@id"} and value["@id"] in parts:
        return _nested(parts[str(value["@id"])], parts)
    return {
        name: _ordered(_nested(item, parts)) if name != "@list" else _nested(item, parts)
        for name, item in value.items()
        if name != "@id" or item not in parts
    }


def _is_blank(name: JsonValue) -> bool:
    return str(name).startswith("_:")


def _ordered(value: JsonValue) -> JsonValue:
    return sorted(value, key=lambda item: json.dumps(item, sort_keys=True)) if isinstance(value, list) else value
