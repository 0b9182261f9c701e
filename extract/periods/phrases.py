"""Phrases: which atoms belong together, and the words around them that bend what they mean.

A point is a chain that narrows (2025年 3月 7日, 去年 第四季); a phrase is a point, a range of two, a length of time
with the word that anchors it (三年内, 未来12个月), or a word that is a period by itself (近日).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Final

from extract.periods.atoms import Atom, Kind
from extract.periods.lexicon import alternatives, guard, words

Chain = tuple[Atom, ...]


class Suffix(StrEnum):
    """How the word after a period bends it."""

    NONE = "none"
    UNTIL = "until"
    ONWARD = "onward"
    AROUND = "around"
    BEFORE = "before"
    AFTER = "after"
    PAST = "past"
    SINCE = "since"
    STARTING = "starting"
    ENDING = "ending"
    WITHIN = "within"
    DURING = "during"
    SAME = "same"
    RECORD = "record"
    AVERAGE = "average"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A period expression at [start, end) of the shadow, not yet resolved."""

    start: int
    end: int
    first: Chain
    last: Chain = ()
    prefix: str = ""
    suffix: Suffix = Suffix.NONE


_COARSE: Final = (Kind.YEAR, Kind.ROC_YEAR, Kind.SHORT_YEAR)
_BELOW_YEAR: Final = frozenset(
    (
        Kind.HALF,
        Kind.QUARTER,
        Kind.MONTH,
        Kind.FIRST,
        Kind.SEASON,
        Kind.FEAST,
        Kind.FISCAL_QUARTER,
        Kind.MONTH_DAY,
        Kind.ORDINAL,
        Kind.LUNAR_DAY,
    )
)
_NARROWS: Final = {
    **dict.fromkeys(_COARSE, _BELOW_YEAR | {Kind.PART, Kind.OPEN}),
    Kind.FISCAL: frozenset((Kind.HALF, Kind.QUARTER, Kind.FIRST, Kind.FISCAL_QUARTER)),
    Kind.MONTH: frozenset((Kind.DAY, Kind.TEN_DAYS, Kind.FIRST)),
    Kind.FISCAL_QUARTER: frozenset(),
}
_LINKED_BY_DE: Final = frozenset((Kind.FIRST, Kind.QUARTER, Kind.FISCAL_QUARTER, Kind.FEAST, Kind.ORDINAL))
_PARTS_FOLLOW: Final = frozenset(
    (*_COARSE, Kind.FISCAL, Kind.DECADE, Kind.CENTURY, Kind.HALF, Kind.QUARTER, Kind.MONTH, Kind.FISCAL_QUARTER)
)
_DAYS: Final = frozenset(
    (Kind.DAY, Kind.RELATIVE_DAY, Kind.WEEKDAY, Kind.MONTH_DAY, Kind.DATE, Kind.FEAST, Kind.LUNAR_DAY)
)
_BEGINS_NOTHING: Final = frozenset((Kind.LENGTH, Kind.PREFIX, Kind.OPEN))
_BLANK = re.compile(r" {0,2}")
_BRACKET_DAY = re.compile(r" ?\( ?(?:(?P<month>\d{1,2})(?:月| ?/ ?))?(?P<day>\d{1,2}) ?日? ?\) ?日?")
_BRACKET_WEEKDAY = re.compile(r" ?[(,] ?(?:周|星期|礼拜)[一二三四五六日天] ?\)?")
_RANGE = re.compile(r" {0,2}(?:至|到|-|–|—|~|——) {0,2}")
_CLOSING_YEAR = re.compile("的?(?:财政|会计)?年度|的?全年")
_RECURRING = re.compile("(?:每[年月周季]|历年|往年|逐年)的?$")
_OR = re.compile(" ?或 ?")
_AND = re.compile(" ?[和与及] ?")
_BETWEEN = re.compile("之?间|期间")
_EVENT_SINCE = re.compile(r"[^,。;:!?、\n]{1,12}?以来")
_EVENT_SINCE_FROM = re.compile(r"[^,。;:!?、\n]{1,6}?来(?![自到])")
_DE = re.compile(r" ?的? ?")
_EXTRA = re.compile(r" ?(?:的)?(?:同期)?(?:单[季月周日]|历史|以来|来|的){0,2} ?")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What is looked for right after an atom or a phrase; each is tried at one place only."""

    part: re.Pattern[str]
    clock: re.Pattern[str]
    suffix: re.Pattern[str]
    record: re.Pattern[str]
    change: re.Pattern[str]
    gathering: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    lexicon = words()
    part = _guarded(lexicon.parts.after_period)
    suffixes: dict[str, tuple[str, ...]] = lexicon.suffixes.model_dump()
    suffix = "|".join(f"(?P<{name}>{_guarded(group)})" for name, group in suffixes.items())
    clock = alternatives(sorted(lexicon.clock, key=len, reverse=True))
    hour = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
    time = rf" ?{hour}[时点](?:{hour}分?|半|整|[一三]刻)?"
    return _Patterns(
        re.compile(f" ?(?:{part})"),
        re.compile(f" ?{clock}(?:{time})?|{time}"),
        re.compile(f" ?(?:{suffix})"),
        re.compile(alternatives(sorted(lexicon.cues["record"], key=len, reverse=True))),
        re.compile(alternatives(sorted(lexicon.cues["change"], key=len, reverse=True))),
        re.compile(alternatives(sorted(lexicon.gatherings, key=len, reverse=True)) + "之?以?前"),
    )


def _guarded(words_of: Iterable[str]) -> str:
    return "|".join(word + guard(word) for word in sorted(words_of, key=len, reverse=True))


class Parser:
    """Reads phrases off the atoms of one text, left to right, each atom once."""

    def __init__(self, shadow: str, atoms: Sequence[Atom]) -> None:
        self.shadow = shadow
        self.atoms = atoms
        self.place = 0

    def phrases(self) -> list[Phrase]:
        """Return the phrases in text order; atoms that are no period alone are left out."""
        found: list[Phrase] = []
        while self.place < len(self.atoms):
            phrase = self._phrase()
            if phrase is not None:
                found.append(phrase)
        return found

    def _phrase(self) -> Phrase | None:
        atom = self.atoms[self.place]
        following = self._next_after(atom, _DE)
        if atom.kind is Kind.PREFIX and following is not None and following.kind is Kind.LENGTH:
            self.place += 2
            return self._length(following, prefix=atom.detail, start=atom.start)
        if atom.kind is Kind.PREFIX and following is not None and following.kind is Kind.DAY:
            # 近5日 and 未来三日 count days; the 5th and the 3rd are not meant.
            self.place += 2
            days = replace(following, kind=Kind.LENGTH, detail="day")
            return self._length(days, prefix=atom.detail, start=atom.start)
        if atom.kind is Kind.LENGTH and self._is_unknown_era(atom, following):
            self.place += 1
            self._chain()
            return None
        if atom.kind is Kind.LENGTH:
            self.place += 1
            return self._length(atom, prefix="", start=atom.start)
        if atom.kind is Kind.OPEN or atom.kind is Kind.PREFIX:
            self.place += 1
            return self._open(atom)
        return self._range()

    @staticmethod
    def _is_unknown_era(atom: Atom, following: Atom | None) -> bool:
        """Return whether a month right after the length makes it a year of an era we don't know (神龙二年正月)."""
        if following is None or atom.detail != "year" or following.start != atom.end:
            return False
        return following.kind in (Kind.MONTH, Kind.LUNAR_DAY)

    def _open(self, atom: Atom) -> Phrase | None:
        if atom.kind is Kind.PREFIX and not atom.low:
            return None
        detail = "recent" if atom.kind is Kind.PREFIX and atom.detail == "past" else atom.detail
        word = Atom(Kind.OPEN, atom.start, atom.end, detail=detail)
        suffix, _ = self._suffix(atom.end)
        return Phrase(atom.start, atom.end, (word,), suffix=suffix)

    def _length(self, atom: Atom, *, prefix: str, start: int) -> Phrase | None:
        atom = self._length_range(atom)
        suffix, end = self._suffix(atom.end)
        if suffix is Suffix.NONE and not prefix and _patterns().change.match(self.shadow, atom.end):
            return Phrase(start, atom.end, (atom,), prefix="past")
        if suffix in (Suffix.NONE, Suffix.SINCE) and self._record_at(end if suffix is Suffix.SINCE else atom.end):
            return Phrase(start, atom.end, (atom,), prefix=prefix, suffix=Suffix.RECORD)
        if suffix is Suffix.NONE and not prefix and self.shadow.startswith("目标", atom.end):
            return Phrase(start, atom.end, (atom,), prefix="future")
        if suffix is Suffix.NONE and self.shadow.startswith("平均", atom.end):
            return Phrase(start, atom.end + 2, (atom,), prefix=prefix, suffix=Suffix.AVERAGE)
        if not prefix and suffix in (Suffix.NONE, Suffix.STARTING, Suffix.ENDING, Suffix.DURING, Suffix.SAME):
            return None
        end = atom.end if suffix is Suffix.SINCE else end
        return Phrase(start, end, (atom,), prefix=prefix, suffix=suffix)

    def _length_range(self, atom: Atom) -> Atom:
        """Join 半年到两年, each end with its unit; the longer end counts, in its own unit."""
        match = _RANGE.match(self.shadow, atom.end)
        following = self.atoms[self.place] if self.place < len(self.atoms) else None
        if match is None or following is None or following.kind is not Kind.LENGTH or following.start != match.end():
            return atom
        self.place += 1
        return Atom(Kind.LENGTH, atom.start, following.end, following.high, following.high, detail=following.detail)

    def _range(self) -> Phrase | None:
        first = self._chain()
        if _RECURRING.search(self.shadow, max(0, first[0].start - 3), first[0].start):
            return None
        last: Chain = ()
        end = self._end_of(first)
        linked = self._linked(end, _RANGE) or self._either(first, end) or self._between(first, end)
        if linked:
            last = linked
            end = self._end_of(last)
        suffix, after = self._suffix(end)
        if suffix is Suffix.NONE and self._is_followed_by_since(first[0].start, end):
            suffix = Suffix.SINCE
        if suffix in (Suffix.ENDING, Suffix.AFTER) and (length := self._closing_length(after)) is not None:
            return Phrase(first[0].start, length.end, first, (length,), suffix=suffix)
        if suffix is Suffix.ENDING and self.shadow.endswith("截至", 0, first[0].start):
            suffix = Suffix.NONE
        if suffix is Suffix.AFTER and self._record_at(after):
            return Phrase(first[0].start, after, first, last, suffix=Suffix.SINCE)
        end = end if suffix in (Suffix.NONE, Suffix.SINCE) else after
        return Phrase(first[0].start, end, first, last, suffix=suffix)

    def _closing_length(self, end: int) -> Atom | None:
        """Return the length that ends with the point before it (截至9月底止六个月)."""
        if year := _CLOSING_YEAR.match(self.shadow, end):
            return Atom(Kind.LENGTH, end, year.end(), 1, 1, detail="year")
        following = self.atoms[self.place] if self.place < len(self.atoms) else None
        if following is None or following.kind is not Kind.LENGTH or following.start != end:
            return None
        return self._take()

    def _linked(self, end: int, connector: re.Pattern[str]) -> Chain:
        """Return the point after a connector, or nothing where none begins there."""
        match = connector.match(self.shadow, end)
        if match is None or self.place >= len(self.atoms):
            return ()
        atom = self.atoms[self.place]
        if atom.start != match.end() or atom.kind in _BEGINS_NOTHING:
            return ()
        return self._chain()

    def _either(self, first: Chain, end: int) -> Chain:
        """Two bare points of a kind joined by 或 are one period (6月或7月)."""
        match = _OR.match(self.shadow, end)
        if match is None or len(first) != 1 or self.place >= len(self.atoms):
            return ()
        atom = self.atoms[self.place]
        return self._chain() if atom.start == match.end() and atom.kind is first[0].kind else ()

    def _between(self, first: Chain, end: int) -> Chain:
        """Two points joined by 和 are one period only where 之间 follows (三月和九月之间)."""
        match = _AND.match(self.shadow, end)
        if match is None or self.place >= len(self.atoms) or self.atoms[self.place].start != match.end():
            return ()
        place = self.place
        second = self._chain()
        if second[0].kind is first[0].kind and _BETWEEN.match(self.shadow, self._end_of(second)):
            return second
        self.place = place
        return ()

    def _chain(self) -> Chain:
        chain = [self._take()]
        while (extra := self._continuation(chain[-1])) is not None:
            chain.append(extra)
        return tuple(chain)

    def _take(self) -> Atom:
        atom = self.atoms[self.place]
        self.place += 1
        return atom

    def _continuation(self, atom: Atom) -> Atom | None:
        """Return the next atom of the chain: a narrower one, or a part, a bracketed day or an hour of the text."""
        link = _DE if atom.kind in _COARSE or atom.kind is Kind.FISCAL else _BLANK
        following = self._next_at(link.match(self.shadow, atom.end), atom)
        if following is not None and self._may_follow(atom, following):
            return self._take()
        return self._from_text(atom)

    def _may_follow(self, atom: Atom, following: Atom) -> bool:
        gap = self.shadow[atom.end : following.start]
        if "的" in gap and following.kind not in _LINKED_BY_DE:
            return False
        if following.kind is Kind.PART:
            return atom.kind in _PARTS_FOLLOW
        if following.kind is Kind.OPEN:
            return following.detail == "whole_year" and atom.kind in _COARSE
        return following.kind in _NARROWS.get(atom.kind, frozenset())

    def _from_text(self, atom: Atom) -> Atom | None:
        patterns = _patterns()
        if atom.kind in _PARTS_FOLLOW and (match := patterns.part.match(self.shadow, atom.end)):
            part = words().parts.after_period[match[0].strip()]
            return Atom(Kind.PART, atom.start, match.end(), detail=f"period.{part}")
        if atom.kind in _DAYS or atom.kind is Kind.WEEKEND:
            if match := _BRACKET_DAY.match(self.shadow, atom.end):
                return self._bracket(atom, match)
            if match := patterns.clock.match(self.shadow, atom.end):
                return Atom(Kind.PART, atom.start, match.end(), detail="clock")
        return None

    def _bracket(self, atom: Atom, match: re.Match[str]) -> Atom | None:
        if atom.kind not in (Kind.RELATIVE_DAY, Kind.WEEKDAY, Kind.WEEKEND) or (match["month"] and "/" in match[0]):
            return None
        while self.place < len(self.atoms) and self.atoms[self.place].start < match.end():
            self.place += 1
        month = float(match["month"] or 0)
        return Atom(Kind.DAY, atom.start, match.end(), float(match["day"]), month, detail="bracket")

    def _next_after(self, atom: Atom, link: re.Pattern[str]) -> Atom | None:
        if self.place + 1 >= len(self.atoms):
            return None
        match = link.match(self.shadow, atom.end)
        following = self.atoms[self.place + 1]
        return following if match is not None and following.start == match.end() else None

    def _next_at(self, match: re.Match[str] | None, atom: Atom) -> Atom | None:
        if match is None or self.place >= len(self.atoms):
            return None
        following = self.atoms[self.place]
        return following if following.start in (match.end(), atom.end) else None

    def _end_of(self, chain: Chain) -> int:
        end = max(atom.end for atom in chain)
        match = _BRACKET_WEEKDAY.match(self.shadow, end) if chain[-1].kind in _DAYS else None
        if match is None:
            return end
        while self.place < len(self.atoms) and self.atoms[self.place].start < match.end():
            self.place += 1
        return match.end()

    def _suffix(self, end: int) -> tuple[Suffix, int]:
        if gathering := _patterns().gathering.match(self.shadow, end):
            return Suffix.BEFORE, gathering.end()
        match = _patterns().suffix.match(self.shadow, end)
        if match and "过后" in match[0]:
            return Suffix.PAST, match.end()
        return (Suffix(match.lastgroup or "none"), match.end()) if match else (Suffix.NONE, end)

    def _is_followed_by_since(self, start: int, end: int) -> bool:
        """Return whether a short event stands between the point and 以来 (2013年「缩减恐慌」以来)."""
        is_from = self.shadow[max(0, start - 1) : start] in ("自", "从")
        match = _EVENT_SINCE.match(self.shadow, end) or (_EVENT_SINCE_FROM.match(self.shadow, end) if is_from else None)
        following = self.atoms[self.place] if self.place < len(self.atoms) else None
        return match is not None and (following is None or following.start >= match.end())

    def _record_at(self, end: int) -> bool:
        match = _EXTRA.match(self.shadow, end)
        return _patterns().record.match(self.shadow, match.end() if match else end) is not None
