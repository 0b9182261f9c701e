"""Speakers given by a label with a colon: headlines, section titles and dialogues."""

import re
from typing import Final

from extract.attribution.frames import Frame
from extract.attribution.lexicon import words
from extract.attribution.rating_lists import is_rated_by
from extract.attribution.scanning import Scene
from extract.attribution.speakers import Floor, resolve
from extract.placing import starting_in, words_in
from extract.reading import Reading
from schemas.actor import AUTHOR
from schemas.claim import Speech
from schemas.text import Span

_LABEL = re.compile(
    r"(?:^|(?<=[\s■◆●▲】〉》>!?。]))[「“\s]*(?P<name>[^\s,。;:!?「」“”]{1,24}(?: ?\([^)]*\))?) ?(?:(?<!\d):|:(?!\d))"
)
_OPENS = re.compile(r"(?:[推嘘→回]\s*|[\u4e00-\u9fff]{2,8} )?")
"""What may stand before a label that opens a paragraph: the mark of a comment on a board, a title (行長 某某：)."""
_TAIL = re.compile(r"^(?:\s*[(（][^)）]*[)）])?\s*$")


def labels_of(reading: Reading, scene: Scene, floor: Floor) -> tuple[Frame, ...]:
    """Return the frames of the labels in the sentence, each reaching to the next one.

    In a heading the speech reaches to its end; in a dialogue, where the label opens a paragraph, to the end of the
    paragraph. The label of one who asks gives the narrator.
    """
    text = scene.shadow[scene.span.start : scene.span.end]
    found: list[Frame] = []
    for match in _LABEL.finditer(text):
        start, end = scene.span.start + match.start("name"), scene.span.start + match.end("name")
        speakers = _speakers(scene, start, end, floor)
        opens = _OPENS.fullmatch(text[: match.start()]) is not None
        if speakers and (opens or scene.is_heading) and not _is_share(scene, start, scene.span.start + match.end()):
            content = Span(start=scene.span.start + match.end(), end=_reach(reading, scene, opens=opens))
            cue_span = Span(start=end, end=scene.span.start + match.end())
            found.append(
                Frame(speakers, Speech.HEADLINE, content, Span(start=start, end=content.start), None, cue_span, "label")
            )
            if not scene.is_heading:
                break
    return tuple(found)


def _is_share(scene: Scene, start: int, end: int) -> bool:
    """Return whether a label only tells whose rating or target price is given."""
    is_listed = _TICKER.search(scene.shadow, start, end) is not None
    return is_rated_by(scene, end) or (is_listed and _RATED.search(scene.shadow, end, scene.span.end) is not None)


_TICKER = re.compile(r"\((?:\d{4,6}|[A-Z]{1,5})[^)]{0,4}\)")
_RATED = re.compile("目标价|评[级等]|跑[赢输]大|[增减]持|首选|[买卖沽]")


def _speakers(scene: Scene, start: int, end: int, floor: Floor) -> tuple[str, ...]:
    label = scene.shadow[start:end]
    if any(label.endswith(word) for word in words().questioners.categories):
        return (AUTHOR,)
    if label in words().answers.categories:
        guest = floor.guest or floor.person or floor.topic
        return (guest,) if guest else ()
    inside = [c for c in scene.candidates if start <= c.start and c.end <= end]
    outside = [c for c in inside if "(" not in scene.shadow[start : c.start]]
    inside = outside or inside
    tail = scene.shadow[inside[-1].end : end] if inside else ""
    if not inside or inside[-1].kind == "place" or not (_TAIL.match(tail) or (_answers(label) and tail == ")")):
        return ()
    if any(start <= hit.start and hit.end <= end for hit in scene.hits) or len(inside) > 2:
        return ()
    return resolve(inside[-1:], floor)


def _answers(label: str) -> bool:
    """Return whether a label is an answer with who gives it in brackets: 答(某某)."""
    return label.partition("(")[0].strip() in words().answers.categories


