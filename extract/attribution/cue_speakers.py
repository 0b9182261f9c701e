"""Whose words a cue introduces: its subject, who spoke before, the body behind a document, whoever gives a reason."""

import re
from collections.abc import Sequence

from extract.attribution.crowds import ends_counted
from extract.attribution.frames import Frame
from extract.attribution.labels import TITLING
from extract.attribution.lexicon import words
from extract.attribution.scanning import Scene
from extract.attribution.speakers import Candidate, Floor, is_topic, resolve
from extract.phrases import Hit
from schemas.actor import ANALYSTS, AUTHOR


def speakers_of(
    scene: Scene, floor: Floor, here: Sequence[Frame], found: tuple[int, Sequence[Candidate], Hit]
) -> tuple[tuple[str, ...], bool]:
    """Return who speaks by this cue and whether it is made out; nobody where the cue attributes nothing."""
    start, subject, hit = found
    if subject:
        gap = len(_BRACKETS.sub("", scene.shadow[subject[-1].end : hit.start]))
        is_close = hit.end - hit.start > 1 or hit.category == "say" or gap <= _REACH_OF_SHORT_CUES
        fits = _takes_subject(scene, subject, hit) and is_close
        raters = [f for f in here if f.speakers != (AUTHOR,)]
        if raters and hit.category == "rate" and _MOVES_FROM.match(scene.shadow, subject[-1].end):
            return _outer(raters).speakers, True
        return (resolve(subject, floor), True) if fits else ((), True)
    if met := _titled(here, start) or _counted(scene, start, hit):
        return met, True
    if _is_bare(scene, start, hit):
        return bare_speakers(scene, floor, here, (start, hit)), True
    if hit.phrase in words().reasons.categories:
        return _reasoners(scene, floor, here, start), True
    if documented := _documented(scene, floor, here, (start, hit)):
        return documented, True
    if hit.category not in ("say", "think") or hit.start - start > _LONGEST_UNKNOWN:
        return (), True
    if words().somebody.occurs(scene.shadow, start, hit.start):
        return (ANALYSTS,), True
    is_unknown = hit.end - hit.start > 1 and scene.shadow.startswith((",", ":"), hit.end)
    return ((AUTHOR,), False) if is_unknown else ((), True)


def _documented(scene: Scene, floor: Floor, here: Sequence[Frame], found: tuple[int, Hit]) -> tuple[str, ...]:
    """Return whose document the clause before a cue names; nobody where it names none or nobody spoke so far."""
    start, hit = found
    if floor.reporter and _REPORT.fullmatch(scene.shadow, start, hit.start):
        return floor.reporter
    is_document = words().documents.occurs(scene.shadow, start, hit.start)
    if not is_document or not floor.last or hit.category not in ("say", "record", "forecast"):
        return ()
    body = floor.organisation or floor.source or floor.topic
    if body and _OF_A_BODY.search(scene.shadow, start, hit.start):
        return (body,)
    spoken = next((f.speakers for f in reversed(here) if f.speakers != (AUTHOR,)), floor.last)
    return (floor.source,) if floor.source and spoken == floor.last and not here else spoken


def _titled(here: Sequence[Frame], start: int) -> tuple[str, ...]:
    """Return whose title is quoted right before the clause (X 在題為「…」的報告中指出)."""
    return next((f.speakers for f in here if f.cue in TITLING and f.content.end + 1 == start), ())


def _counted(scene: Scene, start: int, hit: Hit) -> tuple[str, ...]:
    """Return the crowd where so many of those asked stand right before the cue."""
    is_said = hit.category in ("say", "think", "forecast")
    return (ANALYSTS,) if is_said and ends_counted(scene.shadow, start, hit.start) else ()


_MOVES_FROM = re.compile(r"\s*(?:\([^)]*\))?(?:则|也|亦)?(?:由|从)\s*\d")
"""How a share goes on in a list of ratings: its figure moves (另一檔則由 8 元下調至 6 元), by whoever spoke before."""


