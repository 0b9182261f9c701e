"""How names sound, so that 達利歐, 達里奧 and Dalio can be seen to be alike.

Chinese names are compared syllable by syllable. A Chinese and a Latin name are compared by their consonants,
because translators choose vowels freely and keep consonants.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final, TypeVar

import yaml

from schemas.errors import InputError

FILE: Final = "syllables.yaml"
NEAR: Final = 0.4
"""What it costs to take one sound for another of the same family; another sound altogether costs 1."""

_INITIAL: Final = re.compile(r"zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?")
_FAMILIES: Final = ("PFV", "TS", "KHS", "LR", "MN", "FWHV", "SY")
"""Consonants that translators take for each other; a consonant may belong to several families."""
_SOUND_OF_INITIAL: Final = {
    **dict.fromkeys(("b", "p"), "P"), **dict.fromkeys(("d", "t"), "T"), **dict.fromkeys(("g", "k"), "K"),
    **dict.fromkeys(("j", "q", "x", "zh", "ch", "sh", "z", "c", "s"), "S"), **dict.fromkeys(("l", "r"), "L"),
    "m": "M", "n": "N", "f": "F", "h": "H", "w": "W", "y": "",
}  # fmt: skip
_LATIN_SOUNDS: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    (
        "sch|tch|sh|ch|ph|th|ck|gh|kn|wr|ng(?![aeiou])",
        {"ph": "F", "th": "T", "ck": "K", "gh": "K", "kn": "N", "wr": "L", "ng": "N"},
    ),
    ("[cg](?=[eiy])|[sxzj]", {}),
    ("[ckgq]", {"": "K"}),
    ("[bp]", {"": "P"}),
    ("[dt]", {"": "T"}),
    ("[lr]", {"": "L"}),
    ("v", {"": "W"}),
    ("[mnfhw]", {}),
)
_LATIN: Final = re.compile("|".join(f"(?P<g{i}>{pattern})" for i, (pattern, _) in enumerate(_LATIN_SOUNDS)))
_DROPPED: Final = re.compile(r"(?<=[aeiou])[rw](?=[^aeiou]|$)|(?<=[aeiou])h|(.)(?=\1)")
"""Letters that are not heard as consonants: r after a vowel, the first of a doubled letter."""

_VOWELS: Final = re.compile(r"[aeiouy]+")
_FIRST_VOWELS: Final = frozenset("aeiouy")

Unit = TypeVar("Unit")


def syllable_of(character: str) -> str:
    """Return how a character sounds in names, in Pinyin without tone; empty where nobody told.

    Example:
        >>> syllable_of("达"), syllable_of("欧"), syllable_of("魑")
        ('da', 'ou', '')
    """
    return _syllables().get(character, "")


def likeness(one: str, other: str) -> float:
    """Return how alike two names sound, from 0 to 1; names of one script or of two.

    Args:
        one: a name as it is folded: Simplified or Latin, without dots and blanks.
        other: another.

    Example:
        >>> likeness("达利欧", "达里奥") > 0.8, likeness("达利欧", "dalio") > 0.8, likeness("达利欧", "高盛") > 0.3
        (True, True, False)
    """
    if one.isascii() or other.isascii():
        return _closeness(consonants_of(one), consonants_of(other), _consonant_cost) if _may_spell(one, other) else 0
    return _closeness(one, other, _character_cost)


def _may_spell(one: str, other: str) -> bool:
    """Whether a Chinese name may spell a Latin one: all its characters are of the usual ones, and enough of them.

    Translators give every vowel a syllable of its own, add syllables for consonants that stand alone, and begin
    with a vowel where the name does.
    """
    latin, han = (one.lower(), other) if one.isascii() else (other.lower(), one)
    if not latin or not han or han.isascii() or not all(map(syllable_of, han)):
        return False
    heard = _VOWELS.findall(latin.removesuffix("e"))
    return len(heard) <= len(han) and (latin[0] in _FIRST_VOWELS) is (syllable_of(han[0])[0] in _FIRST_VOWELS)


def is_romanised(latin: str, han: str) -> bool:
    """Return whether a Latin name is a Chinese one in Pinyin, with the family name at either end.

    Example:
        >>> [is_romanised(name, "顾朝明") for name in ("gu chaoming", "chaoming gu", "gu li")]
        [True, True, False]
    """
    syllables = [syllable_of(character) for character in han]
    if not latin.isascii() or not all(syllables):
        return False
    letters = "".join(filter(str.isalpha, latin.lower()))
    return letters in ("".join(syllables), "".join([*syllables[1:], *syllables[:1]]))


def consonants_of(name: str) -> str:
    """Return the consonants of a name in either script: P T K S L M N F H W stand for their kinds.

    Example:
        >>> consonants_of("萨默斯"), consonants_of("Summers"), consonants_of("冈拉克"), consonants_of("Gundlach")
        ('SMS', 'SMS', 'KNLK', 'KNTLS')
    """
    return _latin_consonants(name) if name.isascii() else "".join(map(_han_consonants, name))


def _han_consonants(character: str) -> str:
    syllable = syllable_of(character)
    if syllable == "er":
        return "L"
    match = _INITIAL.match(syllable)
    initial = match.group() if match else ""
    return _SOUND_OF_INITIAL.get(initial, "") + ("N" if syllable.endswith(("n", "ng")) else "")


def _latin_consonants(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "".join(_latin_sound(match) for match in _LATIN.finditer(_DROPPED.sub("", plain)))


def _latin_sound(match: re.Match[str]) -> str:
    group = int((match.lastgroup or "g0")[1:])
    sounds, letters = _LATIN_SOUNDS[group][1], match.group()
    if group in (0, 1):
        return sounds.get(letters, "S")
    return sounds.get("", letters.upper())


def _consonant_cost(one: str, other: str) -> float:
    if one == other:
        return 0
    return NEAR if any(one in family and other in family for family in _FAMILIES) else 1


def _character_cost(one: str, other: str) -> float:
    if one == other:
        return 0
    first, second = syllable_of(one), syllable_of(other)
    if not first or not second:
        return 1
    if first == second:
        return 0.1
    return NEAR if _han_consonants(one)[:1] == _han_consonants(other)[:1] else 1


def _closeness(one: Sequence[Unit], other: Sequence[Unit], cost: Callable[[Unit, Unit], float]) -> float:
    """Return 1 less the weighted edit distance, as a share of the longer one; 0 where one is empty."""
    if not one or not other:
        return 0
    row: list[float] = list(range(len(other) + 1))
    for i, unit in enumerate(one, start=1):
        above, row = row, [float(i)]
        for j, with_unit in enumerate(other, start=1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost(unit, with_unit)))
    return 1 - row[-1] / max(len(one), len(other))


def parse(source: str) -> dict[str, str]:
    """Return the syllable of each character that a YAML text of syllables holds.

    Raises:
        InputError: it is no such YAML, or a character stands under two syllables, code "linking.syllables".
    """
    try:
        lines = yaml.safe_load(source)
    except yaml.YAMLError as error:
        raise InputError("linking.syllables", f"{FILE} is no YAML: {error}") from error
    if not isinstance(lines, Mapping):
        raise InputError("linking.syllables", f"{FILE}: write syllable: characters, one line each")
    found: dict[str, str] = {}
    for syllable, characters in lines.items():
        for character in str(characters):
            if found.setdefault(character, str(syllable)) != syllable:
                message = f"{FILE}: {character} stands under {found[character]} and {syllable}: keep one"
                raise InputError("linking.syllables", message, character=character)
    return found


@cache
def _syllables() -> dict[str, str]:
    return parse(resources.files("kg.linking").joinpath(FILE).read_text(encoding="utf-8"))
