"""All that a query finds, without its pages."""

from collections.abc import Iterator

from kg.store.protocol import Store
from schemas.graph import Node, Query


def every(store: Store, query: Query) -> Iterator[Node]:
    """Yield all nodes that a query finds, page after page; the query's limit is the size of a page.

    A caller that stops early asks for no further page.

    Args:
        store: where to look.
        query: what to find.
    """
    while True:
        page = store.find(query)
        yield from page.items
        if page.next_cursor is None:
            return
        query = query.model_copy(update={"cursor": page.next_cursor})
