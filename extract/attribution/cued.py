"""Frames that a cue opens: a verb of saying with its subject, 根據 X, a figure somebody sets, a passive."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.attribution.crowds import views_in
from extract.attribution.cue_speakers import speakers_of
from extract.attribution.figure_lists import figure_frames, figures_in
from extract.attribution.frames import Frame
from extract.attribution.lexicon import words
from extract.attribution.pending import is_pending, narrated_from
from extract.attribution.rating_lists import ratings_in
from extract.attribution.ratings import taker_frame, takers_in
from extract.attribution.scanning import BRACKETED, BREAK, LONGEST_QUOTATION, Scene, in_quotation
from extract.attribution.speakers import Candidate, Floor, resolve, subject_of
from extract.phrases import Hit
from extract.placing import starting_in
from extract.reading import Quotation, Reading
from schemas.actor import ANALYSTS, AUTHOR, MARKET
from schemas.claim import Speech
from schemas.text import Span

_AFTER_CUE = re.compile(r"[了著着过道到说]?[\s,:,]*[「『“]?")
_TO_QUOTE = re.compile(r"(?:得[^,。;:!?「」『』“”\n]{1,6}|[更很太][^,。;:!?「」『』“”\n]{1,4}):[「『“]")
"""How a cue comes to a quotation by way of its manner (說得更白:「)."""
_OPENING = "「『“"
_STOPS = frozenset({"", ",", "。", ";", "!", "?", "、", "\n", " ", ":"})
_ENDS = frozenset("。!?…")
_PASSIVE = frozenset({"视为", "视作", "看作", "解读为"})


def frames_in(reading: Reading, scene: Scene, floor: Floor, before: Sequence[Frame]) -> tuple[Frame, ...]:
    """Return the frames that cues in this sentence open, each ending where the next one begins.

    Args:
        reading: the document.
        scene: the sentence.
        floor: who had the floor when it began.
        before: the frames of the paragraph so far.
    """
    found: list[Frame] = []
    for opened in sorted(
        [
            *_sources(scene),
            *takers_in(scene),
            *ratings_in(scene),
            *figures_in(scene),
            *_attitudes(scene),
            *_figures_of_theirs(scene),
            *views_in(scene.shadow, scene.candidates, scene.span),
            *_verbs(scene),
        ],
        key=lambda h: (h.start, -h.end),
    ):
        if found and found[-1].lead and opened.start < found[-1].lead.end:
            continue
        floor = _met_before(scene, floor, found, opened.start)
        new = _frames_of(reading, scene, floor, (*before, *found), opened)
        for frame in new:
            floor = floor.given_to(frame.speakers) if frame.speakers != (AUTHOR,) else floor
        found += new
    return _trimmed(found)


def _verbs(scene: Scene) -> list[Hit]:
    """Return the cues of the sentence without the nouns before a verb of saying (在報告序文裡寫道: no 報告)."""
    behind = [*scene.hits[1:], None]
    return [one for one, after in zip(scene.hits, behind, strict=False) if not _is_document(scene, one, after)]


def _is_document(scene: Scene, hit: Hit, after: Hit | None) -> bool:
    if hit.category != "record" or after is None or after.category != "say" or not words().documents.occurs(hit.phrase):
        return False
    return 0 < after.start - hit.end <= _TO_VERB and BREAK.search(scene.shadow, hit.end, after.start) is None


_TO_VERB = 8  # characters between a document and the verb of what it says


def _met_before(scene: Scene, floor: Floor, found: Sequence[Frame], position: int) -> Floor:
    """Return the floor with the names that the narrator gave in this sentence before the position."""
    for candidate in scene.candidates:
        narrated = not any(_holds(scene, f, candidate) for f in found) and not scene.is_quoted(candidate.start)
        if candidate.end <= position and narrated and not _is_beside(scene, candidate):
            floor = floor.having_met(candidate)
    return floor


def _is_beside(scene: Scene, candidate: Candidate) -> bool:
    """Return whether a person is only met by one who is spoken of in the same clause (他與某某意見相反)."""
    start = scene.clause_start(candidate.start)
    return candidate.kind == "person" and any(
        start <= c.start < candidate.start and c.kind == "pronoun" for c in scene.candidates
    )


def _holds(scene: Scene, frame: Frame, candidate: Candidate) -> bool:
    """Return whether a name stands inside a speech; one that opens a clause behind a semicolon may be the next."""
    opens = scene.shadow[: scene.clause_start(candidate.start)].rstrip().endswith(";")
    return frame.content.start <= candidate.start < frame.content.end and not opens


def _frames_of(reading: Reading, scene: Scene, floor: Floor, before: Sequence[Frame], hit: Hit) -> tuple[Frame, ...]:
    here = [f for f in before if f.content.end > scene.span.start and f.lead]
    if hit.category == "source":
        return _source_frame(scene, floor, hit)
    if hit.category in ("listed", "given"):
        return figure_frames(scene, here, hit)
    if hit.category == "set":
        return () if floor.holder else _verb_frames(reading, scene, floor, here, replace(hit, category="forecast"))
    if hit.category == "taker":
        return taker_frame(scene, floor, here, hit)
    if in_quotation(reading, hit.start, hit.end) and not _speaks_for_self(scene, hit):
        return ()
    return _verb_frames(reading, scene, floor, here, hit)


def _verb_frames(reading: Reading, scene: Scene, floor: Floor, here: Sequence[Frame], hit: Hit) -> tuple[Frame, ...]:
    start = scene.clause_start(hit.start)
    start = max([start, *(f.cue_span.end for f in here if f.cue_span and f.cue_span.end <= hit.start)])
    subject = subject_of(scene.shadow, scene.candidates, start, hit.start)
    if hit.category == "stance":
        return _stance_frame(reading, scene, floor, subject, hit)
    if _is_former(scene, start, hit) or (hit.category == "topic" and not subject):
        return ()
    if is_pending(scene, start, hit):
        return narrated_from(scene, here, start)
    if _is_told(here, subject, hit):
        return ()
    if in_quotation(reading, hit.start, hit.end):
        subject = ()
    if subject and hit.phrase in _PASSIVE:
        return _passive_frame(scene, floor, subject, hit)
    speakers, is_resolved = speakers_of(scene, floor, here, (start, subject, hit))
    if not speakers or (not is_resolved and any(f.speakers != (AUTHOR,) for f in here)):
        return ()
    lead = Span(start=start, end=_content_start(scene, hit.end))
    base = Frame(
        speakers, Speech.INDIRECT, lead, lead, hit.phrase, Span(start=hit.start, end=hit.end), hit.category, is_resolved
    )
    return _with_content(reading, scene, here, base)


def _is_told(here: Sequence[Frame], subject: Sequence[Candidate], hit: Hit) -> bool:
    """Return whether somebody tells what a crowd demands or fears (某某說，客戶已要求…): the words stay theirs."""
    told = any(f.content.start <= hit.start < f.content.end and f.speakers != (AUTHOR,) for f in here)
    return told and bool(subject) and subject[-1].kind == "group" and hit.phrase in _OF_CROWDS


_OF_CROWDS = frozenset({"要求", "通知", "告知", "担心", "担忧", "期待", "承诺", "抱怨", "质疑", "害怕"})


def _is_former(scene: Scene, start: int, hit: Hit) -> bool:
    """Return whether the cue tells of a former forecast (曾預期), a fact of the narrator's."""
    is_weak = hit.category in ("forecast", "think", "rate")
    formerly = words().formerly.find(scene.shadow, max(start, hit.start - 6), hit.start) if is_weak else ()
    return any(not any(c.start <= one.start < c.end for c in scene.candidates) for one in formerly)


