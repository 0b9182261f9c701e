"""Names that a text itself explains in brackets: 達利歐 (Ray Dalio), 台積電（2330）, 國際金融協會（IIF）."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from extract.actors.base import ActorBase
from extract.actors.candidates import Candidate, Source
from extract.actors.latin import given_names
from extract.actors.organisations import start_after_class
from extract.actors.text import ActorText
from schemas.actor import ActorType

_BRACKET: Final = re.compile(
    r"[」』”]? ?[(\[](?:下称|以下简称|简称|又称|英文名)?[「“\"]?([^()\[\]\n]{2,60}?)[」”\"]?[)\]]"
)
_LATIN_NAME: Final = re.compile(
    r"[A-Z\u00c0-\u00dd][\w.'&-]*(?: (?:[A-Z\u00c0-\u00dd][\w.'&-]*|of|for|and|bin|de|van|von|the|&))*"
)
_NAME_WORDS: Final = frozenset({"ORG", "nz", "LOC", "nr", "n", "nw"})
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
        first, _, rest = match[1].partition(" ")
        word = text.words.at(match.start() - 1)
        is_person = rest != "" and first in given_names() and _LATIN_NAME.fullmatch(match[1]) is not None
        if word is None or not is_person or word.end != match.start() or word.pos not in _NAME_WORDS:
            continue
        if text.mentions.any_suffix.search(text.folded, word.start, word.end) is None and word.end - word.start > 1:
            yield Candidate(word.start, word.end, ActorType.PERSON, Source.SUFFIX)


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
