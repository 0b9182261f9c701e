"""Names that a text itself explains in brackets: 達利歐 (Ray Dalio), 台積電（2330）, 國際金融協會（IIF）."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from extract.actors.base import ActorBase
from extract.actors.candidates import Candidate, Source
from extract.actors.latin import acts, given_names, is_corporate
from extract.actors.name_edges import is_behind_title
from extract.actors.organisations import start_after_class
from extract.actors.text import ActorText, is_han
from extract.reading import Word
from schemas.actor import ActorType

_BRACKET: Final = re.compile(
    r"[」』”]? ?[(\[](?:下称|以下简称|简称|又称|英文名)?[「“\"]?([^()\[\]\n]{2,60}?)[」”\"]?[)\]]"
)
_LATIN_NAME: Final = re.compile(
    r"[A-Z\u00c0-\u00dd][\w.'&-]*(?: (?:[A-Z\u00c0-\u00dd][\w.'&-]*|of|for|and|bin|de|van|von|the|&))*"
)
_NAME_WORDS: Final = frozenset({"ORG", "nz", "LOC", "nr", "n", "nw"})
_ONE_WORD: Final = re.compile("[A-Z][a-z]+[A-Za-z]*")
_CLASS: Final = re.compile("(?:公司|平台|智库|基金|机构|业者|[^业]商|厂|网站|集团|社)$")
_COMPANY_WORDS: Final = frozenset({"n", "nz", "nw", "vn", "v", "ORG", "PER", "LOC", "a"})
_LONGEST_COMPANY: Final = 3
"""Words of a company's name that no ending gives away."""
_LONGEST_NAME: Final = 8
_NO_NAME_WORDS: Final = frozenset({"v", "w", "d", "u", "p"})
_TICKER: Final = re.compile(r"(?:\d{4,6}|[A-Z]{1,5})(?:[-.](?:TW|TWO|US|HK|CN|SH|SZ|JP|KS))?(?:-KY)?")
_LISTED: Final = re.compile(
    r" ?\((?:\d{4,6}|\d{4,5}[-.](?:TW|TWO|HK|JP)|[A-Z]{1,5}[-.](?:US|O|N)|\d{6}[-.](?:SH|SZ|KS))[,) -]"
)


@dataclass(frozen=True, slots=True)
class Bracket:
    """An alias in brackets right after a mention; the name alone is `start` to `end`."""

    owner: Candidate
    start: int
    end: int


def bracket_names(text: ActorText, candidates: Iterable[Candidate], base: ActorBase) -> Iterator[Bracket]:
    """Yield the second names of mentions that stand in brackets right after them; tickers are none."""
    for candidate in candidates:
        if candidate.actor_type is ActorType.PLACE:
            continue
        match = _BRACKET.match(text.folded, candidate.end)
        if match is not None and _is_alias(match[1], candidate, base, text.mentions.acronyms):
            yield Bracket(candidate, match.start(1), match.end(1))


def _is_alias(inside: str, candidate: Candidate, base: ActorBase, acronyms: Container[str]) -> bool:
    if _LATIN_NAME.fullmatch(inside) and inside not in acronyms:
        if candidate.actor_type is ActorType.PERSON:
            return " " in inside or not inside.isupper()
        return not (_TICKER.fullmatch(inside) and (inside in base.tickers or "-" in inside))
    return False


def named_in_brackets(text: ActorText) -> Iterator[Candidate]:
    """Yield persons whom the tagger takes for something else, told by the Latin name in brackets after them."""
    for match in _BRACKET.finditer(text.folded):
        latin = match[1].split(",", 1)[0]
        first, _, rest = latin.partition(" ")
        word = text.words.at(match.start() - 1)
        if word is None or rest == "" or word.end != match.start() or _LATIN_NAME.fullmatch(latin) is None:
            continue
        said = text.words.at(match.start(1))
        start = _start_of_foreign(text, word, is_person=said is not None and said.entity == "PER")
        is_name = word.pos in _NAME_WORDS and first in given_names()
        if is_name and text.mentions.any_suffix.search(text.folded, word.start, word.end) is None:
            start = word.start if start is None or word.entity == "PER" else start
        elif start is not None and is_corporate(latin):
            start = None
        if start is not None and match.start() - start > 1:
            yield Candidate(start, match.start(), ActorType.PERSON, Source.SUFFIX)


def _start_of_foreign(text: ActorText, word: Word, *, is_person: bool) -> int | None:
    """Return where the transliterated name in a word begins, None where it holds none or a place that stands alone.

    The tagger may have joined the end of a title to it (採購/長博利). `is_person` where the Latin name is one to it.
    """
    start = word.end
    while start > word.start and text.folded[start - 1] in text.persons.transliteration:
        start -= 1
    is_led = text.before(start) == "的" or is_behind_title(text, start)
    if start == word.start and (is_person or word.entity != "LOC"):
        return start
    return start if is_led else None


def companies_in_brackets(text: ActorText) -> Iterator[Candidate]:
    """Yield what stands before the Latin name of a company in brackets that says or publishes something.

    The name runs back to a mark or to what the company is (數據公司海域統計（SeaCount）估算).
    """
    for match in _BRACKET.finditer(text.folded):
        is_latin = _ONE_WORD.fullmatch(match[1]) is not None or is_corporate(match[1])
        if not is_latin or match[1] in text.mentions.acronyms or not acts(text.folded, match.end()):
            continue
        start = end = match.start()
        last = text.words.index_at(end - 1)
        words = () if last is None else text.reading.words[max(0, last + 1 - _LONGEST_COMPANY) : last + 1]
        for word in reversed(words):
            if word.end != start or word.pos not in _COMPANY_WORDS or _CLASS.search(text.folded, word.start, word.end):
                break
            start = word.start
        is_whole = not is_han(text.before(start)) or _is_class(text, start)
        if is_whole and 2 < end - start <= _LONGEST_NAME:
            yield Candidate(start, end, ActorType.ORGANISATION, Source.SUFFIX)


def _is_class(text: ActorText, offset: int) -> bool:
    return _CLASS.search(text.folded, max(0, offset - 2), offset) is not None


def listed_companies(text: ActorText) -> Iterator[Candidate]:
    """Yield what stands right before a ticker in brackets: a company, whatever the tagger takes it for."""
    for match in _LISTED.finditer(text.folded):
        index = text.words.index_at(match.start() - 1)
        word = None if index is None else text.reading.words[index]
        if index is None or word is None or word.end != match.start() or word.pos in _NO_NAME_WORDS:
            continue
        start = min(start_after_class(text, word), _start_of_two(text, index))
        if match.start() - start > 1:
            yield Candidate(start, match.start(), ActorType.ORGANISATION, Source.SUFFIX)


def _start_of_two(text: ActorText, index: int) -> int:
    """Return where a name of two words of two characters begins (世界/先進), which the tagger parted."""
    word = text.reading.words[index]
    before = text.reading.words[index - 1] if index else word
    is_pair = before.end == word.start and before.end - before.start == 2 and word.end - word.start <= 2
    return before.start if is_pair and before.pos in _NAME_WORDS | {"PER", "s"} else word.end
