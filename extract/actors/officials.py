"""Those who speak by office, without a name: a government's spokesman, a country's minister, the chairman."""

import re
from collections.abc import Iterator, Sequence, Set
from typing import Final

from extract.actors.candidates import Candidate
from extract.actors.descriptions import description_rules
from extract.actors.text import ActorText
from schemas.actor import Actor, ActorTag, ActorType
from schemas.text import Locale, Span

_SPOKESMAN: Final = re.compile("(?<![\u3400-\u9fff])政府(?:新闻)?发言人")
"""A spokesman of whose government the text says nothing right there."""
_GOVERNMENTS: Final = {
    Locale.TAIWAN: "taiwan-government",
    Locale.HONG_KONG: "hong-kong-government",
    Locale.MAINLAND: "china-government",
}
"""Whose government is meant where a text of the region names no other."""
_GOVERNMENT: Final = "-government"
_DOES: Final = frozenset({"v", "vd", "d", "ad", "p", "TIME", "t", "f"})
_MINISTER: Final = re.compile("[\u3400-\u9fff]{0,6}?(?:大臣|次官|部长|次长|防长|长官)")
"""An office right behind its country; heads of state and of government are somebody whom everyone can name."""


def government_spokesmen(text: ActorText, mentions: Sequence[Candidate]) -> Iterator[ActorTag]:
    """Yield where a government's spokesman speaks, with the government: the one named last before, else the region's.

    No mention, for the words name no government; nothing where the base doesn't know the region's.
    """
    named = [m for m in mentions if m.actor_id and m.actor_id.endswith(_GOVERNMENT)]
    region = _GOVERNMENTS[text.reading.document.locale]
    for match in _SPOKESMAN.finditer(text.folded):
        last = next((m.actor_id for m in reversed(named) if m.end <= match.start()), None)
        actor_id = last or (region if region in text.base.records else None)
        if actor_id is not None:
            span = Span(start=match.start(), end=match.end())
            yield ActorTag(span=span, actor_id=actor_id, actor_type=ActorType.GOVERNMENT)


def governments_of(text: ActorText, tags: Sequence[ActorTag], mentions: Sequence[Candidate]) -> tuple[Actor, ...]:
    """Return the actors of spokesmen's governments that the text doesn't name anywhere else."""
    known = {mention.actor_id for mention in mentions}
    return tuple(text.base.actor(i) for i in dict.fromkeys(tag.actor_id for tag in tags) if i not in known)


def ministers(text: ActorText, mentions: Sequence[Candidate]) -> Iterator[tuple[int, int, int]]:
    """Yield where ministers speak whom the text calls by country and office alone (挪威貿工部長): start, office, end.

    Nobody where the text names the holder of that office (挪威貿工部長某某 before).
    """
    holders = {m.start for m in mentions if m.actor_type is ActorType.PERSON}
    for word in text.reading.words:
        office = _MINISTER.match(text.folded, word.end)
        if office is None or not text.is_place(text.folded[word.start : word.end]):
            continue
        is_whole = text.words.is_edge(office.end()) and text.words.is_edge(office.start())
        called = text.folded[word.start : office.end()]
        has_name = any(holders & {m.end(), m.end() + 1} for m in re.finditer(re.escape(called), text.folded))
        if is_whole and not has_name and description_rules().speaks.match(text.folded, office.end()):
            yield word.start, office.start(), office.end()


def office_holders(text: ActorText, mentions: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Yield where somebody speaks whom the text calls by an office alone (執行長補充), and nobody by that and a name.

    An answer's in brackets counts (答（董秘）：). A label alone doesn't: a heading calls people so whom the text names.
    """
    people = [m for m in mentions if m.actor_type is ActorType.PERSON]
    starts, ends = {m.start for m in people}, {m.end for m in people}
    for match in description_rules().office.finditer(text.folded):
        if _speaks_alone(text, match) and not _is_held(text, match[0], starts, ends):
            yield match.span()


def _speaks_alone(text: ActorText, office: re.Match[str]) -> bool:
    """Return whether an office opens a clause and what it does follows, or stands in the label of an answer."""
    if text.folded.startswith("):", office.end()):
        return True
    before, following = text.folded[: office.start()].rstrip(" ")[-1:], text.words.at(office.end())
    is_whole = text.words.is_edge(office.end()) and text.after(office.end()) != ":"
    if before.isalnum() or before == ")" or not is_whole:
        return False
    rules = description_rules()
    says = rules.speaks if following is not None and following.pos in _DOES else rules.says
    return says.match(text.folded, office.end()) is not None


def _is_held(text: ActorText, office: str, starts: Set[int], ends: Set[int]) -> bool:
    """Return whether the name of a person stands right behind or before the office somewhere in the text."""
    places = [(m.start(), m.end()) for m in re.finditer(office, text.folded)]
    return any({end, end + 1} & starts or {start, start - 1} & ends for start, end in places)
