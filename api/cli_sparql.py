"""`kaozheng sparql`: one query over the store, its answer as a table or in a format of the W3C."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.table import Table

from api.terminal import WHO, StoreOption, err, located, out
from schemas.errors import InputError


class AnswerFormat(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    TURTLE = "turtle"
    N_TRIPLES = "n-triples"
    JSON_LD = "json-ld"


MEDIA_TYPES: Final = {
    AnswerFormat.TABLE: ("application/sparql-results+json", "text/turtle"),
    AnswerFormat.JSON: ("application/sparql-results+json", "application/ld+json"),
    AnswerFormat.CSV: ("text/csv",),
    AnswerFormat.TSV: ("text/tab-separated-values",),
    AnswerFormat.TURTLE: ("text/turtle",),
    AnswerFormat.N_TRIPLES: ("application/n-triples",),
    AnswerFormat.JSON_LD: ("application/ld+json",),
}
"""What is asked for: rows first, then a graph."""


def sparql(
    query: Annotated[str | None, typer.Argument(metavar="[QUERY]", help="The query; - reads standard input.")] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help="Read the query from a file.")] = None,
    store: StoreOption = None,
    output_format: Annotated[AnswerFormat, typer.Option("--format", help="What to write.")] = AnswerFormat.TABLE,
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, max=3600, help="Stop it after so long.")] = 10.0,
    rows: Annotated[int, typer.Option("--rows", min=1, max=1_000_000, help="Rows at the most.")] = 10_000,
) -> None:
    """Ask the graph with SPARQL; nothing can be changed by it."""
    from api.composition import Access, open_ledger
    from kg.sparql.endpoint import Endpoint
    from kg.sparql.limits import Limits

    text = query_text(query, file)
    with (
        open_ledger(located(store), who=WHO, access=Access.READ) as ledger,
        Endpoint(ledger.store, Limits(seconds=seconds, rows=rows)) as endpoint,
    ):
        answer = endpoint.ask(text, MEDIA_TYPES[output_format])
    if output_format is AnswerFormat.TABLE and answer.media_type.endswith("+json"):
        _print_table(json.loads(answer.body))
    else:
        sys.stdout.buffer.write(answer.body.rstrip(b"\r\n") + b"\n")
    if answer.is_cut:
        err().print(f"only the first {rows} rows: --rows takes more", style="dim")


def query_text(query: str | None, file: Path | None) -> str:
    """Return the query from wherever it is told.

    Raises:
        InputError: it is told twice or not at all, code "sparql.query"; the file can't be read, code "file.unreadable".

    Example:
        >>> query_text("ASK {}", None)
        'ASK {}'
    """
    if (query is None) == (file is None):
        raise InputError("sparql.query", 'give one query: kaozheng sparql "SELECT …", --file FILE, or - for the input')
    try:
        if file is not None:
            return file.read_text(encoding="utf-8")
        return sys.stdin.read() if query == "-" else str(query)
    except (OSError, UnicodeDecodeError) as error:
        place = file or "standard input"
        raise InputError(
            "sparql.query_unreadable", f"{place} can't be read as UTF-8 ({error}): give another"
        ) from error


def _print_table(results: dict[str, dict[str, list[str]]]) -> None:
    if "boolean" in results:
        out().print("yes" if results["boolean"] else "no")
        return
    names = results["head"]["vars"]
    table = Table(*names)
    for row in results["results"]["bindings"]:
        table.add_row(*(_cell(row, name) for name in names))
    out().print(table)


def _cell(row: object, name: str) -> str:
    term = row.get(name) if isinstance(row, dict) else None
    return term["value"].replace("[", r"\[") if isinstance(term, dict) else ""
