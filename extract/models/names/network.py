"""Run the tuned networks of names on ONNX Runtime: how well each label fits each character."""

import gzip
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Protocol

import onnxruntime

from extract.models.names.inputs import Inputs
from extract.models.names.taps import Floats, session_of
from schemas.errors import DomainError

FILE: Final = "names.onnx.gz"


class Network(Protocol):
    """Whatever weighs the characters of a stretch."""

    def scores(self, inputs: Inputs) -> Floats:
        """Return the score of each label for each character, shape (characters, labels)."""
        ...


@dataclass(frozen=True, slots=True)
class OnnxNetwork:
    """The network in an ONNX Runtime session; safe to share between threads."""

    session: onnxruntime.InferenceSession

    def scores(self, inputs: Inputs) -> Floats:
        """Return the score of each label for each character, shape (characters, labels)."""
        feed = {
            "lower": inputs.lower[None],
            "lac": inputs.lac[None],
            "owner": inputs.owner,
            "place": inputs.place[None],
            "mark": inputs.mark[None],
        }
        found: Floats = self.session.run(["scores"], feed)[0][0]
        return found


def network_of(model: bytes) -> OnnxNetwork:
    """Return the network of a compressed ONNX file.

    Raises:
        DomainError: the bytes are no such model, code "model.unreadable".
    """
    try:
        return OnnxNetwork(session_of(gzip.decompress(model)))
    except Exception as error:
        message = f"model {FILE} cannot be read: install the package again or run `make train-names`"
        raise DomainError("model.unreadable", message, path=FILE) from error


@cache
def shipped_network() -> OnnxNetwork:
    """Return the network that came with the package, read once a process.

    Raises:
        DomainError: it is broken, code "model.unreadable".
    """
    return network_of(resources.files("extract.models.names").joinpath(FILE).read_bytes())
