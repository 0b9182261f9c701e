"""Keep and read what was learned: one compressed file of hashed numbers, no text."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt

from extract.models.chooser import Chooser
from extract.models.features import BITS
from extract.models.semicrf import LABELS, Weights
from schemas.errors import DomainError

FILE = "claims.npz"
_VOICES = ("first", "bias", "second", "direct")
_TINY = 2e-3  # a weight below it moves no decision; dropping them halves the file


@dataclass(frozen=True, slots=True)
class Model:
    """All that was learned: for propositions and their kinds, and for the choice of speakers."""

    weights: Weights
    voices: Chooser


def write_model(model: Model, path: Path) -> None:
    """Write a model; the same model gives the same bytes."""
    weights = model.weights
    kind = np.where(np.abs(weights.kind) < _TINY, 0, weights.kind).astype(np.float16)
    used = np.flatnonzero(kind.any(axis=1)).astype(np.int32)
    cut, cut_places = _packed(weights.cut)
    np.savez_compressed(
        path,
        kind=kind[used],
        places=used,
        cut=cut,
        cut_places=cut_places,
        neighbours=weights.neighbours,
        voices_known=model.voices.known,
        **{f"voices_{name}": getattr(model.voices, name).astype(np.float16) for name in _VOICES},
    )


def _packed(values: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.float16], npt.NDArray[np.int32]]:
    """Return the values that matter and where they stand."""
    kept = np.where(np.abs(values) < _TINY, 0, values).astype(np.float16)
    places = np.flatnonzero(kept).astype(np.int32)
    return kept[places], places


def _unpacked(values: npt.NDArray[np.float16], places: npt.NDArray[np.int32]) -> npt.NDArray[np.float32]:
    full = np.zeros(2**BITS, dtype=np.float32)
    full[places] = values
    return full


def read_model(path: Path) -> Model:
    """Return the model of a file.

    Raises:
        DomainError: the file is absent, broken or made for other features, code "model.unreadable".
    """
    try:
        with np.load(path, allow_pickle=False) as data:
            kind = np.zeros((2**BITS, len(LABELS)), dtype=np.float32)
            kind[data["places"]] = data["kind"]
            cut = _unpacked(data["cut"], data["cut_places"])
            weights = Weights(kind, cut, data["neighbours"].astype(np.float32))
            voices = [data[f"voices_{name}"].astype(np.float32) for name in _VOICES]
            return Model(weights, Chooser(data["voices_known"], *voices))
    except (OSError, ValueError, KeyError, IndexError) as error:
        message = f"model {path.name} cannot be read: train it again with `make train`"
        raise DomainError("model.unreadable", message, path=path.name) from error


@cache
def shipped_model() -> Model | None:
    """Return the model that came with the package, read once a process; None where there are none."""
    with resources.as_file(resources.files(__package__).joinpath(FILE)) as path:
        return read_model(path) if path.exists() else None