def _is_bare(scene: Scene, start: int, hit: Hit) -> bool:
    """Return whether a cue has no subject of its own in its clause, only adverbs or what it is about."""
    is_light = scene.is_light(start, hit.start) or scene.shadow[hit.start - 1] == "我"
    about = _ABOUT.match(scene.shadow, start, hit.start)
    posted = _POSTED.search(scene.shadow, start, hit.start)
    if posted and scene.is_light(start, posted.start()):
        return True
    return is_light or _has_topic(scene, start, hit) or (about is not None and scene.is_light(about.end(), hit.start))


_POSTED = re.compile(
    "(?:在|于)(?:自己的?|个人)?(?:脸书|推特|X|微博|微信|社群|社交|网志|部落格|博客|粉专|直播|节目|IG|Threads|PTT|YouTube|专栏)[^,。;:]{0,8}$"
)
"""Where somebody writes or speaks in public (昨晚在臉書直言): no subject."""
_ABOUT = re.compile("(?:谈到|谈及|提到|说到|被问到|被问及|针对|对于|关于)[^,。;:]{1,16}?时")


def _has_topic(scene: Scene, start: int, hit: Hit) -> bool:
    """Return whether the clause begins with what a forecast is about (X 目標價喊到 …), whose maker stands before."""
    named = [c for c in scene.candidates if start <= c.start and c.end <= hit.start]
    return hit.category == "forecast" and any(is_topic(scene.shadow, c) for c in named)


_BRACKETS = re.compile(r"\s*\([^)]*\)\s*")  # the name in another script
_AT = re.compile("(?:在|于)[^,。;:]{2,20}?(?:大会|论坛|会议|年会|说明会|记者会|活动|节目|访谈|专访)(?:上|中|里|时)")
_REPORT = re.compile(
    "(?:不过|但|另外|此外|至于|根据|整体而言)?在?(?:这份|该|此份|新|全份|这项)?(?:报告|研报|调查|问卷|研究)"
    "(?:中|里|内文)?(?:则|也|还|并|又|更|最后|同时|特别|另外|另|据此|因此|进一步|直接)*"
)
"""What stands for a report as the subject of a cue (報告最後, 這項研究也)."""
_OF_A_BODY = re.compile("声明|点阵图|纪要|公告|重讯|财测")  # what a body publishes, whoever spoke last
_REACH_OF_SHORT_CUES = 14
_LONGEST_UNKNOWN = 16


def _takes_subject(scene: Scene, subject: Sequence[Candidate], hit: Hit) -> bool:
    """Return whether cue and subject fit: 看 and other weak cues need their subject right before them."""
    gap = _BRACKETS.sub("", _AT.sub("", scene.shadow[subject[-1].end : hit.start]))
    if subject[-1].kind == "place" and hit.category not in ("say", "record"):
        return False
    if hit.category == "rate":
        rest = scene.shadow[hit.end : scene.clause_end(hit.end) + 8]
        return words().figures.occurs(rest) and len(gap) <= _REACH_OF_SHORT_CUES
    if "的" in gap and not words().documents.occurs(gap):
        tail = gap.rsplit("的", 1)[1]
        return len(tail) <= 2 or hit.category in ("say", "think")
    return True


def bare_speakers(scene: Scene, floor: Floor, here: Sequence[Frame], found: tuple[int, Hit]) -> tuple[str, ...]:
    """Return who a cue without a subject belongs to: the frame it stands in, else the subject of the clause before."""
    start, hit = found
    spoken = [f for f in here if f.speakers != (AUTHOR,)]
    opening = _opening_behind_semicolon(scene, start, spoken) if hit.category != "rate" else None
    if opening and (opening.kind != "place" or hit.category == "record"):
        return resolve([opening], floor)
    if spoken:
        return _outer(spoken).speakers
    crowd = _crowd_before(scene, start)
    if crowd is not None and hit.category in _OF_CROWDS:
        return resolve([crowd], floor)
    earlier = [c for c in scene.candidates if c.end <= start and c.kind not in ("place", "group", "role", "plural")]
    if earlier and hit.category != "rate":
        people = [c for c in earlier if c.kind in ("person", "pronoun")]
        return resolve(people[-1:] or earlier[:1], floor)
    if hit.category in ("say", "think") and not (scene.opens_paragraph and start == scene.span.start):
        return floor.last
    return ()


