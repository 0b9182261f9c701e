"""Sections, sentences, quotations and clauses of a text, safe for numbers, in linear time."""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extract.layout import Line, lines_of
from extract.quotations import quotations_of
from extract.reading import Clause, Quotation
from schemas.text import Section, Sentence, Span

_HAN = "\u3400-\u9fff\U00020000-\U0003134f"
_STOP = re.compile(rf"[。!?]+|(?<=[{_HAN}])\.(?=\s|$)")
_CLOSERS = "」』”’)】》〉]〞"
_WORD = re.compile(r"\w")
_MARK_BREAK = re.compile(r"[,;:]|——+|—-+|……+")
_BREAK = re.compile(rf"{_MARK_BREAK.pattern}|\s+")
_ROUND = re.compile("[()]")
_NOWHERE = (sys.maxsize, sys.maxsize)
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_SHORT_GROUP = re.compile(r"(?<!\d)\d{1,3}$")
_HARD_MARKS = re.compile("[,。;!?]")
# Latin letters and digits are often set off by blanks (升息 2 碼), so beside them a plain blank parts nothing.
_BLANK_BREAK = re.compile(rf"[{_HAN}%)」』”!?]\s+(?!以上|以下|左右|的)[{_HAN}「『“(]")
_WIDE_BLANK = "\u3000"
_SHORTEST_BLANK_CLAUSE = 4  # characters; 王 小明 and 2 月 are no clauses

LONGEST_SENTENCE: Final = 1_000
"""Characters. Longer stretches without a stop are lists, logs or tables; cutting them keeps all later work linear."""


@dataclass(frozen=True, slots=True)
class Segments:
    """What `segment` finds; every list stands in text order."""

    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch that sentences may not leave: a heading, or a paragraph whose lines run on."""

    start: int
    end: int
    section_index: int
    paragraph_index: int
    is_heading: bool


def segment(text: str, shadow: str) -> Segments:
    r"""Return the parts of a text.

    A sentence ends at 。！？ with the closing marks after it, where its line ends, unless the line was wrapped by hand,
    and at the latest after `LONGEST_SENTENCE`. A clause ends at a comma, colon, semicolon, dash or ellipsis outside
    numbers and round brackets; blanks part clauses in lines that have no other punctuation (headlines, transcripts).

    Args:
        text: the published text.
        shadow: its shadow, of the same length.

    Example:
        >>> text = "■Fed:再等等\n殖利率升至4.5%,市值少1,234億元。「急什麼？」他說。"
        >>> [s.span.of(text) for s in segment(text, text.replace("？", "?")).sentences]
        ['Fed:再等等', '殖利率升至4.5%,市值少1,234億元。', '「急什麼？」', '他說。']
    """
    lines = lines_of(shadow)
    sections = _sections(lines, len(text))
    blocks = tuple(_blocks(lines, sections))
    sentences = tuple(sentence for block in blocks for sentence in _sentences(shadow, block))
    ends = [sentence.span.end for sentence in sentences]
    paragraphs = [(block.start, block.end) for block in blocks]
    clauses = tuple(
        clause for i, sentence in enumerate(sentences) for clause in _clauses(text, shadow, sentence.span, i)
    )
    return Segments(sections, sentences, quotations_of(shadow, paragraphs, ends), clauses)


def _sections(lines: Sequence[Line], length: int) -> tuple[Section, ...]:
    """Return the sections; they follow each other without a gap from the first line to the end of the text."""
    opening = [line for line in lines if line.level]
    starts = [line.start for line in opening]
    found = []
    if lines and (not starts or lines[0].start < starts[0]):
        found.append(Section(span=Span(start=0, end=starts[0] if starts else length)))
    for line, end in zip(opening, [*starts, length][1:], strict=True):
        heading = Span(start=min(line.body, line.heading_end), end=line.heading_end)
        found.append(Section(span=Span(start=line.start, end=end), heading=heading, level=line.level))
    return tuple(found)


def _blocks(lines: Sequence[Line], sections: Sequence[Section]) -> Iterator[_Block]:
    starts = [section.span.start for section in sections]
    paragraph, pending = -1, None
    for line in lines:
        if pending is None:
            paragraph += 1
        section = max(bisect_left(starts, line.start + 1) - 1, 0)
        start = line.body if pending is None else pending
        if line.level:
            yield _Block(start, line.heading_end, section, paragraph, is_heading=True)
            start = line.heading_end
        pending = start if line.runs_on else None
        if pending is None and start < line.end:
            yield _Block(start, line.end, section, paragraph, is_heading=False)


def _sentences(shadow: str, block: _Block) -> Iterator[Sentence]:
    start = block.start
    for stop in (*_stops(shadow, block), block.end):
        for end in (*_forced_stops(shadow, start, stop), stop):
            span = _trimmed(shadow, start, end)
            if span is not None:
                yield Sentence(
                    span=span,
                    section_index=block.section_index,
                    paragraph_index=block.paragraph_index,
                    is_heading=block.is_heading,
                )
            start = end


def _forced_stops(shadow: str, start: int, end: int) -> Iterator[int]:
    """Yield where to cut what is too long to be a sentence, at a clause's end where there is one."""
    while end - start > LONGEST_SENTENCE:
        limit = start + LONGEST_SENTENCE
        breaks = _MARK_BREAK.finditer(shadow, start + LONGEST_SENTENCE // 2, limit)
        start = max((match.end() for match in breaks if _mark_breaks(shadow, match)), default=limit)
        yield start


def _stops(shadow: str, block: _Block) -> Iterator[int]:
    """Yield where sentences end inside a block, the marks that close with them included."""
    straight_quotes, counted_to = 0, block.start
    for match in _STOP.finditer(shadow, block.start, block.end):
        end = match.end()
        straight_quotes += shadow.count('"', counted_to, end)
        counted_to = end
        while end < block.end and (shadow[end] in _CLOSERS or (shadow[end] == '"' and straight_quotes % 2)):
            straight_quotes += shadow[end] == '"'
            end += 1
        counted_to = end
        if not _goes_on(shadow, match, end):
            yield end


def _goes_on(shadow: str, stop: re.Match[str], end: int) -> bool:
    """Tell a mark that ends no sentence: 「還會漲嗎？」,他問 or the ? of an address."""
    following = shadow[end : end + 1]
    if following in {",", "、", ";", ":", "。", "!", "?"}:
        return True
    before = shadow[stop.start() - 1 : stop.start()]
    return stop[0] in "!?" and end == stop.end() and _is_ascii_word(before) and _is_ascii_word(following)


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in {"=", "/", "&"})


