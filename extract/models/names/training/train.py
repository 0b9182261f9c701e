"""Tune the network of names and say how well it does: `python -m extract.models.names.training.train FOLDER`.

FOLDER holds Universal NER's Chinese GSD files, `zh_gsd-ud-train.iob2` and `zh_gsd-ud-dev.iob2` (CC BY-SA 4.0). Written
beside the network's code: the networks in one file (`names.onnx.gz`) and what made them (`names.json`: hashed data,
schedule and seeds, base model, figures on the dev split after each epoch and of the file as it is shipped).
"""

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from extract.actors import tag_actors
from extract.models.encoder.training.base import base_path, read_base
from extract.models.encoder.training.learning import Parameters, torch
from extract.models.names.figures import ALL, figures_of
from extract.models.names.inputs import shipped_views
from extract.models.names.labels import against_edges, labels_of, names_of
from extract.models.names.network import FILE, network_of
from extract.models.names.protocol import Known, NoNameTagger
from extract.models.names.taps import Floats
from extract.models.names.training.graph import model_bytes
from extract.models.names.training.learning import Example, Schedule, initial, learn, scores
from extract.models.names.treebank import NamedSentence, read_treebank
from extract.reader import best_tagger, reading_of
from schemas.text import Document

TRAIN: Final = "zh_gsd-ud-train.iob2"
DEV: Final = "zh_gsd-ud-dev.iob2"
_RECORD: Final = "names.json"
Figures = dict[str, dict[str, float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, measure and write; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m extract.models.names.training.train", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the two files")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1], help="where to write the model")
    parser.add_argument("--epochs", type=int, default=Schedule().epochs)
    options = parser.parse_args(arguments)
    schedule, base = Schedule(epochs=options.epochs), read_base(base_path())
    splits = {name: read_treebank(options.data / name) for name in (TRAIN, DEV)}
    train, dev = ([_example(sentence) for sentence in splits[name]] for name in (TRAIN, DEV))
    learned: list[Parameters] = []
    by_epoch: list[list[Figures]] = []
    for member in range(schedule.members):
        own = replace(schedule, seed=schedule.seed + member)
        by_epoch.append([])

        def tell(average: Parameters, own: Schedule = own) -> None:
            by_epoch[-1].append(_figures(splits[DEV], dev, _scored(average, own, dev)))
            sys.stdout.write(f"seed {own.seed}: {json.dumps(by_epoch[-1][-1][ALL])}\n")
            sys.stdout.flush()

        learned.append(learn(initial(base, own), train, own, tell))
    members = [{name: value.numpy() for name, value in parameters.items()} for parameters in learned]
    model = gzip.compress(model_bytes(members, schedule), mtime=0)
    (options.out / FILE).write_bytes(model)
    network = network_of(model)
    record = {
        "licence": "CC BY-SA 4.0",
        "data": {name: _digest((options.data / name).read_bytes()) for name in (TRAIN, DEV)},
        "sentences": {name: len(sentences) for name, sentences in splits.items()},
        "base": {base_path().name: _digest(base_path().read_bytes())},
        "schedule": asdict(schedule),
        "dev_by_member_and_epoch": by_epoch,
        "dev_as_shipped": _figures(splits[DEV], dev, [network.scores(example.inputs) for example in dev]),
        "network": _digest(model),
    }
    (options.out / _RECORD).write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(record["dev_as_shipped"]) + "\n")
    return 0


def _example(sentence: NamedSentence) -> Example:
    reading = reading_of(Document(document_id="treebank", text=sentence.text), best_tagger(), None)
    known = [
        Known(tag.span.start, tag.span.end, tag.actor_type) for tag in tag_actors(reading, names=NoNameTagger()).tags
    ]
    inputs = shipped_views().inputs(reading, 0, len(reading.shadow), known)
    return Example(inputs, labels_of(sentence.names, inputs.at))


def _scored(parameters: Parameters, schedule: Schedule, examples: Sequence[Example]) -> list[Floats]:
    with torch().no_grad():
        return [scores(parameters, schedule, [example], is_learning=False)[0].numpy() for example in examples]


def _figures(sentences: Sequence[NamedSentence], examples: Sequence[Example], scored: Sequence[Floats]) -> Figures:
    found = [
        frozenset(names_of([against_edges(rows, e.inputs.within)], [e.inputs.at]))
        for rows, e in zip(scored, examples, strict=True)
    ]
    figures = figures_of((s.names, names) for s, names in zip(sentences, found, strict=True))
    return {
        name: {"precision": round(f.precision, 4), "recall": round(f.recall, 4), "f1": round(f.f1, 4)}
        for name, f in figures.items()
    }


def _digest(data: Any) -> str:  # noqa: ANN401 (bytes and views of them)
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