def rumours_of(reading: Reading, scene: Scene) -> tuple[Frame, ...]:
    """Return the frames of what goes round and is quoted, as fact checks do (網傳「…」), to the quotation's end."""
    found: list[Frame] = []
    for candidate in scene.candidates:
        match = _RUMOUR.match(scene.shadow, candidate.start) if candidate.kind == "person" else None
        quoted = starting_in(reading.quotations, match.end() - 1, match.end()) if match else ()
        if match and quoted:
            lead = Span(start=candidate.start, end=match.end())
            cue = Span(start=candidate.start, end=candidate.end)
            content = Span(start=match.end(), end=quoted[0].content.end)
            found.append(Frame(candidate.ids, Speech.DIRECT, content, lead, cue.of(scene.shadow), cue, "say"))
    return tuple(found)


_RUMOUR = re.compile(r"(?:网传(?:讯息|消息|影片|图文)?|(?:讯息|消息|贴文|语音档|影片)[^。;!?「」“”\n]{0,12}:)[「『“]")


def titles_of(reading: Reading, scene: Scene, floor: Floor) -> tuple[Frame, ...]:
    """Return the frames of quoted titles that are sentences (X 在題為「…」的報告中…): what X calls it, X asserts."""
    found: list[Frame] = []
    for match in _TITLED.finditer(scene.shadow, scene.span.start, scene.span.end):
        quoted = starting_in(reading.quotations, match.end() - 1, match.end())
        before = [c for c in scene.candidates if c.end <= match.start() and c.kind in _AUTHORS]
        speakers = resolve(before[-1:], floor)
        if quoted and speakers and _asserts(reading, quoted[0].content):
            lead, cue = Span(start=match.start(), end=match.end()), Span(start=match.start(), end=match.end() - 1)
            found.append(Frame(speakers, Speech.DIRECT, quoted[0].content, lead, cue.of(scene.shadow), cue, "say"))
    return tuple(found)


TITLING: Final = ("名为", "题为", "题目为", "题目是", "标题为", "标题是", "标题写着")
"""How a title is introduced."""
_TITLED = re.compile(f"(?:{'|'.join(TITLING)})[「『“]")
_AUTHORS = frozenset({"person", "organisation", "media", "government", "pronoun", "role"})


def _asserts(reading: Reading, title: Span) -> bool:
    """Return whether a title is a sentence: it has a verb, and doesn't only name a matter (全球經濟展望)."""
    return any(word.pos == "v" for word in words_in(reading.words, title.start, title.end))


def speaker_heading(scene: Scene, floor: Floor) -> tuple[str, ...]:
    """Return the person or body that a heading consists of, with no more than a title before the name.

    Such a section is theirs to speak in, as is one on what the company of the document says (公司財測). Nobody where
    the heading says anything else.
    """
    if floor.topic and _OF_COMPANY.fullmatch(scene.shadow, scene.span.start, scene.span.end):
        return (floor.topic,)
    named = [c for c in scene.candidates if c.kind in ("person", "organisation", "media", "government")]
    if not named or scene.hits or _TAIL.match(scene.shadow[named[-1].end : scene.span.end]) is None:
        return ()
    before = scene.shadow[scene.span.start : named[-1].start]
    is_short = (
        scene.index >= _BYLINES and named[-1].kind == "person" and len(before) <= _LONGEST_TITLE and "," not in before
    )
    is_listed = _BULLET.match(before) is not None and (scene.index >= _BYLINES or bool(before))
    return named[-1].ids if is_short or is_listed else ()


_OF_COMPANY = re.compile(
    r"[\s■◆●▲▍✅※*·•]*(?:公司|管理层)(?:公布|公告|财测|展望|说明|指引|回复|回应|看法|重点|指导)(?:内容|重点)?[::]?\s*"
)
_LONGEST_TITLE = 24
_BYLINES = 3  # sentences at the top of an article, where a name alone is who wrote it
_BULLET = re.compile(r"^[\s■◆●▲▍✅※*·•①-⑳一二三四五六七八九十、.\d]*(?:[【\[〈][^】\]〉]{1,10}[】\]〉])?\s*$")


def _reach(reading: Reading, scene: Scene, *, opens: bool) -> int:
    if scene.is_heading or not opens:
        return scene.span.end
    end = scene.span.end
    for sentence in reading.sentences[scene.index :]:
        if sentence.paragraph_index != scene.paragraph:
            break
        end = sentence.span.end
    return end
