"""What is left of a proposition when marks, numbers of a list and connectives go."""

import pytest

from extract.propositions.trimming import trimmed


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("一、利率见顶", "利率见顶"),
        ("(二)库存下降", "库存下降"),
        ("③黄金走强", "黄金走强"),
        ("12.房价走跌", "房价走跌"),
        ("3、但是,出口转弱。", "出口转弱"),
        ("1.5%的成长率难以持续", "1.5%的成长率难以持续"),
        ("第二、三季均价下跌", "第二、三季均价下跌"),
        ("5、6月倒扣两成", "5、6月倒扣两成"),
        ("十月出口成长", "十月出口成长"),
        ("三、", None),
    ],
)
def test_the_number_of_a_heading_is_no_part_of_it_and_a_figure_is(text: str, left: str | None) -> None:
    span = trimmed(text, 0, len(text))
    assert (span.of(text) if span else None) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("【午评】恒指半日升1.2%", "恒指半日升1.2%"),
        ("午评】恒指半日升1.2%", "午评】恒指半日升1.2%"),
        ("【油价跌穿七十元】", "油价跌穿七十元"),
        ("央行【周五】升息半码", "央行【周五】升息半码"),
    ],
)
def test_a_label_in_brackets_before_a_headline_is_no_part_of_it(text: str, left: str) -> None:
    span = trimmed(text, 0, len(text))
    assert span is not None
    assert span.of(text) == left


def test_a_stretch_cut_behind_the_opening_bracket_loses_the_label_too() -> None:
    text = "【午评】恒指半日升1.2%"
    span = trimmed(text, 1, len(text))
    assert span is not None
    assert span.of(text) == "恒指半日升1.2%"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("・铜:年底看九千八百美元", "铜:年底看九千八百美元"),
        (".运价续跌", "运价续跌"),
        ("※ 以上不含汇损", "以上不含汇损"),
        (".5%的票息太低", ".5%的票息太低"),
        ("丹妮·罗素看空银价", "丹妮·罗素看空银价"),
    ],
)
def test_a_bullet_is_no_part_of_an_item_and_a_point_in_a_figure_or_name_is(text: str, left: str) -> None:
    span = trimmed(text, 0, len(text))
    assert span is not None
    assert span.of(text) == left
