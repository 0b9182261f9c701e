"""Commas of full width: between numbers of half width they part a sentence, never the thousands of a number."""

import re
from typing import Final

_PAUSE: Final = re.compile(r"(?<=[0-9])，(?=[0-9])")


def split_numbers(text: str, shadow: str) -> str:
    """Return the shadow with ; for each full-width comma that parts two numbers of the published text.

    The shadow alone cannot tell 升至18，230家 (to 18; 230 firms) from 18,230家; the published text can.

    Example:
        >>> split_numbers("升至18，230家", "升至18,230家"), split_numbers("１，２３０家", "1,230家")
        ('升至18;230家', '1,230家')
    """
    if "，" not in text:
        return shadow
    pieces: list[str] = []
    done = 0
    for match in _PAUSE.finditer(text):
        pieces += (shadow[done : match.start()], ";")
        done = match.end()
    return "".join((*pieces, shadow[done:])) if pieces else shadow
