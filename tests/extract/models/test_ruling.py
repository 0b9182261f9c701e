"""Hard rules overrule a model, within their bounds."""

from dataclasses import replace
from datetime import date

import pytest

from extract.layers import Layers
from extract.models.ruling import asks, ruled
from extract.propositions.protocol import Proposition
from schemas.claim import ClaimKind
from schemas.text import Span
from tests.extract.claim_readings import period, read


def opinion(text: str, written: str) -> Proposition:
    at = text.index(written)
    return Proposition(Span(start=at, end=at + len(written)), ClaimKind.OPINION, 0.4, "model")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("目標價調高到180元", "rule.target_price"),
        ("衰退機率升至四成，約40%", "rule.probability"),
        ("有35%的概率降息", "rule.probability"),
        ("目標價上修", "model"),
        ("機率不小", "model"),
    ],
)
def test_a_target_price_and_a_stated_chance_are_forecasts(text: str, rule: str) -> None:
    found = ruled(read(text), Layers(), opinion(text, text))
    assert found.rule == rule
    assert (found.kind is ClaimKind.PREDICTION) == (rule != "model")
    assert found.margin == 0.4


@pytest.mark.parametrize(
    ("text", "rule", "kind"),
    [
        ("他怎麼會賠錢", "rule.rhetorical", ClaimKind.OPINION),
        ("停損設在90元", "rule.stop_price", ClaimKind.OPINION),
        ("新規定即日起生效", "rule.in_force", ClaimKind.FACT),
        ("股價今天起跌", "model", ClaimKind.PREDICTION),
        ("明年有30億元公司債到期", "rule.falls_due", ClaimKind.FACT),
        ("到期的公司債明年將展延", "model", ClaimKind.PREDICTION),
        ("發言人婉拒評論", "rule.no_comment", ClaimKind.FACT),
        ("董事長對併購未置可否", "rule.no_comment", ClaimKind.FACT),
        ("記者會上財長不肯就匯率多談", "rule.no_comment", ClaimKind.FACT),
        ("市場對新機評論不多", "model", ClaimKind.PREDICTION),
        ("公司撤回全年營收的預測", "rule.withdrawn", ClaimKind.FACT),
        ("他將收回這句話", "model", ClaimKind.PREDICTION),
        ("停利點以目標價50元為準", "model", ClaimKind.PREDICTION),
    ],
)
def test_what_the_guidelines_decide_overrules_a_forecast(text: str, rule: str, kind: ClaimKind) -> None:
    found = ruled(read(text), Layers(), replace(opinion(text, text), kind=ClaimKind.PREDICTION))
    assert (found.rule, found.kind) == (rule, kind)


def test_a_chance_in_statistics_of_the_past_is_a_fact() -> None:
    text = "過去十年，上漲的機率是60%"
    layers = Layers(periods=(period(text, "過去十年", date(2014, 5, 6), date(2024, 5, 6)),))
    found = ruled(read(text), layers, opinion(text, text))
    assert (found.rule, found.kind) == ("rule.past_chance", ClaimKind.FACT)


def test_a_rhetorical_question_asserts_the_contrary() -> None:
    text = "這怎麼會是好消息？"
    assert not asks(read(text), opinion(text, "這怎麼會是好消息"))


def test_a_chance_beside_a_time_that_is_over_stays_as_the_model_has_it() -> None:
    text = "去年上漲機率達70%"
    layers = Layers(periods=(period(text, "去年", date(2023, 1, 1), date(2023, 12, 31)),))
    assert ruled(read(text), layers, opinion(text, text)).kind is ClaimKind.OPINION


def test_a_question_asserts_nothing_but_a_headline_with_a_question_mark_does() -> None:
    question, headline = "房價為何不跌？", "房價恐回落？"
    assert asks(read(question), opinion(question, "房價為何不跌"))
    assert not asks(read(headline), opinion(headline, "房價恐回落"))


def test_a_question_word_without_a_question_mark_asks_nothing() -> None:
    text = "無論誰當選，稅負都會增加。"
    assert not asks(read(text), opinion(text, "無論誰當選，稅負都會增加"))


def test_the_mark_may_stand_behind_a_closing_quotation_mark() -> None:
    text = "他問「降息還有多少空間」？"
    assert asks(read(text), opinion(text, "降息還有多少空間"))
