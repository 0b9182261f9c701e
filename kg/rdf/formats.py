"""RDF as text."""

import json
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from pydantic import JsonValue

from kg.ontology import ontology
from kg.rdf.writing import graph_of
from schemas.graph import Edge, Node

Member: TypeAlias = dict[str, JsonValue]


def turtle(nodes: Iterable[Node], edges: Iterable[Edge]) -> str:
    """Return the graph as Turtle; the same graph gives the same text."""
    return graph_of(nodes, edges).serialize(format="turtle")


def json_ld(nodes: Iterable[Node], edges: Iterable[Edge]) -> str:
    """Return the graph as JSON-LD, what a node consists of nested in it; the same graph gives the same text."""
    context = dict(ontology().prefixes)
    raw = graph_of(nodes, edges).serialize(format="json-ld", context=context, sort_keys=True)
    document = json.loads(raw)
    members: list[Member] = document.get("@graph", [document] if "@id" in document else [])
    parts = {str(member["@id"]): member for member in members if _is_blank(member["@id"]) and len(member) > 1}
    wholes = [_nested(member, parts) for member in members if not _is_blank(member["@id"])]
    ordered = _ordered(wholes)
    return json.dumps({"@context": context, "@graph": ordered}, ensure_ascii=False, indent=2) + "\n"


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
