"""Headings, bullets, bylines and hard-wrapped lines are told apart by how they stand."""

import pytest

from extract.layout import lines_of
from extract.normalize import shadow_of

BODY = "航運股今天領跌大盤，法人認為運價已在高檔，後續要看新船下水的速度，短線不宜追價。"


def levels(text: str) -> list[int]:
    return [line.level for line in lines_of(shadow_of(text))]


@pytest.mark.parametrize(
    ("heading", "level"),
    [
        ("■運價見頂？", 2),
        ("●長榮", 3),
        ("【盤後】", 2),
        ("一、運價還能撐多久", 2),
        ("（二）新船壓力", 3),
        ("## 運價", 2),
        ("#### 運價", 4),
        ("運價：高處不勝寒", 2),
    ],
)
def test_a_heading_has_the_level_of_its_mark(heading: str, level: int) -> None:
    assert levels(f"航運股週報\n{BODY}\n{heading}\n{BODY}") == [1, 0, level, 0]


def test_the_first_line_is_the_title() -> None:
    assert levels(f"運價續跌 航商：下半年再看\n{BODY}") == [1, 0]


def test_a_text_of_one_line_has_no_title() -> None:
    assert levels("運價續跌") == [0]


@pytest.mark.parametrize(
    "byline", ["記者王大同／台北報導", "2025年3月20日 本报记者 林立", "文／航運觀察室", "（編譯中心）"]
)
def test_a_byline_is_no_heading(byline: str) -> None:
    assert levels(f"運價續跌\n{byline}\n{BODY}") == [1, 0, 0]


def test_items_of_a_list_are_no_headings() -> None:
    assert levels(f"本週重點\n{BODY}\n●運價跌5%\n●油價漲2%\n●新船交付12艘\n{BODY}")[2:4] == [0, 0]


def test_turns_of_a_dialogue_are_no_headings() -> None:
    assert levels(f"專訪\n主持人：還會跌嗎\n來賓：{BODY}\n主持人：要賣嗎\n來賓：{BODY}") == [1, 0, 0, 0, 0]


def test_a_bracket_before_running_text_is_the_heading_alone() -> None:
    text = f"快訊\n【運價再跌】{BODY}{BODY}"
    line = lines_of(shadow_of(text))[1]
    assert text[line.start : line.heading_end] == "【運價再跌】"


def test_numbers_of_a_list_stay_out_of_its_words() -> None:
    text = "三點觀察\n1. 運價跌了5.5%，創半年新低。\n2. 油價漲了。"
    assert [text[line.body :][:2] for line in lines_of(shadow_of(text))[1:]] == ["運價", "油價"]


def test_a_decimal_at_the_start_of_a_line_is_no_list_number() -> None:
    text = "利率\n4.5%的利率維持了一年。"
    assert [line.body for line in lines_of(text)] == [0, 3]


def test_a_line_that_ends_with_a_comma_runs_on() -> None:
    assert [line.runs_on for line in lines_of(shadow_of("標題\n運價跌了，\n但成交量放大。"))] == [False, True, False]


def test_full_lines_of_a_text_wrapped_by_hand_run_on() -> None:
    words = "航商指出運價在第二季已經反映新船交付的壓力而下半年的走勢還要看紅海局勢與美國的關稅政策怎麼發展才能下定論"
    wrapped = "\n".join(words[start : start + 13] for start in range(0, len(words), 13))
    assert all(line.runs_on for line in lines_of(wrapped)[:-1])


def test_paragraphs_of_any_length_do_not_run_on() -> None:
    assert not any(line.runs_on for line in lines_of(shadow_of(f"標題\n{BODY}\n短評\n{BODY}{BODY}\n完")))
