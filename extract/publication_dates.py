"""The publication date, where only the text tells it: a dateline, never a date that the article speaks about."""

import re
from collections.abc import Iterator
from datetime import date

from extract.layout import lines_of

_DATE = re.compile(
    r"(?<!\d)(?:(?:中华)?(?P<roc>民国)\s*)?(?P<year>\d{2,4})\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})(?!\d)日?"
)
_DATELINE = re.compile(r"^[(【\[]([^)】\]]{1,40})[)】\]]")
_WORDS_OF_ORIGIN = re.compile(
    r"记者|报道|报导|编译|讯|电|时间|日期|发布|发表|更新|出版|来源|作者|编辑|文:|周刊|日报|晚报|时报|新闻网?"
)
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?|[上下]午|(?:星期|周)[一二三四五六日]|\([一二三四五六日]\)")
_LEAD_LINES, _CLOSING_LINES = 5, 2
_LONGEST_LINE = 60
_ROC_OFFSET = 1911  # year 1 of the Republic is 1912
_YEARS = range(1990, 2100)


def published_in(shadow: str) -> date | None:
    r"""Return the full date of the dateline; None where there is none or datelines disagree.

    Taken are short lines at the top or bottom that hold a date and little else (a byline, a time), and the bracket
    that opens a paragraph, 【本報2025年3月20日訊】. A date inside a sentence or headline is never taken.

    Args:
        shadow: the folded text.

    Example:
        >>> published_in("油价回落\n2025-03-20 10:30 本报记者\n布兰特原油收低。")
        datetime.date(2025, 3, 20)
        >>> published_in("新制2025年1月1日上路\n业者说还没准备好。") is None
        True
    """
    lines = lines_of(shadow)
    edges = {*range(min(_LEAD_LINES, len(lines))), *range(max(len(lines) - _CLOSING_LINES, 0), len(lines))}
    found = {day for index in edges for day in _dates_of_line(shadow[lines[index].start : lines[index].end])}
    return found.pop() if len(found) == 1 else None


def _dates_of_line(line: str) -> Iterator[date]:
    bracket = _DATELINE.match(line)
    if bracket and _WORDS_OF_ORIGIN.search(bracket[1]):
        yield from _dates(bracket[1])
    elif len(line) <= _LONGEST_LINE:
        rest = _TIME.sub("", _DATE.sub("", line))
        if _is_dateline(rest):
            yield from _dates(line)


def _is_dateline(rest: str) -> bool:
    """Tell a line of which nothing, or a byline, is left without its dates and times."""
    has_origin = _WORDS_OF_ORIGIN.search(rest) is not None and re.search(r"[,。!?;]", rest) is None
    return has_origin or re.search(r"\w", rest) is None


def _dates(text: str) -> Iterator[date]:
    for match in _DATE.finditer(text):
        year = int(match["year"]) + (_ROC_OFFSET if match["roc"] else 0)
        if year in _YEARS:
            try:
                yield date(year, int(match["month"]), int(match["day"]))
            except ValueError:
                continue
