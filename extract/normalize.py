"""The shadow of a text: width, punctuation and script folded, every offset untouched.

Lexicons and grammars match on the shadow and their spans hold in the published text, because the shadow has exactly
its length. Scripts are folded towards Simplified only: the other direction guesses (达里奥 becomes 達裡奧).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from opencc import OpenCC

_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FULL_TO_HALF = 0xFEE0  # distance between ！ (U+FF01) and ! (U+0021), the same for the whole block
_BLANKS = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_HALF_WIDTH_MARKS = {"｡": "。", "､": "、", "｢": "「", "｣": "」", "￥": "¥", "￡": "£", "￦": "₩"}
# Kangxi radicals and compatibility ideographs: what PDF converters and old code pages give for ordinary characters.
_LOOK_ALIKES = (range(0x2F00, 0x2FD6), range(0xF900, 0xFAD9), range(0x2F800, 0x2FA1E))
_MANY = 5000  # characters of a text from which arrays pay
_CHARACTER_FILES = ("TSCharacters.txt", "TWVariantsRev.txt", "HKVariantsRev.txt")
_PHRASE_FILES = ("TSPhrases.txt", "TWVariantsRevPhrases.txt")


@dataclass(frozen=True, slots=True)
class Folding:
    """A table for single characters, and the phrases whose characters fold otherwise than alone.

    `codes` is the table by code point, up to the last that folds; looking up there takes half the time.
    """

    characters: dict[int, str]
    codes: tuple[int, ...]
    phrases: dict[str, str]
    phrase_pattern: re.Pattern[str]

    def apply(self, text: str) -> str:
        """Return the folded text, of the same length; many texts at once take half the time of one after the other."""
        folded = text.translate(self.codes) if len(text) < _MANY else _translated(text)
        if not self.phrase_pattern.search(text):
            return folded
        pieces: list[str] = []
        done = 0
        for match in self.phrase_pattern.finditer(text):
            pieces += (folded[done : match.start()], self.phrases[match[0]])
            done = match.end()
        return "".join((*pieces, folded[done:]))


def shadow_of(text: str) -> str:
    """Return the text folded to half width and Simplified characters, at the same length.

    Digits, Latin letters and punctuation become ASCII and every sort of blank a plain one; 。、「」『』《》【】 and
    curly quotation marks stay, as do line ends and control characters. Phrases decide where one character folds two
    ways (顯著 stays 显著, 沿著 becomes 沿着).

    Args:
        text: any string, lone surrogates included.

    Returns:
        A string with `len(shadow_of(text)) == len(text)`.

    Example:
        >>> shadow_of("聯準會（Fed）升息２碼，影響顯著。")
        '联准会(Fed)升息2码,影响显著。'
    """
    return folding().apply(text)


@lru_cache(maxsize=1)
def folding() -> Folding:
    """Return the folding, worked out once a process from OpenCC's dictionaries."""
    characters = _characters()
    phrases = _phrases(characters)
    codes = list(range(max(characters) + 1))
    for code, character in characters.items():
        codes[code] = ord(character)
    return Folding(characters, tuple(codes), phrases, re.compile(_one_of(phrases)))


def _translated(text: str) -> str:
    """Return what the table for single characters makes of a long text, in a fourth of the time of `str.translate`."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    table = _table()
    folded = np.where(codes < len(table), table[np.minimum(codes, len(table) - 1)], codes)
    return folded.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


@lru_cache(maxsize=1)
def _table() -> "np.ndarray[tuple[int], np.dtype[np.uint32]]":
    return np.array(folding().codes, dtype="<u4")


def simplified_only() -> frozenset[str]:
    """Return the characters that only Simplified script writes; 后, 里 or 台 stand in both and are not among them."""
    found = set()
    for entry in _entries_of("STCharacters.txt"):
        key, _, values = entry.partition("\t")
        if key not in values:
            found.add(key)
    return frozenset(found)


def _characters() -> dict[int, str]:
    taiwan, hong_kong, plain = (OpenCC(name).convert for name in ("tw2s", "hk2s", "t2s"))
    keys = sorted(set(_keys_of(_CHARACTER_FILES)))
    # What conversion yields is Simplified already, even where Taiwan uses it for something else (么 is 什么, not 幺).
    simplified = {plain(key) for key in keys if plain(key) != key}
    characters = dict(_width_pairs())
    for key in keys:
        if key not in simplified:
            characters[ord(key)] = _one(key, next((f(key) for f in (taiwan, hong_kong) if f(key) != key), key))
    return {code: _settled(value, characters) for code, value in characters.items()}


def _width_pairs() -> Iterator[tuple[int, str]]:
    for code in _FULL_WIDTH:
        yield code, chr(code - _FULL_TO_HALF)
    for mark, plain in _HALF_WIDTH_MARKS.items():
        yield ord(mark), plain
    for blank in _BLANKS:
        yield ord(blank), " "
    for block in _LOOK_ALIKES:
        for code in block:
            yield code, _one(chr(code), unicodedata.normalize("NFKC", chr(code)))


def _settled(value: str, characters: dict[int, str]) -> str:
    """Follow the table to its end (a radical to its Traditional character to the Simplified one)."""
    seen = {value}
    while (following := characters.get(ord(value), value)) not in seen:
        seen.add(following)
        value = following
    return value


def _phrases(characters: dict[int, str]) -> dict[str, str]:
    """Return the phrases that the table for single characters gets wrong, in either script.

    Phrases that keep a Traditional character (於單, 李鍾郁: names of persons long dead) are left out, for they also
    match across ordinary words (由於單月).
    """
    taiwan, plain = OpenCC("tw2s").convert, OpenCC("t2s").convert
    found: dict[str, str] = {}
    for key in _keys_of(_PHRASE_FILES):
        value = taiwan(key)
        if len(value) == len(key) and all(plain(character) == character for character in value):
            found.update((written, value) for written in (value, key) if written.translate(characters) != value)
    return found


def _one_of(phrases: Iterable[str]) -> str:
    """Return the pattern of any of these phrases; each first character is looked for once, in half the time."""
    endings: dict[str, list[str]] = {}
    # Longest first, so that the alternation takes 沈沒成本 before 沈沒.
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
        endings.setdefault(phrase[0], []).append(re.escape(phrase[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in endings.items())


def _one(key: str, folded: str) -> str:
    return folded if len(folded) == 1 else key


def _keys_of(files: Iterable[str]) -> Iterator[str]:
    for name in files:
        for entry in _entries_of(name):
            yield entry.partition("\t")[0]


def _entries_of(name: str) -> list[str]:
    return resources.files("opencc").joinpath("dictionary", name).read_text(encoding="utf-8").splitlines()
