"""Learning: what was shown often enough is told apart, and the same data give the same weights."""

from pathlib import Path

import numpy as np
import pytest

from extract.models.chooser import WIDTH, Chooser
from extract.models.features import BITS, hashed
from extract.models.learning import Example, Schedule, learn
from extract.models.semicrf import Lattice, Weights, best_parting, chances_of, scores_of
from extract.models.store import Model, read_model, write_model
from schemas.errors import DomainError


def example(feature: str, label: int) -> Example:
    """Return a sentence of one atom with one feature and its label."""
    one, place = np.zeros(1, dtype=np.int64), np.array([hashed(feature)])
    return Example(Lattice(1, one, one, place, one, np.array([hashed("cut")]), one), ((0, label),))


def label_of(shown: Example, weights: Weights) -> int:
    chances, _ = chances_of(shown.lattice, scores_of(shown.lattice, weights), weights.neighbours.astype(np.float64))
    return best_parting(shown.lattice, chances)[0].label


EXAMPLES = [example(f"w={label}", label) for label in range(4)] * 10
SCHEDULE = Schedule(epochs=6, rate=0.1, left_out=0.2, seed=3)


def test_labels_that_words_tell_apart_are_learned() -> None:
    weights = learn(EXAMPLES, SCHEDULE)
    assert [label_of(shown, weights) for shown in EXAMPLES[:4]] == [0, 1, 2, 3]


def test_the_same_examples_give_the_same_weights() -> None:
    first, second = learn(EXAMPLES, SCHEDULE), learn(EXAMPLES, SCHEDULE)
    assert np.array_equal(first.kind, second.kind)
    assert np.array_equal(first.neighbours, second.neighbours)


def test_weights_keep_their_decisions_through_a_file(tmp_path: Path) -> None:
    weights = learn(EXAMPLES, SCHEDULE)
    known, half = np.array([7, 9], dtype=np.uint32), np.full((1, WIDTH), 0.5, dtype=np.float32)
    voices = Chooser(known, np.full((1, 2, WIDTH), 0.25, dtype=np.float32), half, half, np.ones((1, 2), np.float32))
    write_model(Model(weights, voices), tmp_path / "model.npz")
    read = read_model(tmp_path / "model.npz")
    kept = read.weights
    assert np.array_equal(read.voices.known, known)
    assert np.array_equal(read.voices.first, voices.first)
    assert np.array_equal(read.voices.second, half)
    assert kept.kind.shape == (2**BITS, 4)
    assert [label_of(shown, kept) for shown in EXAMPLES[:4]] == [0, 1, 2, 3]


def test_the_same_weights_give_the_same_bytes(tmp_path: Path) -> None:
    weights = learn(EXAMPLES, SCHEDULE)
    for name in ("a.npz", "b.npz"):
        write_model(Model(weights, Chooser.blank()), tmp_path / name)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_a_broken_model_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(b"no model")
    with pytest.raises(DomainError, match="train it again") as caught:
        read_model(path)
    assert caught.value.code == "model.unreadable"
