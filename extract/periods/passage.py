"""What the text around a period says: the day it was published, the periods named before, the tense of the clause."""

import re
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Final

from extract.periods.calendar import Window
from extract.periods.lexicon import alternatives, words
from schemas.text import Locale

_STOPS = frozenset(";。!?\n")
_CLAUSE_MARKS = ",;:。!?\n"
_CLAUSE_END = re.compile(f"[{_CLAUSE_MARKS}]")
_CHANGE = re.compile("从[^,]*[到至]")
_NEAR_REACH: Final = 6
_SPEECH_REACH: Final = 12
"""Characters after a date in which a word of saying makes it the date of a statement."""
_STATEMENT_REACH: Final = 60
"""Characters after its date in which a statement still goes on."""
_COMPARISON_REACH: Final = 3
_DEADLINES: Final = ("前", "之前", "以前")
_CARRY_REACH: Final = 8
"""Characters over which a year to come carries."""
_CLAUSE_REACH: Final = 60
"""Characters looked at on each side of a period for the tense of its clause; no clause of ours is longer."""


@dataclass(slots=True)
class Passage:
    """The state of reading: it moves on with every period and starts anew with every sentence.

    `named` is the last point named in the paragraph, `day` and `month` the last ones named at all, `year` the last year
    named in the sentence, `frame` the last plain period named in it, `said_on` the day of a dated statement whose
    content follows (他在2016年说, …).
    """

    shadow: str
    publication: date | None
    locale: Locale
    named: Window | None = None
    day: date | None = None
    month: date | None = None
    quarter: date | None = None
    paragraph_day: date | None = None
    year: int | None = None
    year_end: int = 0
    frame: Window | None = None
    frame_end: int = 0
    said_on: Window | None = None
    said_at: int = 0
    sentence_start: int = 0
    sentence_end: int = 0

    def start_sentence(self, start: int, end: int, *, is_new_paragraph: bool) -> None:
        """Forget what does not carry over into the next sentence."""
        self.sentence_start, self.sentence_end = start, end
        self.year = None
        self.frame = None
        self.said_on = None
        if is_new_paragraph:
            self.named = None
            self.paragraph_day = None

    def clause_before(self, place: int) -> str:
        """Return the text of the clause before a place."""
        reach = self.shadow[max(self.sentence_start, place - _CLAUSE_REACH) : place]
        return reach[max(map(reach.rfind, _CLAUSE_MARKS)) + 1 :]

    def clause_after(self, place: int) -> str:
        """Return the text of the clause after a place."""
        limit = min(self.sentence_end or len(self.shadow), place + _CLAUSE_REACH)
        mark = _CLAUSE_END.search(self.shadow, place, limit)
        return self.shadow[place : mark.start() if mark else limit]

    def looks_ahead(self, start: int, end: int) -> bool:
        """Return whether the clause around [start, end) speaks of what is still to come."""
        patterns = _tenses()
        after, before = self.clause_after(end), self.clause_before(start)
        is_ahead = patterns.ahead.search(after) is not None or patterns.ahead.search(before) is not None
        return is_ahead and patterns.behind_strong.search(after) is None

    def looks_back(self, start: int, end: int) -> bool:
        """Return whether the clause around [start, end) says that it has happened (曾, 已, 了)."""
        strong = _tenses().behind_strong
        return strong.search(self.clause_after(end)) is not None or strong.search(self.clause_before(start)) is not None

    def tells_change(self, start: int, end: int) -> bool:
        """Return whether the clause tells a change from one value to another, and none to come (從94%掉到79%)."""
        after = self.clause_after(end)
        tells = _CHANGE.search(after) is not None or _tenses().happened.search(after) is not None
        return tells and not self.looks_ahead(start, end)

    def year_carried_to(self, start: int) -> int | None:
        """Return the year named right before a place, where it still holds there.

        A year to come holds over a few words (明年6月见7.1,年底7.25), a past one in a list only (去年11月、12月): after
        a past year the narrator comes back to the present.
        """
        if self.year is None or self.publication is None:
            return self.year
        if self.is_comparison(start):
            return None
        reach = _CARRY_REACH if self.year > self.publication.year else 1
        if start - self.year_end > reach:
            return None
        return None if set(self.shadow[self.year_end : start]) & _STOPS else self.year

    def frame_of_part(self, start: int, end: int) -> Window | None:
        """Return the period that a part of a year or month (年底, 月底) may be of: the one that the sentence speaks of.

        None for a deadline (年底前), beside a word of comparing (由年初的), and once the sentence turns to another
        speaker or matter (;, 渣打则看).
        """
        if self.frame is None or start - self.frame_end > _CLAUSE_REACH or self.is_comparison(start):
            return None
        between = self.shadow[self.frame_end : start]
        is_turned = bool(set(between) & _STOPS) or _tenses().turn.search(between) is not None
        return None if is_turned or self.shadow.startswith(_DEADLINES, end) else self.frame

    def is_act(self, end: int) -> bool:
        """Return whether a verb of a finished act follows at once (28日公布, 周五收)."""
        return _tenses().act.match(self.shadow, end) is not None

    def is_announced(self, start: int) -> bool:
        """Return whether the clause has spoken of what is to come before the place (将在29日公布)."""
        return _tenses().ahead.search(self.clause_before(start)) is not None

    def is_firmly_ahead(self, start: int, end: int) -> bool:
        """Return whether words right around say that it is still to come (最快第二季, 要到明春, 第二季才会)."""
        before = self.shadow[max(0, start - _NEAR_REACH) : start]
        return _tenses().firm_ahead.search(before) is not None or self.shadow.startswith(("才会", "才能", "才可"), end)

    def is_conditional(self, start: int) -> bool:
        """Return whether a condition opens the clause before a place."""
        return _tenses().condition.search(self.clause_before(start)) is not None

    def is_outcome(self, start: int) -> bool:
        """Return whether the clause tells how something turned out (結果全年…)."""
        return "结果" in self.clause_before(start)

    def statement_before(self, start: int) -> Window | None:
        """Return the day of the dated statement that a place stands in (他在2016年说, …), or None."""
        if self.said_on is None or self.said_at <= self.sentence_start:
            return None
        if start - self.said_at > _STATEMENT_REACH:
            return None
        told = self.shadow[self.said_at : start]
        return self.said_on if speech_in(told[:_SPEECH_REACH]) and ";" not in told else None

    def is_moved(self, end: int) -> bool:
        """Return whether the clause goes on to tell a movement that has been measured (年内涨逾11%)."""
        return _tenses().moved.search(self.clause_after(end)[:_NEAR_REACH]) is not None

    def is_remaining(self, end: int) -> bool:
        """Return whether the clause goes on to tell what is left to come (年内仍有, 年内还会)."""
        return _tenses().remaining.search(self.clause_after(end)[:_NEAR_REACH]) is not None

    def is_comparison(self, start: int) -> bool:
        """Return whether a word of comparing or leaving stands right before (比, 較, 由, 低於)."""
        match = _tenses().comparison.search(self.shadow, max(0, start - _COMPARISON_REACH), start)
        # 占比, 同比 and 环比 are nouns: 占比年底可达两成 compares nothing with the end of the year.
        return match is not None and self.shadow[match.start() - 1 : match.start()] not in ("占", "同", "环")


@dataclass(frozen=True, slots=True)
class _Tenses:
    ahead: re.Pattern[str]
    behind_strong: re.Pattern[str]
    act: re.Pattern[str]
    speech: re.Pattern[str]
    firm_ahead: re.Pattern[str]
    moved: re.Pattern[str]
    happened: re.Pattern[str]
    condition: re.Pattern[str]
    remaining: re.Pattern[str]
    comparison: re.Pattern[str]
    turn: re.Pattern[str]


@cache
def _tenses() -> _Tenses:
    cues = words().cues
    endings = {
        # 预期的, 预测值 and 换句话说 say nothing that anybody says.
        "speech": "(?![的值数中])(?<!句话说)(?<!就是说)(?<!实说)",
        "comparison": " ?[的在]?$",
    }
    return _Tenses(
        **{
            field.name: re.compile(
                alternatives(sorted(cues[field.name], key=len, reverse=True)) + endings.get(field.name, "")
            )
            for field in fields(_Tenses)
        }
    )


def speech_in(text: str) -> bool:
    """Return whether a text holds a word of saying or expecting."""
    return _tenses().speech.search(text) is not None
