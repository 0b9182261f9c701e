"""One query: read, refused or evaluated. It runs where it can be killed, and looks nowhere but into the graph."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from rdflib import Dataset, Graph
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result, ResultRow
from rdflib.term import Node as Term

from kg.ontology import ontology
from kg.sparql.answers import Answer, Content, Kind, Table, Truth, answer_of
from kg.sparql.limits import Limits
from schemas.errors import DomainError, InputError

KINDS: Final = {"SELECT": Kind.ROWS, "ASK": Kind.BOOLEAN, "CONSTRUCT": Kind.GRAPH, "DESCRIBE": Kind.GRAPH}
PREFIXES: Final[Mapping[str, str]] = dict(ontology().prefixes)
"""Known in every query without being declared."""


def prepared(text: str) -> Query:
    """Return a query ready to be evaluated; our prefixes need not be declared.

    Raises:
        InputError: it is no SPARQL query, code "sparql.malformed".
        DomainError: it would change something, code "sparql.update", or look elsewhere, codes "sparql.service" and
            "sparql.dataset".

    Example:
        >>> prepared("SELECT ?claim { ?claim a kz:Claim }").algebra.name
        'SelectQuery'
    """
    try:
        query = translateQuery(parseQuery(text), initNs=dict(PREFIXES))
    except RecursionError as error:
        raise InputError("sparql.malformed", "this query is nested too deeply: ask for less at once") from error
    except Exception as error:  # the parser raises many kinds, ParseException for most of what is wrong
        if _is_update(text):
            raise DomainError("sparql.update", "the graph is read-only here: ask with SELECT or CONSTRUCT") from error
        raise InputError("sparql.malformed", f"this is no SPARQL query: {_reason_of(error)}") from error
    if query.algebra.datasetClause:
        raise DomainError("sparql.dataset", "FROM is not taken: name a graph with GRAPH <urn:kaozheng:graph:…>")
    if any(part.name == "ServiceGraphPattern" for part in _parts_of(query.algebra)):
        raise DomainError("sparql.service", "SERVICE is not taken: ask the other endpoint itself")
    return query


def ask(dataset: Dataset, text: str, accepted: Sequence[str], limits: Limits) -> Answer:
    """Return the answer to a query.

    Args:
        dataset: what is asked.
        text: the query.
        accepted: media types for the answer, the dearest first; none for the usual one.
        limits: how many rows or triples it may have.

    Raises:
        InputError: as `prepared` says; no media type can hold the answer, code "sparql.not_acceptable".
        DomainError: as `prepared` says; a graph is too large, code "sparql.too_large".
    """
    result = dataset.query(prepared(text))
    kind = KINDS[result.type]
    return answer_of(kind, _content_of(kind, result, limits), accepted)


def _content_of(kind: Kind, result: Result, limits: Limits) -> Content:
    if kind is Kind.ROWS:
        rows = [_row(row) for row in islice(result, limits.rows + 1) if isinstance(row, ResultRow)]
        variables = tuple(str(variable) for variable in result.vars or ())
        return Table(variables, rows[: limits.rows], is_cut=len(rows) > limits.rows)
    if kind is Kind.BOOLEAN:
        return Truth(is_so=bool(result.askAnswer))
    graph = result.graph if result.graph is not None else Graph()
    if len(graph) > limits.rows:
        raise DomainError("sparql.too_large", f"that is a graph of more than {limits.rows} triples: add LIMIT, page on")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def _row(row: ResultRow) -> dict[str, Term]:
    return dict(row.asdict())


def _is_update(text: str) -> bool:
    try:
        return bool(parseUpdate(text).request)
    except Exception:  # noqa: BLE001 - it is already refused; this only finds out under which name
        return False


def _reason_of(error: Exception) -> str:
    """Return in a line where the parser stumbled, or what else it says."""
    line, column = getattr(error, "lineno", None), getattr(error, "column", None)
    if line is not None and column is not None:
        return f"line {line}, column {column} is not understood"
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__


def _parts_of(value: object) -> Iterator[CompValue]:
    """Yield every part of a query, wherever it is nested."""
    if isinstance(value, CompValue):
        yield value
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple | set):
        for inner in value:
            yield from _parts_of(inner)
