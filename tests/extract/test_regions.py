"""Script and words tell where a text was written."""

import pytest

from extract.lexicon import load
from extract.regions import RegionWords, locale_of
from schemas.text import Locale


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("台股收漲，三大法人買超，新台幣升破三十元。", Locale.TAIWAN),
        ("恒指收跌，大行料樓價按年再跌半成，港元拆息回落。", Locale.HONG_KONG),
        ("沪指收涨，机构认为后市可期，人民币走强。", Locale.MAINLAND),
        ("港股上升，分析員話啲資金仲喺度，按月升咗三成。", Locale.HONG_KONG),
        ("特朗普話要加關稅。", Locale.HONG_KONG),
        ("漲。", Locale.TAIWAN),
        ("", Locale.TAIWAN),
        ("恒生指数收跌，港元走强，大行看淡后市。", Locale.MAINLAND),
    ],
)
def test_the_region_is_told_by_script_then_by_words(text: str, locale: Locale) -> None:
    assert locale_of(text) is locale


def test_no_word_stands_for_two_regions() -> None:
    words = load("regions", RegionWords).root
    assert not set(words[Locale.TAIWAN]) & set(words[Locale.HONG_KONG])
