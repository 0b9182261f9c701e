"""Who wrote the article: reporters are actors of their own, the narrator of a column is the author."""

import re
from dataclasses import dataclass
from typing import Final

from extract.actors.candidates import Candidate, Source
from extract.actors.text import ActorText
from schemas.actor import AUTHOR, ActorType

_HEAD_LINES: Final = 6
_NAME: Final = r"(?P<name>[\u3400-\u9fff]{2,4}?)"
_AFTER_REPORTER: Final = (
    r"(?=[ /、,)\]\u3015】\n]|(?:综合|台北|专题)?(?:报导|报道|摄影|整理|编译)|摄"
    r"|(?:台北|香港|上海|北京|新竹|台中|高雄|纽约|华盛顿|东京)|$)"
)
_REPORTER: Final = re.compile(rf"(?:记者|编译|特派员|撰稿人|实习生)(?:[ :/]*){_NAME}{_AFTER_REPORTER}")
_COLUMN_MARK: Final = r"(?:^|[\n(\[◎\u3014 ])(?:文|作者|撰文|撰稿|执笔|专栏作家|◎)(?: ?[:/|] ?)?"
_COLUMNIST: Final = re.compile(rf"{_COLUMN_MARK}(?:[\u3400-\u9fff]{{2,10}} )?{_NAME}(?=[ (\n/]|$)")
_PEN_NAME: Final = re.compile(r"(?:^|\n)(?:文|作者|撰文)[:/] ?(?P<name>[\u3400-\u9fff]{2,6})(?=[ \n])")
_BARE: Final = re.compile(rf"(?:^|\n)(?:[^\n。,]{{0,12}}[ /·.co]+)?{_NAME}(?=\n)")


@dataclass(frozen=True, slots=True)
class Byline:
    """A name in a byline; `is_author` where it is the narrator's own."""

    candidate: Candidate
    is_author: bool


def find_bylines(text: ActorText) -> list[Byline]:
    """Return the names in bylines, in text order."""
    reporters = [_byline(m, is_author=False) for m in _REPORTER.finditer(text.folded) if _is_name(text, m)]
    end_of_head = _end_of_head(text.folded)
    heads = [m for pattern in (_COLUMNIST, _BARE) for m in pattern.finditer(text.folded, 0, end_of_head)]
    known = {b.candidate.start for b in reporters}
    columnists = [_byline(m, is_author=True) for m in heads if m.start("name") not in known and _is_name(text, m)]
    if not columnists:
        columnists = [_byline(m, is_author=True) for m in _PEN_NAME.finditer(text.folded, 0, end_of_head)]
    return [*reporters, *columnists[:1]]


def _byline(match: re.Match[str], *, is_author: bool) -> Byline:
    actor_id = AUTHOR if is_author else None
    return Byline(Candidate(*match.span("name"), ActorType.PERSON, Source.BYLINE, actor_id), is_author)


def _end_of_head(folded: str) -> int:
    end = -1
    for _ in range(_HEAD_LINES):
        following = folded.find("\n", end + 1)
        if following < 0:
            return len(folded)
        end = following
    return end


def _is_name(text: ActorText, match: re.Match[str]) -> bool:
    name = match["name"]
    word = text.words.at(match.start("name"))
    is_person = word is not None and word.entity == "PER"
    return is_person or (name[0] in text.persons.surnames and len(name) == 3)
