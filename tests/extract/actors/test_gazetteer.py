"""Longest names first, and Latin names only where they stand free."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.actors.gazetteer import Gazetteer, stands_free


def test_the_longest_name_wins() -> None:
    assert Gazetteer.of(["台积", "台积电"]).find("看台积电涨") == [(1, "台积电")]


def test_a_shorter_name_is_found_where_the_longer_is_not() -> None:
    assert Gazetteer.of(["台积", "台积电"]).find("看台积涨") == [(1, "台积")]


@pytest.mark.parametrize(
    ("text", "free"),
    [("Meta的", True), ("Metals", False), ("beMeta", False), ("Meta-3", False), ("Meta-", True), ("在Meta", True)],
)
def test_a_latin_name_stands_free_or_not(text: str, free: bool) -> None:  # noqa: FBT001 (a table of cases)
    start = text.index("Meta")
    assert stands_free(text, start, start + 4) is free


@given(st.text(alphabet="甲乙丙AB ", max_size=40))
def test_the_scan_finds_what_a_plain_search_finds(text: str) -> None:
    names = ["甲乙", "甲乙丙", "乙丙丙"]
    plain = []
    for start in range(len(text)):
        longest = max((n for n in names if text.startswith(n, start)), key=len, default=None)
        if longest:
            plain.append((start, longest))
    assert Gazetteer.of(names).find(text) == plain


def test_names_of_one_character_are_left_out() -> None:
    assert Gazetteer.of(["美"]).find("美中") == []
