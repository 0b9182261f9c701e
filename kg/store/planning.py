"""Where a search begins: the same query takes the same way, whatever the database would guess.

Each filter that may leave little has an index to begin at. Where one of them gives all that is wanted, in
the order asked for, the search begins there: no row is read in vain. Else we count in each, up to a bound;
the filter that leaves least wins. Where none leaves little, the search walks along the order asked for and
soon has a page full. All other conditions are checked row by row.
"""

import sqlite3
from collections.abc import Iterator
from typing import Final

from kg.store.standing import DECIDED
from kg.store.starts import Parameter, Start, below, claim_column, starts_of, walk
from kg.store.state import listed
from kg.store.wanted import ANY_DATED, Wanted
from schemas.claim import ClaimKind
from schemas.graph import Query, Review

BOUND: Final = 2500
"""Rows that are gathered and sorted for one page; walking is cheaper for a filter that leaves more."""
FEW: Final = 100
"""So few rows that no other filter needs to be tried."""

_FILTERS: Final = tuple(name for name in Query.model_fields if name not in {"label", "order", "limit", "cursor"})

Condition = tuple[str, tuple[Parameter, ...]]
_ANY_ACTOR: Final = (
    "EXISTS (SELECT 1 FROM node_actor AS a WHERE a.key = node.key AND a.actor_id IN (SELECT value FROM json_each(?)))"
)
_IN_PERIOD: Final = (
    "EXISTS (SELECT 1 FROM node_period AS p WHERE p.key = node.key AND p.last_day >= ? AND p.first_day <= ?)"
)
_IS_DECIDED: Final = "node.outcome IN (SELECT value FROM json_each(?))"


def start_of(connection: sqlite3.Connection, wanted: Wanted) -> Start:
    """Return where the search for what is wanted begins."""
    best, least = None, BOUND + 1
    in_order = walk(wanted)
    filters = _filters_of(wanted.query)
    for start in starts_of(wanted):
        if wanted.query.order in start.orders and filters <= start.covers:
            return start
        count = start.count(connection, BOUND)
        if count < least:
            best, least = start, count
        if count <= FEW:
            break
        if wanted.query.order in start.orders:
            in_order = start
    return best or in_order


def _filters_of(query: Query) -> frozenset[str]:
    """Return the names of the filters that a query has and that leave something out."""
    found = {name for name in _FILTERS if getattr(query, name) not in {None, ()}}
    # What is due is a prediction.
    return frozenset(found - {"kind"} if query.due_by is not None and query.kind is ClaimKind.PREDICTION else found)


def conditions_of(wanted: Wanted, start: Start) -> Iterator[Condition]:
    """Yield what must hold of each node, apart from what holds of all that come from the start."""
    query = wanted.query
    yield "node.label = ?", (query.label.value,)
    yield from _equalities(query)
    if query.actor_id is not None and "actor_id" not in start.covers:
        yield "EXISTS (SELECT 1 FROM node_actor AS a WHERE a.key = node.key AND a.actor_id = ?)", (query.actor_id,)
    if query.actor_ids:
        yield _ANY_ACTOR, (listed(query.actor_ids),)
    if query.target_id is not None:
        yield "(node.target_id = ? OR node.target_id >= ?)", (query.target_id, f"{query.target_id}.")
        yield "node.target_id >= ? AND node.target_id < ?", below(query.target_id)
    if query.indicator_id is not None:
        measured = "node.target_id IN (SELECT value FROM json_each(?))"
        yield f"(node.indicator_id = ? OR {measured})", (query.indicator_id, listed(wanted.measured))
    if query.review is not None:
        yield _review(query.review)
    yield from _dated(wanted, start)
    for term in wanted.terms:
        yield "instr(node.shadow, ?) > 0", (term,)


def _equalities(query: Query) -> Iterator[Condition]:
    equal = {
        "node.kind = ?": query.kind.value if query.kind else None,
        "node.document_id = ? AND node.document_id <> ''": query.document_id,
        f"node.{claim_column(query.label)} = ?": query.claim_id,
        "node.publisher = ?": query.publisher,
        "node.outcome = ?": query.outcome,
    }
    for condition, value in equal.items():
        if value is not None:
            yield condition, (value,)


def _review(review: Review) -> Condition:
    if review is Review.UNREVIEWED:
        return "node.outcome IS NULL", ()
    if review is Review.DECIDED:
        return _IS_DECIDED, (listed(DECIDED),)
    return f"node.outcome IS NOT NULL AND NOT {_IS_DECIDED}", (listed(DECIDED),)


def _dated(wanted: Wanted, start: Start) -> Iterator[Condition]:
    """Yield ranges; the plus keeps them from being looked up in an index: the start has the closer range."""
    if wanted.published is not None and "published_from" not in start.covers:
        yield "+node.published BETWEEN ? AND ?", wanted.published
    if wanted.said is not None:
        yield "+node.said_on BETWEEN ? AND ?", wanted.said
    if wanted.period is not None:
        yield _IN_PERIOD, wanted.period
    if wanted.query.due_by is not None and "due_by" not in start.covers:
        yield "+node.due BETWEEN ? AND ?", (ANY_DATED[0], wanted.query.due_by.isoformat())
    if wanted.query.min_check_worthiness is not None:
        yield "+node.check_worthiness >= ?", (wanted.query.min_check_worthiness,)
