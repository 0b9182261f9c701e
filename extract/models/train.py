"""Train the claim model and say how well it does: `python -m extract.models.train GOLD_FOLDER`.

GOLD_FOLDER holds `score.py`, `train/*.txt` with their annotations, and `seed.txt`, which is never learned from.
Written beside this file: the weights (`claims.npz`) and what made them (`claims.json`: articles with their hashes,
seeds, figures by cross-validation and on the seed).
"""

import argparse
import hashlib
import importlib.util
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from extract.gold import gold_of
from extract.models.attributor import ModelAttributor
from extract.models.examples import Article, Judge, choices_of, examples_of, read_article
from extract.models.learning import CHOICE_SCHEDULE, ChoiceExample, Example, Schedule, learn
from extract.models.practice import learn_voices
from extract.models.segmenter import ModelSegmenter
from extract.models.store import FILE, Model, write_model
from extract.propositions import claims_of
from extract.reader import best_tagger
from schemas.errors import InputError
from schemas.extraction import Extraction

FOLDS = 5
FOLD_SEED = 5
Figures = dict[str, float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, evaluate and write; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m extract.models.train", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder with score.py, train/ and seed.txt")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="where to write the model")
    options = parser.parse_args(arguments)
    paths = sorted((options.gold / "train").glob("*.txt"))
    if not paths:
        raise InputError("train.no_gold", f"no articles in {options.gold / 'train'}: name the folder with the gold")
    tagger, scorer = best_tagger(), scorer_at(options.gold / "score.py")
    articles = [read_article(path, tagger) for path in paths]
    seed = read_article(options.gold / "seed.txt", tagger)
    shown = {a.name: Shown(a, tuple(examples_of(a)), tuple(choices_of(a, _same(a, scorer)))) for a in articles}
    by_fold = _cross_validated(articles, shown, scorer)
    model = _learned(list(shown.values()), scorer)
    write_model(model, options.out / FILE)
    record = {
        "articles": {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths},
        "schedule": asdict(Schedule()),
        "choice_schedule": asdict(CHOICE_SCHEDULE),
        "folds": FOLDS,
        "fold_seed": FOLD_SEED,
        "cross_validation": {"mean": _mean(by_fold), "spread": _spread(by_fold)},
        "seed_article": _figures([seed], model, scorer),
        "weights": hashlib.sha256((options.out / FILE).read_bytes()).hexdigest(),
    }
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    (options.out / "claims.json").write_text(text, encoding="utf-8")
    sys.stdout.write(
        json.dumps({"cross_validation": record["cross_validation"], "seed": record["seed_article"]}) + "\n"
    )
    return 0


@dataclass(frozen=True, slots=True)
class Shown:
    """What one article teaches: how its sentences are parted, and who speaks."""

    article: Article
    partings: tuple[Example, ...]
    choices: tuple[ChoiceExample, ...]


def _learned(shown: Sequence[Shown], scorer: ModuleType) -> Model:
    partings = [example for one in shown for example in one.partings]
    choices = {one.article.name: one.choices for one in shown}
    voices = learn_voices([one.article for one in shown], choices, lambda article: _same(article, scorer))
    return Model(learn(partings), voices)


def _same(article: Article, scorer: ModuleType) -> Judge:
    """Return whether gold speakers and ours are the same actors, as the scorer judges it by their names."""
    actors = article.layers.actors
    ours = gold_of(Extraction(document=article.reading.document, actor_tags=actors.tags, actors=actors.actors))
    names = scorer.Names(article.gold, ours)
    return lambda gold, system: bool(names.same_set(gold, list(system)))


def _cross_validated(articles: Sequence[Article], shown: dict[str, Shown], scorer: ModuleType) -> list[Figures]:
    """Return the figures of each fold; articles are never parted."""
    order = np.random.default_rng(FOLD_SEED).permutation(len(articles))
    found = []
    for fold in range(FOLDS):
        held = {articles[i].name for i in order[fold::FOLDS]}
        known = [shown[article.name] for article in articles if article.name not in held]
        found.append(_figures([a for a in articles if a.name in held], _learned(known, scorer), scorer))
    return found


def _figures(articles: Sequence[Article], model: Model, scorer: ModuleType) -> Figures:
    pairs = [(article.gold, _system(article, model)) for article in articles]
    figures: Figures = scorer.score(pairs)
    return {name: round(value, 4) for name, value in figures.items() if name.split(".")[0] in _CLAIM_FIGURES}


_CLAIM_FIGURES = ("claim", "speaker", "char", "prediction")


def _system(article: Article, model: Model) -> dict[str, Any]:
    claims, _ = claims_of(
        article.reading,
        article.layers,
        frames=article.frames,
        segmenter=ModelSegmenter(model.weights),
        attributor=ModelAttributor(model.voices),
    )
    actors = article.layers.actors
    return gold_of(
        Extraction(document=article.reading.document, claims=claims, actor_tags=actors.tags, actors=actors.actors)
    )


def _mean(figures: Sequence[Figures]) -> Figures:
    return {name: round(float(np.mean([one[name] for one in figures])), 4) for name in figures[0]}


def _spread(figures: Sequence[Figures]) -> Figures:
    """Return the standard deviation over folds."""
    return {name: round(float(np.std([one[name] for one in figures], ddof=1)), 4) for name in figures[0]}


def scorer_at(path: Path) -> ModuleType:
    """Return the module that scores annotations.

    Raises:
        InputError: it is absent, code "train.no_scorer".
    """
    spec = importlib.util.spec_from_file_location("gold_score", path)
    if spec is None or spec.loader is None or not path.exists():
        raise InputError("train.no_scorer", f"{path} is absent: name the folder with the gold and its scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main())
