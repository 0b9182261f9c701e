"""What the network is shown of a document."""

from datetime import date
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from extract.attribution import find_frames
from extract.layers import Layers
from extract.models.encoder.pieces import Pieces
from extract.models.encoder.tokens import SIGNS, Tokens, tokens_of, windows_of
from tests.extract.claim_readings import actors_in, period, quantity, read

PIECES = Pieces.of({"▁": -1.0})  # every character of a text is an unknown piece of its own


def shown(text: str, layers: Layers) -> Tokens:
    reading = read(text)
    return tokens_of(reading, layers, find_frames(reading, layers.actors), PIECES)


def sign_at(tokens: Tokens, name: str, at: int) -> int:
    piece = int(np.flatnonzero(tokens.starts == at)[-1])
    return int(tokens.signs[piece, list(SIGNS).index(name)])


def test_periods_are_told_apart_by_the_day_of_publication() -> None:
    text = "去年虧損，今年持平，明年獲利。"
    periods = (
        period(text, "去年", date(2023, 1, 1), date(2023, 12, 31)),
        period(text, "今年", date(2024, 1, 1), date(2024, 12, 31)),
        period(text, "明年", date(2025, 1, 1), date(2025, 12, 31)),
    )
    tokens = shown(text, Layers(periods=periods))
    assert [sign_at(tokens, "period", text.index(word)) for word in ("去年", "今年", "明年", "虧損")] == [1, 2, 3, 0]


def test_percentages_and_money_bear_different_signs() -> None:
    text = "營收2億元，年增3%。"
    tokens = shown(text, Layers(quantities=(quantity(text, "2億元", "2e8", "TWD"), quantity(text, "3%", "3", "%"))))
    assert [sign_at(tokens, "quantity", text.index(word)) for word in ("2億", "3%", "年增")] == [4, 1, 0]


def test_speech_is_signed_with_its_speaker_and_its_lead() -> None:
    text = "林大中表示，出口回溫。"
    tokens = shown(text, Layers(actors=actors_in(text)))
    assert sign_at(tokens, "lead", text.index("表示")) == 1
    assert sign_at(tokens, "lead", text.index("回溫")) == 0
    assert sign_at(tokens, "cue", text.index("回溫")) > 0
    assert sign_at(tokens, "actor", 0) > 0


def test_every_sign_keeps_to_its_range() -> None:
    text = "快訊\n林大中預估，明年出口將增3%。美國經濟放緩！"
    tokens = shown(text, Layers(quantities=(quantity(text, "3%", "3", "%"),), actors=actors_in(text)))
    assert (tokens.signs >= 0).all()
    assert (tokens.signs.max(axis=0) < np.array(list(SIGNS.values()))).all()


def test_an_empty_document_has_no_pieces() -> None:
    tokens = shown("", Layers())
    assert len(tokens.rows) == 0
    assert list(windows_of(tokens.sentences)) == []


@given(st.lists(st.integers(min_value=1, max_value=700), max_size=40))
def test_windows_follow_one_another_and_none_is_longer_than_the_network_reads(lengths: list[int]) -> None:
    sentences = np.repeat(np.arange(len(lengths)), lengths)
    windows = list(windows_of(sentences))
    assert all(0 < last - first <= 505 for first, last in windows)
    assert all(a[1] == b[0] for a, b in pairwise(windows))
    assert ([windows[0][0], windows[-1][1]] if windows else [0, 0]) == [0, sum(lengths)]


def test_windows_may_be_asked_for_in_another_size() -> None:
    sentences = np.repeat(np.arange(40), 20)
    assert [last - first for first, last in windows_of(sentences, aim=200)] == [200] * 4
    assert [last - first for first, last in windows_of(sentences, aim=300)] == [260, 260, 280]


@given(st.lists(st.integers(min_value=1, max_value=60), min_size=1, max_size=60))
def test_windows_end_with_a_sentence_where_sentences_are_short(lengths: list[int]) -> None:
    sentences = np.repeat(np.arange(len(lengths)), lengths)
    ends = set(np.cumsum(lengths).tolist())
    assert {last for _, last in windows_of(sentences)} <= ends
