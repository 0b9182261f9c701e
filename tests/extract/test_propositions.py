"""Propositions: where they are cut, what is left outside, and what claims carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.propositions import claims_of
from schemas.claim import ClaimKind, Speech
from schemas.extraction import Refusal
from schemas.text import Span
from tests.extract.claim_readings import layers_of, period, quantity, read, said


def texts_of(text: str) -> list[str]:
    claims, _ = claims_of(read(text), layers_of(text))
    return [claim.text for claim in claims]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("林大中警告，房市已經過熱。", ["房市已經過熱"]),
        ("林大中說：「房市已經過熱。」", ["房市已經過熱"]),
        ("因此，房市已經過熱。", ["房市已經過熱"]),
        ("數據顯示，房市已經過熱。", ["房市已經過熱"]),
        ("若油價再漲，通膨就會升溫。", ["若油價再漲，通膨就會升溫"]),
        ("一旦工廠停工，晨光電子將無法交貨。", ["一旦工廠停工，晨光電子將無法交貨"]),
        ("工廠已經停工；客人紛紛退貨。", ["工廠已經停工", "客人紛紛退貨"]),
        ("隨著旺季到來，價格持續走高。", ["隨著旺季到來，價格持續走高"]),
        ("他「看好」這座工廠的前景。", ["他「看好」這座工廠的前景"]),
        ("晨光電子股價大漲，同比增加一倍。", ["晨光電子股價大漲，同比增加一倍"]),
    ],
)
def test_a_sentence_is_cut_into_its_propositions(text: str, claims: list[str]) -> None:
    assert texts_of(text) == claims


def test_figures_of_two_records_are_two_claims_and_a_comparison_stays_inside() -> None:
    text = "晨光電子營收30億元，年增8%，淨利2億元，年減5%。"
    tags = [
        quantity(text, "30億元", "3000000000", "TWD"),
        quantity(text, "8%", "8", "%"),
        quantity(text, "2億元", "200000000", "TWD"),
        quantity(text, "5%", "5", "%"),
    ]
    claims, _ = claims_of(read(text), layers_of(text, *tags))
    assert [claim.text for claim in claims] == ["晨光電子營收30億元，年增8%", "淨利2億元，年減5%"]
    assert [len(claim.quantities) for claim in claims] == [2, 2]


def test_a_question_asserts_nothing_and_is_counted() -> None:
    text = "央行為何不降息？"
    claims, skipped = claims_of(read(text), layers_of(text))
    assert claims == ()
    assert [(s.reason, s.span) for s in skipped] == [(Refusal.QUESTION, Span(start=0, end=8))]


def test_a_disclaimer_is_no_claim() -> None:
    text = "本文僅供參考，投資人應自負盈虧。"
    claims, skipped = claims_of(read(text), layers_of(text))
    assert claims == ()
    assert [s.reason for s in skipped] == [Refusal.SENTENCE_NO_CLAIM]


def test_an_unknown_speaker_is_refused_and_the_claim_is_the_narrators() -> None:
    text = "消息靈通的那一邊坦言，貨賣不掉。"
    claims, skipped = claims_of(read(text), layers_of(text))
    assert said(claims) == [("貨賣不掉", ("author",))]
    assert Refusal.SPEAKER_UNRESOLVED in [s.reason for s in skipped]


def test_a_claim_carries_speaker_cue_periods_and_mentions() -> None:
    text = "林大中預估，晨光電子2025年營收將成長三成。"
    tags = [period(text, "2025年", None, None), quantity(text, "三成", "30", "%")]
    claims, _ = claims_of(read(text), layers_of(text, *tags))
    (claim,) = claims
    assert claim.text == "晨光電子2025年營收將成長三成"
    assert claim.attribution.speakers == ("lin-da-zhong",)
    assert claim.attribution.cue == "預估"
    assert claim.attribution.speech is Speech.INDIRECT
    assert claim.mentions == ("dawn-electronics",)
    assert len(claim.periods) == 1
    assert claim.kind is ClaimKind.PREDICTION
    assert claim.prediction is not None


def test_the_same_text_gives_the_same_claim_ids() -> None:
    text = "林大中警告，房市已經過熱。"
    first, second = (claims_of(read(text), layers_of(text))[0] for _ in range(2))
    assert [c.claim_id for c in first] == [c.claim_id for c in second]


@given(st.text(alphabet="林大中說：「」，。？若會3%\n 降息“”但、;—■", max_size=60))
def test_any_text_gives_spans_that_are_slices_and_do_not_overlap(text: str) -> None:
    claims, skipped = claims_of(read(text), layers_of(text))
    end = 0
    for claim in claims:
        assert claim.span.of(text) == claim.text
        assert claim.text.strip() == claim.text != ""
        assert claim.span.start >= end
        end = claim.span.end
    assert all(s.span.end <= len(text) for s in skipped)
