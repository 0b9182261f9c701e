"""Titles that a text gives persons, before or after the name, with the employer where it names one."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from extract.actors.candidates import Candidate
from extract.actors.text import ActorText, is_han
from schemas.actor import ActorType, Employment
from schemas.text import Span

_REACH: Final = 14
"""Characters between an employer and the title that may hold a region or a department (亞太區, 研究部)."""
_LONGEST_TITLE: Final = 10
_BREAKS: Final = frozenset("，,。；;、：:？?！!\n「」『』“”()")
_LISTED: Final = frozenset(["", "\n", "。", ",", "、", ";", "(", " "])
_JOINS: Final = frozenset("兼暨")
"""What joins two titles of one person (董事長兼總裁)."""
_ACTS: Final = frozenset({"v", "vd", "p"})


def find_employments(text: ActorText, mentions: Sequence[Candidate]) -> Iterator[Employment]:
    """Yield one employment for each title right before or right after a person's name."""
    employers = [m for m in mentions if m.actor_type not in {ActorType.PERSON, ActorType.PLACE}]
    starts = {m.start for m in mentions}
    for person in mentions:
        if person.actor_type is not ActorType.PERSON or person.actor_id is None:
            continue
        before = list(_titles_before(text, _end_of_title(text, person)))
        employer = _employer_before(text, before[-1].start if before else person.start, employers)
        for span in before:
            yield _employment(text, person.actor_id, span, employer)
        after = [span for span in _titles_after(text, person.end) if span.end not in starts]
        if not before and employer is not None and _is_acted_on(text, employer.end, person.start):
            employer = None
        for span in after:
            yield _employment(text, person.actor_id, span, employer)


def _end_of_title(text: ActorText, person: Candidate) -> int:
    """Return where a title before the name ends: at the name, or before the colon of a list (主席：某某)."""
    is_listed = text.before(person.start) == ":" and text.after(person.end) in _LISTED
    return person.start - is_listed


def _employment(text: ActorText, person_id: str, span: Span, employer: Candidate | None) -> Employment:
    title = span.of(text.reading.document.text).strip()
    return Employment(person_id=person_id, employer_id=employer.actor_id if employer else None, title=title, span=span)


def _titles_before(text: ActorText, end: int) -> Iterator[Span]:
    """Yield the titles that lead to the name at the offset, the nearest first (總裁, then 董事長 of 董事長兼總裁)."""
    start = _title_start(text, end)
    while start is not None:
        yield Span(start=start, end=end)
        end = start - 1
        start = _title_start(text, end) if text.before(start) in _JOINS else None


def _titles_after(text: ActorText, start: int) -> Iterator[Span]:
    """Yield the titles that follow the name ending at the offset (財務長, 總裁兼執行長), the nearest first."""
    start += text.after(start) == " "
    end = _title_end(text, start)
    while end is not None:
        yield Span(start=start, end=end)
        start = end + 1
        end = _title_end(text, start) if text.after(end) in _JOINS else None


def _title_start(text: ActorText, end: int) -> int | None:
    """Return where the longest title begins that ends at the offset."""
    for start in range(max(0, end - _LONGEST_TITLE), end - 1):
        if text.persons.title.fullmatch(text.folded, start, end):
            return start
    return None


def _title_end(text: ActorText, start: int) -> int | None:
    """Return where the title ends that begins at the offset, None where a longer word goes on (董事會, 總統府)."""
    match = text.persons.title.match(text.folded, start)
    if match is None or match.end() - start < 2:
        return None
    is_whole = text.words.is_edge(match.end()) or not is_han(text.after(match.end()) or " ")
    return match.end() if is_whole else None


def _employer_before(text: ActorText, start: int, employers: Sequence[Candidate]) -> Candidate | None:
    index = bisect_right(employers, start, key=lambda e: e.end) - 1
    best = employers[index] if index >= 0 and start - employers[index].end <= _REACH else None
    if best is None or _BREAKS & set(text.folded[best.end : start]):
        return None
    return best


def _is_acted_on(text: ActorText, start: int, end: int) -> bool:
    """Return whether a verb or preposition parts an employer from a name: 向 in 央行向葉財務長 names no employer."""
    words = (text.words.at(offset) for offset in range(start, end))
    return any(word is not None and word.pos in _ACTS for word in words)
