"""Full text for a script without blanks: pairs of characters as index words.

Chinese words have no blanks between them, so a text is indexed by each pair of neighbours. The last
character of a run stands alone too: a prefix search then finds every single character.
"""

import re
import sys
from array import array
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import Final

RUN: Final = re.compile(r"[0-9a-z\u0080-\U0010ffff]+")
"""What SQLite's `ascii` tokenizer keeps together; other ASCII characters only part runs."""

EXACT_LENGTH: Final = 2
"""Up to this length the index alone decides; longer terms are verified in the text."""


_CODE_POINTS: Final = f"utf-32-{sys.byteorder[0]}e"
_BLANK: Final = " ".encode(_CODE_POINTS)


def shadow_form(folded: str) -> str:
    """Return the form in which texts are compared: folded by the caller, here in lower case."""
    return folded.lower()


def grams_of(shadow: str) -> str:
    """Return the index words of a text, with blanks between; one that occurs twice is given twice.

    Example:
        >>> grams_of("升息1碼").split()
        ['升息', '息1', '1碼', '碼']
    """
    return grams_of_each((shadow,))[0]


def grams_of_each(shadows: Iterable[str]) -> list[str]:
    """Return the index words of each of these texts, in 0.6 of the time that one after the other takes.

    Example:
        >>> [grams.split() for grams in grams_of_each(["升息", "", "降 息"])]
        [['升息', '息'], [], ['降', '息']]
    """
    runs = [RUN.findall(shadow) for shadow in shadows]
    firsts = ["".join(of_one) for of_one in runs]
    whole, seconds = "".join(firsts), "".join([f"{run[1:]} " for of_one in runs for run in of_one])
    # Woven as arrays of code points, in 0.4 of the time that making a string of each pair takes.
    woven = array("I", _BLANK * (3 * len(whole)))
    woven[::3], woven[1::3] = _code_points(whole), _code_points(seconds)
    text = woven.tobytes().decode(_CODE_POINTS)
    ends = list(accumulate((3 * len(first) for first in firsts), initial=0))
    return [text[start:end] for start, end in pairwise(ends)]


def terms_of(shadow: str) -> tuple[str, ...]:
    """Return the parts of a query that all must occur; blanks part them.

    Example:
        >>> terms_of("fed  降息 ")
        ('fed', '降息')
    """
    return tuple(dict.fromkeys(shadow.split()))


def match_of(terms: tuple[str, ...]) -> str | None:
    """Return the FTS5 expression that finds at least all texts with these terms; the texts decide.

    Returns:
        The expression; None where the terms hold nothing that is indexed (`%`), so that only
        reading the texts tells.

    Example:
        >>> match_of(("聯準會", "息"))
        '"聯準" AND "準會" AND "息"*'
    """
    words = (word for term in terms for run in RUN.findall(term) for word in _wanted(run))
    return " AND ".join(dict.fromkeys(words)) or None


def needs_reading(term: str) -> bool:
    """Return whether a hit must be verified in the text, because the index may say too much.

    Example:
        >>> needs_reading("降息"), needs_reading("聯準會"), needs_reading("5%")
        (False, True, True)
    """
    return len(term) > EXACT_LENGTH or RUN.fullmatch(term) is None


def _wanted(run: str) -> list[str]:
    return [f'"{run}"*'] if len(run) == 1 else [f'"{pair}"' for pair in _pairs(run)]


def _code_points(text: str) -> "array[int]":
    return array("I", text.encode(_CODE_POINTS))


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]