def _content_start(scene: Scene, cue_end: int) -> int:
    """Return where the speech begins behind a cue; the mark of a quotation that ends inside a clause stays in it."""
    match = _TO_QUOTE.match(scene.shadow, cue_end) or _AFTER_CUE.match(scene.shadow, cue_end, scene.span.end)
    end = match.end() if match else cue_end
    opened = next((q for q in scene.quotations if q.content.start == end), None)
    goes_on = opened is not None and scene.shadow[opened.span.end : opened.span.end + 1] not in _STOPS
    is_whole = opened is not None and scene.shadow[opened.content.end - 1] in _ENDS
    return end - 1 if goes_on and not is_whole else end


def _with_content(reading: Reading, scene: Scene, here: Sequence[Frame], base: Frame) -> tuple[Frame, ...]:
    lead = base.lead or base.content
    quoted = _quotation_before(reading, here, lead.start)
    frames: list[Frame] = []
    if quoted:
        frames.append(replace(base, speech=Speech.DIRECT, content=quoted.content))
    if _has_words(scene.shadow, lead.end, scene.span.end):
        opened = scene.shadow[lead.end - 1] in _OPENING
        speech = Speech.DIRECT if opened else Speech.INDIRECT
        end = max(scene.span.end, _quotation_end(reading, lead.end) if opened else _end_of_example(scene, lead.end))
        end = min(end, _next_blank(scene, lead.end)) if not opened else end
        frames.append(replace(base, speech=speech, content=Span(start=lead.end, end=end)))
    elif not quoted and lead.start > scene.span.start:
        begin = max([scene.span.start, *(f.lead.end for f in here if f.lead and f.lead.end <= lead.start)])
        frames.append(replace(base, content=Span(start=begin, end=lead.start)))
    return tuple(_by_somebody(frame) for frame in frames)


