"""Annotated articles on disk: the gold beside the checkout, and articles of our own with marks in their text."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from extract.models.marking import parse_marked
from schemas.errors import InputError

OWN: Final = Path("fixtures") / "annotated"
"""Where the annotated articles of our own lie in the checkout."""
GOLD_TIMES: Final = 3
"""How often the gold is learned from: our own articles are more, and cut and attribute a little unlike it."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """An article with who claims what in it.

    Attributes:
        name: unique among the articles that are learned from.
        text: without marks.
        gold: in the format of the annotated articles; articles of our own hold claims and names, no other layers.
        digest: of the file that the text came from (SHA-256).
        times: how often it is learned from.
    """

    name: str
    text: str
    gold: dict[str, Any]
    digest: str
    times: int = 1


def read_gold(path: Path) -> Annotation:
    """Return the article at `NAME.txt` with the annotation beside it (`NAME.gold.json`)."""
    raw = path.read_bytes()
    gold = json.loads(path.with_name(f"{path.stem}.gold.json").read_text(encoding="utf-8"))
    return Annotation(path.stem, raw.decode("utf-8"), gold, hashlib.sha256(raw).hexdigest(), GOLD_TIMES)


def read_own(path: Path) -> Annotation:
    """Return an article of our own, its marks taken out of its text; see `parse_marked`.

    Raises:
        InputError: a mark or a line of the head is not as it should be, code "annotation.mark".
    """
    raw = path.read_bytes()
    text, gold = parse_marked(raw.decode("utf-8"), path.name)
    return Annotation(path.stem, text, gold, hashlib.sha256(raw).hexdigest())


def gold_in(folder: Path) -> list[Annotation]:
    """Return the training articles of the gold, in the order of their names.

    Raises:
        InputError: there are none, code "train.no_gold".
    """
    paths = sorted((folder / "train").glob("*.txt"))
    if not paths:
        raise InputError("train.no_gold", f"no articles in {folder / 'train'}: name the folder with the gold")
    return [read_gold(path) for path in paths]


def own_in(folder: Path) -> list[Annotation]:
    """Return the annotated articles of our own in a folder, in the order of their names.

    Raises:
        InputError: there are none, code "train.no_own", or one is not well marked, code "annotation.mark".
    """
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise InputError("train.no_own", f"no articles in {folder}: name the folder with our annotated articles")
    return [read_own(path) for path in paths]
