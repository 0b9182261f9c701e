"""The trained segmenter: what it cuts, when it steps back, and that it holds no text."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from importlib import resources

import numpy as np
import pytest

from extract.attribution import find_frames
from extract.models.atoms import atoms_of, cuts_of
from extract.models.blending import Shares
from extract.models.features import BITS
from extract.models.segmenter import ModelSegmenter, best_segmenter
from extract.models.semicrf import Weights
from extract.models.store import shipped_model
from extract.propositions import Proposition, RuleSegmenter
from extract.reading import Reading, Word
from schemas.claim import ClaimKind
from schemas.extraction import Skipped
from schemas.quantity import QuantityTag
from tests.extract.claim_readings import layers_of, quantity, read


def tagged(text: str) -> Reading:
    """Return a reading whose words all count as verbs, so that the model takes it."""
    reading = read(text)
    return replace(
        reading, words=tuple(Word(w.start, w.end, w.text, "v" if w.pos == "n" else w.pos) for w in reading.words)
    )


def blank_weights() -> Weights:
    kind, cut, neighbours = ((2**BITS, 4), (2**BITS,), (5, 4))
    return Weights(*(np.zeros(shape, dtype=np.float32) for shape in (kind, cut, neighbours)))


def parted(segments: Iterable[Proposition | Skipped]) -> tuple[list[Proposition], list[Skipped]]:
    """Return the propositions and what was left out."""
    found = list(segments)
    return [p for p in found if isinstance(p, Proposition)], [one for one in found if isinstance(one, Skipped)]


def atoms_in(text: str, *tags: QuantityTag) -> list[str]:
    reading, layers = read(text), layers_of(text, *tags)
    cuts = cuts_of(find_frames(reading, layers.actors))
    return [
        text[atom.start : atom.end].strip("，。、：「」")
        for index in range(len(reading.sentences))
        for atom in atoms_of(reading, layers, cuts, index)
    ]


def test_atoms_part_what_introduces_speech_from_the_speech() -> None:
    assert atoms_in("林大中表示，出口回溫，訂單不少。") == ["林大中表示", "出口回溫", "訂單不少"]


def test_figures_in_a_list_are_atoms_of_their_own() -> None:
    text = "每股賺2元、配息1元。"
    tags = [quantity(text, "2元", "2", "TWD"), quantity(text, "1元", "1", "TWD")]
    assert atoms_in(text, *tags) == ["每股賺2元", "配息1元"]
    assert atoms_in("出口、進口都回溫。") == ["出口、進口都回溫"]


def test_the_share_of_claims_brings_more_or_fewer_of_them() -> None:
    reading, layers = tagged("出口回溫，訂單不少。"), layers_of("出口回溫，訂單不少。")
    many, _ = parted(ModelSegmenter(blank_weights(), shares=Shares(claim=5.0)).segments(reading, layers, ()))
    none, _ = parted(ModelSegmenter(blank_weights(), shares=Shares(claim=-5.0)).segments(reading, layers, ()))
    assert (len(many), len(none)) == (2, 0)


def test_a_reading_without_parts_of_speech_goes_to_the_rules() -> None:
    text = "林大中警告，房市已經過熱。"
    reading, layers = read(text), layers_of(text)
    frames = find_frames(reading, layers.actors)
    modelled = ModelSegmenter(blank_weights()).segments(reading, layers, frames)
    assert list(modelled) == list(RuleSegmenter().segments(reading, layers, frames))


def test_the_spans_of_the_model_are_trimmed_and_in_order() -> None:
    text = "但是，出口回溫，訂單不少；房價將再漲。\n外資觀望！"
    reading, layers = tagged(text), layers_of(text)
    weights = blank_weights()
    weights.neighbours[:, 1] = 5.0
    found, _ = parted(ModelSegmenter(weights).segments(reading, layers, ()))
    spans = [(p.span.start, p.span.end) for p in found]
    assert spans == sorted(spans)
    assert all(text[a:b].strip("，。；！ \n") == text[a:b] for a, b in spans)
    assert {p.kind for p in found} == {ClaimKind.PREDICTION}


def test_margins_are_differences_of_chances() -> None:
    text = "出口回溫。"
    found, skipped = parted(ModelSegmenter(blank_weights()).segments(tagged(text), layers_of(text), ()))
    assert len(found) + len(skipped) == 1
    assert all(0 <= p.margin <= 1 for p in found)


needs_weights = pytest.mark.skipif(shipped_model() is None, reason="no trained weights are installed")


@needs_weights
def test_the_shipped_model_are_the_ones_their_record_tells_of() -> None:
    folder = resources.files("extract.models")
    record = json.loads(folder.joinpath("claims.json").read_text(encoding="utf-8"))
    weights = folder.joinpath("claims.npz").read_bytes()
    assert record["weights"] == hashlib.sha256(weights).hexdigest()
    assert len(weights) <= 20 * 2**20
    assert len(record["articles"]) >= 100
    assert "seed" not in record["articles"]


@needs_weights
def test_the_best_segmenter_is_the_trained_one() -> None:
    assert isinstance(best_segmenter(), ModelSegmenter)