def _opening_behind_semicolon(scene: Scene, start: int, spoken: Sequence[Frame]) -> Candidate | None:
    """Return who opens the part of a sentence behind its last semicolon (…；高盛則審慎得多，認為…), before they speak.

    The person where an employer and a title stand before the name; None where somebody spoke in that part.
    """
    opened = scene.shadow.rfind(";", scene.span.start, start) + 1
    if not opened or any(f.lead and f.lead.start >= opened for f in spoken):
        return None
    end = min(start, scene.clause_end(opened))
    named = [c for c in scene.candidates if opened <= c.start < end and c.kind in _NAMED]
    if not named or not _opens(scene, named[0], opened):
        return None
    return next((c for c in named if c.kind == "person"), named[0])


_NAMED = frozenset({"organisation", "media", "person", "group", "government", "place"})


def _crowd_before(scene: Scene, start: int) -> Candidate | None:
    """Return the crowd that opens the clause before a cue, whoever else it is about (港系外資對某股踩煞車,指出…)."""
    if scene.shadow[start - 1 : start] != ",":
        return None
    clause = scene.clause_start(start - 1)
    before = [c for c in scene.candidates if clause <= c.start and c.end < start and c.kind != "place"]
    return next((c for c in (*before[:1], *before[-1:]) if _opens_as_crowd(scene, c, clause)), None)


def _opens(scene: Scene, candidate: Candidate, clause: int) -> bool:
    """Return whether a clause begins with somebody."""
    return scene.is_light(clause, candidate.start) or _opens_as_crowd(scene, candidate, clause)


def _opens_as_crowd(scene: Scene, candidate: Candidate, clause: int) -> bool:
    """Return whether a clause begins with a crowd, but for what tells which one; no name stands right behind it."""
    is_title = any(c.start == candidate.end for c in scene.candidates)
    return candidate.kind == "group" and candidate.start - clause <= _CROWD_PREFIX and not is_title


_OF_CROWDS = frozenset({"say", "think", "forecast", "rate", "taker"})
_CROWD_PREFIX = 5  # characters before the noun of a crowd in its clause (一家歐系, 不過)


def _outer(spoken: Sequence[Frame]) -> Frame:
    """Return the last frame that is not inside another's words (X 否認 Y 要求…，並表示 goes on with X)."""
    last = spoken[-1]
    for frame in reversed(spoken[:-1]):
        is_inside = frame.lead is not None and last.lead is not None and frame.lead.end == last.lead.start
        if not is_inside:
            break
        last = frame
    return last


def _reasoners(scene: Scene, floor: Floor, here: Sequence[Frame], start: int) -> tuple[str, ...]:
    """Return whose reason it is: who opens a clause behind the last cue, else who speaks already."""
    spoken = [f for f in here if f.speakers != (AUTHOR,)]
    since = max([scene.span.start, *(f.lead.end for f in spoken if f.lead)])
    breaks = scene.shadow.rfind(";", since, start)
    since = max(since, breaks + 1)
    opening = [
        c
        for c in scene.candidates
        if since <= c.start < start and c.kind != "place" and _opens(scene, c, scene.clause_start(c.start))
    ]
    if opening:
        end = scene.clause_end(opening[0].end)
        meant = next((c for c in scene.candidates if opening[0].end <= c.start < end and c.kind == "pronoun"), None)
        return resolve([meant or opening[0]], floor)
    return spoken[-1].speakers if spoken else floor.last
