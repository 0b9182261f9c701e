"""One page of a query: where it begins, what must hold, in which order, from where on."""

import sqlite3
from collections.abc import Callable
from typing import Final

from kg.store.admission import check_query
from kg.store.cursors import cursor_of, key_of
from kg.store.planning import Parameter, conditions_of, start_of
from schemas.graph import Node, Order, Page, Query

COLUMNS_OF: Final = {
    Order.ID: ("node_id",),
    Order.PUBLISHED: ("published", "node_id"),
    Order.PUBLISHED_DESCENDING: ("published", "node_id"),
    Order.POSITION: ("document_id", "position", "node_id"),
}
"""What each order compares; descending is the whole order reversed, the undated last."""

# The page is cut before the log is read, so that sorting carries keys, not whole nodes. Only names and
# conditions of ours are put in: all values are parameters.
_PAGE: Final = """
SELECT {columns}, after
FROM (SELECT {found}, node.head FROM {tables} WHERE {where} ORDER BY {order} LIMIT ?) JOIN log ON sequence = head
ORDER BY {outer_order}
"""


def find_page(connection: sqlite3.Connection, query: Query, fold: Callable[[str], str]) -> Page[Node]:
    """Return one page of the nodes that match; see `kg.store.protocol.Store.find`."""
    check_query(query)
    statement, parameters = _statement(connection, query, fold)
    rows = connection.execute(statement, (*parameters, query.limit + 1)).fetchall()
    items = tuple(Node.model_validate_json(row[-1]) for row in rows[: query.limit])
    has_more = len(rows) > query.limit
    return Page(items=items, next_cursor=cursor_of(query, rows[query.limit - 1][:-1]) if has_more else None)


def _statement(connection: sqlite3.Connection, query: Query, fold: Callable[[str], str]) -> tuple[str, list[Parameter]]:
    key = key_of(query)
    start = start_of(connection, query, key, fold)
    names = COLUMNS_OF[query.order]
    table = start.ordered_by if query.order in start.orders else "node"
    columns = [f"{table}.{name}" for name in names]
    is_descending = query.order is Order.PUBLISHED_DESCENDING
    conditions = [(start.condition, start.parameters), *conditions_of(query, fold)]
    if key is not None:
        marks = ", ".join("?" * len(names))
        conditions.append((f"({', '.join(columns)}) {'<' if is_descending else '>'} ({marks})", key))
    statement = _PAGE.format(
        columns=", ".join(names),
        found=", ".join(columns),
        tables=start.tables,
        where=" AND ".join(condition for condition, _ in conditions),
        order=_order(columns, is_descending=is_descending),
        outer_order=_order(names, is_descending=is_descending),
    )
    return statement, [value for _, values in conditions for value in values]


def _order(columns: list[str] | tuple[str, ...], *, is_descending: bool) -> str:
    return ", ".join(f"{column} DESC" if is_descending else column for column in columns)
