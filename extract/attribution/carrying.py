"""Which sentences without a cue still belong to the speaker before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.attribution.frames import Frame
from extract.attribution.scanning import Scene
from schemas.actor import ANALYSTS, AUTHOR, MARKET
from schemas.claim import Speech
from schemas.text import Span

_QUOTED = re.compile(r"^[「『“]")
_WORDS = "数字|数据|理由|比喻|说法|逻辑|算盘|话|承诺|答案|判断|评价|看法|预测|预估|建议|剧本|例子"
_POINTS_BACK = re.compile(
    rf"^(?:这(?!句|话|番|段|位|名|层|家|[两三四五六七八九十]{{1,2}}(?:个字|句|组)|(?:[个些种份套组一]|样的)?(?:{_WORDS}))"
    "|此(?!外|次|前|时|人|话|后)|其中)"
)
"""How a sentence begins that goes on with what was said; one about the words (這句話, 這個數字) does not."""
_FIGURES = re.compile(r"\d")
_NAMES = ("person", "organisation", "media", "government")


@dataclass(frozen=True, slots=True)
class Memory:
    """What a sentence may carry on: the frames of its paragraph, the speaker of its section, who spoke last.

    `is_open` where the paragraph began with a quotation mark that closes nowhere in it: speech over several paragraphs.
    `told` is the person whom the sentence right before tells of without their words (某某的看法不同。).
    `listing` is who introduced the list that goes on (某某預測如下：).
    """

    frames: tuple[Frame, ...] = ()
    section_speakers: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    is_open: bool = False
    told: tuple[str, ...] = ()
    listing: tuple[str, ...] = ()


def carried(scene: Scene, memory: Memory, cued: Sequence[Frame]) -> Frame | None:
    """Return the frame that carries the speaker over to what stands before the first cue of a sentence.

    A speaker carries over within a paragraph to a quotation, to a sentence that points back (這, 此), to one that he
    goes on with himself, and to further figures of the same record; over paragraphs where a quotation runs on, and to
    the items of a list that he introduced; in a section headed by a speaker to everything without another source. None
    where the narrator speaks.

    Args:
        scene: the sentence.
        memory: what it may carry on.
        cued: the frames that its own cues open.
    """
    start = scene.span.start
    first = min((f for f in cued if f.lead), key=lambda f: f.start, default=None)
    end = first.lead.start if first and first.lead else scene.span.end
    if start >= end:
        return None
    content = Span(start=start, end=end)
    spoken = [f for f in memory.frames if f.speakers != (AUTHOR,)]
    if memory.told and _QUOTED.match(scene.shadow[start:end]):
        return Frame(memory.told, Speech.CARRIED, content, category="stance")
    goes_on = bool(spoken) and first is not None and _is_pronoun(scene, first) and first.speakers == spoken[-1].speakers
    if spoken and (goes_on or _continues(scene, spoken, scene.shadow[start:end])):
        return Frame(spoken[-1].speakers, Speech.CARRIED, content, category=spoken[-1].category)
    if memory.is_open and memory.last:
        return Frame(memory.last, Speech.CARRIED, content, category="open")
    if memory.listing:
        return Frame(memory.listing, Speech.CARRIED, content, category="list")
    if memory.section_speakers and not scene.is_heading:
        return Frame(memory.section_speakers, Speech.CARRIED, content, category="section")
    return None


def listing_of(scene: Scene, frames: Sequence[Frame], current: tuple[str, ...]) -> tuple[str, ...]:
    """Return who introduces a list with this sentence, where it ends with a colon; else who did before (`current`)."""
    if not scene.shadow[scene.span.start : scene.span.end].rstrip().endswith(":"):
        return current
    held = [f for f in frames if f.content.end >= scene.span.end and f.category != "label"]
    return held[-1].speakers if held and held[-1].speakers != (AUTHOR,) else ()


def is_item(scene: Scene, memory: Memory) -> bool:
    """Return whether a sentence begins an item of the list that somebody introduced."""
    return bool(memory.listing) and _ITEM.match(scene.shadow, scene.span.start) is not None


_ITEM = re.compile(r"\s*(?:[・•·∙●○■□◆◇▲△▪‧.*\-–—]\s*|[①-⑳]|[(（]?[一二三四五六七八九十\d]{1,2}[)）.、])(?=\D)")


def told_of(scene: Scene, frames: Sequence[Frame]) -> tuple[str, ...]:
    """Return the person that a sentence opens with, where nobody else is in it and no cue of its own."""
    people = {c.ids for c in scene.candidates if c.kind == "person"}
    opening = next((c for c in scene.candidates if c.kind == "person"), None)
    if opening is None or len(people) > 1 or scene.is_heading or any(f.lead for f in frames):
        return ()
    return opening.ids if opening.start - scene.span.start <= _TITLE else ()


_TITLE = 12  # characters that may stand before a name that opens a sentence: employer and title


def _continues(scene: Scene, spoken: Sequence[Frame], text: str) -> bool:
    last = spoken[-1]
    is_record = last.category == "record"
    if _QUOTED.match(text) or (_POINTS_BACK.match(text) and not (is_record and text.startswith("这"))):
        return True
    if last.lead and last.content.end <= last.lead.start and not _has_words(scene, last.lead.end):
        return True
    return is_record and _lists_on(scene, spoken, text)


def _lists_on(scene: Scene, spoken: Sequence[Frame], text: str) -> bool:
    """Return whether a sentence gives further figures of a record; an announcement and a quoted price are none."""
    cue = next((f.cue for f in reversed(spoken) if f.cue), None)
    named = [c for c in scene.candidates if c.kind in _NAMES and c.ids != spoken[-1].speakers]
    is_told = cue in _ACTS or _TRADED.search(text) is not None or text.startswith("这")
    is_crowd = bool(_CROWDS & set(spoken[-1].speakers))
    is_ranked = not is_crowd and len(_MEASURES.findall(text)) >= _LIST and _RANKED.search(text) is not None
    return _FIGURES.search(text) is not None and (is_ranked or not named) and not is_told


_CROWDS = frozenset({ANALYSTS, MARKET})
_LIST = 3  # figures that make a list
_MEASURES = re.compile(r"\d[\d.,]*\s*(?:%|[万亿]|台|辆)")
_RANKED = re.compile(
    "市[占佔]|份额|占有率|居[次冠]|[排居]名?第[一二三四五六七八九十]|名列|紧追|紧随|出货[量占]|并列|其次|榜首"
)
"""How the makers or places that a record ranks are told one after the other."""
_ACTS = frozenset({"宣布", "公告", "开出", "缴出", "决定", "拍板"})
_TRADED = re.compile("股价|股票|收盘|开盘|盘中|收报|台股|大盘|指数")


def _is_pronoun(scene: Scene, frame: Frame) -> bool:
    lead = frame.lead
    return lead is not None and re.search("[他她该]", scene.shadow[lead.start : lead.end]) is not None


def _has_words(scene: Scene, start: int) -> bool:
    """Return whether the sentence before went on behind its cue (「…」他說。 did not)."""
    return re.search(r"\w", scene.shadow[start : scene.span.start]) is not None
