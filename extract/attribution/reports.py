"""Articles given over to one report: what nobody else is cited for is what the report says."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.attribution.frames import Frame, frames_by_sentence
from extract.reading import Reading, paragraphs_of
from schemas.actor import AUTHOR, ActorTag, ActorType
from schemas.claim import Speech
from schemas.text import Sentence, Span

_BODIES = frozenset({ActorType.ORGANISATION, ActorType.GOVERNMENT, ActorType.MEDIA})
_DOCUMENT = "报告|研报|调查|问卷|民调|白皮书|半年报|研究|分析|季刊|论文|《"
_PUBLISHES = "发布|发表|出具|公布|推出|出版|公开|提出|发出|完成"
_LEAD = re.compile(
    f"(?P<before>[^。;\n「“]{{0,24}}?)(?:{_PUBLISHES})[^。;\n]{{0,40}}?(?:{_DOCUMENT})"
    f"|(?P<noun>的?(?:{_DOCUMENT})[^。,\n]{{0,12}})(?:{_PUBLISHES})"
)
"""How a body is said to publish a report, right behind its name (某某11日出版的半年報《…》)."""
_REFERS = re.compile(
    "(?:^|(?<=[。,;\n:\\s」”]))(?:不过|但|另外|此外|至于|根据|整体而言)?在?(?:这份|该|此份|新|全份|这项)?"
    "(?:报告|研报|调查|问卷|文中|作者们?|研究|课题组|团队|代表团|智库)(?!期|书|会|人|员|局|显示期|机构)"
)
"""How a clause begins that goes on about the report."""
_OPENING = 8  # sentences, headline and bylines included, in which the report is named


@dataclass(frozen=True, slots=True)
class _Report:
    """Whose report it is, and the sentence that says so."""

    speakers: tuple[str, ...]
    lead: Sentence


def reported(reading: Reading, tags: Sequence[ActorTag], frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Return the frames of what an article given over to one report tells without a cue; none in other articles.

    A body publishes a report at the top, is cited more often than anybody else, and the text comes back to the report:
    then each sentence behind is the report's until another source is cited in its paragraph.

    Args:
        reading: the document.
        tags: the mentions of actors, in text order.
        frames: what the cues of the document open.
    """
    report = _report_of(reading, tags)
    if report is None or not _is_given_over(reading, frames, report):
        return ()
    behind = reading.sentences[reading.sentences.index(report.lead) + 1 :]
    cited = frames_by_sentence(behind, frames)
    return tuple(
        frame for paragraph in paragraphs_of(behind) for frame in _carried_in(reading, paragraph, cited, report)
    )


def _carried_in(
    reading: Reading, paragraph: Sequence[Sentence], cited: Mapping[int, Sequence[Frame]], report: _Report
) -> Iterator[Frame]:
    """Yield the frames of the uncued sentences of a paragraph, up to the first that cites another source.

    Without figures a sentence that leads over to the other source is the narrator's, as is one on the report itself.
    """
    inside = [cited.get(sentence.span.start, ()) for sentence in paragraph]
    others = [any(f.speakers not in (report.speakers, (AUTHOR,)) for f in here) for here in inside]
    for index, (sentence, here) in enumerate(zip(paragraph, inside, strict=True)):
        if any(others[:index]):
            return
        start = sentence.span.start
        first = min((frame.start for frame in here), default=sentence.span.end)
        text = reading.shadow[start:first]
        leads_over = any(others) or _REFERS.match(text)
        if first > start and not (leads_over and not _FIGURES.search(text)):
            yield Frame(report.speakers, Speech.CARRIED, Span(start=start, end=first), category="section")


_FIGURES = re.compile(r"\d")


def _report_of(reading: Reading, tags: Sequence[ActorTag]) -> _Report | None:
    for sentence in reading.sentences[:_OPENING]:
        named = [t for t in tags if t.actor_type in _BODIES and sentence.span.start <= t.span.start < sentence.span.end]
        for tag in named:
            match = _LEAD.match(reading.shadow, tag.span.end, sentence.span.end)
            between = match.span("before" if match["before"] is not None else "noun") if match else (0, 0)
            if match and not any(between[0] <= t.span.start < between[1] for t in named):
                return _Report((tag.actor_id,), sentence)
    return None


def _is_given_over(reading: Reading, frames: Sequence[Frame], report: _Report) -> bool:
    """Return whether the report is cited again and most, and often or by itself (報告認為, 這份調查)."""
    cited = Counter(f.speakers for f in frames if f.speakers != (AUTHOR,))
    own, most = cited[report.speakers], max(cited.values(), default=0)
    again = any(f.speakers == report.speakers and f.content.start >= report.lead.span.end for f in frames)
    if own < most or not (again or own > _FEW):
        return False
    share = own / sum(cited.values())
    returns = len(_REFERS.findall(reading.shadow, report.lead.span.end))
    return share >= _MOST or (returns >= 1 and share >= _MANY) or returns >= _OFTEN


_FEW = 2  # frames that its first sentence may open
_MOST = 0.4  # of all frames, the report's
_MANY = 0.3
_OFTEN = 2  # clauses that go on about it
