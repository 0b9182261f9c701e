"""`make build`: write every generated file; `--check` says which of them differ and exits with 1."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from api.app import create_app
from api.articles import SUFFIXES, document_of_article, read_article
from api.composition import Access, extract, open_ledger
from api.extraction_output import gold_text
from api.reference import reference_text
from api.settings import StoreLocation
from api.vocabularies import vocabularies
from schemas import (
    actor,
    checkworthiness,
    claim,
    evidence,
    explanation,
    extraction,
    graph,
    period,
    prediction,
    quantity,
    text,
)
from schemas.text import Publication

ROOT = Path(__file__).parents[1]
MODULES = (
    text, quantity, period, actor, claim, prediction, explanation, checkworthiness, extraction, evidence, graph
)  # fmt: skip


def generated() -> Iterator[tuple[Path, str]]:
    """Yield every generated file with what it must hold."""
    yield from _json_schemas()
    yield from vocabularies(ROOT)
    openapi = _openapi()
    yield ROOT / "docs" / "openapi.json", _json(openapi)
    yield ROOT / "docs" / "reference.md", reference_text(openapi)
    yield from _golden_outputs()


def _json_schemas() -> Iterator[tuple[Path, str]]:
    for module in MODULES:
        models = {
            name: model.model_json_schema()
            for name, model in sorted(vars(module).items())
            if isinstance(model, type) and issubclass(model, BaseModel) and model.__module__ == module.__name__
        }
        yield ROOT / "docs" / "schemas" / f"{module.__name__.removeprefix('schemas.')}.json", _json(models)


def _openapi() -> dict[str, Any]:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(
            StoreLocation(str(Path(folder) / "empty.db"), "for the build"), who="build", access=Access.CREATE
        ) as ledger,
    ):
        return create_app(ledger).openapi()


def _golden_outputs() -> Iterator[tuple[Path, str]]:
    folder = ROOT / "fixtures" / "articles"
    for path in sorted(p for p in folder.iterdir() if p.suffix in SUFFIXES):
        document = document_of_article(read_article(path, Publication()))
        yield ROOT / "fixtures" / "golden" / f"{path.stem}.gold.json", gold_text(path.stem, extract(document))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> int:
    """Write the files, or check them; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 where a file differs")
    check = parser.parse_args().check
    stale = [
        (path, content)
        for path, content in generated()
        if not path.exists() or path.read_text(encoding="utf-8") != content
    ]
    for path, content in stale:
        sys.stdout.write(f"{'differs' if check else 'written'}: {path.relative_to(ROOT)}\n")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="")
    if check and stale:
        sys.stdout.write("run make build, look at what changed, and commit it\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
