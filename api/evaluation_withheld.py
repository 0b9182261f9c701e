"""How well actors are found whom the base does not hold: the gold articles, read with most of the base withheld.

Figures over the whole base say little of new names, for the base was written with the same world in mind. Here three in
four persons and organisations are taken out of it, chosen by a hash of their ids, so that the articles' own actors
become strangers; governments, media and places stay. Run by `python -m api.evaluation_withheld`; where there is no gold
beside the checkout it says so.
"""

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table

from api.articles import document_of_article, read_article
from api.evaluation import GOLD, Figures, Pair, scorer_of
from extract.actors import tag_actors
from extract.actors.base import ActorBase, build_base, load_base
from extract.actors.records import ActorRecord
from extract.gold import gold_of
from extract.models.names.protocol import NameTagger, NoNameTagger
from extract.models.names.shipped import best_name_tagger
from extract.reader import best_tagger, reading_of
from schemas.actor import ActorType
from schemas.extraction import Extraction
from schemas.text import Publication

_OUT_OF: Final = 4
"""One in so many persons and organisations stays."""
_FIGURES: Final = ("actor.span", "actor.link")


@dataclass(frozen=True, slots=True)
class Way:
    """A base and a tagger of names to read with."""

    base: ActorBase
    names: NameTagger


def withheld_base(base: ActorBase) -> ActorBase:
    """Return the base without three in four of its persons and organisations; their former employees lose the role.

    Example:
        >>> whole = load_base()
        >>> 0.2 < len(withheld_base(whole).records) / len(whole.records) < 0.6
        True
    """
    kept = {record.actor_id for record in base.records.values() if _stays(record)}
    return build_base(
        replace(record, roles=tuple(role for role in record.roles if role.employer_id in kept))
        for record in base.records.values()
        if record.actor_id in kept
    )


def _stays(record: ActorRecord) -> bool:
    if record.actor_type not in {ActorType.PERSON, ActorType.ORGANISATION}:
        return True
    return hashlib.sha256(record.actor_id.encode()).digest()[0] % _OUT_OF == 0


def figures_by_way(paths: Sequence[Path], folder: Path) -> dict[str, Figures]:
    """Return the figures of actors over the articles: with rules alone and with the trained tagger, by base."""
    ways = dict(_ways())
    pairs: dict[str, list[Pair]] = {name: [] for name in ways}
    tagger = best_tagger()
    for path in paths:
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        document = document_of_article(read_article(path, Publication(published=gold["doc"]["published"])))
        reading = reading_of(document, tagger, None)
        for name, way in ways.items():
            layer = tag_actors(reading, base=way.base, names=way.names)
            read = Extraction(document=document, actor_tags=layer.tags, actors=layer.actors)
            pairs[name].append((gold, gold_of(read)))
    score = scorer_of(folder)
    return {name: score(group) for name, group in pairs.items()}


def _ways() -> Iterator[tuple[str, Way]]:
    for base_name, base in (("whole base", load_base()), ("most withheld", withheld_base(load_base()))):
        for names_name, names in (("rules", NoNameTagger()), ("and trained", best_name_tagger())):
            yield f"{base_name}, {names_name}", Way(base, names)


def main() -> None:
    """Print the figures over the seed and over odd and even articles of train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder with seed.txt, train/ and score.py")
    folder = parser.parse_args().gold
    console = Console()
    if not (folder / "seed.txt").exists():
        console.print(f"no gold at {folder}: no figures", markup=False, soft_wrap=True)
        return
    if best_name_tagger().is_fallback:
        console.print("no trained tagger of names: both ways to read are the same")
    train = sorted((folder / "train").glob("*.txt"))
    odd = [path for path in train if int(path.stem.lstrip("t")) % 2]
    groups = {"seed": [folder / "seed.txt"], "odd": odd, "even": [path for path in train if path not in odd]}
    columns = [f"{group} {figure.removeprefix('actor.')}" for group in groups for figure in _FIGURES]
    table = Table("actors", *columns, box=box.SIMPLE_HEAD, header_style="bold")
    found = {group: figures_by_way(paths, folder) for group, paths in groups.items()}
    for way in found["seed"]:
        table.add_row(way, *(f"{found[group][way][figure]:.3f}" for group in groups for figure in _FIGURES))
    console.print(table)


if __name__ == "__main__":
    main()
