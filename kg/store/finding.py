"""One page of a query: where it begins, what must hold, in which order, from where on."""

import sqlite3
from collections.abc import Callable
from typing import Final

from kg.store.cursors import cursor_of
from kg.store.planning import conditions_of, start_of
from kg.store.reading import read_nodes
from kg.store.starts import Parameter
from kg.store.wanted import Wanted, wanted_of
from schemas.graph import Node, Order, Page, Query

COLUMNS_OF: Final = {
    Order.ID: ("node_id",),
    Order.PUBLISHED: ("published", "node_id"),
    Order.PUBLISHED_DESCENDING: ("published", "node_id"),
    Order.POSITION: ("document_id", "position", "node_id"),
    Order.CHECK_WORTHINESS: ("check_worthiness", "node_id"),
    Order.DUE: ("due", "node_id"),
}
"""What each order compares."""
DESCENDING: Final = frozenset({Order.PUBLISHED_DESCENDING, Order.CHECK_WORTHINESS})
"""The whole order reversed, so that what is unknown comes last."""

# The page is cut before the log is read, so that sorting carries keys, not whole nodes. Only names and
# conditions of ours are put in: all values are parameters. Elements come as bytes, see `kg.store.reading`.
_PAGE: Final = """
SELECT {columns}, CAST(after AS BLOB)
FROM (SELECT {found}, node.head FROM {tables} WHERE {where} ORDER BY {order} LIMIT ?) JOIN log ON sequence = head
ORDER BY {outer_order}
"""


def find_page(connection: sqlite3.Connection, query: Query, fold: Callable[[str], str]) -> Page[Node]:
    """Return one page of the nodes that match; see `kg.store.protocol.Store.find`."""
    wanted = wanted_of(query, fold, lambda node_id: read_nodes(connection, [node_id]))
    statement, parameters = _statement(connection, wanted)
    rows = connection.execute(statement, (*parameters, query.limit + 1)).fetchall()
    items = tuple(Node.model_validate_json(row[-1]) for row in rows[: query.limit])
    has_more = len(rows) > query.limit
    return Page(items=items, next_cursor=cursor_of(query, rows[query.limit - 1][:-1]) if has_more else None)


def _statement(connection: sqlite3.Connection, wanted: Wanted) -> tuple[str, list[Parameter]]:
    order, start = wanted.query.order, start_of(connection, wanted)
    names = COLUMNS_OF[order]
    table = start.ordered_by if order in start.orders else "node"
    columns = [f"{table}.{name}" for name in names]
    is_descending = order in DESCENDING
    conditions = [(start.condition, start.parameters), *conditions_of(wanted, start)]
    if wanted.after is not None:
        marks = ", ".join("?" * len(names))
        conditions.append((f"({', '.join(columns)}) {'<' if is_descending else '>'} ({marks})", wanted.after))
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
