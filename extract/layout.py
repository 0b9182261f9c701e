"""Lines and headings: which lines run on, which open a section, and where bullets and numbers end.

Everything here looks at the shadow, so full-width and Traditional forms need no patterns of their own.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_MARK = re.compile(
    r"(?P<hashes>#{1,6})\s+|(?P<block>[■◆▲★◎◼▌▍])\s*|(?P<bullet>[●○•▪►▶✓*-])\s+|(?P<dot>[●○•▪►▶✓])"
    r"|(?P<number>[一二三四五六七八九十]{1,3}、)|(?P<nested>\([一二三四五六七八九十]{1,3}\))|(?P<digit>\d{1,2}(?:[.)](?=\s)|、)\s*)"
)
_LEVELS = {"block": 2, "number": 2, "nested": 3, "bullet": 3, "dot": 3, "digit": 3}
_BRACKET = re.compile(r"【([^】]{1,40})】")
_BYLINE = re.compile(
    r"记者|报道|报导|编译|本刊|本报|文/|图/|撰文|作者|译者|来源|编辑|综合外电|^文:|日讯$|^\d{4}年\d{1,2}月\d{1,2}日.{0,12}$"
)
_LABEL = re.compile(r"([^:。,!?]{1,12}):")
_DIALOGUE = re.compile(r"(?:问|答|[QA]\d{0,2}):", re.IGNORECASE)
_STOPS = "。!?"
_RUNS_ON = ",、(「『《“〈"
_TITLE_LENGTH = 60
_MARKED_LENGTH = 45
_BARE_LENGTH = 30
_WRAP_WIDTHS = range(20, 121)  # columns; a Chinese character takes two
_WRAP_RAGGED = 4  # columns by which full lines of hard-wrapped text differ


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks at its ends. `body` is where its words begin, after bullet or number.

    A heading has a level from 1 (the title) up, and ends at `heading_end`: 【…】 may stand before its own text.
    `runs_on` says that a sentence goes on in the next line.
    """

    start: int
    end: int
    body: int
    level: int = 0
    heading_end: int = 0
    runs_on: bool = False


@dataclass(frozen=True, slots=True)
class _Raw:
    start: int
    end: int
    text: str
    mark: re.Match[str] | None
    follows_blank: bool

    @property
    def body(self) -> str:
        return self.text[self.mark.end() :] if self.mark else self.text

    @property
    def mark_kind(self) -> str | None:
        return self.mark.lastgroup if self.mark else None


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines, how often each label (主持人:) opens one, and where the text was wrapped by hand, if it was."""

    lines: tuple[_Raw, ...]
    labels: Counter[str]
    wrap_width: int | None

    def after(self, index: int) -> _Raw | None:
        return self.lines[index + 1] if index + 1 < len(self.lines) else None

    def is_full(self, line: _Raw) -> bool:
        return self.wrap_width is not None and _columns(line.text) >= self.wrap_width - _WRAP_RAGGED


def lines_of(shadow: str) -> tuple[Line, ...]:
    r"""Return the lines that hold something, in text order, with headings and hard wraps told.

    Example:
        >>> [(line.level, line.body) for line in lines_of("■油價續跌!\n布蘭特原油昨日收低,連跌三天。")]
        [(2, 1), (0, 7)]
    """
    raw = tuple(_raw_lines(shadow))
    labels = Counter(match[1] for line in raw if (match := _LABEL.match(line.text)))
    page = _Page(raw, labels, _wrap_width(raw))
    found = []
    for index, line in enumerate(raw):
        length = _heading_length(page, index)
        runs_on = not length and _runs_on(page, index)
        body = line.end - len(line.body)
        level = _level(line, index) if length else 0
        found.append(Line(line.start, line.end, body, level, line.start + length, runs_on))
    return tuple(found)


def _raw_lines(shadow: str) -> Iterator[_Raw]:
    previous_end = 0
    for match in _LINE.finditer(shadow):
        text = match[0].strip()
        if not text:
            continue
        start = match.start() + match[0].index(text[0])
        gap = shadow[previous_end:start]
        yield _Raw(start, start + len(text), text, _MARK.match(text), gap.count("\n") > 1)
        previous_end = start + len(text)


def _level(line: _Raw, index: int) -> int:
    if line.mark and line.mark_kind == "hashes":
        return len(line.mark["hashes"])
    if index == 0 and not line.mark:
        return 1
    return _LEVELS.get(line.mark_kind or "", 2)


def _heading_length(page: _Page, index: int) -> int:
    """Return how much of the line is heading, counted from its start; 0 for none."""
    line, following = page.lines[index], page.after(index)
    if line.mark_kind == "hashes":
        return len(line.text)
    if not line.body or _is_byline(line.body) or line.text[-1] in "。,;、:":
        return _bracket_length(line)
    if line.mark:
        is_item = following is not None and following.mark_kind == line.mark_kind
        return len(line.text) if len(line.body) <= _MARKED_LENGTH and not is_item else 0
    if index == 0 and following and len(line.text) <= _TITLE_LENGTH and not page.is_full(line):
        return len(line.text)
    if line.text.startswith("【"):
        return len(line.text) if len(line.text) <= _MARKED_LENGTH else _bracket_length(line)
    return len(line.text) if _stands_like_a_heading(page, index) else 0


def _bracket_length(line: _Raw) -> int:
    match = _BRACKET.match(line.text)
    return match.end() if match and not _is_byline(match[1]) else 0


def _stands_like_a_heading(page: _Page, index: int) -> bool:
    """Tell a bare short line above a long one, after a finished one, that is no turn of a dialogue."""
    line, below = page.lines[index], page.after(index)
    if index == 0 or below is None or len(line.text) > _BARE_LENGTH:
        return False
    if line.text.rstrip("」』”)】")[-1:] in {*_STOPS} and "," in line.text:
        return False
    label = _LABEL.match(line.text)
    if _DIALOGUE.match(line.text) or (label and page.labels[label[1]] > 1):
        return False
    following, previous = below.text, page.lines[index - 1].text
    is_above_text = len(following) >= max(_BARE_LENGTH, 2 * len(line.text)) and any(c in following for c in ",。")
    return is_above_text and (index == 1 or previous[-1] in _STOPS + "」』”)】" or len(previous) <= _BARE_LENGTH)


def _is_byline(text: str) -> bool:
    return len(text) <= _BARE_LENGTH and _BYLINE.search(text) is not None


def _runs_on(page: _Page, index: int) -> bool:
    line, following = page.lines[index], page.after(index)
    if following is None or following.follows_blank or following.mark or following.text[0] == "【":
        return False
    last = line.text[-1]
    return last not in _STOPS and (last in _RUNS_ON or (page.is_full(line) and last not in ":;」』”】"))


def _wrap_width(lines: Sequence[_Raw]) -> int | None:
    """Return the column at which the text was wrapped by hand; None where its lines are paragraphs."""
    widths = [_columns(line.text) for line in lines]
    longest = max(widths, default=0)
    full = [width >= longest - _WRAP_RAGGED for width in widths]
    in_a_row = sum(one and two for one, two in pairwise(full))
    is_wrapped = longest in _WRAP_WIDTHS and in_a_row >= 2 and sum(full) * 5 >= len(lines) * 2
    return longest if is_wrapped else None


def _columns(text: str) -> int:
    return sum(2 if character >= "\u2e80" or character in "“”‘’…—" else 1 for character in text)
