"""A semi-Markov chain over atoms: which runs are propositions, and of which kind.

Each sentence is parted into runs of atoms; a run is a fact, a prediction or an opinion, or a single atom that asserts
nothing. The score of a parting is the sum over its runs of the weights of their features, plus a weight for each pair
of neighbouring labels.

Source: Sarawagi and Cohen, Semi-Markov Conditional Random Fields for Information Extraction, NIPS 2004.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extract.models.features import LONGEST_RUN, SentenceView, run_features

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
LABELS = ("fact", "prediction", "opinion", "none")
NONE = 3
IMPOSSIBLE = -1e9
"""Score of a run that cannot be."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """All runs of a sentence: run r holds the atoms firsts[r]..lasts[r]; its features are a slice of the arrays."""

    size: int
    firsts: Indices
    lasts: Indices
    kind: Indices
    kind_offsets: Indices
    cut: Indices
    cut_offsets: Indices


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: (places, labels) for the kinds, (places,) for the cut, (labels + 1, labels) for neighbours.

    The last row of `neighbours` is for the beginning of a sentence.
    """

    kind: npt.NDArray[np.float32]
    cut: npt.NDArray[np.float32]
    neighbours: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of atoms with its label and the probabilities of the four labels for exactly this run."""

    first: int
    last: int
    label: int
    chances: tuple[float, ...]


def lattice_of(sentence: SentenceView) -> Lattice:
    """Return all runs of a sentence with their features."""
    size = len(sentence.atoms)
    pairs = [(i, j) for i in range(size) for j in range(i, min(size, i + LONGEST_RUN))]
    kinds, cuts = [], []
    for i, j in pairs:
        kind, cut = run_features(sentence, i, j)
        kinds.append(kind)
        cuts.append(cut)
    return Lattice(
        size,
        np.array([i for i, _ in pairs], dtype=np.int64),
        np.array([j for _, j in pairs], dtype=np.int64),
        *_flat(kinds),
        *_flat(cuts),
    )


def joined(lattices: Sequence[Lattice]) -> Lattice:
    """Return the runs of several sentences below one another, over the atoms of all of them in turn.

    To weigh them at once takes a third of the time; how a sentence is parted is worked out for each alone.
    """
    sizes = np.cumsum([0, *(lattice.size for lattice in lattices)])
    kinds = np.cumsum([0, *(len(lattice.kind) for lattice in lattices)])
    cuts = np.cumsum([0, *(len(lattice.cut) for lattice in lattices)])
    empty = np.zeros(0, dtype=np.int64)

    def below(name: str, offsets: Indices | None = None) -> Indices:
        added = np.zeros(len(lattices), dtype=np.int64) if offsets is None else offsets[:-1]
        return np.concatenate([empty, *(getattr(one, name) + more for one, more in zip(lattices, added, strict=True))])

    return Lattice(
        int(sizes[-1]),
        below("firsts", sizes),
        below("lasts", sizes),
        below("kind"),
        below("kind_offsets", kinds),
        below("cut"),
        below("cut_offsets", cuts),
    )


def _flat(rows: Sequence[Sequence[int]]) -> tuple[Indices, Indices]:
    offsets = np.cumsum([0, *(len(row) for row in rows)])[:-1]
    return np.array([place for row in rows for place in row], dtype=np.int64), offsets.astype(np.int64)


def scores_of(lattice: Lattice, weights: Weights) -> Array:
    """Return the score of each run under each label, shape (runs, labels)."""
    scores = np.add.reduceat(weights.kind[lattice.kind], lattice.kind_offsets, axis=0).astype(np.float64)
    cut = np.add.reduceat(weights.cut[lattice.cut], lattice.cut_offsets)
    scores[:, :NONE] += cut[:, None]
    scores[lattice.lasts > lattice.firsts, NONE] = IMPOSSIBLE
    return scores


def forward(lattice: Lattice, scores: Array, neighbours: Array) -> Array:
    """Return log sums over all partings of the atoms before each position, by the label of the last run."""
    alpha = np.full((lattice.size + 1, len(LABELS) + 1), IMPOSSIBLE)
    alpha[0, -1] = 0.0
    ending = _by(lattice.lasts, lattice.size)
    for position in range(1, lattice.size + 1):
        runs = ending[position - 1]
        before = alpha[lattice.firsts[runs]]
        reached = np.logaddexp.reduce(before[:, :, None] + neighbours[None], axis=1) + scores[runs]
        alpha[position, :-1] = np.logaddexp.reduce(reached, axis=0)
    return alpha


def backward(lattice: Lattice, scores: Array, neighbours: Array) -> Array:
    """Return log sums over all partings of the atoms from each position on, by the label of the run before."""
    beta = np.full((lattice.size + 1, len(LABELS) + 1), IMPOSSIBLE)
    beta[lattice.size] = 0.0
    beginning = _by(lattice.firsts, lattice.size)
    for position in range(lattice.size - 1, -1, -1):
        runs = beginning[position]
        after = np.logaddexp.reduce(scores[runs] + beta[lattice.lasts[runs] + 1, :-1], axis=0)
        beta[position] = np.logaddexp.reduce(neighbours + after[None], axis=1)
    return beta


def _by(ends: Indices, size: int) -> list[Indices]:
    order = np.argsort(ends, kind="stable")
    bounds = np.searchsorted(ends[order], np.arange(size + 1))
    return [order[bounds[i] : bounds[i + 1]] for i in range(size)]


def chances_of(lattice: Lattice, scores: Array, neighbours: Array) -> tuple[Array, float]:
    """Return the probability of each run under each label, and the log of the sum over all partings."""
    alpha, beta = forward(lattice, scores, neighbours), backward(lattice, scores, neighbours)
    total = float(np.logaddexp.reduce(alpha[lattice.size, :-1]))
    before = np.logaddexp.reduce(alpha[lattice.firsts][:, :, None] + neighbours[None], axis=1)
    return np.exp(before + scores + beta[lattice.lasts + 1, :-1] - total), total


def best_parting(lattice: Lattice, chances: Array) -> list[Run]:
    """Return the parting with the largest sum of probabilities over its atoms, which suits a score by overlap.

    Each run counts its probability once for each of its atoms, so that long and short runs compare.
    """
    worth = chances * (lattice.lasts - lattice.firsts + 1)[:, None]
    label, value = worth.argmax(axis=1), worth.max(axis=1)
    best = np.zeros(lattice.size + 1)
    chosen = np.zeros(lattice.size + 1, dtype=np.int64)
    for position, runs in enumerate(_by(lattice.lasts, lattice.size), start=1):
        totals = best[lattice.firsts[runs]] + value[runs]
        top = int(totals.argmax())
        best[position], chosen[position] = totals[top], runs[top]
    path: list[Run] = []
    position = lattice.size
    while position:
        run = int(chosen[position])
        path.append(Run(int(lattice.firsts[run]), int(lattice.lasts[run]), int(label[run]), tuple(chances[run])))
        position = int(lattice.firsts[run])
    return path[::-1]
