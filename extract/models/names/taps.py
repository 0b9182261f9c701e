"""Read what a shipped network computes inside: its file with one more output, nothing else changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final

import numpy as np
import numpy.typing as npt
import onnxruntime

Floats = npt.NDArray[np.float32]
# Numbers of fields in onnx.proto3: ModelProto.graph, GraphProto.output, ValueInfoProto.name.
_GRAPH, _OUTPUT, _NAME = 7, 12, 1
_BYTES: Final = 2  # wire type of protobuf: a length, then as many bytes
_LONGEST: Final = 127  # what a length of one byte can say


def with_output(model: bytes, name: str) -> bytes:
    """Return an ONNX file that also gives the value of this name inside its graph.

    Messages of protobuf that follow each other are merged, so that a graph of one output joins the first one.

    Raises:
        ValueError: the name is too long for a length of one byte.

    Example:
        >>> with_output(b"", "x").hex(" ")
        '3a 05 62 03 0a 01 78'
    """
    return model + _field(_GRAPH, _field(_OUTPUT, _field(_NAME, name.encode())))


def _field(number: int, content: bytes) -> bytes:
    if len(content) > _LONGEST:
        raise ValueError(f"{len(content)} bytes where at most {_LONGEST} can be said")
    return bytes([number << 3 | _BYTES, len(content)]) + content


@dataclass(frozen=True, slots=True)
class Tap:
    """A network of which one inner value is read; as safe to share between threads as its session."""

    session: onnxruntime.InferenceSession
    output: str

    @classmethod
    def of(cls, package: str, file: str, output: str) -> "Tap":
        """Return the tap of a network that a package ships."""
        model = resources.files(package).joinpath(file).read_bytes()
        return cls(session_of(with_output(model, output)), output)

    def read(self, inputs: Mapping[str, npt.NDArray[np.int64]]) -> Floats:
        """Return the inner value of one row, without the dimension of rows; no later layer is computed."""
        options = onnxruntime.RunOptions()
        options.only_execute_path_to_fetches = True
        value: Floats = self.session.run([self.output], dict(inputs), options)[0][0]
        return value


def session_of(model: bytes) -> onnxruntime.InferenceSession:
    """Return a session on one thread, whose sums are taken in one order."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3  # errors only
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
