"""What stands at the ends of a proposition and is no part of it: marks, connectives, unpaired quotation marks."""

import re

from extract.clause_words import clause_words
from schemas.text import Span

MARKS = ",、;:。!?…—-–~■◆●▲【】〈〉|"
_BULLET = re.compile(r"[・•‧·○□△▶►※]|\.(?![0-9.])")
"""What begins an item of a list; at the end of a proposition it would be a part of its last word."""
OPENERS, CLOSERS = '「『“"', '」』”"'
_PAIRS = {"」": "「", "』": "『", "”": "“"}
_SHORTEST = 2  # characters; less asserts nothing
_NUMBERING = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.:](?![一二三四五六七八九十])|\([一二三四五六七八九十0-9]{1,2}\)|[0-9]{1,2}[、.)](?![0-9])|[①-⑳])\s*"
)


def trimmed(shadow: str, start: int, end: int) -> Span | None:
    """Return the stretch without what is no part of a proposition; None where too little is left.

    Example:
        >>> text = "但是,房价会跌。"  # but house prices will fall
        >>> trimmed(text, 0, len(text)).of(text)
        '房价会跌'
    """
    before = None
    while before != (start, end) and start < end:
        before = (start, end)
        start, end = _without_marks(shadow, start, end)
        start = _after_label(shadow, start, end)
        number = _NUMBERING.match(shadow, start, end)
        if number and number.end() < end - _SHORTEST:
            start = number.end()
        match = clause_words().connectives.match(shadow, start, end)
        if match and match.end() < end - _SHORTEST:
            start = match.end()
    return Span(start=start, end=end) if end - start >= _SHORTEST else None


def _after_label(shadow: str, start: int, end: int) -> int:
    """Return where a stretch goes on behind a label in brackets (【午評】…); its start where it begins with none."""
    closing = shadow.find("】", start, end)
    opening = shadow.rfind("【", max(0, start - 1), start + 1)
    is_label = opening >= 0 and 0 <= closing < end - _SHORTEST and "【" not in shadow[start + 1 : closing]
    return closing + 1 if is_label else start


def _without_marks(shadow: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without punctuation at its ends; marks of quotation go only where they have no partner."""
    while start < end and (shadow[start].isspace() or shadow[start] in MARKS + CLOSERS or _BULLET.match(shadow, start)):
        start += 1
    while start < end and (shadow[end - 1].isspace() or shadow[end - 1] in MARKS + OPENERS):
        end -= 1
    if start < end and shadow[start] in OPENERS and not _closes_inside(shadow, start, end):
        start += 1
    if start < end and shadow[end - 1] in _PAIRS and _PAIRS[shadow[end - 1]] not in shadow[start:end]:
        end -= 1
    return start, end


def _closes_inside(shadow: str, start: int, end: int) -> bool:
    closer = next((c for c, o in _PAIRS.items() if o == shadow[start]), shadow[start])
    return start < shadow.find(closer, start + 1, end) < end - 1
