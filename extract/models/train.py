"""Train the claim model: `python -m extract.models.train GOLD_FOLDER`.

GOLD_FOLDER holds `score.py` and `train/*.txt` with their annotations; the articles of our own are learned from beside
them. Written beside this file: the weights (`claims.npz`) and what made them (`claims.json`: articles with their
hashes, schedules, seeds). How well they do is said by `extract.models.validate`, which `make train` runs next.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from extract.models.annotation import OWN, gold_in, own_in
from extract.models.choosing import CHOICE_SCHEDULE
from extract.models.examples import read_article
from extract.models.learning import Schedule
from extract.models.store import FILE, write_model
from extract.models.teaching import Shown, learned, scorer_in
from extract.reader import best_tagger


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m extract.models.train", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder with score.py and train/")
    parser.add_argument("--own", type=Path, default=OWN, help="folder with annotated articles of our own")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="where to write the model")
    options = parser.parse_args(arguments)
    annotations, scorer, tagger = gold_in(options.gold) + own_in(options.own), scorer_in(options.gold), best_tagger()
    shown = [Shown.of(read_article(annotation, tagger), scorer) for annotation in annotations]
    write_model(learned(shown, scorer), options.out / FILE)
    record = {
        "articles": {annotation.name: annotation.digest for annotation in annotations},
        "schedule": asdict(Schedule()),
        "choice_schedule": asdict(CHOICE_SCHEDULE),
        "weights": hashlib.sha256((options.out / FILE).read_bytes()).hexdigest(),
    }
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    (options.out / "claims.json").write_text(text, encoding="utf-8")
    sys.stdout.write(f"learned from {len(annotations)} articles: {options.out / FILE}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
