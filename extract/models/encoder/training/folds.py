"""Cross-validate both learners by article: `python -m extract.models.encoder.training.folds GOLD_FOLDER --folds 0 1`.

Prints, for each fold that is asked for, the figures of the chain alone and of both together on the articles held out;
folds are those of `extract.models.train`. One fold takes some minutes on a core.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from extract.gold import gold_of
from extract.models.encoder.encoder import Encoder
from extract.models.encoder.training.base import base_path, read_base
from extract.models.encoder.training.learning import Schedule, torch
from extract.models.encoder.training.train import School, TorchNetwork
from extract.models.examples import Article, examples_of, read_article
from extract.models.learning import learn
from extract.models.segmenter import ModelSegmenter
from extract.models.train import FOLD_SEED, FOLDS, scorer_at
from extract.propositions import claims_of
from extract.reader import best_tagger
from schemas.extraction import Extraction

_SHOWN = ("claim.span", "claim.kind", "char.kind", "prediction.f1")


def main(arguments: Sequence[str] | None = None) -> int:
    """Cross-validate and print one line of JSON for each fold; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m extract.models.encoder.training.folds", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder with score.py and train/")
    parser.add_argument("--folds", type=int, nargs="+", default=list(range(FOLDS)), help="which folds, from 0")
    options = parser.parse_args(arguments)
    torch().set_num_threads(1)
    tagger, scorer = best_tagger(), scorer_at(options.gold / "score.py")
    articles = [read_article(path, tagger) for path in sorted((options.gold / "train").glob("*.txt"))]
    school = School.of(read_base(base_path()), Schedule())
    order = np.random.default_rng(FOLD_SEED).permutation(len(articles))
    for fold in options.folds:
        held = set(order[fold::FOLDS].tolist())
        known = [article for i, article in enumerate(articles) if i not in held]
        weights = learn([example for article in known for example in examples_of(article)])
        network = TorchNetwork(school, school.taught([school.lesson(article) for article in known]))
        kept = [article for i, article in enumerate(articles) if i in held]
        found = {
            "fold": fold,
            "chain": _figures(kept, ModelSegmenter(weights), scorer),
            "both": _figures(kept, ModelSegmenter(weights, Encoder(network, school.pieces)), scorer),
        }
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
    return 0


def _figures(articles: Sequence[Article], segmenter: ModelSegmenter, scorer: ModuleType) -> dict[str, float]:
    figures = scorer.score([(article.gold, _system(article, segmenter)) for article in articles])
    return {name: round(figures[name], 4) for name in _SHOWN}


def _system(article: Article, segmenter: ModelSegmenter) -> dict[str, Any]:
    claims, _ = claims_of(article.reading, article.layers, frames=article.frames, segmenter=segmenter)
    return gold_of(Extraction(document=article.reading.document, claims=claims))


if __name__ == "__main__":
    sys.exit(main())
