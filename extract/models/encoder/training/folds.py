"""Tune a network for each fold and keep what it says of the articles held out: `… GOLD_FOLDER --out build/folds.npz`.

`make train` then judges the whole system by cross-validation: the chain learned without a fold's articles together
with the network tuned without them. One fold takes some minutes on a core; folds that the file holds already, made
from the same articles by the same schedule, are not tuned again.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from extract.models.annotation import OWN, gold_in, own_in
from extract.models.encoder.network import Chances
from extract.models.encoder.stored import FILE, Stored, StoredNetwork, read_stored, write_stored
from extract.models.encoder.tokens import tokens_of
from extract.models.encoder.training.base import base_path, read_base
from extract.models.encoder.training.learning import Schedule, torch
from extract.models.encoder.training.train import School, TorchNetwork
from extract.models.examples import Article, read_article
from extract.models.folds import FOLDS, held_out
from extract.models.teaching import judge_of, scorer_in
from extract.reader import best_tagger


def main(arguments: Sequence[str] | None = None) -> int:
    """Tune the networks of the folds and write what they say; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m extract.models.encoder.training.folds", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder with score.py and train/")
    parser.add_argument("--own", type=Path, default=OWN, help="folder with annotated articles of our own")
    parser.add_argument("--out", type=Path, default=FILE, help="where to keep what the networks say")
    options = parser.parse_args(arguments)
    torch().set_num_threads(1)
    gold, own = gold_in(options.gold), own_in(options.own)
    tagger, school = best_tagger(), School.of(read_base(base_path()), Schedule())
    record = {
        "articles": {annotation.name: annotation.digest for annotation in gold + own},
        "schedule": asdict(school.schedule),
        "base": hashlib.sha256(base_path().read_bytes()).hexdigest(),
    }
    answers = _kept(options.out, record)
    articles = [read_article(annotation, tagger) for annotation in gold]
    scorer = scorer_in(options.gold)
    lessons = [
        school.lesson(article, judge_of(article, scorer)) for article in (read_article(one, tagger) for one in own)
    ]
    for fold in range(FOLDS):
        held = held_out([article.name for article in articles], fold)
        if held <= answers.keys():
            continue
        known = [school.lesson(a, judge_of(a, scorer)) for a in articles if a.name not in held]
        network = TorchNetwork(school, school.taught(known, lessons))
        answers |= {article.name: _answer(network, article) for article in articles if article.name in held}
        write_stored(Stored(answers, record), options.out)
        sys.stdout.write(f"fold {fold}: {len(answers)} of {len(articles)} articles answered\n")
    return 0


def _kept(path: Path, record: Mapping[str, Any]) -> dict[str, StoredNetwork]:
    """Return what was answered before, where it was for the same articles and schedule."""
    if not path.exists():
        return {}
    stored = read_stored(path)
    return dict(stored.answers) if stored.record == json.loads(json.dumps(record)) else {}


def _answer(network: TorchNetwork, article: Article) -> StoredNetwork:
    tokens = tokens_of(article.reading, article.layers, article.frames, network.school.pieces)
    return StoredNetwork(Chances.joined(network.chances(tokens)))


if __name__ == "__main__":
    sys.exit(main())
