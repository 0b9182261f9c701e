"""`make eval`: extract the gold articles and print the figures of their own scorer, pooled and as JSON.

The gold stands beside the checkout (`../shared/gold`) and is not part of the project. Without it there
are no figures: then the articles of `fixtures` are read and what was found is counted. The shipped models were learned
from the training articles, so what is said of their claims was written down by `make validate`.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table

from api.articles import SUFFIXES, document_of_article, read_article
from api.composition import extract
from api.evaluation_genres import genre_of
from api.evaluation_report import (
    by_group,
    by_kind,
    confusions,
    confusions_table,
    curve_table,
    overrulings,
    rules_table,
    sample_table,
    splits_table,
)
from extract.gold import gold_of
from extract.models.learning_curve import recorded_curve
from extract.models.record import Validation, recorded_validation
from extract.models.teaching import scorer_in
from extract.regions import locale_of
from schemas.extraction import Extraction
from schemas.text import Publication

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "gold"
LAYERS = ("quantities", "times", "actors", "claims", "predictions")
Pair = tuple[dict[str, Any], dict[str, Any]]
Figures = dict[str, float]


def scorer_of(folder: Path) -> Callable[[Sequence[Pair]], Figures]:
    """Return the scorer that stands beside the gold.

    Raises:
        InputError: the folder holds no scorer, code "gold.no_scorer".
    """
    score: Callable[[Sequence[Pair]], Figures] = scorer_in(folder).score
    return score


def extraction_of(path: Path, publication: Publication) -> Extraction:
    """Return what an article on disk says."""
    return extract(document_of_article(read_article(path, publication)))


def pair_of(text_path: Path) -> tuple[Pair, Extraction]:
    """Return an article's gold beside what we make of it, in the gold format."""
    gold = json.loads(text_path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    extraction = extraction_of(text_path, Publication(published=gold["doc"]["published"]))
    return (gold, gold_of(extraction)), extraction


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures of each group of articles, and how often each refusal was made."""

    figures: dict[str, Figures]
    refusals: Counter[str]


def evaluate(folder: Path, console: Console) -> Evaluation:
    """Return what is measured on the articles of a folder.

    The claim model was learned from the training articles: what it says of them is worth nothing, so their
    figures for claims are those of cross-validation, as validation wrote them down.
    """
    score = scorer_of(folder)
    groups = {"seed": [folder / "seed.txt"], "train": sorted((folder / "train").glob("*.txt"))}
    pairs: dict[str, list[Pair]] = {name: [] for name in groups}
    refusals: Counter[str] = Counter()
    for name, paths in groups.items():
        for path in track(paths, f"reading {name}", console=console, transient=True):
            pair, extraction = pair_of(path)
            pairs[name].append(pair)
            refusals.update(skipped.reason for skipped in extraction.skipped)
    validation = recorded_validation()
    pooled = score([pair for group in pairs.values() for pair in group])
    figures = {
        "seed": score(pairs["seed"]),
        "train": {**_unlearned(score(pairs["train"]), validation), **validation.mean},
        "chain alone": validation.chain_alone,
        "pooled": _unlearned(pooled, validation),
        "spread over folds": validation.spread,
    }
    return Evaluation(figures, refusals)


def _unlearned(figures: Figures, validation: Validation) -> Figures:
    return {name: value for name, value in figures.items() if name not in validation.mean}


def figures_table(figures: dict[str, Figures]) -> Table:
    """Return the figures, a row each, a column for each group of articles; a dash where there is none."""
    table = Table("figure", *figures, box=box.SIMPLE_HEAD, header_style="bold")
    for name in figures["seed"]:
        table.add_row(name, *(f"{group[name]:.3f}" if name in group else "–" for group in figures.values()))
    table.caption = (
        "seed: never learned from. train: claim, speaker, char and prediction by cross-validation over articles, "
        "the rest as read. These articles were seen while rules were written: expect less on others."
    )
    return table


def refusals_table(refusals: Counter[str]) -> Table:
    """Return how often each refusal was made."""
    table = Table("refused because", "times", box=box.SIMPLE_HEAD, header_style="bold")
    for reason, count in refusals.most_common():
        table.add_row(reason, str(count))
    return table


def count_fixtures(console: Console) -> dict[str, dict[str, int]]:
    """Read the articles of `fixtures` and return how much of each layer was found in them."""
    folder = ROOT / "fixtures" / "articles"
    table = Table("article", *LAYERS, box=box.SIMPLE_HEAD, header_style="bold")
    counts: dict[str, dict[str, int]] = {}
    for path in sorted(p for p in folder.iterdir() if p.suffix in SUFFIXES):
        system = gold_of(extraction_of(path, Publication()))
        counts[path.stem] = {layer: len(system[layer]) for layer in LAYERS}
        table.add_row(path.stem, *(str(n) for n in counts[path.stem].values()))
    console.print(table)
    return counts


def print_report(folder: Path, console: Console) -> dict[str, Any]:
    """Print all that was measured on the articles of a folder, and return it as JSON."""
    evaluation, validation = evaluate(folder, console), recorded_validation()
    outcomes = validation.outcomes
    articles = {name: _genre_and_region(folder / "train" / f"{name}.txt") for name in outcomes}
    splits = {
        "kind": by_kind(outcomes),
        "genre": by_group(outcomes, lambda name: articles[name][0]),
        "region": by_group(outcomes, lambda name: articles[name][1]),
    }
    worst, measured = confusions(outcomes), recorded_curve()
    console.print(figures_table(evaluation.figures))
    console.print(f"claims of the training articles, by cross-validation of {' and '.join(validation.learners)}:")
    for title, groups in splits.items():
        console.print(splits_table(title, groups, span="span found" if title == "kind" else "span"))
    console.print(confusions_table(worst, sum(len(outcome.errors) for outcome in outcomes.values())))
    console.print(rules_table(overrulings(outcomes)))
    console.print(curve_table(measured), sample_table(measured))
    console.print(refusals_table(evaluation.refusals))
    return {
        "figures": evaluation.figures,
        "learners": validation.learners,
        "splits": {title: [asdict(split) for split in groups] for title, groups in splits.items()},
        "confusions": [asdict(one) for one in worst],
        "rules": {rule: made._asdict() for rule, made in overrulings(outcomes).items()},
        "learning_curve": measured.model_dump(mode="json"),
        "refusals": dict(evaluation.refusals),
    }


def _genre_and_region(path: Path) -> tuple[str, str]:
    text = path.read_bytes().decode("utf-8")
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    return genre_of(text, gold["claims"]), locale_of(text).value


def main() -> None:
    """Print the figures as tables, and as JSON where `--json` names a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder with seed.txt, train/ and score.py")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "eval.json", help="write the figures here too")
    arguments = parser.parse_args()
    console = Console()
    result: dict[str, Any]
    if (arguments.gold / "seed.txt").exists():
        result = print_report(arguments.gold, console)
    else:
        console.print(f"no gold at {arguments.gold}: no figures; this is what our own articles give", markup=False)
        result = {"figures": None, "counts": count_fixtures(console)}
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"as JSON: {arguments.json}\n")


if __name__ == "__main__":
    main()
