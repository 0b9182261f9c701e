"""How names sound, in both scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking.sounds import likeness, parse
from schemas.errors import InputError

NAMES = st.text(st.sampled_from("达里欧莫森尔斯特拉abdelmnorst"), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("one", "other"),
    [("达利欧", "达里奥"), ("达利欧", "dalio"), ("巴菲特", "buffett"), ("叶伦", "耶伦"), ("拉加德", "拉加尔德")],
)  # public figures' names, as newspapers of several regions write them
def test_one_name_written_in_two_ways_is_alike(one: str, other: str) -> None:
    assert likeness(one, other) > 0.74


@pytest.mark.parametrize(("one", "other"), [("川普", "特朗普"), ("巴菲特", "索罗斯"), ("莫里森", "dalio"), ("", "甲")])
def test_other_names_are_not(one: str, other: str) -> None:
    assert likeness(one, other) < 0.74


@given(NAMES, NAMES)
def test_likeness_is_symmetric_and_from_nought_to_one(one: str, other: str) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) <= 1


@pytest.mark.parametrize(("source", "said"), [("da: 达\nli: 达", "达"), ("- 达", "characters"), ("a: [", "no YAML")])
def test_a_bad_table_is_refused_with_the_place(source: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        parse(source)
    assert refused.value.code == "linking.syllables"
