"""What no store admits, so that every engine refuses the same."""

import re
from collections.abc import Sequence
from typing import Final

from schemas.errors import InputError
from schemas.graph import Query

MOST_NODES: Final = 100_000
"""The largest neighbourhood: it is answered whole, not page by page."""
_HALF: Final = re.compile("[\ud800-\udfff]")


def check_id(name: str) -> None:
    """Refuse an id with a null character, at which some database functions cut a text off.

    Raises:
        InputError: an id holds U+0000, code "store.id_malformed".
    """
    if "\0" in name:
        raise InputError("store.id_malformed", f"the id {name!r} holds a null character: leave it out")


def check_ids(names: Sequence[str]) -> None:
    """Refuse ids as `check_id` does, in a tenth of the time.

    Raises:
        InputError: an id holds U+0000, code "store.id_malformed".
    """
    if "\0" in "".join(names):
        for name in names:
            check_id(name)


def check_query(query: Query) -> None:
    """Refuse half characters, which no text in a store can hold.

    Raises:
        InputError: a filter holds a lone surrogate, code "store.text_malformed".
    """
    for name, value in query:
        text = "".join(value) if isinstance(value, tuple) else value
        if isinstance(text, str) and not text.isascii() and _HALF.search(text):
            raise InputError("store.text_malformed", f"the filter {name} holds half a character: send it as UTF-8")


def check_reach(depth: int, limit: int) -> None:
    """Refuse a neighbourhood of less than nothing, or of more than anybody can look at.

    Raises:
        InputError: `depth` is below 0, or `limit` not from 1 to `MOST_NODES`, code "store.limit".
    """
    if depth < 0 or not 1 <= limit <= MOST_NODES:
        raise InputError(
            "store.limit", f"depth {depth} and limit {limit}: ask for 0 steps or more, 1 to {MOST_NODES} nodes"
        )
