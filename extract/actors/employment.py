"""Titles that a text gives persons, with the employer where it names one."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from extract.actors.candidates import Candidate
from extract.actors.text import ActorText
from schemas.actor import ActorType, Employment
from schemas.text import Span

_REACH: Final = 14
"""Characters between an employer and the title that may hold a region or a department (亞太區, 研究部)."""
_LONGEST_TITLE: Final = 10
_BREAKS: Final = frozenset("，,。；;、：:？?！!\n「」『』“”()")


def find_employments(text: ActorText, mentions: Sequence[Candidate]) -> Iterator[Employment]:
    """Yield one employment for each title right before a person's name."""
    employers = [m for m in mentions if m.actor_type not in {ActorType.PERSON, ActorType.PLACE}]
    for person in mentions:
        if person.actor_type is not ActorType.PERSON or person.actor_id is None:
            continue
        start = _title_start(text, person.start)
        if start is None:
            continue
        employer = _employer_before(text, start, employers)
        yield Employment(
            person_id=person.actor_id,
            employer_id=employer.actor_id if employer else None,
            title=text.reading.document.text[start : person.start].strip(),
            span=Span(start=start, end=person.start),
        )


def _title_start(text: ActorText, end: int) -> int | None:
    """Return where the longest title begins that ends at the offset."""
    for start in range(max(0, end - _LONGEST_TITLE), end - 1):
        if text.persons.title.fullmatch(text.folded, start, end):
            return start
    return None


def _employer_before(text: ActorText, start: int, employers: Sequence[Candidate]) -> Candidate | None:
    index = bisect_right(employers, start, key=lambda e: e.end) - 1
    best = employers[index] if index >= 0 and start - employers[index].end <= _REACH else None
    if best is None or _BREAKS & set(text.folded[best.end : start]):
        return None
    return best
