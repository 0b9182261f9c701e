"""The network on ONNX Runtime: what it gives, and what it says where its file is broken."""

import json
from dataclasses import fields
from hashlib import sha256
from importlib import resources

import numpy as np
import pytest

from extract.attribution import find_frames
from extract.layers import Layers
from extract.models.encoder.encoder import Encoder, shipped_encoder
from extract.models.encoder.network import POINTING, Chances, network_of
from extract.models.encoder.tokens import Tokens, tokens_of
from schemas.errors import DomainError
from tests.extract.claim_readings import actors_in, read

TEXT = "林大中表示，明年出口可望成長。但投資人不該追高。\n" + "上季營收年增一成，獲利創新高。" * 60


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found = shipped_encoder()
    assert found is not None
    return found


def tokens_in(text: str, encoder: Encoder) -> Tokens:
    reading, layers = read(text), Layers(actors=actors_in(text))
    return tokens_of(reading, layers, find_frames(reading, layers.actors), encoder.pieces)


@pytest.fixture(scope="module")
def chances(encoder: Encoder) -> Chances:
    return Chances.joined(encoder.network.chances(tokens_in(TEXT, encoder)))


def test_every_piece_gets_probabilities(encoder: Encoder, chances: Chances) -> None:
    size = len(tokens_in(TEXT, encoder).rows)
    for table in (chances.cut, chances.kind):
        assert table.shape == (size, 3)
        assert np.exp(table).sum(axis=1) == pytest.approx(np.ones(size), abs=1e-4)
    assert [chances.voice.shape, chances.query.shape] == [(size, 3), (size, POINTING)]
    assert chances.key.shape == (size, POINTING + 1)


def test_a_long_text_is_read_in_windows(chances: Chances) -> None:
    assert sorted(set(chances.window.tolist())) == list(range(chances.window[-1] + 1))
    assert chances.window[-1] > 0


def test_the_same_text_gives_the_same_numbers(encoder: Encoder, chances: Chances) -> None:
    again = Chances.joined(encoder.network.chances(tokens_in(TEXT, encoder)))
    for field in fields(Chances):
        assert np.array_equal(getattr(chances, field.name), getattr(again, field.name))


def test_an_empty_text_gives_nothing(encoder: Encoder) -> None:
    found = Chances.joined(encoder.network.chances(tokens_in("", encoder)))
    assert found.cut.shape == found.kind.shape == found.voice.shape == (0, 3)
    assert len(found.query) == len(found.key) == len(found.window) == 0


def test_a_broken_file_says_what_to_do() -> None:
    with pytest.raises(DomainError, match="make train-encoder") as caught:
        network_of(b"no model")
    assert caught.value.code == "model.unreadable"


@pytest.mark.parametrize(("name", "entry"), [("encoder.onnx", "network"), ("pieces.tsv", "pieces")])
def test_the_record_is_that_of_the_shipped_file(name: str, entry: str) -> None:
    folder = resources.files("extract.models.encoder")
    record = json.loads(folder.joinpath("encoder.json").read_text(encoding="utf-8"))
    assert record[entry]["sha256"] == sha256(folder.joinpath(name).read_bytes()).hexdigest()
    assert len(record["articles"]) > 100


def test_the_files_keep_within_what_a_wheel_may_hold() -> None:
    folder = resources.files("extract.models.encoder")
    assert sum(len(folder.joinpath(name).read_bytes()) for name in ("encoder.onnx", "pieces.tsv")) < 20 * 2**20
