"""Articles on disk: which files there are, their bytes, and the publication data beside them."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from pydantic import ValidationError

from api.settings import MAXIMUM_BYTES
from extract.decode import decode
from schemas.errors import InputError
from schemas.text import Document, Publication

STANDARD_INPUT: Final = Path("-")
SUFFIXES: Final = frozenset({".txt", ".md", ".markdown", ".html", ".htm"})
METADATA_SUFFIX: Final = ".meta.json"


@dataclass(frozen=True, slots=True)
class Article:
    """The bytes of one article, where they came from, and what is known of its publication."""

    name: str
    place: str
    data: bytes
    publication: Publication


def place_of(path: Path) -> str:
    """Return a path that can be shown even where its bytes are no text."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def article_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that are articles: those named, and in folders those with a known suffix, sorted.

    Raises:
        InputError: a path is not there or may not be read, code "file.missing" or "file.unreadable";
            a folder holds no article, code "folder.no_article".
    """
    for path in paths:
        # os.path.isdir says no where even asking is forbidden; opening then tells why.
        if path != STANDARD_INPUT and os.path.isdir(path):  # noqa: PTH112
            yield from _files_below(path)
        else:
            yield path


def _files_below(folder: Path) -> list[Path]:
    def refuse(error: OSError) -> None:
        raise _unreadable(Path(error.filename or folder), error) from error

    found = [
        Path(base) / name
        for base, _, names in os.walk(folder, onerror=refuse)
        for name in names
        if Path(name).suffix.lower() in SUFFIXES
    ]
    if not found:
        raise InputError(
            "folder.no_article",
            f"{place_of(folder)} holds no article: expected files ending in {', '.join(sorted(SUFFIXES))}",
            path=place_of(folder),
        )
    return sorted(found)


def read_article(path: Path, given: Publication) -> Article:
    """Return an article's bytes with its publication data: what is given wins over `NAME.meta.json`.

    Raises:
        InputError: the file can't be read ("file.missing", "file.unreadable"), is larger than
            `MAXIMUM_BYTES` ("document.too_large"), or its metadata are malformed ("metadata.malformed").
    """
    if path == STANDARD_INPUT:
        return Article("stdin", "standard input", _within_limit(sys.stdin.buffer, "standard input"), given)
    try:
        with path.open("rb") as handle:
            data = _within_limit(handle, place_of(path))
    except OSError as error:
        raise _unreadable(path, error) from error
    return Article(path.stem, place_of(path), data, merged(given, _metadata_beside(path)))


def document_of_article(article: Article) -> Document:
    """Return the decoded document.

    Raises:
        InputError: as `extract.decode.decode` does, with the place of the file before its words.
    """
    try:
        return decode(article.data, name=article.name, publication=article.publication)
    except InputError as error:
        context = {**error.context, "path": article.place}
        raise InputError(error.code, f"{article.place}: {error.message}", **context) from error


def merged(first: Publication, second: Publication) -> Publication:
    """Return publication data in which the first wins wherever it says anything.

    Example:
        >>> merged(Publication(title="債務"), Publication(title="x", author="y")).author
        'y'
    """
    return Publication.model_validate({**second.model_dump(exclude_none=True), **first.model_dump(exclude_none=True)})


def _within_limit(handle: BinaryIO, place: str) -> bytes:
    data = handle.read(MAXIMUM_BYTES + 1)
    if len(data) > MAXIMUM_BYTES:
        raise InputError(
            "document.too_large",
            f"{place} is larger than {MAXIMUM_BYTES // 1024**2} MB: split it into articles",
            path=place,
        )
    return data


def _unreadable(path: Path, error: OSError) -> InputError:
    place = place_of(path)
    if isinstance(error, FileNotFoundError):
        return InputError("file.missing", f"{place} is not there: check the path", path=place)
    reason = error.strerror or str(error)
    return InputError("file.unreadable", f"{place} can't be read ({reason}): check its permissions", path=place)


def _metadata_beside(path: Path) -> Publication:
    beside = path.with_name(path.stem + METADATA_SUFFIX)
    try:
        return Publication.model_validate(json.loads(beside.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Publication()
    except OSError as error:
        raise _unreadable(beside, error) from error
    except (ValidationError, ValueError) as error:
        raise InputError(
            "metadata.malformed",
            f"{place_of(beside)} is no publication data ({_first_line(error)}): "
            f"expected a JSON object with {', '.join(Publication.model_fields)}",
            path=place_of(beside),
        ) from error


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc'])) or 'whole file'}: {first['msg']}"
    return str(error).splitlines()[0]


def stem_collisions(paths: Sequence[Path]) -> tuple[str, ...]:
    """Return the names that two or more files would share in one output folder."""
    stems = [path.stem for path in paths]
    return tuple(sorted({stem for stem in stems if stems.count(stem) > 1}))
