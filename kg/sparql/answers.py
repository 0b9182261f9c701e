"""Answers in the formats of the W3C: SPARQL results as JSON, CSV or TSV, graphs as Turtle, N-Triples or JSON-LD.

Sources: SPARQL 1.1 Query Results JSON Format, https://www.w3.org/TR/sparql11-results-json/; CSV and TSV Formats,
https://www.w3.org/TR/sparql11-results-csv-tsv/
"""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node as Term

from kg.rdf.formats import term_text, turtle_text
from schemas.errors import InputError

Row = Mapping[str, Term]


class Kind(StrEnum):
    """What a query asks for: rows of values, yes or no, or a graph."""

    ROWS = "rows"
    BOOLEAN = "boolean"
    GRAPH = "graph"


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a SELECT; `is_cut` where there were more."""

    variables: tuple[str, ...]
    rows: Sequence[Row]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """What an ASK came to."""

    is_so: bool


Content: TypeAlias = Table | Truth | Graph


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to whoever asked."""

    media_type: str
    body: bytes
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a kind of answer, under all media types that name it, its own first."""

    kind: Kind
    media_types: tuple[str, ...]
    write: Callable[..., str]


def json_rows(table: Table) -> str:
    """Return rows as SPARQL results in JSON."""
    bindings = [{name: _json_term(term) for name, term in row.items()} for row in table.rows]
    return _dumped({"head": {"vars": list(table.variables)}, "results": {"bindings": bindings}})


def json_boolean(truth: Truth) -> str:
    """Return yes or no as SPARQL results in JSON.

    Example:
        >>> json_boolean(Truth(is_so=True))
        '{"head": {}, "boolean": true}'
    """
    return _dumped({"head": {}, "boolean": truth.is_so})


def csv_rows(table: Table) -> str:
    r"""Return rows as SPARQL results in CSV: plain values, without their types.

    Example:
        >>> csv_rows(Table(("a", "b"), [{"a": Literal("", lang="en")}]))
        'a,b\r\n,\r\n'
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.variables)
    for row in table.rows:
        writer.writerow([_csv_value(row.get(name)) for name in table.variables])
    return text.getvalue()


def tsv_rows(table: Table) -> str:
    r"""Return rows as SPARQL results in TSV: terms as in N-Triples.

    Example:
        >>> tsv_rows(Table(("a", "b"), [{"a": Literal("x\ty", lang="en"), "b": URIRef("urn:z")}]))
        '?a\t?b\n"x\\ty"@en\t<urn:z>\n'
    """
    lines = ["\t".join(f"?{name}" for name in table.variables)]
    for row in table.rows:
        cells = [term_text(row[name]).replace("\t", "\\t") if name in row else "" for name in table.variables]
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


def n_triples_graph(graph: Graph) -> str:
    """Return a graph as N-Triples, sorted."""
    return "".join(sorted(f"{' '.join(map(term_text, triple))} .\n" for triple in graph))


def json_ld_graph(graph: Graph) -> str:
    """Return a graph as JSON-LD without a context."""
    return graph.serialize(format="json-ld", auto_compact=False, sort_keys=True) + "\n"


FORMS: Final = (
    Form(Kind.ROWS, ("application/sparql-results+json", "application/json"), json_rows),
    Form(Kind.ROWS, ("text/csv",), csv_rows),
    Form(Kind.ROWS, ("text/tab-separated-values",), tsv_rows),
    Form(Kind.BOOLEAN, ("application/sparql-results+json", "application/json"), json_boolean),
    Form(Kind.GRAPH, ("text/turtle",), turtle_text),
    Form(Kind.GRAPH, ("application/n-triples",), n_triples_graph),
    Form(Kind.GRAPH, ("application/ld+json",), json_ld_graph),
)
"""The first of a kind is the one for who has no wish."""


def form_for(kind: Kind, accepted: Sequence[str]) -> Form:
    """Return how to write an answer.

    Args:
        kind: what the query asks for.
        accepted: media types or ranges, the dearest first; none for the usual one.

    Raises:
        InputError: none of them can hold such an answer, code "sparql.not_acceptable".

    Example:
        >>> form_for(Kind.ROWS, ["text/turtle", "text/*"]).media_types[0]
        'text/csv'
    """
    forms = [form for form in FORMS if form.kind is kind]
    for wanted in accepted or ("*/*",):
        for form in forms:
            if any(_is_in(media_type, wanted) for media_type in form.media_types):
                return form
    offered = ", ".join(form.media_types[0] for form in forms)
    raise InputError("sparql.not_acceptable", f"such an answer can't be {', '.join(accepted)}: accept one of {offered}")


def answer_of(kind: Kind, content: Content, accepted: Sequence[str]) -> Answer:
    """Return what a query came to, in the first format that is accepted and can hold it."""
    form = form_for(kind, accepted)
    is_cut = isinstance(content, Table) and content.is_cut
    return Answer(form.media_types[0], form.write(content).encode(), is_cut=is_cut)


def _is_in(media_type: str, wanted: str) -> bool:
    return wanted in (media_type, "*/*", f"{media_type.partition('/')[0]}/*")


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, URIRef):
        return {"type": "uri", "value": str(term)}
    if isinstance(term, BNode):
        return {"type": "bnode", "value": str(term)}
    told = {"type": "literal", "value": str(term)}
    if isinstance(term, Literal) and term.language:
        return told | {"xml:lang": term.language}
    return told | {"datatype": str(term.datatype)} if isinstance(term, Literal) and term.datatype else told


def _csv_value(term: Term | None) -> str:
    if term is None:
        return ""
    return f"_:{term}" if isinstance(term, BNode) else str(term)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
