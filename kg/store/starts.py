"""Where a search may begin: each filter that may leave little has an index to look it up in."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.store.bigrams import match_of
from kg.store.facets import DayRange
from kg.store.standing import DECIDED
from kg.store.state import listed
from kg.store.wanted import ANY_DATED, Wanted
from schemas.graph import NodeLabel, Order, Review

Parameter = str | int | float
BY_DATE: Final = frozenset({Order.PUBLISHED, Order.PUBLISHED_DESCENDING})
_INDEX_OF: Final = {
    Order.ID: "node_by_id",
    Order.PUBLISHED: "node_by_published",
    Order.PUBLISHED_DESCENDING: "node_by_published",
    Order.POSITION: "node_by_position",
    Order.CHECK_WORTHINESS: "node_by_worthiness",
    Order.DUE: "node_by_due",
}
_INDEX_OF_CLAIM: Final = ("node_by_claim", "node_by_node_id")
"""Of the column that `claim_column` names."""
_BELOW: Final = "node.target_id >= ? AND node.target_id < ?"


@dataclass(frozen=True, slots=True)
class Start:
    """Where a search may begin.

    Attributes:
        tables: the FROM clause, with the index that is to be used.
        condition: what is looked up in that index.
        orders: the orders in which the rows come from there.
        ordered_by: the table whose columns carry those orders.
        counted: the rows to count, where fewer tables tell; else those of `tables` and `condition`.
        covers: the filters that hold of all rows that come from there.
    """

    tables: str
    condition: str
    parameters: tuple[Parameter, ...] = ()
    orders: frozenset[Order] = frozenset()
    ordered_by: str = "node"
    counted: str | None = None
    covers: frozenset[str] = frozenset()

    def count(self, connection: sqlite3.Connection, bound: int) -> int:
        """Return how many rows there are from here, at most one more than `bound`."""
        # Tables and conditions are constants of this module; all values are parameters.
        rows = self.counted or f"{self.tables} WHERE {self.condition}"
        statement = f"SELECT count(*) FROM (SELECT 1 FROM {rows} LIMIT ?)"  # noqa: S608
        found: int = connection.execute(statement, (*self.parameters, bound + 1)).fetchone()[0]
        return found


def walk(wanted: Wanted) -> Start:
    """Return the start that goes along the order asked for, whatever is wanted."""
    query = wanted.query
    index = _INDEX_OF[query.order]
    if query.order is Order.POSITION:
        return Start(f"node INDEXED BY {index}", "node.document_id >= ''", (), frozenset({query.order}))
    return Start(f"node INDEXED BY {index}", "node.label = ?", (query.label.value,), frozenset({query.order}))


def below(target_id: str) -> tuple[str, str]:
    """Return the range of what lies below `us.gdp`: it begins with `us.gdp.`, and after the dot comes the slash.

    Example:
        >>> below("us.gdp")
        ('us.gdp', 'us.gdp/')
    """
    return target_id, f"{target_id}/"


def claim_column(label: NodeLabel) -> str:
    """Return the column that says which claim a node of a label is, or is about.

    Example:
        >>> claim_column(NodeLabel.CLAIM), claim_column(NodeLabel.VERDICT)
        ('node_id', 'claim_id')
    """
    return "node_id" if label is NodeLabel.CLAIM else "claim_id"


def starts_of(wanted: Wanted) -> Iterator[Start]:
    """Yield the starts that the filters offer, those first that mostly leave least."""
    query = wanted.query
    if query.claim_id is not None:
        index, column = _INDEX_OF_CLAIM[query.label is NodeLabel.CLAIM], claim_column(query.label)
        yield Start(f"node INDEXED BY {index}", f"node.{column} = ?", (query.claim_id,), BY_DATE)
    if query.document_id is not None:
        by_position = frozenset({Order.POSITION})
        yield Start(
            "node INDEXED BY node_by_position",
            "node.document_id = ?",
            (query.document_id,),
            by_position,
            covers=frozenset({"document_id"}),
        )
    yield from _actor_starts(wanted)
    match = match_of(wanted.terms)
    if match is not None:
        tables = "search CROSS JOIN node ON node.key = search.rowid"
        yield Start(tables, "search MATCH ?", (match,), counted="search WHERE search MATCH ?")
    if query.target_id is not None:
        yield Start("node INDEXED BY node_by_target", _BELOW, below(query.target_id))
    yield from _judged_starts(wanted)
    if query.publisher is not None:
        yield Start("node INDEXED BY node_by_publisher", "node.publisher = ?", (query.publisher,), BY_DATE)
    yield from _dated_starts(wanted)
    if query.min_check_worthiness is not None:
        condition, by_worth = "node.label = ? AND node.check_worthiness >= ?", frozenset({Order.CHECK_WORTHINESS})
        parameters = (query.label.value, query.min_check_worthiness)
        yield Start("node INDEXED BY node_by_worthiness", condition, parameters, by_worth)


def _judged_starts(wanted: Wanted) -> Iterator[Start]:
    query = wanted.query
    if query.outcome is not None:
        yield Start("node INDEXED BY node_by_outcome", "node.outcome = ?", (query.outcome,), BY_DATE)
    if query.review is Review.DECIDED:
        condition = "node.outcome IN (SELECT value FROM json_each(?))"
        yield Start("node INDEXED BY node_by_outcome", condition, (listed(DECIDED),))
    if query.due_by is not None:
        parameters = (query.label.value, ANY_DATED[0], query.due_by.isoformat())
        condition, by_due = "node.label = ? AND node.due BETWEEN ? AND ?", frozenset({Order.DUE})
        covers = frozenset({"due_by"})
        yield Start("node INDEXED BY node_by_due", condition, parameters, by_due, covers=covers)


def _dated_starts(wanted: Wanted) -> Iterator[Start]:
    published = _still_to_come(wanted)
    if published is not None:
        condition = "node.label = ? AND node.published BETWEEN ? AND ?"
        yield Start("node INDEXED BY node_by_published", condition, (wanted.query.label.value, *published), BY_DATE)
    if wanted.said is not None:
        yield Start("node INDEXED BY node_by_said", "node.said_on BETWEEN ? AND ?", wanted.said)
    if wanted.period is not None:
        rows = "node_period WHERE last_day >= ? AND first_day <= ?"
        condition = f"node.key IN (SELECT key FROM {rows})"  # noqa: S608
        yield Start("node NOT INDEXED", condition, wanted.period, counted=rows)


def _actor_starts(wanted: Wanted) -> Iterator[Start]:
    query, published = wanted.query, _still_to_come(wanted)
    if query.actor_id is not None:
        yield _actor_start(query.actor_id, published)
    if query.actor_ids:
        yield _actors_start(query.actor_ids, published)


def _actor_start(actor_id: str, published: DayRange | None) -> Start:
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
        covers=frozenset({"actor_id", "published_from", "published_to"}),
    )


def _actors_start(actor_ids: tuple[str, ...], published: DayRange | None) -> Start:
    """Begin at several actors at once; a claim that two of them assert is found once."""
    rows = "node_actor WHERE actor_id IN (SELECT value FROM json_each(?))"
    parameters: tuple[str, ...] = (listed(actor_ids),)
    if published is not None:
        rows += " AND published BETWEEN ? AND ?"
        parameters += published
    condition = f"node.key IN (SELECT key FROM {rows})"  # noqa: S608
    return Start("node NOT INDEXED", condition, parameters, counted=rows)


def _still_to_come(wanted: Wanted) -> DayRange | None:
    """Return the first and the last publication date that can still come, given where the page before ended."""
    if wanted.published is None:
        return None
    first, last = wanted.published
    if wanted.after is not None and wanted.query.order is Order.PUBLISHED:
        first = max(first, str(wanted.after[0]))
    if wanted.after is not None and wanted.query.order is Order.PUBLISHED_DESCENDING:
        last = min(last, str(wanted.after[0]))
    return first, last
