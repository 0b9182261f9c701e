"""How what the network says of pieces adds up over a run, and whom a claim points at."""

import numpy as np
import pytest

from extract.models.encoder.evidence import Evidence, evidence_of
from extract.models.encoder.mentions import Mention
from extract.models.encoder.network import POINTING, Chances
from extract.models.encoder.tokens import Tokens
from schemas.text import Span

ABSENT = 3  # the narrator, a crowd, somebody elsewhere


def evidence(
    cut: list[list[float]], kind: list[list[float]] | None = None, voice: list[list[float]] | None = None
) -> Evidence:
    """Return the evidence of pieces of one character each with these probabilities."""
    size = len(cut)
    places = np.arange(size)
    none = np.zeros((size, 1), dtype=np.int64)
    tokens = Tokens(places, places, places + 1, np.zeros(size, dtype=np.int64), none)
    alike = [[1 / 3] * 3] * size
    tables = (np.log(np.array(table, dtype=np.float32)) for table in (cut, kind or alike, voice or alike))
    nothing = np.zeros((size, POINTING), np.float32)
    key = np.zeros((size, POINTING + 1), np.float32)
    return evidence_of(tokens, Chances(np.zeros(size, np.int64), *tables, nothing, key), ())


def run(found: Evidence, start: int, end: int) -> tuple[float, list[float]]:
    odds, kinds = found.of_runs([start], [end])
    return float(odds[0]), kinds[0].tolist()


def test_a_run_is_weighed_against_standing_outside_any_claim() -> None:
    found = evidence([[0.2, 0.6, 0.2], [0.1, 0.1, 0.8], [0.25, 0.25, 0.5]])
    odds, _ = run(found, 0, 3)
    assert odds == pytest.approx(np.log(0.6 / 0.2) + np.log(0.8 / 0.1) + np.log(0.5 / 0.25), rel=1e-5)


def test_a_connective_before_a_claim_may_stay_outside() -> None:
    with_connective = evidence([[0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]])
    odds, _ = run(with_connective, 0, 3)
    assert odds == pytest.approx(np.log(8) + np.log(8), rel=1e-5)


def test_a_mark_behind_a_claim_may_stay_outside() -> None:
    odds, _ = run(evidence([[0.1, 0.8, 0.1], [0.1, 0.1, 0.8], [0.98, 0.01, 0.01]]), 0, 3)
    assert odds == pytest.approx(np.log(8) + np.log(8), rel=1e-5)


def test_what_stands_outside_everywhere_speaks_against_a_claim() -> None:
    odds, _ = run(evidence([[0.9, 0.05, 0.05]] * 4), 0, 4)
    assert odds < 0


def test_the_kind_of_most_pieces_wins() -> None:
    kinds = [[0.2, 0.7, 0.1], [0.2, 0.7, 0.1], [0.6, 0.3, 0.1]]
    _, scores = run(evidence([[0.1, 0.8, 0.1], [0.1, 0.1, 0.8], [0.1, 0.1, 0.8]], kinds), 0, 3)
    assert scores.index(max(scores)) == 1


def test_a_voice_is_heard_over_all_pieces_of_a_span() -> None:
    voices = [[0.8, 0.1, 0.1], [0.1, 0.1, 0.8], [0.1, 0.1, 0.8]]
    found = evidence([[0.1, 0.8, 0.1]] * 3, voice=voices)
    short, whole = found.voice_in(Span(start=0, end=1)), found.voice_in(Span(start=0, end=3))
    assert max(short[:ABSENT]) == short.telling
    assert max(whole[:ABSENT]) == whole.elsewhere


def test_a_long_span_tells_no_more_of_its_voice_than_a_short_one() -> None:
    found = evidence([[0.1, 0.8, 0.1]] * 9, voice=[[0.6, 0.1, 0.3]] * 9)
    short, whole = found.voice_in(Span(start=0, end=1)), found.voice_in(Span(start=0, end=9))
    assert whole[:ABSENT] == pytest.approx(short[:ABSENT])


def pointing(window: list[int], mentions: list[Mention], sought: float = 0.0) -> Evidence:
    """Return the evidence of pieces of one character: the first seeks what mentions of piece 2 answer with."""
    size = len(window)
    places = np.arange(size)
    tokens = Tokens(places, places, places + 1, np.array(window), np.zeros((size, 1), dtype=np.int64))
    query, key = np.zeros((size, POINTING), np.float32), np.zeros((size, POINTING + 1), np.float32)
    query[0, 0] = key[2, 0] = sought
    alike = np.zeros((size, ABSENT), np.float32)
    return evidence_of(tokens, Chances(np.array(window), alike, alike, alike, query, key), mentions)


def mention(who: str, start: int, end: int) -> Mention:
    return Mention((who,), Span(start=start, end=end))


CLAIM = Span(start=0, end=1)


def test_the_mention_that_answers_best_is_heard_most() -> None:
    heard = pointing([0] * 5, [mention("a", 2, 3), mention("b", 4, 5)], sought=5.0).voice_in(CLAIM).heard
    assert heard["a",] > heard["b",]


def test_all_mentions_of_one_speaker_are_heard_together() -> None:
    voice = pointing([0] * 5, [mention("a", 1, 2), mention("a", 3, 4), mention("b", 4, 5)]).voice_in(CLAIM)
    assert voice.heard["a",] == pytest.approx(2 / 6)
    assert [voice.telling, voice.crowd, voice.elsewhere, voice.heard["b",]] == pytest.approx([1 / 6] * 4)


def test_nobody_is_heard_from_another_window() -> None:
    voice = pointing([0, 0, 1, 1, 1], [mention("a", 2, 3)], sought=9.0).voice_in(CLAIM)
    assert voice.heard == {}
    assert voice[:ABSENT] == pytest.approx([1 / 3] * 3)


def test_a_mention_that_no_piece_stands_in_is_left_out() -> None:
    assert pointing([0] * 3, [mention("a", 7, 9)]).voice_in(CLAIM).heard == {}


def test_nobody_is_heard_where_there_is_no_piece() -> None:
    voice = pointing([0] * 3, [mention("a", 1, 2)]).voice_in(Span(start=8, end=9))
    assert voice[:ABSENT] == pytest.approx([1 / 3] * 3)
    assert voice.heard == {}


def test_a_run_without_a_piece_says_nothing() -> None:
    odds, kinds = run(evidence([[0.1, 0.8, 0.1]]), 5, 9)
    assert odds == 0.0
    assert np.exp(kinds).tolist() == pytest.approx([1 / 3] * 3)


def test_many_runs_are_weighed_as_each_by_itself() -> None:
    random = np.random.default_rng(2)
    found = evidence(random.dirichlet([1, 1, 1], 12).tolist(), random.dirichlet([1, 1, 1], 12).tolist())
    starts, ends = [0, 0, 3, 7, 11], [1, 12, 5, 9, 12]
    odds, kinds = found.of_runs(starts, ends)
    alone = [run(found, start, end) for start, end in zip(starts, ends, strict=True)]
    assert odds.tolist() == pytest.approx([one for one, _ in alone])
    assert kinds.tolist() == [pytest.approx(one) for _, one in alone]
