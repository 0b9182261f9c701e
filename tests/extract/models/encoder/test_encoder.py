"""A document's evidence comes in parts: whole sentences, all of them, as soon as their windows are read."""

from collections.abc import Sequence

import pytest

from extract.attribution import find_frames
from extract.models.encoder.encoder import Encoder, shipped_encoder
from extract.models.encoder.evidence import Evidence
from schemas.text import Span
from tests.extract.claim_readings import layers_of, read

LONG = "央行官員" + "、".join(f"第{number}項商品的價格" for number in range(300)) + "都漲了。"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found = shipped_encoder()
    assert found is not None
    return found


def parts_of(text: str, encoder: Encoder) -> list[tuple[range, Evidence]]:
    reading, layers = read(text), layers_of(text)
    return list(encoder.evidence(reading, layers, find_frames(reading, layers.actors)))


def sentences(parts: Sequence[tuple[range, Evidence]]) -> list[int]:
    return [index for indices, _ in parts for index in indices]


@pytest.mark.parametrize("text", ["", "出口回溫。", "出口回溫。\n\n" * 300, "出口回溫。" + LONG + "訂單不少。"])
def test_the_parts_tell_of_every_sentence_once(text: str, encoder: Encoder) -> None:
    assert sentences(parts_of(text, encoder)) == list(range(len(read(text).sentences)))


def test_a_long_document_comes_in_several_parts(encoder: Encoder) -> None:
    assert len(parts_of("出口回溫，訂單不少。" * 200, encoder)) > 1


def test_a_sentence_longer_than_a_window_stays_in_one_part(encoder: Encoder) -> None:
    text = "出口回溫。" + LONG + "訂單不少。"
    sentence = read(text).sentences[1].span
    (whole,) = [evidence for indices, evidence in parts_of(text, encoder) if 1 in indices]
    within = whole.window[(whole.starts >= sentence.start) & (whole.starts < sentence.end)]
    assert len(set(within.tolist())) > 1


def test_whoever_is_named_is_heard_in_the_part_that_names_them(encoder: Encoder) -> None:
    text = "出口回溫，訂單不少。" * 100 + "林大中表示，房價將再漲。" + "利率太高，民眾觀望。" * 100
    claim = Span(start=text.index("房價"), end=text.index("再漲") + 2)
    where = next(
        index
        for index, sentence in enumerate(read(text).sentences)
        if sentence.span.start <= claim.start < sentence.span.end
    )
    heard = {where in indices: evidence.voice_in(claim).heard for indices, evidence in parts_of(text, encoder)}
    assert set(heard[True]) == {("lin-da-zhong",)}
    assert heard[False] == {}