def _next_blank(scene: Scene, start: int) -> int:
    """Return where reported speech ends in a transcript with blanks for marks: at the first, else at the text's end."""
    text = scene.shadow[scene.span.start : scene.span.end]
    if _MARKS.search(text, len(text) // 4) or len(_BLANKS.findall(text)) < _FEWEST_BLANKS:
        return len(scene.shadow)
    match = _BLANKS.search(scene.shadow, start + 1, scene.span.end)
    return match.start() if match else len(scene.shadow)


_BLANKS = re.compile(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")
_MARKS = re.compile("[,。;!?:]")
_FEWEST_BLANKS = 3


def _end_of_example(scene: Scene, start: int) -> int:
    """Return where a quotation ends that goes on with indirect speech behind a colon (他坦承看錯：「…。…」)."""
    ends = [q.content.end for q in scene.quotations if start < q.span.start and scene.shadow[q.span.start - 1] == ":"]
    return max(ends, default=0)


def _by_somebody(frame: Frame) -> Frame:
    """Return the frame with somebody unnamed for the market: nobody quotes a market word for word."""
    is_said = frame.speech is Speech.DIRECT and frame.speakers == (MARKET,)
    return replace(frame, speakers=(ANALYSTS,)) if is_said else frame


def _has_words(shadow: str, start: int, end: int) -> bool:
    return re.search(r"\w", shadow[start:end]) is not None


def _quotation_before(reading: Reading, here: Sequence[Frame], start: int) -> Quotation | None:
    """Return the quotation right before, if nobody introduced it."""
    back = start
    while back > 0 and reading.shadow[back - 1] in " ,":
        back -= 1
    near = starting_in(reading.quotations, max(0, back - LONGEST_QUOTATION), back)
    quoted = next((q for q in near if q.span.end == back and q.closed), None)
    if quoted is None or quoted.content.end - quoted.content.start < _SHORTEST_SPEECH:
        return None
    introduced = any(f.lead and f.lead.end in (quoted.content.start, quoted.span.start) for f in here)
    introduced = introduced or reading.shadow[max(0, quoted.span.start - 1)] == ":"
    return None if introduced else quoted


_SHORTEST_SPEECH = 6


def _quotation_end(reading: Reading, content_start: int) -> int:
    near = starting_in(reading.quotations, max(0, content_start - 2), content_start + 1)
    return next((q.span.end for q in near if q.content.start == content_start), content_start)


def _speaks_for_self(scene: Scene, hit: Hit) -> bool:
    return (
        hit.category in ("think", "forecast")
        and re.search(r"我们?[^,。]{0,3}$", scene.shadow[: hit.start][-8:]) is not None
    )


def _attitudes(scene: Scene) -> list[Hit]:
    """Return the ends of clauses that tell how somebody is minded or only announce speech with a colon.

    No verb of saying stands in them (X 看法更硬, …; X 列了三種情況：…).
    """
    found: list[Hit] = []
    start = scene.span.start
    for match in BREAK.finditer(scene.shadow, scene.span.start, scene.span.end):
        end = match.start()
        if not any(start <= hit.start < match.end() for hit in scene.hits):
            subject = subject_of(scene.shadow, scene.candidates, start, end)
            behind = scene.shadow[subject[-1].end : end] if subject else ""
            said = BRACKETED.sub("", behind)
            opens = match.group() == ":" and len(said) <= _LONGEST_ANNOUNCEMENT and bool(said.strip())
            minded = match.group() == "," and len(said) <= _LONGEST_ATTITUDE and _ATTITUDE.search(said)
            speaks = bool(subject) and (subject[-1].kind in _SPEAKING or _is_quoted_crowd(scene, subject[-1], end))
            if speaks and (opens or minded):
                found.append(Hit(end - 1, end, scene.shadow[end - 1 : end], "stance"))
        start = match.end()
    return found


def _is_quoted_crowd(scene: Scene, subject: Candidate, end: int) -> bool:
    """Return whether a clause about a crowd ends before a quotation, which then is theirs."""
    return subject.kind == "group" and scene.shadow.startswith(":", end) and _is_opened(scene, end + 1)


def _is_opened(scene: Scene, position: int) -> bool:
    """Return whether a quotation begins at a position."""
    return scene.shadow.startswith(tuple(_OPENING), position)


_LONGEST_ATTITUDE = 10
_LONGEST_ANNOUNCEMENT = 16
_SPEAKING = frozenset({"person", "organisation", "media", "government", "pronoun", "role", "plural"})
_MINDED = "乐观|悲观|保守|谨慎|审慎|激进|强硬|大胆|直接|直白|露骨|冷静|淡定|平和|温和|鹰派?|鸽派?|硬|狠|辣|呛|敢言"
_ATTITUDE = re.compile(f"相反|语带保留|{_MINDED}")


def _figures_of_theirs(scene: Scene) -> list[Hit]:
    """Return the nouns of forecasts and records that somebody's words follow (公司財測是…, 海關數據，…)."""
    found = _THEIRS.finditer(scene.shadow, scene.span.start, scene.span.end)
    return [Hit(m.start(), m.end(), m.group(), "record" if m["record"] else "forecast") for m in found]


_THEIRS = re.compile(
    "(?:(?:财测|预测值?|预估值?|预期值?|目标|看法|结论|共识|答案|判断|情境|数字|口径|时间表|首选|算法|说法|盘点)"
    "|(?:给出?|公布|估)的)(?:则|仍|都|也|依然|同样)?(?:是|为)(?!何|甚么|什么|不|由)"
    "|(?P<record>数据|口径|监测)(?=[,:])"
)


def _stance_frame(
    reading: Reading, scene: Scene, floor: Floor, subject: Sequence[Candidate], hit: Hit
) -> tuple[Frame, ...]:
    """Return the frame of what follows a clause on how somebody is minded (X 更悲觀, …), itself the narrator's."""
    end = scene.clause_end(hit.end)
    opened = _is_opened(scene, end + 1)
    if (
        not subject
        or (subject[-1].kind in _CROWDS and not opened)
        or not scene.shadow.startswith((",", ":"), end)
        or end - hit.end > _TAIL_OF_STANCE
    ):
        return ()
    reach = max(scene.span.end, _quotation_end(reading, end + 2) if opened else 0)
    content = Span(start=end + 1, end=reach)
    cue = Span(start=hit.start, end=hit.end)
    speakers = resolve(subject, floor)
    speech = Speech.DIRECT if opened else Speech.INDIRECT
    return (_by_somebody(Frame(speakers, speech, content, None, hit.phrase, cue, hit.category)),) if speakers else ()


_TAIL_OF_STANCE = 3
_CROWDS = frozenset({"group", "place"})


def _passive_frame(scene: Scene, floor: Floor, subject: Sequence[Candidate], hit: Hit) -> tuple[Frame, ...]:
    if "被" not in scene.shadow[scene.clause_start(hit.start) : subject[0].start]:
        return ()
    start = scene.clause_start(hit.start)
    content = Span(start=start, end=scene.clause_end(hit.end))
    cue = Span(start=hit.start, end=hit.end)
    speakers = resolve(subject[-1:], floor)
    return (Frame(speakers, Speech.PASSIVE, content, None, hit.phrase, cue, hit.category),) if speakers else ()


def _sources(scene: Scene) -> list[Hit]:
    """Return the phrases 根據 X at the start of a clause."""
    found = words().prepositions.find(scene.shadow, scene.span.start, scene.span.end)
    return [
        replace(h, category="source")
        for h in found
        if scene.is_light(scene.clause_start(h.start), h.start) or _QUOTES_RECORD.match(scene.shadow, h.start)
    ]


_QUOTES_RECORD = re.compile(
    "(?:引述|援引|引用)[^,。;:「“]{2,16}的(?:[^,。;:「“]{0,4})(?:推算|资料|统计|数据|调查|报告|估算|预测|话)[,:]"
)
"""How somebody quotes another's record, which then speaks (議員引述某行的推算,…)."""


def _source_frame(scene: Scene, floor: Floor, hit: Hit) -> tuple[Frame, ...]:
    end = scene.clause_end(hit.end)
    lexicon = words()
    if not lexicon.records.occurs(scene.shadow, hit.end, end):
        return ()
    shown = [h.end for h in scene.hits if hit.end < h.end <= end]
    close = max([end, *shown]) if scene.shadow[end : end + 1] in (",", ":") or shown else end
    inside = [c for c in scene.candidates if hit.end <= c.start and c.end <= end]
    named = [c for c in inside if c.kind != "place"]
    people = [c for c in named if c.kind == "person"]
    speakers = resolve((people or named)[:1], floor) or (AUTHOR,)
    lead = Span(start=scene.clause_start(hit.start), end=_content_start(scene, close))
    content = Span(start=lead.end, end=scene.span.end)
    cue = Span(start=hit.start, end=hit.end)
    return (Frame(speakers, Speech.SOURCE, content, lead, hit.phrase, cue, "record"),)


def _trimmed(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Return the frames, each speech ending where the next one is introduced."""
    trimmed = []
    for frame in frames:
        starts = [f.lead.start for f in frames if f.lead and f.lead.start > frame.content.start]
        end = min([frame.content.end, *starts])
        if end > frame.content.start:
            trimmed.append(replace(frame, content=Span(start=frame.content.start, end=end)))
    return tuple(trimmed)
