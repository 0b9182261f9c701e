"""Run the tuned network on ONNX Runtime: how likely each piece begins or continues a claim, its kind, who speaks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime

from extract.models.encoder.pieces import END, START
from extract.models.encoder.tokens import SIGNS, Tokens, windows_of
from extract.sharing import shared_out
from schemas.errors import DomainError

FILE: Final = "encoder.onnx"
OUT, BEGIN, INSIDE = 0, 1, 2
"""Columns of `Chances.cut`."""
POINTING: Final = 64
"""Length of the vectors by which a claim and the mentions around it find each other."""
HEADS: Final[Mapping[str, int]] = {"cut": 3, "kind": 3, "voice": 3, "query": POINTING, "key": POINTING + 1}
"""What the network says of each piece, and in how many numbers."""
LABELS: Final = frozenset({"cut", "kind"})
"""The heads whose numbers are logarithms of probabilities; those of the others are scores."""
Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chances:
    """What the network says of each piece.

    Attributes:
        window: the window each piece was read in, rising; pieces of two windows know nothing of each other.
        cut: natural logarithms of probabilities, shape (pieces, 3): outside any claim, first of a claim, inside one.
        kind: likewise, shape (pieces, 3): fact, prediction, opinion, given that it is in a claim.
        voice: scores of who speaks where no mention in the window does, shape (pieces, 3): the narrator, a crowd,
            somebody else; see `voice_of`.
        query: what a claim seeks in a mention, shape (pieces, POINTING).
        key: what a mention answers with, and its own score, shape (pieces, POINTING + 1).
    """

    window: Integers
    cut: Floats
    kind: Floats
    voice: Floats
    query: Floats
    key: Floats

    @classmethod
    def of(cls, number: int, heads: Sequence[Floats]) -> "Chances":
        """Return what is said of the pieces of one window, from the heads in the order of `HEADS`."""
        return cls(np.full(len(heads[0]), number), *heads)

    @classmethod
    def joined(cls, windows: Iterable["Chances"]) -> "Chances":
        """Return what is said of a stretch from what is said of its windows, in text order; none give none."""
        parts = (cls.of(0, [np.zeros((0, size), np.float32) for size in HEADS.values()]), *windows)
        return cls(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)))


class Network(Protocol):
    """Whatever weighs the pieces of a document."""

    def chances(self, tokens: Tokens) -> Iterator[Chances]:
        """Return what it says of the pieces, window by window in text order."""
        ...


@dataclass(frozen=True, slots=True)
class OnnxNetwork:
    """The network in an ONNX Runtime session; safe to share between threads."""

    session: onnxruntime.InferenceSession

    def chances(self, tokens: Tokens) -> Iterator[Chances]:
        """Return what it says of the pieces, window by window; those further on are weighed while the first are read.

        Whoever stops reading spares it the windows that are not begun.
        """
        windows = list(enumerate(windows_of(tokens.sentences)))
        return shared_out(lambda numbered: self._in_window(tokens, *numbered), windows)

    def _in_window(self, tokens: Tokens, number: int, window: tuple[int, int]) -> Chances:
        first, last = window
        rows = np.concatenate(([START], tokens.rows[first:last], [END]))
        places = np.full((len(rows), len(SIGNS)), sum(SIGNS.values()))
        places[1:-1] = tokens.signs[first:last] + list(_offsets())
        said = self.session.run(list(HEADS), {"rows": rows[None], "signs": places[None]})
        return Chances.of(number, [head[0, 1:-1] for head in said])


def _offsets() -> Iterator[int]:
    """Yield where the values of each sign begin in the one table of signs; its last row is for the two marks."""
    total = 0
    for size in SIGNS.values():
        yield total
        total += size


def network_of(model: bytes) -> OnnxNetwork:
    """Return the network of an ONNX file.

    Raises:
        DomainError: the bytes are no such model, code "model.unreadable".
    """
    options = onnxruntime.SessionOptions()
    # Each window is weighed by one thread: sums are taken in one order, so that the same text gives the same claims on
    # any machine, and no thread waits for another in the middle of a window.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only: warnings of the optimiser are of no use to a reader
    try:
        return OnnxNetwork(onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"]))
    except Exception as error:
        message = f"model {FILE} cannot be read: install the package again or run `make train-encoder`"
        raise DomainError("model.unreadable", message, path=FILE) from error


@cache
def shipped_network() -> OnnxNetwork | None:
    """Return the network that came with the package, read once a process; None where there is none."""
    file = resources.files(__package__).joinpath(FILE)
    return network_of(file.read_bytes()) if file.is_file() else None
