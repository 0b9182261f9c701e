"""Which mentions the claims of a window should point at."""

import numpy as np
import pytest

from extract.attribution import find_frames
from extract.models.encoder.pieces import shipped_pieces
from extract.models.encoder.tokens import tokens_of
from extract.models.encoder.training.pointing import ABSENT, Cast, Pointing, cast_of
from extract.models.examples import Article
from tests.extract.claim_readings import layers_of, read

TEXT = "林大中表示，明年出口可望成長。庫存偏高。陳小月則說，訂單不少。"
CLAIMS = {"明年出口可望成長": "lin-da-zhong", "庫存偏高": "author", "訂單不少": "market"}


def cast(claims: dict[str, str]) -> tuple[Cast, int]:
    """Return who speaks in the text, and how many pieces it has."""
    reading, layers = read(TEXT), layers_of(TEXT)
    frames = find_frames(reading, layers.actors)
    places = [(TEXT.index(words), len(words), who) for words, who in claims.items()]
    gold = {"claims": [{"start": start, "end": start + size, "speakers": [who]} for start, size, who in places]}
    article = Article("own", reading, layers, frames, gold)
    tokens = tokens_of(reading, layers, frames, shipped_pieces())
    found = cast_of(article, tokens, lambda theirs, ours: list(ours) == theirs)
    return found, len(tokens.rows)


@pytest.fixture(scope="module")
def whole() -> Pointing:
    found, pieces = cast(CLAIMS)
    return found.within(0, pieces)


def test_a_claim_points_at_all_mentions_of_its_speaker(whole: Pointing) -> None:
    assert not whole.right[0, :ABSENT].any()
    assert whole.right[0].sum() >= 2  # the name, and the words that lead in


def test_the_narrator_and_those_nobody_mentions_are_sorts(whole: Pointing) -> None:
    assert np.flatnonzero(whole.right[1]).tolist() == [0]
    assert np.flatnonzero(whole.right[2]).tolist() == [1]


def test_what_frames_say_tells_their_speaker_from_others(whole: Pointing) -> None:
    of_first = set(whole.framed[0].tolist())
    assert of_first == {1, 2, 3}  # 陳小月, 林大中, 林大中表示
    assert whole.unframed[0] == 1


def test_a_window_holds_what_begins_in_it() -> None:
    found, pieces = cast(CLAIMS)
    half = found.parts[1].first
    first, second = found.within(0, half), found.within(half, pieces)
    assert [len(first.claims), len(second.claims)] == [1, 2]
    assert second.claims[0, 0] == 0
    assert len(first.mentions) + len(second.mentions) == len(found.mentions)
    assert found.within(pieces, pieces).right.shape == (0, ABSENT)


def test_a_speaker_mentioned_in_another_window_speaks_from_elsewhere() -> None:
    found, pieces = cast({"庫存偏高": "lin-da-zhong"})
    assert np.flatnonzero(found.within(found.parts[0].first, pieces).right[0]).tolist() == [2]
