"""What the words around a number add: units of bare numbers, roles, what is measured, pauses, rates."""

import pytest

from extract.lexicon import parse
from extract.normalize import shadow_of
from extract.quantities import tag_quantities
from extract.quantities.exclusions import RuleList
from extract.quantities.units import CurrencyList, UnitList
from extract.reading import Reading, Word
from schemas.errors import DomainError
from schemas.extraction import Refusal, Skipped
from schemas.period import Period, PeriodTag, Precision
from schemas.quantity import QuantityTag
from schemas.text import Document, Locale, Span

_SUMS = [("60億美元", "6000000000", "USD"), ("5,700億", "570000000000", "USD")]


def tags_of(
    text: str, *, locale: Locale = Locale.TAIWAN, words: tuple[Word, ...] = (), periods: tuple[PeriodTag, ...] = ()
) -> tuple[tuple[QuantityTag, ...], tuple[Skipped, ...]]:
    document = Document(document_id="case", text=text, locale=locale)
    return tag_quantities(Reading(document=document, shadow=shadow_of(text), words=words), periods)


def values_of(text: str, locale: Locale = Locale.TAIWAN) -> list[tuple[str, str, str]]:
    return [(t.span.of(text), str(t.quantity.low), t.quantity.unit) for t in tags_of(text, locale=locale)[0]]


def measured_in(text: str) -> list[str | None]:
    return [tag.measures for tag in tags_of(text)[0]]


def test_a_number_measures_the_indicator_before_it_and_carries_it_on() -> None:
    assert measured_in("營收250億元，年增12%，毛利率51%。") == ["營收", "營收", "毛利率"]


def test_a_number_measures_the_noun_it_qualifies() -> None:
    assert measured_in("市場擔心4%的失業率。") == ["失業率"]


def test_the_sentence_bounds_what_is_measured() -> None:
    assert measured_in("營收創新高。員工分到3萬元。") == ["員工"]
    assert measured_in("營收創新高。他只拿3萬元。") == [None]


def test_a_count_measures_the_noun_behind_its_classifier() -> None:
    text = "共有12家銀行受罰。"
    words = (Word(2, 5, "12家", "m"), Word(5, 7, "銀行", "n"))
    assert [tag.measures for tag in tags_of(text, words=words)[0]] == ["銀行"]


def test_roles_follow_a_chain_of_changes() -> None:
    tags, _ = tags_of("成長率由3%調升至4%，另有5%的看法。")
    assert [tag.role.value if tag.role else None for tag in tags] == ["old", "new", None]


def test_a_number_inside_a_period_is_refused_as_a_date() -> None:
    text = "未來3年要投資50億元。"
    period = PeriodTag(span=Span(start=0, end=4), period=Period(start=None, end=None, precision=Precision.RANGE))
    tags, skipped = tags_of(text, periods=(period,))
    assert [tag.span.of(text) for tag in tags] == ["50億元"]
    assert [item.reason for item in skipped] == [Refusal.QUANTITY_IS_DATE]


@pytest.mark.parametrize(
    ("text", "locale", "found"),
    [
        ("目標價從1,000元砍到700。", Locale.TAIWAN, [("1,000元", "1000", "TWD"), ("700", "700", "TWD")]),
        ("外匯存底減少60億美元，只剩5,700億。", Locale.TAIWAN, _SUMS),
        ("人民幣貶勢未歇，恐再破7.3。", Locale.TAIWAN, [("7.3", "7.3", "CNY")]),
        ("在岸價見6.9元。", Locale.HONG_KONG, [("6.9元", "6.9", "CNY")]),
        ("拆息升至3厘，一日急升0.5厘。", Locale.HONG_KONG, [("3厘", "3", "%"), ("0.5厘", "0.5", "pp")]),
        ("報價調高70美元至1,460美元。", Locale.TAIWAN, [("70美元", "70", "USD"), ("1,460美元", "1460", "USD")]),
        ("大盤看1萬6、7千點。", Locale.TAIWAN, [("1萬6、7千點", "16000", "points")]),
    ],
)  # fmt: skip
def test_context_decides_what_a_number_is_in(text: str, locale: Locale, found: list[tuple[str, str, str]]) -> None:
    assert values_of(text, locale) == found


def test_a_full_width_comma_parts_numbers_of_half_width() -> None:
    assert values_of("漲幅升到18%，230家上漲，其中5，300家是新股。") == [
        ("18%", "18", "%"), ("230家", "230", "count"), ("300家", "300", "count")
    ]  # fmt: skip
    assert values_of("共有１，２３０家。") == [("１，２３０家", "1230", "count")]


def test_a_number_without_evidence_for_a_unit_is_refused_with_that_reason() -> None:
    tags, skipped = tags_of("答案是4827。")
    assert tags == ()
    assert [item.reason for item in skipped] == [Refusal.UNIT_UNKNOWN]


@pytest.mark.parametrize(
    ("source", "model", "place"),
    [
        ("units: [{factor: '1', kind: ratio, spellings: [趴]}]", UnitList, "names no unit"),
        ("currencies: {XXY: {}}\nlocal: {}\nown: []", CurrencyList, "ISO 4217"),
        ("rules: [{why: x, reason: quantity.unheard_of}]", RuleList, "reason"),
    ],
)
def test_a_broken_lexicon_is_named_with_its_place(source: str, model: type, place: str) -> None:
    with pytest.raises(DomainError, match=place) as caught:
        parse(source, model, name="broken")
    assert caught.value.code == "lexicon.invalid"


@pytest.mark.parametrize("digits", [41, 48, 49, 200])
def test_a_number_too_long_to_be_an_amount_is_refused_and_not_passed_over(digits: int) -> None:
    text = f"憑證號碼{'7' * digits}，營收3億元。"
    tags, left_out = tags_of(text)
    assert [tag.span.of(text) for tag in tags] == ["3億元"]
    assert [(item.reason, item.span.of(text)) for item in left_out] == [(Refusal.NUMBER_MALFORMED, "7" * digits)]
