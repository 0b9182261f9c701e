"""Tell the genre of an annotated article by its form, so that figures can be split: the annotation names none."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from schemas.actor import AUTHOR

GENRES: Final = ("interview", "list", "commentary", "voices", "report")
"""In the order in which they are tried.

- interview: at least four paragraphs begin with one of a few labels and a colon (問：, 答：, a name).
- list: three of ten paragraphs begin with a bullet or number.
- commentary: the narrator makes at least half of the claims, and three of ten are opinions.
- voices: others than the narrator make at least half of the claims.
- report: the rest.
"""
_LABEL = re.compile(r"\s*([^\s:：,，。「」()（）0-9]{1,6})\s*[:：]\s*\S")
_BULLET = re.compile(r"\s*(?:[・•●▲■◆○※▶►◎☆★·*–-]|[①-⑳]|[(（]?[0-9一二三四五六七八九十]{1,2}[)）.、:：])")
_TURNS = 4  # paragraphs that begin with a label, each label at least twice
_LISTED = 0.3  # of the paragraphs
_OPINIONS = 0.3  # of the claims
_HALF = 0.5  # of the claims


def genre_of(text: str, claims: Sequence[Mapping[str, Any]]) -> str:
    r"""Return the genre of an article, one of `GENRES`.

    Args:
        text: the article.
        claims: its annotated claims.

    Example:
        >>> genre_of("問：會漲嗎？\n答：會。\n問：何時？\n答：年底。", [])  # will it rise? it will. when? this year
        'interview'
        >>> genre_of("房價下跌。", [{"kind": "fact", "speakers": ["author"]}])  # house prices fall
        'report'
    """
    paragraphs = [line for line in text.splitlines() if line.strip()]
    labels = Counter(match[1] for line in paragraphs if (match := _LABEL.match(line)))
    if sum(times for times in labels.values() if times > 1) >= _TURNS:
        return "interview"
    if sum(_BULLET.match(line) is not None for line in paragraphs) >= _LISTED * len(paragraphs):
        return "list"
    total = max(1, len(claims))
    narrated = sum(claim["speakers"] == [AUTHOR] for claim in claims) / total
    opinions = sum(claim["kind"] == "opinion" for claim in claims) / total
    if narrated >= _HALF and opinions >= _OPINIONS:
        return "commentary"
    return "report" if narrated > _HALF or not claims else "voices"
