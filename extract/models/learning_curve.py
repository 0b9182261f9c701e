"""Measure the learning curve of the chain: `python -m extract.models.learning_curve GOLD_FOLDER`.

In each fold the chain is learned from 15, 30, 60 and 96 of the articles that are not held out, each set holding the
smaller ones; five folds leave no more than 96. The sample article, never learned from, is read by chains of 15, 30,
60 and 120. The network would be tuned anew for each point, which takes hours: the curve is that of the chain alone.
Written: `learning_curve.json`.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from types import ModuleType
from typing import Final

import numpy as np

from extract.gold import gold_of
from extract.models.annotation import gold_in, read_gold
from extract.models.examples import Article, examples_of, read_article
from extract.models.folds import FOLD_SEED, FOLDS, held_out
from extract.models.learning import Example, learn
from extract.models.segmenter import ModelSegmenter
from extract.models.semicrf import Weights
from extract.models.teaching import scorer_in
from extract.propositions import claims_of
from extract.reader import best_tagger
from schemas.base import Model
from schemas.extraction import Extraction

RECORD: Final = "learning_curve.json"
SIZES: Final = (15, 30, 60, 96)
SAMPLE_SIZES: Final = (15, 30, 60, 120)
FIGURES: Final = ("claim.span", "claim.kind", "char.kind", "prediction.f1")


class Measured(Model):
    """Figures by the number of articles learned from.

    Attributes:
        sizes: numbers of articles.
        by_fold: for each figure, for each fold, its value at each size.
        sample_sizes: numbers of articles for the sample article.
        sample: for each figure its value on the sample article at each of these.
    """

    sizes: tuple[int, ...]
    by_fold: dict[str, tuple[tuple[float, ...], ...]]
    sample_sizes: tuple[int, ...]
    sample: dict[str, tuple[float, ...]]


def recorded_curve() -> Measured:
    """Return what was measured last.

    Example:
        >>> recorded_curve().sizes
        (15, 30, 60, 96)
    """
    return Measured.model_validate_json((resources.files("extract.models") / RECORD).read_text("utf-8"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m extract.models.learning_curve", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder with score.py, train/ and seed.txt")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="where to write the figures")
    options = parser.parse_args(arguments)
    scorer, tagger = scorer_in(options.gold), best_tagger()
    articles = [read_article(annotation, tagger) for annotation in gold_in(options.gold)]
    shown = {article.name: tuple(examples_of(article)) for article in articles}
    folds = [_fold(articles, shown, fold, scorer) for fold in range(FOLDS)]
    seed = read_article(read_gold(options.gold / "seed.txt"), tagger)
    sample = [_scored([seed], _of(shown, _order(list(shown))[:size]), scorer) for size in SAMPLE_SIZES]
    measured = Measured(
        sizes=SIZES,
        by_fold={name: tuple(tuple(point[name] for point in fold) for fold in folds) for name in FIGURES},
        sample_sizes=SAMPLE_SIZES,
        sample={name: tuple(point[name] for point in sample) for name in FIGURES},
    )
    (options.out / RECORD).write_text(measured.model_dump_json(indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(measured.model_dump_json() + "\n")
    return 0


def _fold(
    articles: Sequence[Article], shown: dict[str, tuple[Example, ...]], fold: int, scorer: ModuleType
) -> list[dict[str, float]]:
    held = held_out([article.name for article in articles], fold)
    known = _order([name for name in shown if name not in held])
    kept = [article for article in articles if article.name in held]
    return [_scored(kept, _of(shown, known[:size]), scorer) for size in SIZES]


def _order(names: Sequence[str]) -> list[str]:
    """Return names in one random order, so that the first ones are a fair choice."""
    return [names[i] for i in np.random.default_rng(FOLD_SEED).permutation(len(names))]


def _of(shown: dict[str, tuple[Example, ...]], names: Sequence[str]) -> Weights:
    return learn([example for name in names for example in shown[name]])


def _scored(articles: Sequence[Article], weights: Weights, scorer: ModuleType) -> dict[str, float]:
    figures = scorer.score([(article.gold, _system(article, weights)) for article in articles])
    return {name: round(figures[name], 4) for name in FIGURES}


def _system(article: Article, weights: Weights) -> dict[str, object]:
    claims, _ = claims_of(article.reading, article.layers, frames=article.frames, segmenter=ModelSegmenter(weights))
    return gold_of(Extraction(document=article.reading.document, claims=claims))


if __name__ == "__main__":
    sys.exit(main())
