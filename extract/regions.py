"""Where a text was written: Taiwan, Hong Kong or the mainland, by script and by words."""

from functools import cache

from pydantic import RootModel

from extract.lexicon import load
from extract.normalize import folding, simplified_only
from schemas.text import Locale

_CAP = 5  # one word repeated through an article is one habit, not ever more evidence


class RegionWords(RootModel[dict[Locale, tuple[str, ...]]]):
    """Words that are ordinary in one region and rare in the other; `regions.yaml`."""


def locale_of(text: str) -> Locale:
    """Return where the published text was written; Taiwan where nothing tells.

    Example:
        >>> locale_of("恒指升百點，收報兩萬點，港元偏強。"), locale_of("沪指涨百点，人民币走强。")
        (<Locale.HONG_KONG: 'zh-HK'>, <Locale.MAINLAND: 'zh-CN'>)
    """
    traditional, simplified = _script_sets()
    written = sum(character in traditional for character in text)
    shortened = sum(character in simplified for character in text)
    if shortened > written:
        return Locale.MAINLAND
    words = load("regions", RegionWords).root
    taiwan, hong_kong = (
        sum(min(text.count(word), _CAP) for word in words[region]) for region in (Locale.TAIWAN, Locale.HONG_KONG)
    )
    return Locale.HONG_KONG if hong_kong > taiwan else Locale.TAIWAN


@cache
def _script_sets() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters of Traditional script only, and those of Simplified script only."""
    characters = folding().characters
    traditional = frozenset(chr(code) for code, folded in characters.items() if chr(code) != folded >= "\u3400")
    return traditional, simplified_only() - traditional
