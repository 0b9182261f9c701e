"""What all commands share: where results and messages go, where the store is, how lists are written."""

import json
import logging
import os
import sys
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final

import typer
from rich.console import Console

from api.settings import StoreLocation, store_location
from schemas.errors import InputError

WHO: Final = "command line"
"""Who changes are recorded under, where nobody says it."""

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="PLACE",
        help="The store: a file, or neo4j://HOST; else KAOZHENG_STORE, else a file of yours.",
    ),
]

SERVER_NOTES: Final = "neo4j.notifications"
"""The logger of the official driver for what a server remarks on a query."""

AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="WHEN", help="As the store was: a day, a time, or a number of its log.")
]


class ListFormat(StrEnum):
    """How lists are written."""

    TABLE = "table"
    JSON = "json"


def out() -> Console:
    """Return the console for results."""
    return Console(soft_wrap=False)


def err() -> Console:
    """Return the console for progress, warnings and errors."""
    return Console(stderr=True, highlight=False)


class _ServerNotes(logging.Handler):
    """Writes what a Neo4j server remarks on a query, a line each, to standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one remark."""
        err().print(f"warning: {record.getMessage()}", style="yellow", soft_wrap=True, markup=False)


def show_server_notes() -> None:
    """Let warnings of a Neo4j server (a deprecated form, an index that is missing) appear on standard error.

    The driver logs them as `neo4j.notifications`; without a handler of ours nobody would see them.
    """
    notes = logging.getLogger(SERVER_NOTES)
    if not any(isinstance(handler, _ServerNotes) for handler in notes.handlers):
        notes.addHandler(_ServerNotes(level=logging.WARNING))


def located(store: str | None) -> StoreLocation:
    """Return where the store is, and say so."""
    location = store_location(store, os.environ)
    if "://" in location.place and not location.is_server:
        raise InputError("store.unsupported", f"{location} is no store: give a file or neo4j://HOST:PORT")
    err().print(f"store: {location}", style="dim", soft_wrap=True, markup=False)
    return location


def parse_date(text: str | None, option: str) -> date | None:
    """Return the day an option names.

    Raises:
        InputError: it is no day, code "option.date".

    Example:
        >>> parse_date("2025-03-20", "--published")
        datetime.date(2025, 3, 20)
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError("option.date", f"{option} {text} is no day: write it like 2025-03-20") from error


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """Write a value as JSON, Chinese as it is."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
