"""The chain over atoms: sums over all partings agree with counting them one by one."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from extract.models.semicrf import (
    LABELS,
    NONE,
    Array,
    Lattice,
    Weights,
    best_parting,
    chances_of,
    joined,
    scores_of,
)


def lattice(size: int, longest: int = 3) -> Lattice:
    """Return a lattice whose runs each have one feature of their own, for the kind and for the cut."""
    pairs = [(i, j) for i in range(size) for j in range(i, min(size, i + longest))]
    count = len(pairs)
    return Lattice(
        size,
        np.array([i for i, _ in pairs]),
        np.array([j for _, j in pairs]),
        np.arange(count),
        np.arange(count),
        np.arange(count),
        np.arange(count),
    )


def weights(runs: int, seed: int = 1) -> Weights:
    random = np.random.default_rng(seed)
    return Weights(
        random.normal(size=(runs, 4)).astype(np.float32),
        random.normal(size=runs).astype(np.float32),
        random.normal(size=(5, 4)).astype(np.float32),
    )


def partings(lattice: Lattice) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield every way to part the atoms into labelled runs."""

    def covers(position: int) -> Iterator[tuple[int, ...]]:
        if position == lattice.size:
            yield ()
        for run in np.flatnonzero(lattice.firsts == position):
            for rest in covers(int(lattice.lasts[run]) + 1):
                yield (int(run), *rest)

    for runs in covers(0):
        for labels in product(range(len(LABELS)), repeat=len(runs)):
            yield tuple(zip(runs, labels, strict=True))


def score_of(parting: tuple[tuple[int, int], ...], scores: Array, neighbours: Array) -> float:
    total, before = 0.0, len(LABELS)
    for run, label in parting:
        total += scores[run, label] + neighbours[before, label]
        before = label
    return total


@pytest.mark.parametrize("size", [1, 2, 4])
def test_chances_are_those_of_counting_every_parting(size: int) -> None:
    runs = lattice(size)
    learned = weights(len(runs.firsts))
    scores, neighbours = scores_of(runs, learned), learned.neighbours.astype(np.float64)
    chances, total = chances_of(runs, scores, neighbours)
    worth = {parting: np.exp(score_of(parting, scores, neighbours)) for parting in partings(runs)}
    everything = sum(worth.values())
    assert total == pytest.approx(np.log(everything))
    for run in range(len(runs.firsts)):
        for label in range(len(LABELS)):
            counted = sum(w for parting, w in worth.items() if (run, label) in parting)
            assert chances[run, label] == pytest.approx(counted / everything, abs=1e-9)


def test_a_run_of_several_atoms_always_asserts_something() -> None:
    runs = lattice(3)
    scores = scores_of(runs, weights(len(runs.firsts)))
    assert (scores[runs.lasts > runs.firsts, NONE] < -1e6).all()


def test_the_best_parting_covers_every_atom_once_and_weighs_runs_by_their_length() -> None:
    runs = lattice(3)
    chances = np.zeros((len(runs.firsts), 4))
    whole = int(np.flatnonzero((runs.firsts == 0) & (runs.lasts == 2))[0])
    chances[whole, 1] = 0.5
    chances[(runs.firsts == runs.lasts), 0] = 0.4
    assert [(run.first, run.last, LABELS[run.label]) for run in best_parting(runs, chances)] == [(0, 2, "prediction")]
    chances[whole, 1] = 0.3
    assert [(run.first, run.last) for run in best_parting(runs, chances)] == [(0, 0), (1, 1), (2, 2)]


def test_sentences_weighed_together_have_the_scores_that_each_has_alone() -> None:
    learned = weights(len(lattice(4).firsts))
    each = [lattice(4), lattice(0), lattice(2)]
    together = joined(each)
    assert (together.size, together.firsts[-1], together.lasts[-1]) == (6, 5, 5)
    alone = np.concatenate([scores_of(one, learned) for one in each])
    assert (scores_of(together, learned) == alone).all()
    assert joined([]).size == 0
