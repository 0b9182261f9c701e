"""What the networks of the folds said comes back as it was kept, and answers for no other text."""

from pathlib import Path

import numpy as np
import pytest

from extract.models.encoder.network import POINTING, Chances
from extract.models.encoder.stored import Stored, StoredNetwork, read_stored, write_stored
from extract.models.encoder.tokens import SIGNS, Tokens
from schemas.errors import DomainError


def answers(pieces: int) -> StoredNetwork:
    values = np.log(np.full((pieces, 3), 1 / 3, np.float32))
    query, key = np.zeros((pieces, POINTING), np.float32), np.ones((pieces, POINTING + 1), np.float32)
    return StoredNetwork(Chances(np.arange(pieces) // 3, values, values, values, query, key))


def tokens(pieces: int) -> Tokens:
    row = np.arange(pieces)
    return Tokens(row, row, row + 1, np.zeros(pieces, np.int64), np.zeros((pieces, len(SIGNS)), np.int64))


def test_answers_and_record_come_back(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "folds.npz"
    write_stored(Stored({"a1": answers(4), "a.2": answers(7)}, {"schedule": {"epochs": 2}}), path)
    stored = read_stored(path)
    assert stored.record == {"schedule": {"epochs": 2}}
    assert sorted(stored.answers) == ["a.2", "a1"]
    found = Chances.joined(stored.answers["a.2"].chances(tokens(7)))
    assert np.allclose(found.kind, np.log(1 / 3), atol=1e-3)
    assert found.window.tolist() == [0, 0, 0, 1, 1, 1, 2]
    assert found.key.tolist() == [[1.0] * (POINTING + 1)] * 7


def test_answers_for_other_pieces_are_refused() -> None:
    with pytest.raises(DomainError, match="make folds") as caught:
        answers(4).chances(tokens(5))
    assert caught.value.code == "model.folds_stale"


@pytest.mark.parametrize("content", [None, b"no archive"])
def test_a_file_that_is_absent_or_broken_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "folds.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DomainError, match=r"folds\.npz") as caught:
        read_stored(path)
    assert caught.value.code == "model.folds_unreadable"
