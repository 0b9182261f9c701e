"""Sentences and clauses end where the language ends them, and never inside a number."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.normalize import shadow_of
from extract.segment import LONGEST_SENTENCE, Segments, segment

ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from("，。！？「」（）(),.:;3 \n■一、漲")), max_size=150)


def parts(text: str) -> Segments:
    return segment(text, shadow_of(text))


def sentences(text: str) -> list[str]:
    return [sentence.span.of(text) for sentence in parts(text).sentences]


def clauses(text: str) -> list[str]:
    return [clause.span.of(text) for clause in parts(text).clauses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("油價漲了。金價跌了！股市呢？", ["油價漲了。", "金價跌了！", "股市呢？"]),
        ("利率4.5%。物價漲3.25%。", ["利率4.5%。", "物價漲3.25%。"]),
        ("「還會漲嗎？」他問。", ["「還會漲嗎？」", "他問。"]),
        ("「還會漲嗎？」，他問。", ["「還會漲嗎？」，他問。"]),
        ('他說:"會漲。" 市場不信.', ['他說:"會漲。"', "市場不信."]),
        ("怎麼會?!沒人知道……", ["怎麼會?!", "沒人知道……"]),
        ("見 https://a.example/q?id=3 的說明。", ["見 https://a.example/q?id=3 的說明。"]),
        ("油價漲了\n金價跌了", ["油價漲了", "金價跌了"]),
        ("油價漲了，\n金價卻跌。", ["油價漲了，\n金價卻跌。"]),
        ("…… 。\n ！", []),
    ],
)
def test_sentences_end_at_stops_and_line_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("營收1,234億元，年增5%。", ["營收1,234億元", "年增5%。"]),
        ("營收１，２３４億元，年增5%。", ["營收１，２３４億元", "年增5%。"]),
        ("2024,300家工廠關門。", ["2024", "300家工廠關門。"]),
        ("他說：台股13:30收盤；匯市照常。", ["他說", "台股13:30收盤", "匯市照常。"]),
        ("央行總裁（Jane Roe, 58歲）說，不降息。", ["央行總裁（Jane Roe, 58歲）說", "不降息。"]),
        ("央行總裁（Jane Roe，不降息。", ["央行總裁（Jane Roe", "不降息。"]),
        ("結論只有一個——等。", ["結論只有一個", "等。"]),
        ("外資連五買 投信轉賣 自營商觀望", ["外資連五買", "投信轉賣", "自營商觀望"]),
        ("聯準會 11 月再升 3 碼 市場早有準備", ["聯準會 11 月再升 3 碼", "市場早有準備"]),
        ("通膨3.5% 以上才升息", ["通膨3.5% 以上才升息"]),
        ("出口年增3.5%　2025年第一季見真章", ["出口年增3.5%", "2025年第一季見真章"]),
        ("外資 買超 36 億，投信賣超。", ["外資 買超 36 億", "投信賣超。"]),
        ("買進蘋果、微軟、輝達。", ["買進蘋果、微軟、輝達。"]),
    ],
)
def test_clauses_part_at_marks_but_not_inside_numbers_or_brackets(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


def test_sections_follow_each_other_to_the_end_of_the_text() -> None:
    text = "週報\n開場白說了幾句，沒有重點。\n■油價\n布蘭特原油收低，連三跌。\n■金價\n金價創高，買盤不斷。"
    sections = parts(text).sections
    assert [section.heading.of(text) for section in sections if section.heading] == ["週報", "油價", "金價"]
    assert [(a.span.end, b.span.start) for a, b in pairwise(sections)] == [
        (text.index(mark),) * 2 for mark in ("■油", "■金")
    ]
    assert sections[-1].span.end == len(text)


def test_what_stands_before_the_first_heading_has_none() -> None:
    text = "記者王大同／台北報導\n油價收低，連三跌，市場擔心需求。\n■金價\n金價創高，買盤不斷，法人看好。"
    assert [section.heading and section.heading.of(text) for section in parts(text).sections] == [None, "金價"]


def test_each_sentence_knows_its_section_and_paragraph() -> None:
    found = parts("週報\n油價收低。金價創高。\n■匯市\n台幣升值，收在三十元。").sentences
    assert [(s.section_index, s.paragraph_index, s.is_heading) for s in found] == [
        (0, 0, True), (0, 1, False), (0, 1, False), (1, 2, True), (1, 3, False),
    ]  # fmt: skip


def test_what_is_too_long_for_a_sentence_is_cut_at_a_comma_outside_numbers() -> None:
    found = sentences("存款增1,234億元，" * 300)
    assert max(len(sentence) for sentence in found) <= LONGEST_SENTENCE
    assert all(sentence.endswith("億元，") for sentence in found)


def test_what_has_no_comma_is_cut_by_length() -> None:
    assert [len(sentence) for sentence in sentences("漲" * (LONGEST_SENTENCE + 5))] == [LONGEST_SENTENCE, 5]


@given(ANY_TEXT)
def test_sentences_of_any_text_rise_without_overlap_and_hold_a_word(text: str) -> None:
    found = parts(text).sentences
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(any(c.isalnum() or c == "_" for c in s.span.of(shadow_of(text))) for s in found)


@given(ANY_TEXT)
def test_clauses_of_any_text_lie_inside_their_sentences(text: str) -> None:
    found = parts(text)
    assert all(found.sentences[c.sentence_index].span.contains(c.span) for c in found.clauses)


@given(ANY_TEXT)
def test_no_word_of_any_text_is_outside_all_sentences_but_for_markers(text: str) -> None:
    shadow = shadow_of(text)
    covered = {place for s in parts(text).sentences for place in range(s.span.start, s.span.end)}
    lost = {shadow[place] for place, c in enumerate(shadow) if c.isalpha() and place not in covered}
    assert lost <= set("一二三四五六七八九十"), lost


@pytest.mark.parametrize(
    "piece", ["1,111,", "(", "「(", "()", "漲，", "漲。", "。", "漲 ", "漲\n", '"', "「『」』", "!?"]
)
def test_a_long_run_of_one_thing_is_cut_in_one_pass(piece: str) -> None:
    text = piece * 20_000
    assert all(s.span.end <= len(text) for s in parts(text).sentences)
