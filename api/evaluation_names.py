"""`make eval`, second part: how well names are found on Universal NER's dev split, by type and by whom.

The treebank stands beside the checkout (`../shared/data/ner`) and is not part of the project. Without it there are no
figures, and that is said.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table

from extract.actors import tag_actors
from extract.models.names.figures import Figure, figures_of
from extract.models.names.protocol import Known, NameTagger, NoNameTagger
from extract.models.names.rivals import joined, names_by_rules, names_by_tagger
from extract.models.names.shipped import best_name_tagger
from extract.models.names.treebank import NamedSentence, NamedSpan, read_treebank
from extract.reader import best_tagger, reading_of
from extract.reading import Reading
from schemas.text import Document, Span

ROOT: Final = Path(__file__).parents[1]
TREEBANK: Final = ROOT.parent / "shared" / "data" / "ner" / "zh_gsd-ud-dev.iob2"
Finder = Callable[[Reading], frozenset[NamedSpan]]
Figures = dict[str, dict[str, Figure]]


def finders_of(names: NameTagger) -> dict[str, Finder]:
    """Return who finds names, by what they are called in the table: alone and together.

    Args:
        names: the trained tagger; left out where it is a fallback.
    """

    def by_rules(reading: Reading) -> frozenset[NamedSpan]:
        return names_by_rules(tag_actors(reading, names=NoNameTagger()))

    def by_rules_and_lac(reading: Reading) -> frozenset[NamedSpan]:
        return joined(by_rules(reading), names_by_tagger(reading))

    def trained(reading: Reading) -> frozenset[NamedSpan]:
        layer = tag_actors(reading, names=NoNameTagger())
        known = [Known(tag.span.start, tag.span.end, tag.actor_type) for tag in layer.tags]
        whole = Span(start=0, end=len(reading.shadow))
        return frozenset(names.names(reading, known, [whole]))

    def together(reading: Reading) -> frozenset[NamedSpan]:
        return joined(trained(reading), by_rules(reading))

    finders: dict[str, Finder] = {"LAC": names_by_tagger, "rules": by_rules, "rules and LAC": by_rules_and_lac}
    return finders if names.is_fallback else {**finders, "trained": trained, "trained and rules": together}


def evaluate_names(sentences: tuple[NamedSentence, ...], finders: Mapping[str, Finder], console: Console) -> Figures:
    """Return the figures of each finder over the sentences, by type and over all."""
    tagger = best_tagger()
    found: dict[str, list[tuple[frozenset[NamedSpan], frozenset[NamedSpan]]]] = {name: [] for name in finders}
    for sentence in track(sentences, "reading treebank", console=console, transient=True):
        reading = reading_of(Document(document_id="treebank", text=sentence.text), tagger, None)
        for name, finder in finders.items():
            found[name].append((sentence.names, finder(reading)))
    return {name: figures_of(pairs) for name, pairs in found.items()}


def names_table(figures: Figures) -> Table:
    """Return F1 by finder and type, then precision and recall over all."""
    types = list(next(iter(figures.values())))
    table = Table("names", *types, "precision", "recall", box=box.SIMPLE_HEAD, header_style="bold")
    for name, by_type in figures.items():
        whole = by_type[types[-1]]
        shares = [*(by_type[t].f1 for t in types), whole.precision, whole.recall]
        table.add_row(name, *(f"{share:.3f}" for share in shares))
    return table


def main() -> None:
    """Print the figures as a table, and as JSON where `--json` names a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebank", type=Path, default=TREEBANK, help="an IOB2 file with PER, ORG and LOC")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "eval-names.json", help="write the figures here")
    arguments = parser.parse_args()
    console = Console()
    if not arguments.treebank.exists():
        console.print(f"no treebank at {arguments.treebank}: no figures of names", markup=False, soft_wrap=True)
        return
    names = best_name_tagger()
    if names.is_fallback:
        console.print("no trained tagger of names: its figures are left out")
    figures = evaluate_names(read_treebank(arguments.treebank), finders_of(names), console)
    console.print(names_table(figures))
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps(_plain(figures), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"as JSON: {arguments.json}\n")


def _plain(figures: Figures) -> dict[str, Any]:
    return {
        name: {
            t: {"precision": round(f.precision, 4), "recall": round(f.recall, 4), "f1": round(f.f1, 4)}
            for t, f in by_type.items()
        }
        for name, by_type in figures.items()
    }


if __name__ == "__main__":
    main()
