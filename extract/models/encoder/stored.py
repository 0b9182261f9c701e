"""What networks said of articles that they were not learned from, kept so that the whole system can be judged again.

Tuning a network for each fold takes minutes, the chain seconds: the file lets both be cross-validated together
whenever the chain is learned anew.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from extract.models.encoder.network import HEADS, Chances
from extract.models.encoder.tokens import Tokens
from schemas.errors import DomainError

FILE: Final = Path(__file__).parents[3] / "build" / "folds.npz"
_RECORD = "record"
_PARTS = ("window", *HEADS)


@dataclass(frozen=True, slots=True)
class StoredNetwork:
    """The answers of a network for one document."""

    answers: Chances

    def chances(self, tokens: Tokens) -> Iterator[Chances]:
        """Return the answers, all at once; see `extract.models.encoder.network.Network`.

        Raises:
            DomainError: they were given for other pieces than these, code "model.folds_stale".
        """
        if len(tokens.rows) != len(self.answers.cut):
            message = "the stored answers are for other pieces: run `make folds` again"
            raise DomainError("model.folds_stale", message, pieces=len(tokens.rows), stored=len(self.answers.cut))
        return iter((self.answers,))


@dataclass(frozen=True, slots=True)
class Stored:
    """Answers by the names of articles, and what the networks were made from: schedule and hashes of the articles."""

    answers: Mapping[str, StoredNetwork]
    record: Mapping[str, Any]


def write_stored(stored: Stored, path: Path) -> None:
    """Write answers in half precision, which moves no figure by a thousandth."""
    arrays = {f"{name}.{part}": getattr(one.answers, part) for name, one in stored.answers.items() for part in _PARTS}
    halves = {name: array.astype(np.float16) for name, array in arrays.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **halves, **{_RECORD: np.array(json.dumps(stored.record, sort_keys=True))})  # type: ignore[arg-type]


def read_stored(path: Path) -> Stored:
    """Return the answers of a file.

    Raises:
        DomainError: it is absent or broken, code "model.folds_unreadable".
    """
    try:
        with np.load(path, allow_pickle=False) as data:
            names = sorted({key.rsplit(".", 1)[0] for key in data.files if key != _RECORD})
            answers = {name: StoredNetwork(_chances(data, name)) for name in names}
            return Stored(answers, json.loads(str(data[_RECORD])))
    except (OSError, ValueError, KeyError) as error:
        message = f"{path} cannot be read: make it with `make folds`"
        raise DomainError("model.folds_unreadable", message, path=path.name) from error


def _chances(data: Mapping[str, npt.NDArray[np.float16]], name: str) -> Chances:
    heads = [data[f"{name}.{head}"].astype(np.float32) for head in HEADS]
    return Chances(data[f"{name}.window"].astype(np.int64), *heads)
