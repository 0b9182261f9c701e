"""Bare time frames assert nothing: they go to what they frame, or are left out."""

from datetime import date

import pytest

from extract.propositions.framing import without_bare_frames
from extract.propositions.protocol import Proposition
from schemas.claim import ClaimKind
from schemas.text import Span
from tests.extract.claim_readings import layers_of, period, quantity, read

NEXT_YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def cut(text: str, *parts: str) -> list[Proposition]:
    places = [(text.index(part), len(part)) for part in parts]
    return [Proposition(Span(start=at, end=at + n), ClaimKind.PREDICTION, 0.5, "model") for at, n in places]


def kept(text: str, *parts: str) -> list[str]:
    layers = layers_of(text, period(text, "明年", *NEXT_YEAR))
    return [p.span.of(text) for p in without_bare_frames(read(text), layers, cut(text, *parts))]


@pytest.mark.parametrize("frame", ["展望明年", "明年", "就明年而言", "明年之前"])
def test_a_frame_goes_to_the_proposition_behind_it(frame: str) -> None:
    text = f"{frame}，房價會再漲。"
    assert kept(text, frame, "房價會再漲") == [f"{frame}，房價會再漲"]


def test_a_frame_with_a_speaker_between_is_left_out() -> None:
    text = "展望明年，北海銀行認為房價會再漲。"
    assert kept(text, "展望明年", "房價會再漲") == ["房價會再漲"]


def test_a_frame_with_nothing_behind_it_is_left_out() -> None:
    assert kept("房價會再漲，明年。", "房價會再漲", "明年") == ["房價會再漲"]


@pytest.mark.parametrize("words", ["明年降息", "明年看好", "房價會再漲"])
def test_what_says_more_than_a_time_stays(words: str) -> None:
    text = f"{words}，明年股市也會。"
    assert kept(text, words, "明年股市也會") == [words, "明年股市也會"]


def test_a_figure_beside_a_time_is_a_claim() -> None:
    text = "明年3%，後年再看。"
    layers = layers_of(text, period(text, "明年", *NEXT_YEAR), quantity(text, "3%", "3", "%"))
    assert [p.span.of(text) for p in without_bare_frames(read(text), layers, cut(text, "明年3%"))] == ["明年3%"]
