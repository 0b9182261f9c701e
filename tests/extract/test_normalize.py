"""The shadow has the length of the text, whatever the text, and folds the three scripts into one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.normalize import folding, shadow_of

ANY_TEXT = st.text(st.characters(), max_size=200)  # lone surrogates included
CHINESE = st.text(st.sampled_from([chr(code) for code in folding().characters] + list("著覆藉鍊瞭於乾12,。")))


@given(ANY_TEXT)
def test_the_shadow_of_any_string_has_its_length(text: str) -> None:
    assert len(shadow_of(text)) == len(text)


@given(CHINESE)
def test_the_shadow_of_foldable_characters_has_their_length(text: str) -> None:
    assert len(shadow_of(text)) == len(text)


@given(ANY_TEXT)
def test_line_ends_stay_where_they_are(text: str) -> None:
    assert [i for i, c in enumerate(shadow_of(text)) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]


def test_every_phrase_of_the_dictionary_keeps_its_length() -> None:
    assert all(len(key) == len(value) for key, value in folding().phrases.items())


def test_a_character_folded_once_is_folded_for_good() -> None:
    singles = list(folding().characters.values())
    assert [c for c in singles if shadow_of(c) != c] == []


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("臺灣與台灣", "台湾与台湾"),
        ("影響顯著", "影响显著"),
        ("影响显著", "影响显著"),
        ("沿著與沿着", "沿着与沿着"),
        ("衞星説明裏面的溫度", "卫星说明里面的温度"),
        ("什麼、什么、甚麼", "什么、什么、甚么"),
        ("由於單月出口", "由于单月出口"),
        ("沈沒成本與瀋陽", "沉没成本与沈阳"),
        ("計畫", "计划"),
        ("⽉底前兀", "月底前兀"),
    ],
)
def test_three_regions_fold_into_one_script(written: str, folded: str) -> None:
    assert shadow_of(written) == folded


def test_width_is_folded_but_chinese_stops_and_brackets_stay() -> None:
    assert shadow_of("（１２％）：；對嗎？！　。、「」『』《》【】“”") == "(12%):;对吗?! 。、「」『』《》【】“”"


@given(st.text(alphabet=st.characters() | st.sampled_from("顯著沿２Ａ\x1e\ud800\U0010ffff"), max_size=40))
def test_a_long_text_is_folded_as_its_parts_are(text: str) -> None:
    times = 5000 // (len(text) + 1) + 1
    assert shadow_of("\x1e".join([text] * times)) == "\x1e".join([shadow_of(text)] * times)
