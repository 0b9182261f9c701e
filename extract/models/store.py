"""Keep and read the weights: one compressed file of hashed numbers, no text."""

from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from extract.models.features import BITS
from extract.models.semicrf import LABELS, Weights
from schemas.errors import DomainError

FILE = "claims.npz"
_TINY = 2e-3  # a weight below it moves no decision; dropping them halves the file


def write_weights(weights: Weights, path: Path) -> None:
    """Write the weights; the same weights give the same bytes."""
    kind = np.where(np.abs(weights.kind) < _TINY, 0, weights.kind).astype(np.float16)
    used = np.flatnonzero(kind.any(axis=1)).astype(np.int32)
    cut = np.where(np.abs(weights.cut) < _TINY, 0, weights.cut).astype(np.float16)
    cut_used = np.flatnonzero(cut).astype(np.int32)
    np.savez_compressed(
        path, kind=kind[used], places=used, cut=cut[cut_used], cut_places=cut_used, neighbours=weights.neighbours
    )


def read_weights(path: Path) -> Weights:
    """Return the weights of a file.

    Raises:
        DomainError: the file is absent, broken or made for other features, code "model.unreadable".
    """
    try:
        with np.load(path, allow_pickle=False) as data:
            kind = np.zeros((2**BITS, len(LABELS)), dtype=np.float32)
            kind[data["places"]] = data["kind"]
            cut = np.zeros(2**BITS, dtype=np.float32)
            cut[data["cut_places"]] = data["cut"]
            return Weights(kind, cut, data["neighbours"].astype(np.float32))
    except (OSError, ValueError, KeyError, IndexError) as error:
        message = f"model {path.name} cannot be read: train it again with `make train`"
        raise DomainError("model.unreadable", message, path=path.name) from error


@cache
def shipped_weights() -> Weights | None:
    """Return the weights that came with the package, read once a process; None where there are none."""
    with resources.as_file(resources.files(__package__).joinpath(FILE)) as path:
        return read_weights(path) if path.exists() else None
