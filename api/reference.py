"""The reference page, written from the code itself so that it can't grow stale: commands, routes, graph, codes."""

import ast
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import typer.main

from api.cli import app as command_line
from api.errors import exit_code_of, status_of
from api.settings import LOGIN_VARIABLES, PUBLISHER_VARIABLE, SITE_VARIABLE, STORE_VARIABLE
from kg.ontology import ontology
from schemas import errors
from schemas.errors import KaozhengError
from schemas.evidence import Reason
from schemas.extraction import Refusal

ROOT: Final = Path(__file__).parents[1]
PACKAGES: Final = ("schemas", "extract", "kg", "api")
SETTINGS: Final = {
    STORE_VARIABLE: "the store, a file or `neo4j://HOST:PORT`, where no `--store` names one",
    LOGIN_VARIABLES[0]: "user of a Neo4j server, where its address names none; else `neo4j`",
    LOGIN_VARIABLES[1]: "its password",
    SITE_VARIABLE: "the public address of the service, in ClaimReview; else the address it was asked under",
    PUBLISHER_VARIABLE: "who publishes the fact checks, in ClaimReview; else nobody is named",
}
CLASSES: Final = {
    name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, KaozhengError)
}
Row = tuple[str, ...]


def reference_text(openapi: dict[str, object]) -> str:
    """Return the page as Markdown.

    Args:
        openapi: the OpenAPI document of the service.
    """
    parts = [
        "# Reference\n\nWritten by `make build` from the code; don't edit it by hand.\n",
        _table("Commands", ("command", "what it does"), _commands()),
        _table("Settings", ("environment variable", "meaning"), sorted(SETTINGS.items())),
        _table("Routes", ("route", "what it does"), _routes(openapi)),
        _table("Nodes of the graph", ("label", "中文", "properties"), _nodes()),
        _table("Edges of the graph", ("type", "中文"), _edges()),
        _table("Error codes", ("code", "HTTP", "exit", "raised in"), _codes()),
        _table("Why a place in a text was left out", ("reason",), ((f"`{r.value}`",) for r in Refusal)),
        _table("Why a prediction came out as it did", ("reason",), ((f"`{r.value}`",) for r in Reason)),
    ]
    return "\n".join(parts)


def error_codes() -> dict[str, tuple[type[KaozhengError], set[str]]]:
    """Return every error code in the code, with its class and the modules that raise it."""
    found: dict[str, tuple[type[KaozhengError], set[str]]] = {}
    for path in sorted(p for package in PACKAGES for p in (ROOT / package).rglob("*.py")):
        for code, kind in _raised(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(code, (kind, set()))[1].add(_module_of(path))
    return found


def _raised(tree: ast.AST) -> Iterator[tuple[str, type[KaozhengError]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            kind, first = CLASSES.get(node.func.id), node.args[0]
            if kind is not None and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, kind


def _module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _commands() -> Iterator[Row]:
    group = typer.main.get_group(command_line)
    for name, command in sorted(group.commands.items()):
        for below, inner in sorted(getattr(command, "commands", {}).items()):
            yield f"`kaozheng {name} {below}`", _first_sentence(inner.help)
        if not hasattr(command, "commands"):
            yield f"`kaozheng {name}`", _first_sentence(command.help)


def _routes(openapi: dict[str, object]) -> Iterator[Row]:
    paths = openapi["paths"]
    if isinstance(paths, dict):
        for path, methods in sorted(paths.items()):
            for method, operation in sorted(methods.items()):
                yield f"`{method.upper()} {path}`", operation["summary"]


def _nodes() -> Iterator[Row]:
    for label, entry in ontology().nodes.items():
        yield f"`{label.value}`", entry.gloss, ", ".join(f"`{name}`" for name in entry.properties)


def _edges() -> Iterator[Row]:
    for edge_type, entry in ontology().edges.items():
        yield f"`{edge_type.value}`", entry.gloss


def _codes() -> Iterator[Row]:
    for code, (kind, modules) in sorted(error_codes().items()):
        error = kind(code, "")
        yield f"`{code}`", str(status_of(error)), str(exit_code_of(error)), ", ".join(sorted(modules))


def _first_sentence(text: str | None) -> str:
    return textwrap.dedent(text or "").strip().split("\n\n")[0]


def _table(title: str, header: Row, rows: Iterator[Row] | list[Row]) -> str:
    lines = [f"## {title}\n", _line(header), _line(tuple("---" for _ in header)), *map(_line, rows)]
    return "\n".join(lines) + "\n"


def _line(cells: Row) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"
