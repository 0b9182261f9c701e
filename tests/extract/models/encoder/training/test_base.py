"""Reading the base model: a file of the same form, made here, comes back as it was written."""

import struct
from pathlib import Path

import numpy as np
import pytest

from extract.models.encoder.training.base import BLOCK, chosen_ids, read_base
from schemas.errors import InputError

WIDTH = 32
PIECES = ["<s>", "<pad>", "</s>", "<unk>", ",", "▁", "a", "the", "利率", "利率", "的に", "x" * 20]


def blocks_of(nibbles: list[int], scale: float) -> bytes:
    """Return one block: weight j in the low half of byte j, weight j + 16 in the high half."""
    low, high = nibbles[: BLOCK // 2], nibbles[BLOCK // 2 :]
    return struct.pack("<e", scale) + bytes(a | b << 4 for a, b in zip(low, high, strict=True))


def base_file(path: Path) -> Path:
    texts = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, texts)]).astype("<u4").tobytes()
    scores = np.arange(len(PIECES), dtype="<f4").tobytes()
    head = b"E5S1" + struct.pack("<I7ifi", 1, WIDTH, 1, 1, 4, len(PIECES), 8, 1, 1e-12, BLOCK)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, texts))) + offsets + scores + b"".join(texts)
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xFF0C, 1, 0x2C)
    words = blocks_of([8 + j % 4 for j in range(BLOCK)], 0.5) + blocks_of([j % 16 for j in range(BLOCK)], 2.0)
    bias = np.array([1.5, -2.5], dtype="<f4").tobytes()
    entries = [("emb.word", 1, 2 * BLOCK, words), ("bias", 0, 2, bias)]
    size = len(head) + 4 + sum(2 + len(name) + 21 for name, *_ in entries)
    directory, body = struct.pack("<i", len(entries)), b""
    for name, kind, count, data in entries:
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, count, size + len(body), len(data))
        body += data
    path.write_bytes(head + directory + body)
    return path


def test_pieces_and_scores_come_in_the_order_of_their_ids(tmp_path: Path) -> None:
    base = read_base(base_file(tmp_path / "base.bin"))
    assert list(base.pieces) == PIECES
    assert base.scores.tolist() == list(range(len(PIECES)))
    assert base.width == WIDTH


def test_nibbles_come_back_as_weights(tmp_path: Path) -> None:
    base = read_base(base_file(tmp_path / "base.bin"))
    assert base.tensor("emb.word")[:5].tolist() == [0.0, 0.5, 1.0, 1.5, 0.0]
    assert base.tensor("emb.word", ids=np.array([1]))[[0, 15, 16]].tolist() == [-16.0, 14.0, -16.0]
    assert base.tensor("bias").tolist() == [1.5, -2.5]


def test_pieces_are_chosen_by_their_form(tmp_path: Path) -> None:
    base = read_base(base_file(tmp_path / "base.bin"))
    kept = [PIECES[i] for i in chosen_ids(base, lambda text: text)]
    assert kept == ["<s>", "<pad>", "</s>", "<unk>", ",", "▁", "a", "the", "利率", "利率", "x" * 20]


def test_pieces_that_folding_would_change_are_left_out(tmp_path: Path) -> None:
    base = read_base(base_file(tmp_path / "base.bin"))
    assert "利率" not in [PIECES[i] for i in chosen_ids(base, lambda text: text.replace("率", "律"))]


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"PK\x03\x04")
    with pytest.raises(InputError, match="no base model") as caught:
        read_base(other)
    assert caught.value.code == "train.no_base"
