"""Content ids: the same content has the same id, on any machine, in any order of arrival."""

import hashlib
import json
from typing import Final, TypeAlias

DIGEST_CHARACTERS: Final = 24
"""Hexadecimal digits kept (96 bits): a collision is expected after about 2.8e14 items."""

Part: TypeAlias = "str | int | bool | tuple[Part, ...] | None"


def content_id(kind: str, *parts: Part) -> str:
    """Return `kind-digest`, the digest taken over a JSON array of all parts.

    A JSON array keeps the parts apart, so that ("ab", "c") and ("a", "bc") differ, as do 1 and "1".

    Args:
        kind: what the id names: `document`, `claim`, `change`; it is hashed too.
        parts: the content; strings without lone surrogates, whole numbers, booleans, None, tuples of these.

    Returns:
        The id, `DIGEST_CHARACTERS` hexadecimal digits after the kind.

    Example:
        >>> content_id("claim", "ab", "c") == content_id("claim", "a", "bc")
        False
        >>> content_id("claim", "ab", 1)
        'claim-d2f79c475483bda22ecf7e0a'
    """
    array = json.dumps([kind, *parts], ensure_ascii=False, separators=(",", ":"))
    return f"{kind}-{hashlib.sha256(array.encode()).hexdigest()[:DIGEST_CHARACTERS]}"
