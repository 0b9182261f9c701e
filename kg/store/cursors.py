"""Cursors: where a page ended, in a form that clients pass back and can't make up.

A cursor names the last item of its page by what the page is ordered by (keyset), so that later pages
neither repeat nor lose an item while others write. A digest binds it to its query.
"""

import base64
import binascii
import hashlib
import json
from typing import Final, TypeAlias

from schemas.errors import InputError
from schemas.graph import Query

SortKey: TypeAlias = tuple[str | int | float, ...]
"""The values a page is ordered by, the id last."""

_DIGEST_BYTES: Final = 12
_PAGING: Final = frozenset({"cursor", "limit"})


def cursor_of(query: Query, key: SortKey) -> str:
    """Return the cursor behind the item with this sort key.

    Example:
        >>> from schemas.graph import NodeLabel
        >>> query = Query(label=NodeLabel.CLAIM)
        >>> key_of(query.model_copy(update={"cursor": cursor_of(query, ("claim-1",))}))
        ('claim-1',)
    """
    payload = json.dumps(key, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_digest(query, payload) + payload).decode().rstrip("=")


def key_of(query: Query) -> SortKey | None:
    """Return the sort key that the query's cursor names; None where it has none.

    The limit may differ from page to page, the filters and the order may not.

    Raises:
        InputError: the cursor was altered or is of another query, code "store.cursor".
    """
    if query.cursor is None:
        return None
    try:
        raw = base64.b64decode(query.cursor + "=" * (-len(query.cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise _refusal() from None
    digest, payload = raw[:_DIGEST_BYTES], raw[_DIGEST_BYTES:]
    if digest != _digest(query, payload) or cursor_of(query, tuple(json.loads(payload))) != query.cursor:
        raise _refusal()
    return tuple(json.loads(payload))


def _digest(query: Query, payload: bytes) -> bytes:
    filters = query.model_dump_json(exclude=set(_PAGING)).encode()
    return hashlib.sha256(len(filters).to_bytes(8, "big") + filters + payload).digest()[:_DIGEST_BYTES]


def _refusal() -> InputError:
    return InputError("store.cursor", "the cursor is not of this query: ask for the first page again, without a cursor")
