"""From a query to SQL: filters, order and keyset, all values as parameters."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.store.admission import check_query
from kg.store.bigrams import match_of, needs_reading, shadow_form, terms_of
from kg.store.cursors import cursor_of, key_of
from kg.store.facets import FIRST_DAY, LAST_DAY
from schemas.graph import Node, Order, Page, Query

COLUMNS_OF: Final = {
    Order.ID: ("node_id",),
    Order.PUBLISHED: ("published", "node_id"),
    Order.PUBLISHED_DESCENDING: ("published", "node_id"),
    Order.POSITION: ("document_id", "position", "node_id"),
}
"""What each order compares; descending is the whole order reversed, the undated last."""

Parameter = str | int

# The page is cut before the log is read, so that sorting carries keys, not whole nodes. Only names and
# conditions of this module are put in: all values are parameters.
_PAGE: Final = """
SELECT {columns}, after
FROM (SELECT {columns}, head FROM node WHERE {where} ORDER BY {order} LIMIT ?) JOIN log ON sequence = head
ORDER BY {order}
"""


@dataclass(slots=True)
class Where:
    """Conditions that all must hold, with their parameters."""

    conditions: list[str] = field(default_factory=list)
    parameters: list[Parameter] = field(default_factory=list)

    def add(self, condition: str, *parameters: Parameter) -> None:
        """Add a condition with one `?` for each parameter."""
        self.conditions.append(condition)
        self.parameters.extend(parameters)

    def __str__(self) -> str:
        return " AND ".join(self.conditions)


def find_page(connection: sqlite3.Connection, query: Query, fold: Callable[[str], str]) -> Page[Node]:
    """Return one page of the nodes that match; see `kg.store.protocol.Store.find`."""
    check_query(query)
    columns = COLUMNS_OF[query.order]
    is_descending = query.order is Order.PUBLISHED_DESCENDING
    where = where_of(query, fold)
    key = key_of(query)
    if key is not None:
        marks = ", ".join("?" * len(columns))
        where.add(f"({', '.join(columns)}) {'<' if is_descending else '>'} ({marks})", *key)
    order = ", ".join(f"{column} DESC" if is_descending else column for column in columns)
    statement = _PAGE.format(columns=", ".join(columns), where=where, order=order)
    rows = connection.execute(statement, (*where.parameters, query.limit + 1)).fetchall()
    items = tuple(Node.model_validate_json(row[-1]) for row in rows[: query.limit])
    has_more = len(rows) > query.limit
    return Page(items=items, next_cursor=cursor_of(query, rows[query.limit - 1][:-1]) if has_more else None)


def where_of(query: Query, fold: Callable[[str], str]) -> Where:
    """Return the conditions of a query, without its cursor."""
    where = Where()
    where.add("label = ?", query.label.value)
    for condition, parameters in _filters(query):
        where.add(condition, *parameters)
    if query.text is not None:
        _add_text(where, shadow_form(fold(query.text)))
    return where


def _filters(query: Query) -> Iterator[tuple[str, tuple[Parameter, ...]]]:
    equal = {
        "kind": query.kind.value if query.kind else None,
        "document_id": query.document_id,
        "claim_id": query.claim_id,
        "publisher": query.publisher,
        "outcome": query.outcome,
    }
    for column, value in equal.items():
        if value is not None:
            yield f"({column} = ? AND {column} <> '')", (value,)
    if query.actor_id is not None:
        yield "key IN (SELECT key FROM node_actor WHERE actor_id = ?)", (query.actor_id,)
    if query.target_id is not None:
        # What lies below `us.gdp` begins with `us.gdp.`; the character after the dot is the slash.
        below, beyond = f"{query.target_id}.", f"{query.target_id}/"
        yield "(target_id = ? OR (target_id >= ? AND target_id < ?))", (query.target_id, below, beyond)
    yield from _date_filters(query)


def _date_filters(query: Query) -> Iterator[tuple[str, tuple[Parameter, ...]]]:
    if query.published_from is not None:
        yield "published >= ?", (query.published_from.isoformat(),)
    if query.published_to is not None:
        yield "published BETWEEN '0' AND ?", (query.published_to.isoformat(),)
    if query.period_from is not None or query.period_to is not None:
        first = query.period_from.isoformat() if query.period_from else FIRST_DAY
        last = query.period_to.isoformat() if query.period_to else LAST_DAY
        yield "key IN (SELECT key FROM node_period WHERE last_day >= ? AND first_day <= ?)", (first, last)


def _add_text(where: Where, shadow: str) -> None:
    terms = terms_of(shadow)
    match = match_of(terms)
    if match is not None:
        where.add("key IN (SELECT rowid FROM search WHERE search MATCH ?)", match)
    for term in filter(needs_reading, terms):
        where.add("instr(shadow, ?) > 0", term)
