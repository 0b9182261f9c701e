"""From a query to Cypher: filters, order and keyset, all values as parameters."""

from collections.abc import Iterator
from typing import Final, TypeAlias

from kg.neo4j.layout import key_of
from kg.store.bigrams import RUN, needs_reading
from kg.store.cursors import SortKey
from kg.store.rows import NO_WORTH
from kg.store.standing import DECIDED
from kg.store.wanted import ANY_DATED, Wanted
from schemas.graph import Order, Review

COLUMNS_OF: Final = {
    Order.ID: ("id",),
    Order.PUBLISHED: ("_published", "id"),
    Order.PUBLISHED_DESCENDING: ("_published", "id"),
    Order.POSITION: ("_document", "_position", "id"),
    Order.CHECK_WORTHINESS: ("_worth", "id"),
    Order.DUE: ("_due", "id"),
}
"""What each order compares."""
DESCENDING: Final = frozenset({Order.PUBLISHED_DESCENDING, Order.CHECK_WORTHINESS})
"""The whole order reversed, so that what is unknown comes last."""

Parameter: TypeAlias = str | int | float | list[str]
Condition: TypeAlias = tuple[str, dict[str, Parameter]]

_ALL: Final = "MATCH (n:{label})"
_BY_TEXT: Final = "CALL db.index.fulltext.queryNodes('entity_grams', $match) YIELD node AS n WITH n WHERE n:{label}"


def cypher_of(wanted: Wanted) -> tuple[str, dict[str, Parameter]]:
    """Return the Cypher for one page and one item more, and its parameters."""
    query, key = wanted.query, wanted.after
    match = lucene_of(wanted.terms)
    conditions = [*_filters(wanted), *_verified(wanted.terms), *(_behind(query.order, key) if key else ())]
    parameters: dict[str, Parameter] = {"limit": query.limit + 1}
    if match is not None:
        parameters["match"] = match
    for _, given in conditions:
        parameters |= given
    start = (_ALL if match is None else _BY_TEXT).format(label=query.label.value)
    where = " AND ".join(["true", *(text for text, _ in conditions)])
    columns = [_column(name) for name in COLUMNS_OF[query.order]]
    order = ", ".join(column + _direction(query.order) for column in columns)
    return (
        f"{start} WITH n WHERE {where} RETURN n, [{', '.join(columns)}] AS key ORDER BY {order} LIMIT $limit",
        parameters,
    )


def lucene_of(terms: tuple[str, ...]) -> str | None:
    """Return the Lucene expression that finds at least all texts with these terms.

    Returns:
        The expression; None where the terms hold nothing that is indexed, so that only reading the texts tells.

    Example:
        >>> lucene_of(("聯準會", "息"))
        '"聯準" AND "準會" AND 息*'
    """
    runs = [run for term in terms for run in RUN.findall(term)]
    words = (f"{run}*" if len(run) == 1 else f'"{run[i : i + 2]}"' for run in runs for i in range(max(1, len(run) - 1)))
    return " AND ".join(dict.fromkeys(words)) or None


_WHERE_UNKNOWN: Final = {"_document": "''", "_due": "''", "_worth": str(NO_WORTH)}
"""What stands for a property that a node may lack, in an order."""


def _column(name: str) -> str:
    return f"coalesce(n.{name}, {_WHERE_UNKNOWN[name]})" if name in _WHERE_UNKNOWN else f"n.{name}"


def _direction(order: Order) -> str:
    return " DESC" if order in DESCENDING else ""


def _behind(order: Order, key: SortKey) -> Iterator[Condition]:
    """Yield the condition that an item stands behind the key: greater in the first column that differs."""
    sign = "<" if order in DESCENDING else ">"
    columns = [_column(name) for name in COLUMNS_OF[order]]
    cases = []
    for i, column in enumerate(columns):
        equal = [f"{earlier} = $key_{j}" for j, earlier in enumerate(columns[:i])]
        cases.append(" AND ".join([*equal, f"{column} {sign} $key_{i}"]))
    yield f"({' OR '.join(f'({case})' for case in cases)})", {f"key_{i}": part for i, part in enumerate(key)}


def _filters(wanted: Wanted) -> Iterator[Condition]:
    query = wanted.query
    equal = {
        "kind": query.kind.value if query.kind else None,
        "document": query.document_id,
        "claim": query.claim_id,
        "publisher": query.publisher,
        "outcome": query.outcome,
    }
    for name, value in equal.items():
        if value is not None:
            yield f"n._{name} = ${name}", {name: key_of(value)}
    if query.actor_id is not None:
        yield "$actor IN n._actors", {"actor": key_of(query.actor_id)}
    if query.actor_ids:
        yield "any(a IN n._actors WHERE a IN $among)", {"among": [key_of(actor_id) for actor_id in query.actor_ids]}
    if query.target_id is not None:
        below: dict[str, Parameter] = {"target": key_of(query.target_id), "below": f"{query.target_id}."}
        yield "(n._target = $target OR n._target STARTS WITH $below)", below
    if query.indicator_id is not None:
        measured: Parameter = [key_of(target_id) for target_id in wanted.measured]
        asked: dict[str, Parameter] = {"indicator": key_of(query.indicator_id), "measured": measured}
        yield "(n._indicator = $indicator OR n._target IN $measured)", asked
    if query.min_check_worthiness is not None:
        yield "n._worth >= $least_worth", {"least_worth": query.min_check_worthiness}
    if query.review is not None:
        yield _REVIEWED[query.review], {"decided": list(DECIDED)}
    yield from _date_filters(wanted)


_REVIEWED: Final = {
    Review.UNREVIEWED: "n._outcome IS NULL",
    Review.OPEN: "n._outcome IS NOT NULL AND NOT n._outcome IN $decided",
    Review.DECIDED: "n._outcome IN $decided",
}


def _date_filters(wanted: Wanted) -> Iterator[Condition]:
    due_by = wanted.query.due_by
    due = (ANY_DATED[0], due_by.isoformat()) if due_by is not None else None
    for name, days in (("published", wanted.published), ("said", wanted.said), ("due", due)):
        if days is not None:
            condition = f"n._{name} >= ${name}_from AND n._{name} <= ${name}_to"
            yield condition, {f"{name}_from": days[0], f"{name}_to": days[1]}
    if wanted.period is not None:
        first, last = wanted.period
        overlap = "n._last_days[i] >= $first_day AND n._first_days[i] <= $last_day"
        yield f"any(i IN range(0, size(n._first_days) - 1) WHERE {overlap})", {"first_day": first, "last_day": last}


def _verified(terms: tuple[str, ...]) -> Iterator[Condition]:
    """Yield a condition for each term of which the index may say too much."""
    for i, term in enumerate(filter(needs_reading, terms)):
        yield f"n._shadow CONTAINS $term_{i}", {f"term_{i}": term}
