"""Learn the weights of the semi-Markov chain from annotated sentences: AdaGrad with features left out at random."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from extract.models.features import BITS
from extract.models.semicrf import LABELS, NONE, Array, Indices, Lattice, Weights, backward, forward

_START = len(LABELS)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its right parting: indices of runs in text order, each with its label."""

    lattice: Lattice
    parting: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to learn.

    Attributes:
        epochs: times that every sentence is seen; the weights of the second half are averaged.
        rate: step of AdaGrad.
        left_out: share of the features that each sentence is read without, so that none is relied on alone.
        seed: of the order and of what is left out.
    """

    epochs: int = 8
    rate: float = 0.03
    left_out: float = 0.5
    seed: int = 20240506


@dataclass(slots=True)
class _Table:
    """Weights with their AdaGrad history and the running sum for the average."""

    values: Array
    history: Array = field(init=False)
    total: Array = field(init=False)

    def __post_init__(self) -> None:
        self.history = np.full_like(self.values, 1e-2)
        self.total = np.zeros_like(self.values)

    def step(self, places: Indices, gradient: Array, rate: float) -> None:
        if not len(places):
            return
        order = np.argsort(places, kind="stable")
        ordered = places[order]
        firsts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
        unique, summed = ordered[firsts], np.add.reduceat(gradient[order], firsts, axis=0)
        self.history[unique] += summed * summed
        self.values[unique] -= rate * summed / np.sqrt(self.history[unique])


def learn(examples: Sequence[Example], schedule: Schedule | None = None) -> Weights:
    """Return the averaged weights; the same examples and schedule give the same weights.

    Args:
        examples: annotated sentences.
        schedule: how to learn; the one that cross-validation chose where none is given.
    """
    schedule = schedule or Schedule()
    random = np.random.default_rng(schedule.seed)
    kind = _Table(np.zeros((2**BITS, len(LABELS))))
    cut = _Table(np.zeros(2**BITS))
    neighbours = _Table(np.zeros((len(LABELS) + 1, len(LABELS))))
    averaged = 0
    for epoch in range(schedule.epochs):
        for index in random.permutation(len(examples)):
            _learn_one(examples[index], (kind, cut, neighbours), schedule, random)
        if epoch >= schedule.epochs // 2:
            averaged += 1
            for table in (kind, cut, neighbours):
                table.total += table.values
    return Weights(*((table.total / averaged).astype(np.float32) for table in (kind, cut, neighbours)))


def _learn_one(
    example: Example, tables: tuple[_Table, _Table, _Table], schedule: Schedule, random: np.random.Generator
) -> None:
    kind, cut, neighbours = tables
    lattice = example.lattice
    seen = 1.0 / (1.0 - schedule.left_out)
    kind_seen = (random.random(len(lattice.kind)) >= schedule.left_out) * seen
    cut_seen = (random.random(len(lattice.cut)) >= schedule.left_out) * seen
    scores = np.add.reduceat(kind.values[lattice.kind] * kind_seen[:, None], lattice.kind_offsets, axis=0)
    scores[:, :NONE] += np.add.reduceat(cut.values[lattice.cut] * cut_seen, lattice.cut_offsets)[:, None]
    scores[lattice.lasts > lattice.firsts, NONE] = -1e9
    error, passages = _errors(example, scores, neighbours.values)
    by_kind = np.repeat(error, _lengths(lattice.kind_offsets, lattice.kind), axis=0) * kind_seen[:, None]
    by_cut = np.repeat(error[:, :NONE].sum(axis=1), _lengths(lattice.cut_offsets, lattice.cut)) * cut_seen
    kind.step(lattice.kind, by_kind, schedule.rate)
    cut.step(lattice.cut, by_cut, schedule.rate)
    neighbours.step(np.arange(len(LABELS) + 1), passages, schedule.rate)


def _errors(example: Example, scores: Array, neighbours: Array) -> tuple[Array, Array]:
    """Return expected minus right counts: of each run under each label, and of each pair of neighbouring labels."""
    lattice = example.lattice
    alpha, beta = forward(lattice, scores, neighbours), backward(lattice, scores, neighbours)
    total = float(np.logaddexp.reduce(alpha[lattice.size, :-1]))
    inside = scores + beta[lattice.lasts + 1, :-1] - total
    joint = np.exp(alpha[lattice.firsts][:, :, None] + neighbours[None] + inside[:, None, :])
    error, passages = joint.sum(axis=1), joint.sum(axis=0)
    before = _START
    for run, label in example.parting:
        error[run, label] -= 1
        passages[before, label] -= 1
        before = label
    return error, passages


def _lengths(offsets: Indices, flat: Indices) -> Indices:
    return np.diff(np.append(offsets, len(flat)))
