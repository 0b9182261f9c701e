"""Extractions written out: a table to read, JSON whole, or the gold format of the annotation guidelines."""

import io
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from api.rendering import claims_table, predictions_table
from api.views import views_of_extraction
from extract.gold import gold_of
from schemas.errors import InputError
from schemas.extraction import Extraction

SUFFIX_OF_FORMAT = {"gold": ".gold.json", "json": ".json", "table": ".txt"}


def gold_text(name: str, extraction: Extraction) -> str:
    """Return an extraction as one JSON object in the gold format, named after its file."""
    gold = gold_of(extraction)
    gold["doc"] = {**gold["doc"], "id": name}
    return json.dumps(gold, ensure_ascii=False, indent=1) + "\n"


def write_extraction(
    name: str, extraction: Extraction, output_format: str, *, folder: Path | None, console: Console
) -> None:
    """Write an extraction in a format, into `folder/NAME.…` or to the console.

    Raises:
        InputError: the folder can't be written, code "file.unwritable".
    """
    if output_format == "table" and folder is None:
        _print_tables(name, extraction, console)
        return
    text = gold_text(name, extraction) if output_format == "gold" else _text_of(name, extraction, output_format)
    if folder is None:
        sys.stdout.write(text)
    else:
        write_whole(folder / (name + SUFFIX_OF_FORMAT[output_format]), [text])


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write a file piece by piece, so that it is there whole or not at all.

    Raises:
        InputError: it can't be written, code "file.unwritable".
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        draft.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError("file.unwritable", f"{path} can't be written ({reason}): name another place") from error
    finally:
        draft.unlink(missing_ok=True)


def _text_of(name: str, extraction: Extraction, output_format: str) -> str:
    if output_format == "json":
        return extraction.model_dump_json(indent=1) + "\n"
    buffer = io.StringIO()
    _print_tables(name, extraction, Console(width=120, file=buffer))
    return buffer.getvalue()


def _print_tables(name: str, extraction: Extraction, console: Console) -> None:
    views = views_of_extraction(extraction)
    console.print(f"{name}: {len(views)} claims, {len(extraction.skipped)} places left out", markup=False)
    console.print(claims_table(views, width=console.width))
    if any(view.claim.prediction for view in views):
        console.print(predictions_table(views))
