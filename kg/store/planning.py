"""Where a search begins: the same query takes the same way, whatever the database would guess.

Each filter that may leave little has an index to begin at. Before a search we count there, up to a
bound; the filter that leaves least wins. Where none leaves little, the search walks along the order
asked for and soon has a page full. All other conditions are checked row by row.
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.store.bigrams import match_of, shadow_form, terms_of
from kg.store.cursors import SortKey
from kg.store.facets import FIRST_DAY, LAST_DAY
from kg.store.state import listed
from schemas.graph import Order, Query

BOUND: Final = 2500
"""Rows that are gathered and sorted for one page; walking is cheaper for a filter that leaves more."""
FEW: Final = 100
"""So few rows that no other filter needs to be tried."""

Parameter = str | int
Condition = tuple[str, tuple[Parameter, ...]]
_ANY_ACTOR: Final = (
    "EXISTS (SELECT 1 FROM node_actor AS a WHERE a.key = node.key AND a.actor_id IN (SELECT value FROM json_each(?)))"
)
BY_DATE: Final = frozenset({Order.PUBLISHED, Order.PUBLISHED_DESCENDING})


@dataclass(frozen=True, slots=True)
class Start:
    """Where a search may begin.

    Attributes:
        tables: the FROM clause, with the index that is to be used.
        condition: what is looked up in that index.
        orders: the orders in which the rows come from there.
        ordered_by: the table whose columns carry those orders.
        counted: the rows to count, where fewer tables tell; else those of `tables` and `condition`.
    """

    tables: str
    condition: str
    parameters: tuple[Parameter, ...] = ()
    orders: frozenset[Order] = frozenset()
    ordered_by: str = "node"
    counted: str | None = None

    def count(self, connection: sqlite3.Connection) -> int:
        """Return how many rows there are from here, at most one more than `BOUND`."""
        # Tables and conditions are constants of this module; all values are parameters.
        rows = self.counted or f"{self.tables} WHERE {self.condition}"
        statement = f"SELECT count(*) FROM (SELECT 1 FROM {rows} LIMIT ?)"  # noqa: S608
        found: int = connection.execute(statement, (*self.parameters, BOUND + 1)).fetchone()[0]
        return found


def start_of(connection: sqlite3.Connection, query: Query, after: SortKey | None, fold: Callable[[str], str]) -> Start:
    """Return where the search for this query begins, on the page behind `after`."""
    best, least = None, BOUND + 1
    in_order = _walk(query)
    for start in _starts(query, _published_range(query, after), fold):
        count = start.count(connection)
        if count < least:
            best, least = start, count
        if count <= FEW:
            break
        if query.order in start.orders:
            in_order = start
    return best or in_order


def conditions_of(query: Query, fold: Callable[[str], str]) -> Iterator[Condition]:
    """Yield what must hold of each node, apart from where the search begins."""
    yield "node.label = ?", (query.label.value,)
    yield from _equalities(query)
    if query.actor_id is not None:
        yield "EXISTS (SELECT 1 FROM node_actor AS a WHERE a.key = node.key AND a.actor_id = ?)", (query.actor_id,)
    if query.actor_ids:
        yield _ANY_ACTOR, (listed(query.actor_ids),)
    if query.target_id is not None:
        yield "(node.target_id = ? OR node.target_id >= ?)", (query.target_id, f"{query.target_id}.")
        yield _target_range(query.target_id)
    if query.published_from is not None:
        # The plus keeps these from being looked up in an index: the start has the closer range.
        yield "+node.published >= ?", (query.published_from.isoformat(),)
    if query.published_to is not None:
        yield "+node.published BETWEEN '0' AND ?", (query.published_to.isoformat(),)
    if query.period_from is not None or query.period_to is not None:
        overlap = "p.key = node.key AND p.last_day >= ? AND p.first_day <= ?"
        yield f"EXISTS (SELECT 1 FROM node_period AS p WHERE {overlap})", _period_range(query)  # noqa: S608
    for term in terms_of(shadow_form(fold(query.text or ""))):
        yield "instr(node.shadow, ?) > 0", (term,)


def _equalities(query: Query) -> Iterator[Condition]:
    equal = {
        "node.kind = ?": query.kind.value if query.kind else None,
        "node.document_id = ? AND node.document_id <> ''": query.document_id,
        "node.claim_id = ?": query.claim_id,
        "node.publisher = ?": query.publisher,
        "node.outcome = ?": query.outcome,
    }
    for condition, value in equal.items():
        if value is not None:
            yield condition, (value,)


def _starts(query: Query, published: tuple[str, str] | None, fold: Callable[[str], str]) -> Iterator[Start]:
    """Yield the starts that the filters offer, those first that mostly leave least."""
    if query.claim_id is not None:
        yield Start("node INDEXED BY node_by_claim", "node.claim_id = ?", (query.claim_id,), BY_DATE)
    if query.document_id is not None:
        by_position = frozenset({Order.POSITION})
        yield Start("node INDEXED BY node_by_position", "node.document_id = ?", (query.document_id,), by_position)
    yield from _actor_starts(query, published)
    match = match_of(terms_of(shadow_form(fold(query.text or ""))))
    if match is not None:
        tables = "search CROSS JOIN node ON node.key = search.rowid"
        yield Start(tables, "search MATCH ?", (match,), counted="search WHERE search MATCH ?")
    if query.target_id is not None:
        yield Start("node INDEXED BY node_by_target", *_target_range(query.target_id))
    if query.outcome is not None:
        yield Start("node INDEXED BY node_by_outcome", "node.outcome = ?", (query.outcome,), BY_DATE)
    if query.publisher is not None:
        yield Start("node INDEXED BY node_by_publisher", "node.publisher = ?", (query.publisher,), BY_DATE)
    if published is not None:
        condition = "node.label = ? AND node.published BETWEEN ? AND ?"
        yield Start("node INDEXED BY node_by_published", condition, (query.label.value, *published), BY_DATE)
    if query.period_from is not None or query.period_to is not None:
        rows = "node_period WHERE last_day >= ? AND first_day <= ?"
        condition = f"node.key IN (SELECT key FROM {rows})"  # noqa: S608
        yield Start("node NOT INDEXED", condition, _period_range(query), counted=rows)


def _actor_starts(query: Query, published: tuple[str, str] | None) -> Iterator[Start]:
    if query.actor_id is not None:
        yield _actor_start(query.actor_id, published)
    if query.actor_ids:
        yield _actors_start(query.actor_ids, published)


def _actor_start(actor_id: str, published: tuple[str, str] | None) -> Start:
    condition = "node_actor.actor_id = ?"
    parameters: tuple[str, ...] = (actor_id,)
    if published is not None:
        condition += " AND node_actor.published BETWEEN ? AND ?"
        parameters += published
    return Start(
        "node_actor CROSS JOIN node ON node.key = node_actor.key",
        condition,
        parameters,
        BY_DATE,
        ordered_by="node_actor",
        counted=f"node_actor WHERE {condition}",
    )


def _actors_start(actor_ids: tuple[str, ...], published: tuple[str, str] | None) -> Start:
    """Begin at several actors at once; a claim that two of them assert is found once."""
    rows = "node_actor WHERE actor_id IN (SELECT value FROM json_each(?))"
    parameters: tuple[str, ...] = (listed(actor_ids),)
    if published is not None:
        rows += " AND published BETWEEN ? AND ?"
        parameters += published
    condition = f"node.key IN (SELECT key FROM {rows})"  # noqa: S608
    return Start("node NOT INDEXED", condition, parameters, counted=rows)


def _walk(query: Query) -> Start:
    if query.order is Order.POSITION:
        return Start("node INDEXED BY node_by_position", "node.document_id >= ''", (), frozenset({query.order}))
    index = "node_by_id" if query.order is Order.ID else "node_by_published"
    return Start(f"node INDEXED BY {index}", "node.label = ?", (query.label.value,), frozenset({query.order}))


def _target_range(target_id: str) -> Condition:
    """What lies below `us.gdp` begins with `us.gdp.`; the character after the dot is the slash."""
    return "node.target_id >= ? AND node.target_id < ?", (target_id, f"{target_id}/")


def _published_range(query: Query, after: SortKey | None) -> tuple[str, str] | None:
    """Return the first and the last date that can still come, given where the page before ended."""
    if query.published_from is None and query.published_to is None:
        return None
    first = query.published_from.isoformat() if query.published_from else "0"
    last = query.published_to.isoformat() if query.published_to else "~"
    if after is not None and query.order is Order.PUBLISHED:
        first = max(first, str(after[0]))
    if after is not None and query.order is Order.PUBLISHED_DESCENDING:
        last = min(last, str(after[0]))
    return first, last


def _period_range(query: Query) -> tuple[str, str]:
    return (
        query.period_from.isoformat() if query.period_from else FIRST_DAY,
        query.period_to.isoformat() if query.period_to else LAST_DAY,
    )
