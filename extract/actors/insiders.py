"""People whom a text quotes without a name but tells apart (一位央行官員, 供應鏈人士): actors of that text alone.

They are no mentions: nobody could look them up. Their words stay apart from those of other unnamed people, though.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extract.actors.candidates import Candidate
from extract.actors.descriptions import Description, described, description_rules
from extract.actors.officials import government_spokesmen, governments_of, ministers, office_holders
from extract.actors.text import ActorText
from schemas.actor import ANALYSTS, Actor, ActorTag, ActorType, Name
from schemas.ids import content_id
from schemas.text import Locale, Span

_SOURCES: Final = re.compile("供应链人士|供应链|知情人士|消息人士")
_RUMOUR: Final = re.compile(
    r"网传(?:讯息|消息|影片|图文|图卡)?(?=[「『“])|(?<=[一这该此]则)(?:讯息|消息|贴文|语音档|影片)(?=[^。;!?「」“”\n]{0,12}:[「『“])"
)
"""What goes round and is quoted, as fact checks do: its words are those of nobody who could be named."""
_NETIZEN: Final = re.compile(
    r"(?m:^)(?:推|嘘|→|回)\s?(?P<push>[A-Za-z][\w-]{2,15})(?=\s?:)|(?P<at>@[\w\u3400-\u9fff-]{2,12}?)(?=[\s:,。;!?)」』”]|$)"
)
"""Names on the net: before a comment of a board, and those that are called by an @."""
_OFFICIAL: Final = re.compile("官员|代表|主管")
_NO_BANKERS: Final = ("官员", "职员", "公务员", "代表", "客户", "存户", "用户", "散户")
"""Who is none although a word of finance stands before: 銀行局官員, 基金客戶."""
_SURNAMED: Final = re.compile("[\u3400-\u9fff]姓")
_BEHIND: Final = 2  # characters between a description and the name it belongs to


@dataclass(frozen=True, slots=True)
class Unnamed:
    """The unnamed people of a text as actors, one for each way of calling them, and where they stand.

    `told_apart` speak for themselves. `bankers` are people of finance, whose words are those of analysts.
    """

    told_apart: tuple[ActorTag, ...]
    bankers: tuple[ActorTag, ...]
    actors: tuple[Actor, ...]


def find_insiders(text: ActorText, mentions: Sequence[Candidate]) -> Unnamed:
    """Return the unnamed people who speak.

    Args:
        text: the reading.
        mentions: the named actors, in text order; an official of a body may stand right behind it.
    """
    told_apart: list[ActorTag] = []
    bankers: list[ActorTag] = []
    actors: dict[str, Actor] = {}
    taken = -1
    for *starts, end in sorted(_spoken(text, mentions), key=lambda edges: (edges[-2], edges[0])):
        if starts[-1] < taken:
            continue
        taken = end
        span = Span(start=starts[-1], end=end)
        if _is_banker(text.folded, starts[0], span):
            bankers.append(ActorTag(span=span, actor_id=ANALYSTS, actor_type=ActorType.PERSON))
            continue
        actor_id = content_id("insider", text.reading.document.document_id, text.folded[starts[0] : end])
        told_apart.append(ActorTag(span=span, actor_id=actor_id, actor_type=ActorType.PERSON))
        actors.setdefault(actor_id, _actor(text, actor_id, starts, end))
    spokesmen = tuple(government_spokesmen(text, mentions))
    return Unnamed(
        told_apart=(*told_apart, *spokesmen),
        bankers=tuple(bankers),
        actors=(*actors.values(), *governments_of(text, spokesmen, mentions)),
    )


def _is_banker(folded: str, start: int, head: Span) -> bool:
    """Return whether a description that ends with its noun is of one of finance whom no surname tells apart."""
    in_finance = description_rules().finance.search(folded, start, head.end) is not None
    is_other = folded.endswith(_NO_BANKERS, head.start, head.end) or _SURNAMED.search(folded, start, head.end)
    return in_finance and not is_other


def _spoken(text: ActorText, mentions: Sequence[Candidate]) -> Iterator[tuple[int, ...]]:
    """Yield where ways of calling somebody begin, the whole phrase first and the bare noun last, then where all end."""
    speaks = description_rules().speaks
    starts = [mention.start for mention in mentions]
    for mention in mentions:
        official = _OFFICIAL.match(text.folded, mention.end)
        if official and mention.actor_type is not ActorType.PERSON and speaks.match(text.folded, official.end()):
            yield mention.start, official.start(), official.end()
    yield from _told_apart(text, mentions, starts)
    yield from ministers(text, mentions)
    yield from office_holders(text, mentions)
    for match in _SOURCES.finditer(text.folded):
        if speaks.match(text.folded, match.end()) and _is_free(mentions, starts, *match.span()):
            yield match.span()
    for match in _NETIZEN.finditer(text.folded):
        yield match.span("push") if match["push"] else (match.start("at"), match.start("at") + 1, match.end())
    for match in _RUMOUR.finditer(text.folded):
        at = bisect_right(starts, match.start())
        if not at or mentions[at - 1].end <= match.start():
            yield match.span()


def _told_apart(text: ActorText, mentions: Sequence[Candidate], starts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    rules = description_rules()
    for match in rules.head.finditer(text.folded):
        called = described(text, match, rules)
        if called is None or not _is_free(mentions, starts, *match.span()) or _is_of_body(mentions, starts, called):
            continue
        if called.is_subject or rules.speaks.match(text.folded, match.end()):
            yield *called.starts, match.end()


def _is_of_body(mentions: Sequence[Candidate], starts: Sequence[int], called: Description) -> bool:
    """Return whether what they say is said by a body: 央行有關負責人, and one of a government (商務部一位官員)."""
    end = called.starts[-1] if called.count is None else called.count
    bodies = mentions[bisect_left(starts, called.starts[0]) : bisect_left(starts, end)]
    return any(
        m.actor_type is ActorType.GOVERNMENT or (called.count is None and m.actor_type is not ActorType.PLACE)
        for m in bodies
    )


def _is_free(mentions: Sequence[Candidate], starts: Sequence[int], head: int, end: int) -> bool:
    """Return whether no name covers the head noun or stands right behind it, as that of a person so described."""
    at = bisect_right(starts, head)
    inside = at > 0 and mentions[at - 1].end > head
    behind = at < len(mentions) and mentions[at].start - end <= _BEHIND
    return not inside and not behind


def _actor(text: ActorText, actor_id: str, starts: Sequence[int], end: int) -> Actor:
    document = text.reading.document
    script = "zh-Hans" if document.locale is Locale.MAINLAND else "zh-Hant"
    forms = {document.text[start:end]: script for start in starts}
    forms |= {text.folded[start:end]: "zh-Hans" for start in starts}
    names = tuple(Name(text=form, script=written) for form, written in forms.items())
    return Actor(actor_id=actor_id, actor_type=ActorType.PERSON, names=names, is_provisional=True)
