"""Text as RDF; nothing is fetched that a text names."""

import json
from collections.abc import Iterator
from enum import StrEnum

from pydantic import JsonValue
from rdflib import Dataset, Graph

from schemas.errors import InputError


class RdfFormat(StrEnum):
    """How RDF is written, by its name in rdflib."""

    TURTLE = "turtle"
    N_QUADS = "nquads"
    JSON_LD = "json-ld"


def parsed(text: str, rdf_format: RdfFormat) -> Graph:
    """Return what a text says, its named graphs run together.

    Raises:
        InputError: it is not of that format, code "rdf.malformed".

    Example:
        >>> len(parsed("<urn:a> <urn:b> <urn:c> <urn:graph> .", RdfFormat.N_QUADS))
        1
    """
    if rdf_format is RdfFormat.JSON_LD:
        _check_context(text)
    dataset, graph = Dataset(), Graph(bind_namespaces="none")
    try:
        dataset.parse(data=text, format=rdf_format.value)
    except Exception as error:  # the parsers of rdflib raise whatever a text makes them stumble over
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError("rdf.malformed", f"this is no {rdf_format.value}: {reason}: export it again") from error
    for subject, predicate, value, _ in dataset.quads():
        graph.add((subject, predicate, value))
    return graph


def _check_context(text: str) -> None:
    """Refuse JSON-LD whose context lies elsewhere: reading a text must fetch nothing."""
    try:
        contexts = list(_contexts(json.loads(text)))
    except (ValueError, RecursionError) as error:
        raise InputError("rdf.malformed", f"this is no JSON: {error}: export it again") from error
    if any(isinstance(context, str) for context in contexts):
        raise InputError("rdf.context_remote", "the context of this JSON-LD is an address: put the context itself in")


def _contexts(value: JsonValue) -> Iterator[JsonValue]:
    if isinstance(value, list):
        for item in value:
            yield from _contexts(item)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name in ("@context", "@import"):
                yield from inner if isinstance(inner, list) else [inner]
            yield from _contexts(inner)