def _clauses(text: str, shadow: str, sentence: Span, index: int) -> Iterator[Clause]:
    start = sentence.start
    for first, last in _breaks(text, shadow, sentence):
        span = _trimmed(shadow, start, first)
        if span is not None:
            yield Clause(span, index)
        start = last
    span = _trimmed(shadow, start, sentence.end)
    if span is not None:
        yield Clause(span, index)


def _breaks(text: str, shadow: str, sentence: Span) -> Iterator[tuple[int, int]]:
    by_blanks = _HARD_MARKS.search(shadow, sentence.start, max(sentence.end - 1, sentence.start)) is None
    pattern = _BREAK if by_blanks else _MARK_BREAK
    brackets = iter(_brackets(shadow, sentence))
    opened, closed = next(brackets, _NOWHERE)
    previous = sentence.start
    for match in pattern.finditer(shadow, sentence.start, sentence.end):
        first, last = match.span()
        while closed <= first:
            opened, closed = next(brackets, _NOWHERE)
        if match[0].isspace():
            is_break = _blank_breaks(text, shadow, match) and _is_clause_long(sentence, previous, match)
        else:
            is_break = _mark_breaks(shadow, match)
        if is_break and first < opened:
            yield first, last
            previous = last


def _brackets(shadow: str, sentence: Span) -> list[tuple[int, int]]:
    """Return the outermost pairs of round brackets; one that never closes opens nothing."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in _ROUND.finditer(shadow, sentence.start, sentence.end):
        if match[0] == "(":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            while pairs and pairs[-1][0] > start:
                pairs.pop()
            pairs.append((start, match.end()))
    return pairs


def _mark_breaks(shadow: str, match: re.Match[str]) -> bool:
    """Tell a mark between clauses from one inside a number (1,234), a time (9:30) or an address (https://)."""
    first, last = match.span()
    if match[0] == ",":
        return not (_SHORT_GROUP.search(shadow[max(first - 4, 0) : first]) and _THOUSANDS.match(shadow, last))
    if match[0] == ":":
        is_ratio = shadow[first - 1 : first].isdigit() and shadow[last : last + 1].isdigit()
        return not is_ratio and not shadow.startswith("//", last)
    return True


def _blank_breaks(text: str, shadow: str, match: re.Match[str]) -> bool:
    return _WIDE_BLANK in text[match.start() : match.end()] or _BLANK_BREAK.match(shadow, match.start() - 1) is not None


def _is_clause_long(sentence: Span, previous: int, match: re.Match[str]) -> bool:
    return min(match.start() - previous, sentence.end - match.end()) >= _SHORTEST_BLANK_CLAUSE


def _trimmed(shadow: str, start: int, end: int) -> Span | None:
    """Return the stretch without blanks at its ends; None where no word is in it."""
    if _WORD.search(shadow, start, end) is None:
        return None
    while shadow[start].isspace():
        start += 1
    while shadow[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end)
