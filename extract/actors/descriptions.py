"""How a text calls people without a name: a count, what they are told apart by, and a noun for what they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from extract.actors.rules import Words, any_of, person_rules
from extract.actors.text import ActorText
from extract.lexicon import load
from extract.reading import Word
from schemas.base import Model

_COUNTED: Final = re.compile(
    "(?:有|另有|另|也有|还有|又有|其中)?(?:[一两三某几多另]一?[位名个家间]|某|[\u3400-\u9fff]姓)|不少|有(?!关)"
)
"""What tells that somebody is one of many: 一位, 某, 有; a firm may be counted instead of its man (一家鋼廠的老闆)."""
_ONE: Final = re.compile("[一某另姓]")
_BREAK: Final = re.compile(r"[,。;:!?\s「」『』“”()、《》【】—…/]|引述|援引|引用|转述|出自|来自|问过|采访")
_NAMELESS: Final = re.compile("(?:不愿|不肯|拒绝|要求|不愿意|不便)?(?:被)?(?:具名|透露姓名|公开姓名|匿名)(?:透露)?的?")
_ANYBODY: Final = re.compile("[^,。;:!?]{0,6}你")
"""What tells that the reader's own is meant (老闆會跟你說), one of many."""
_POINTED: Final = re.compile("[这那该此本]")
_OPENING: Final = re.compile(
    "(?:不过|但是|但|而|至于|另外|此外|连|就连|对此|同时|然而|反观|其中|目前|如今|据|来自|根据)+"
)
_NOMINAL: Final = frozenset({"n", "nz", "nw", "vn", "an", "s", "f", "LOC", "ORG", "PER", "a", "m", "q"})
"""Parts of speech that what somebody is may be described with."""
_NOUNS: Final = frozenset({"n", "nz", "nw", "LOC", "ORG"})
_LONGEST: Final = 24  # characters of a description before the noun
_LONGEST_PLACE: Final = 10  # characters before the count (高雄楠梓一名…)


class InsiderLexicon(Model):
    """The form of `insiders.yaml`, folded."""

    roles: Words
    crowds: Words
    delegates: Words
    alone: Words
    offices: Words
    finance: Words
    tells: Words


@dataclass(frozen=True, slots=True)
class DescriptionRules:
    """What tells an unnamed person who speaks."""

    head: re.Pattern[str]
    roles: frozenset[str]
    delegates: frozenset[str]
    alone: frozenset[str]
    office: re.Pattern[str]
    finance: re.Pattern[str]
    says: re.Pattern[str]
    speaks: re.Pattern[str]


@lru_cache(maxsize=1)
def description_rules() -> DescriptionRules:
    """Return the rules of the shipped lexicon.

    Raises:
        DomainError: the lexicon breaks its model, code "lexicon.invalid".
    """
    lexicon = load("insiders", InsiderLexicon)
    says = f"{person_rules().says.pattern}|{any_of(lexicon.tells)}"
    return DescriptionRules(
        head=re.compile(any_of([*lexicon.roles, *lexicon.crowds])),
        roles=frozenset(lexicon.roles),
        delegates=frozenset(lexicon.delegates),
        alone=frozenset(lexicon.alone),
        office=re.compile(f"(?<![\u3400-\u9fff])(?:{any_of(lexicon.offices)})"),
        finance=re.compile(any_of(lexicon.finance)),
        says=re.compile(says),
        speaks=re.compile(f"[^,。;:!?「」()]{{0,10}}?(?:{says})|:"),
    )


@dataclass(frozen=True, slots=True)
class Description:
    """Where the ways of calling somebody begin, the longest first, and where the count that tells them apart stands.

    `is_subject` where the count opens the clause: a later pronoun may mean such a person, whatever they do there.
    """

    starts: tuple[int, ...]
    count: int | None = None
    is_subject: bool = False


def described(text: ActorText, head: re.Match[str], rules: DescriptionRules) -> Description | None:
    """Return how somebody is called, None where nothing tells them apart from others."""
    if not _is_last_noun(text, head.end(), rules):
        return None
    is_role, begin = head[0] in rules.roles, _phrase_start(text, head.start())
    counts = (m for m in _COUNTED.finditer(text.folded, begin, head.start()) if text.words.is_edge(m.start()))
    count = next(counts, None)
    if count is None:
        is_alone = begin == head.start() and head[0] in rules.alone and not _ANYBODY.match(text.folded, head.end())
        if not is_alone and (not is_role or not _is_nominal(text, begin, head.start())):
            return None
        return Description(_edges({begin, *_inner_starts(text, begin, head.start()), head.start()}))
    is_one = _ONE.search(count[0]) is not None
    is_told_apart = is_one or head[0] in rules.delegates
    if not is_role and (not is_told_apart or (count.end() == head.start() and count.start() == begin)):
        return None
    place = {begin} if is_one and count.start() <= begin + _LONGEST_PLACE else set()
    starts = {*place, count.start(), *_inner_starts(text, count.end(), head.start()), head.start()}
    return Description(_edges(starts), count.start(), is_subject=is_one and bool(place))


def _edges(starts: set[int]) -> tuple[int, ...]:
    return tuple(sorted(starts))


def _is_last_noun(text: ActorText, end: int, rules: DescriptionRules) -> bool:
    """Return whether the noun ends a word and no further noun follows, which would be who speaks (設備商主管).

    The tagger may have joined its last character to a verb of saying (護理/師說), which ends it as well.
    """
    following = text.words.at(end)
    if text.words.is_edge(end):
        return following is None or following.pos not in _NOUNS
    return following is not None and rules.says.fullmatch(text.folded, end, following.end) is not None


def _phrase_start(text: ActorText, head: int) -> int:
    """Return where the clause begins that leads to the noun, without what only joins it to the one before."""
    lowest = max(0, head - _LONGEST)
    begin = max((m.end() for m in _BREAK.finditer(text.folded, lowest, head)), default=lowest)
    opening = _OPENING.match(text.folded, begin, head)
    return opening.end() if opening else begin


def _inner_starts(text: ActorText, described: int, head: int) -> Iterator[int]:
    """Yield where the shorter ways of calling somebody begin: behind what says that no name is given, at each noun."""
    yield described
    nameless = _NAMELESS.match(text.folded, described, head)
    if nameless:
        yield nameless.end()
    offset = head
    while offset > described and (word := text.words.at(offset - 1)) and word.end == offset and _is_noun(word):
        offset = word.start
        yield max(offset, described)


def _is_noun(word: Word) -> bool:
    return word.pos in _NOMINAL or word.entity != ""


def _is_nominal(text: ActorText, start: int, end: int) -> bool:
    """Return whether only nouns stand there, two characters or more: 五金廠 before 老闆."""
    if end - start < 2 or _POINTED.match(text.folded, start) or not text.words.is_edge(start):
        return False
    offset = start
    while offset < end:
        word = text.words.at(offset)
        if word is None or not (_is_noun(word) or text.folded[word.start : word.end] == "的"):
            return False
        offset = word.end
    return True
