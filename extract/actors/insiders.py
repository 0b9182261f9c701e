"""People whom a text quotes without a name but tells apart (一位央行官員, 供應鏈人士): actors of that text alone.

They are no mentions: nobody could look them up. Their words stay apart from those of other unnamed people, though.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from extract.actors.candidates import Candidate
from extract.actors.text import ActorText
from schemas.actor import Actor, ActorTag, ActorType, Name
from schemas.ids import content_id
from schemas.text import Locale, Span

_COUNTED: Final = "(?:不少|[一两三四五几多某另][一]?[位名个]|有)"
_OF: Final = r"[^,。;:!?\s「」『』“”()、的]{0,9}的?[^,。;:!?\s「」『』“”()、]{0,5}?"
_TOLD_APART: Final = "官员|代表|干部|股东|仲介店长|中介|仲介|房仲|合伙人|区域经理|网友|[商厂]主管"
_SOURCES: Final = "供应链人士|供应链|知情人士|消息人士"
_INSIDER: Final = re.compile(f"{_COUNTED}(?P<of>{_OF})(?P<head>{_TOLD_APART})|(?P<source>{_SOURCES})")
_RUMOUR: Final = re.compile(
    r"网传(?:讯息|消息|影片|图文)?(?=[「『“])|(?<=[一这该此]则)(?:讯息|消息|贴文|语音档|影片)(?=[^。;!?「」“”\n]{0,12}:[「『“])"
)
"""What goes round and is quoted, as fact checks do: its words are those of nobody who could be named."""
_NAMELESS: Final = re.compile("(?:不愿|不肯|拒绝|要求)?(?:具名|透露姓名|匿名)的?")
_OFFICIAL: Final = re.compile("官员|代表|主管")
_SPEAKS: Final = re.compile(
    "[^,。;:!?「」]{0,8}?(?:表示|指出|透露|认为|坦言|直言|强调|警告|预[测期估计]|估计|爆料|诉苦|抱怨|说|称|传出|告诉|:)"
)
_BEHIND: Final = 2  # characters between a description and the name it belongs to


def find_insiders(text: ActorText, mentions: Sequence[Candidate]) -> tuple[list[ActorTag], list[Actor]]:
    """Return the unnamed people who speak, where they stand and as actors; one actor for each way of calling them.

    Args:
        text: the reading.
        mentions: the named actors, in text order; an official of a body may stand right behind it.
    """
    tags: list[ActorTag] = []
    actors: dict[str, Actor] = {}
    for *starts, end in _spoken(text, mentions):
        actor_id = content_id("insider", text.reading.document.document_id, text.folded[starts[0] : end])
        tags.append(ActorTag(span=Span(start=starts[-1], end=end), actor_id=actor_id, actor_type=ActorType.PERSON))
        actors.setdefault(actor_id, _actor(text, actor_id, starts, end))
    return sorted(tags, key=lambda tag: tag.span.start), list(actors.values())


def _spoken(text: ActorText, mentions: Sequence[Candidate]) -> Iterator[tuple[int, ...]]:
    """Yield where ways of calling somebody begin, the whole phrase first and the bare noun last, then where all end."""
    starts = [mention.start for mention in mentions]
    officials = set()
    for mention in mentions:
        official = _OFFICIAL.match(text.folded, mention.end)
        if official and mention.actor_type is not ActorType.PERSON and _SPEAKS.match(text.folded, official.end()):
            officials.add(official.end())
            yield mention.start, official.start(), official.end()
    for match in _INSIDER.finditer(text.folded):
        head = match.start("head") if match["head"] else match.start("source")
        end = match.end()
        if end not in officials and _is_free(mentions, starts, head, end) and _SPEAKS.match(text.folded, end):
            described = match.start("of") if match["head"] else head
            nameless = _NAMELESS.match(text.folded, described)
            yield match.start(), nameless.end() if nameless else described, head, end
    for match in _RUMOUR.finditer(text.folded):
        at = bisect_right(starts, match.start())
        if not at or mentions[at - 1].end <= match.start():
            yield match.span()


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
