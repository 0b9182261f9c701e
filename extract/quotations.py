"""Quotations: what stands between quotation marks, nested ones too, and what lost its closing mark."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from extract.reading import Quotation
from schemas.text import Span

_CLOSER_OF = {"「": "」", "『": "』", "“": "”", "‘": "’", "〝": "〞", "﹁": "﹂", "﹃": "﹄"}
_OPENER_OF = {closer: opener for opener, closer in _CLOSER_OF.items()} | {"〟": "〝", "〃": "〝"}
_MARKS = re.compile("[" + "".join({*_CLOSER_OF, *_OPENER_OF}) + '"]')
_DEEPEST = 8  # deeper nesting is no language, and would let a file of brackets grow a list for each of them


def quotations_of(shadow: str, blocks: Sequence[tuple[int, int]], ends: Sequence[int]) -> tuple[Quotation, ...]:
    """Return all quotations in the order of their opening marks.

    Args:
        shadow: the folded text; the marks themselves are not folded.
        blocks: paragraphs; no quotation leaves its own.
        ends: ends of the sentences, rising; one that is never closed ends with the sentence it began in.

    Example:
        >>> found = quotations_of("他說「市場『過熱』了」,又說「再看", [(0, 17)], [17])
        >>> [(q.content.start, q.content.end, q.closed) for q in found]
        [(3, 10, True), (6, 8, True), (15, 17, False)]
    """
    found: list[Quotation] = []
    for start, end in blocks:
        found += _in_block(shadow, start, end, ends)
    return tuple(sorted(found, key=lambda quotation: quotation.span.start))


def _in_block(shadow: str, start: int, end: int, ends: Sequence[int]) -> list[Quotation]:
    found: list[Quotation] = []
    open_marks: list[tuple[str, int]] = []
    open_kinds: Counter[str] = Counter()

    def close_until(kind: str, position: int) -> None:
        while open_marks:
            mark, opened = open_marks.pop()
            open_kinds[mark] -= 1
            if mark == kind:
                found.append(_quotation(opened, position, 1))
                return
            found.append(_unclosed(opened, min(position, end), ends))

    for match in _MARKS.finditer(shadow, start, end):
        mark, position = match[0], match.start()
        kind = mark if mark == '"' else _OPENER_OF.get(mark)
        if kind is not None and open_kinds[kind]:
            close_until(kind, position)
        elif (mark == '"' or mark in _CLOSER_OF) and len(open_marks) < _DEEPEST:
            open_marks.append((mark, position))
            open_kinds[mark] += 1
    found += [_unclosed(opened, end, ends) for _, opened in open_marks]
    return found


def _unclosed(opened: int, limit: int, ends: Sequence[int]) -> Quotation:
    index = bisect_right(ends, opened)
    end = min(limit, ends[index]) if index < len(ends) else limit
    return _quotation(opened, end, 0)


def _quotation(opened: int, end: int, closing: int) -> Quotation:
    return Quotation(
        span=Span(start=opened, end=end + closing), content=Span(start=opened + 1, end=end), closed=bool(closing)
    )
