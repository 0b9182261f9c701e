"""Judge the shipped system by cross-validation: `python -m extract.models.validate GOLD_FOLDER`.

Each article is read by models that were learned without its fold: the chain and the choice of speakers are learned
here, what the network tuned without the fold says is read from `build/folds.npz` (`make folds`). Without that file the
chain is judged alone, and the record says so. Written: `validation.json`, figures by fold, tallies by article and the
places of all errors, with hashes of the weights that they tell of.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Self

import numpy as np

from extract.gold import gold_of
from extract.models.annotation import OWN, gold_in, own_in
from extract.models.attributor import ModelAttributor
from extract.models.encoder.encoder import Encoder
from extract.models.encoder.pieces import shipped_pieces
from extract.models.encoder.stored import FILE as STORED
from extract.models.encoder.stored import read_stored
from extract.models.examples import Article, read_article
from extract.models.folds import FOLDS, held_out
from extract.models.outcomes import outcome_of
from extract.models.record import RECORD, Validation, hashes
from extract.models.segmenter import ModelSegmenter
from extract.models.store import Model
from extract.models.teaching import Shown, learned, scorer_in
from extract.propositions import claims_of
from extract.reader import best_tagger
from schemas.extraction import Extraction

Figures = dict[str, float]
_CLAIM_FIGURES = ("claim", "speaker", "char", "prediction")


@dataclass(frozen=True, slots=True)
class Trial:
    """An article held out, as the whole system and as the chain alone read it."""

    article: Article
    whole: Extraction
    chain: Extraction


@dataclass(frozen=True, slots=True)
class Networks:
    """What the networks of the folds said of the articles that they were tuned without; empty where there are none."""

    encoders: Mapping[str, Encoder]

    @classmethod
    def at(cls, path: Path) -> Self:
        """Return what a file holds, nothing where it is absent."""
        if not path.exists():
            return cls({})
        pieces = shipped_pieces()
        return cls({name: Encoder(network, pieces) for name, network in read_stored(path).answers.items()})


def main(arguments: Sequence[str] | None = None) -> int:
    """Cross-validate and write; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m extract.models.validate", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder with score.py and train/")
    parser.add_argument("--own", type=Path, default=OWN, help="folder with annotated articles of our own")
    parser.add_argument("--folds", type=Path, default=STORED, help="what the networks of the folds said")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="where to write the record")
    options = parser.parse_args(arguments)
    scorer, tagger, networks = scorer_in(options.gold), best_tagger(), Networks.at(options.folds)
    articles = [read_article(annotation, tagger) for annotation in gold_in(options.gold)]
    own = [read_article(annotation, tagger) for annotation in own_in(options.own)]
    folds = list(trials(articles, own, networks, options.gold))
    record = Validation(
        **hashes(),
        learners=("chain", "network") if networks.encoders else ("chain",),
        folds=FOLDS,
        **_summary([_figures(scorer, [(t.article, t.whole) for t in fold]) for fold in folds]),
        chain_alone=_summary([_figures(scorer, [(t.article, t.chain) for t in fold]) for fold in folds])["mean"],
        outcomes={t.article.name: outcome_of(t.article, t.whole, scorer) for fold in folds for t in fold},
    )
    (options.out / RECORD).write_text(record.model_dump_json() + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps({"mean": record.mean, "spread": record.spread}) + "\n")
    return 0


def trials(
    articles: Sequence[Article], own: Sequence[Article], networks: Networks, gold: Path
) -> Iterator[list[Trial]]:
    """Yield for each fold its articles, read by models that were learned without them; folds are learned side by side.

    Args:
        articles: of the gold; figures tell of these alone.
        own: articles of our own, learned from in every fold.
        networks: those tuned without a fold's articles.
        gold: the folder with `score.py`, which judges whether two speakers are the same.
    """
    scorer, names = scorer_in(gold), [article.name for article in articles]
    shown = [Shown.of(article, scorer) for article in (*articles, *own)]
    with ProcessPoolExecutor() as workers:
        yield from workers.map(partial(_fold, names, shown, networks, gold), range(FOLDS))


def _fold(names: Sequence[str], shown: Sequence[Shown], networks: Networks, gold: Path, fold: int) -> list[Trial]:
    held = held_out(names, fold)
    model = learned([one for one in shown if one.article.name not in held], scorer_in(gold))
    return [_trial(one.article, model, networks) for one in shown if one.article.name in held]


def _trial(article: Article, model: Model, networks: Networks) -> Trial:
    chain = _system(article, model, None)
    encoder = networks.encoders.get(article.name)
    return Trial(article, _system(article, model, encoder) if encoder else chain, chain)


def _system(article: Article, model: Model, encoder: Encoder | None) -> Extraction:
    claims, _ = claims_of(
        article.reading,
        article.layers,
        frames=article.frames,
        segmenter=ModelSegmenter(model.weights, encoder),
        attributor=ModelAttributor(model.voices),
    )
    actors = article.layers.actors
    return Extraction(document=article.reading.document, claims=claims, actor_tags=actors.tags, actors=actors.actors)


def _figures(scorer: ModuleType, read: Sequence[tuple[Article, Extraction]]) -> Figures:
    figures: Figures = scorer.score([(article.gold, gold_of(extraction)) for article, extraction in read])
    return {name: value for name, value in figures.items() if name.split(".")[0] in _CLAIM_FIGURES}


def _summary(folds: Sequence[Figures]) -> dict[str, Figures]:
    """Return mean and standard deviation over folds."""
    return {
        "mean": {name: round(float(np.mean([fold[name] for fold in folds])), 4) for name in folds[0]},
        "spread": {name: round(float(np.std([fold[name] for fold in folds], ddof=1)), 4) for name in folds[0]},
    }


if __name__ == "__main__":
    sys.exit(main())
