"""Tune the network and say what it was made from: `python -m extract.models.encoder.training.train GOLD_FOLDER`.

GOLD_FOLDER holds `train/*.txt` with their annotations; articles of our own are learned from beside them. Written beside
the network's code: the vocabulary (`pieces.tsv`), the network (`encoder.onnx`) and what made them (`encoder.json`:
articles with their hashes, base model, schedule, seeds).
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from extract.models.annotation import OWN, Annotation, gold_in, own_in
from extract.models.encoder.network import FILE as NETWORK_FILE
from extract.models.encoder.network import HEADS, LABELS, Chances
from extract.models.encoder.pieces import END, START, Pieces
from extract.models.encoder.pieces import FILE as PIECES_FILE
from extract.models.encoder.tokens import Tokens, tokens_of, windows_of
from extract.models.encoder.training.base import Base, base_path, chosen_ids, read_base
from extract.models.encoder.training.batches import Window, windows_in
from extract.models.encoder.training.graph import model_bytes
from extract.models.encoder.training.learning import (
    Parameters,
    Parting,
    Schedule,
    above,
    batch_of,
    below,
    embedded,
    initial,
    learn,
    torch,
)
from extract.models.encoder.training.pointing import Cast, cast_of
from extract.models.examples import Article, Judge, read_article
from extract.models.teaching import judge_of, scorer_in
from extract.normalize import shadow_of
from extract.reader import best_tagger

_RECORD = "encoder.json"
_FIRST_PIECE = 4  # rows before it are marks
_NOBODY = Cast((), (), np.zeros((0, 2), np.int64)).within(0, 0)


@dataclass(frozen=True, slots=True)
class Lesson:
    """An article as the network learns it: parted into windows once for each of the schedule's aims."""

    partings: tuple[Parting, ...]


@dataclass(frozen=True, slots=True)
class School:
    """What lessons are made with."""

    base: Base
    ids: list[int]
    pieces: Pieces
    parameters: Parameters
    schedule: Schedule

    @classmethod
    def of(cls, base: Base, schedule: Schedule) -> "School":
        """Return the base model made ready: its pieces chosen, its layers laid out."""
        ids = chosen_ids(base, shadow_of)
        scores = {base.pieces[i]: float(base.scores[i]) for i in ids[_FIRST_PIECE:]}
        return cls(base, ids, Pieces.of(scores), initial(base, schedule), schedule)

    def lesson(self, article: Article, is_same: Judge) -> Lesson:
        """Return an annotated article as the network learns it; see `Judge`."""
        tokens = tokens_of(article.reading, article.layers, article.frames, self.pieces)
        cast = cast_of(article, tokens, is_same)
        partings = (tuple(windows_in(article, tokens, aim, cast)) for aim in self.schedule.aims)
        return Lesson(tuple(Parting(windows, tuple(map(self.below, windows))) for windows in partings))

    def below(self, window: Window) -> Any:  # noqa: ANN401 (a tensor; see `torch`)
        """Return what the frozen layers make of a window."""
        rows = np.concatenate(([START], window.rows, [END]))
        return below(self.base, self.parameters, self.schedule, embedded(self.base, self.ids, rows))

    def taught(self, gold: Sequence[Lesson], own: Sequence[Lesson]) -> Parameters:
        """Return the parameters after learning from the gold and articles of our own, and from the gold again."""
        roughly = learn(self.parameters, _joined([*gold, *own]), self.schedule, _tell)
        return learn(roughly, _joined(gold), self.schedule.last, _tell)


def _joined(lessons: Sequence[Lesson]) -> list[Parting]:
    """Return the windows of all lessons together, for each of the schedule's aims."""
    together = zip(*(lesson.partings for lesson in lessons), strict=True)
    return [
        Parting(tuple(w for one in each for w in one.windows), tuple(h for one in each for h in one.hidden))
        for each in together
    ]


@dataclass(frozen=True, slots=True)
class TorchNetwork:
    """A network in full precision, as it is while training; see `extract.models.encoder.network.Network`."""

    school: School
    parameters: Parameters

    def chances(self, tokens: Tokens) -> Iterator[Chances]:
        """Yield what it says of the pieces, window by window."""
        for number, (first, last) in enumerate(windows_of(tokens.sentences)):
            yield Chances.of(number, self._in_window(tokens, first, last))

    def _in_window(self, tokens: Tokens, first: int, last: int) -> tuple[Any, ...]:
        here = slice(first, last)
        none = np.zeros(last - first, dtype=np.int64)
        window = Window(tokens.rows[here], tokens.signs[here], none, none, none.astype(np.float32), _NOBODY)
        with torch().no_grad():
            batch = batch_of([window], [self.school.below(window)], self.school.schedule, is_learning=False)
            scores = above(self.parameters, self.school.schedule, batch, is_learning=False)
            return tuple(
                (scores[head][0].log_softmax(-1) if head in LABELS else scores[head][0]).numpy() for head in HEADS
            )


def main(arguments: Sequence[str] | None = None) -> int:
    """Tune and write; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m extract.models.encoder.training.train", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder with score.py and train/")
    parser.add_argument("--own", type=Path, default=OWN, help="folder with annotated articles of our own")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1], help="where to write the network")
    options = parser.parse_args(arguments)
    gold, own = gold_in(options.gold), own_in(options.own)
    torch().set_num_threads(1)  # sums in one order, and waiting threads would only cost
    source, schedule, tagger = base_path(), Schedule(), best_tagger()
    school = School.of(read_base(source), schedule)
    scorer = scorer_in(options.gold)

    def lessons(annotations: Sequence[Annotation]) -> list[Lesson]:
        articles = (read_article(annotation, tagger) for annotation in annotations)
        return [school.lesson(article, judge_of(article, scorer)) for article in articles]

    parameters = school.taught(lessons(gold), lessons(own))
    _write(school, parameters, options.out)
    record = {
        "base": {"model": "multilingual-e5-small", "file": source.name, "sha256": _hash(source)},
        "articles": {annotation.name: annotation.digest for annotation in gold + own},
        "schedule": asdict(schedule),
        "pieces": {"kept": len(school.ids), "sha256": _hash(options.out / PIECES_FILE)},
        "network": {"bytes": (options.out / NETWORK_FILE).stat().st_size, "sha256": _hash(options.out / NETWORK_FILE)},
    }
    (options.out / _RECORD).write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _write(school: School, parameters: Parameters, folder: Path) -> None:
    rows = [f"{school.base.pieces[i]}\t{school.base.scores[i]:.4f}\n" for i in school.ids[_FIRST_PIECE:]]
    (folder / PIECES_FILE).write_text("".join(rows), encoding="utf-8")
    arrays = {name: parameter.detach().numpy() for name, parameter in parameters.items()}
    schedule = school.schedule
    made = model_bytes(school.base, school.ids, arrays, frozen=schedule.frozen, layers=schedule.frozen + schedule.tuned)
    (folder / NETWORK_FILE).write_bytes(made)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
