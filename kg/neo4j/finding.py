"""From a query to Cypher: filters, order and keyset, all values as parameters."""

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from kg.neo4j.layout import key_of
from kg.store.admission import check_query
from kg.store.bigrams import RUN, needs_reading, shadow_form, terms_of
from kg.store.cursors import SortKey
from kg.store.facets import FIRST_DAY, LAST_DAY
from schemas.graph import Order, Query

COLUMNS_OF: Final = {
    Order.ID: ("id",),
    Order.PUBLISHED: ("_published", "id"),
    Order.PUBLISHED_DESCENDING: ("_published", "id"),
    Order.POSITION: ("_document", "_position", "id"),
}
"""What each order compares; descending is the whole order reversed, the undated last."""

Parameter: TypeAlias = str | int | list[str]
Condition: TypeAlias = tuple[str, dict[str, Parameter]]

_ALL: Final = "MATCH (n:{label})"
_BY_TEXT: Final = "CALL db.index.fulltext.queryNodes('entity_grams', $match) YIELD node AS n WITH n WHERE n:{label}"


def cypher_of(query: Query, key: SortKey | None, fold: Callable[[str], str]) -> tuple[str, dict[str, Parameter]]:
    """Return the Cypher for one page and one item more, and its parameters.

    Args:
        query: what to find.
        key: the sort key of the item before the page; None for the first page.
        fold: brings a text into the form in which texts are compared.
    """
    check_query(query)
    terms = terms_of(shadow_form(fold(query.text))) if query.text is not None else ()
    match = lucene_of(terms)
    conditions = [*_filters(query), *_verified(terms), *(_behind(query.order, key) if key else ())]
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


def _column(name: str) -> str:
    return "coalesce(n._document, '')" if name == "_document" else f"n.{name}"


def _direction(order: Order) -> str:
    return " DESC" if order is Order.PUBLISHED_DESCENDING else ""


def _behind(order: Order, key: SortKey) -> Iterator[Condition]:
    """Yield the condition that an item stands behind the key: greater in the first column that differs."""
    sign = "<" if order is Order.PUBLISHED_DESCENDING else ">"
    columns = [_column(name) for name in COLUMNS_OF[order]]
    cases = []
    for i, column in enumerate(columns):
        equal = [f"{earlier} = $key_{j}" for j, earlier in enumerate(columns[:i])]
        cases.append(" AND ".join([*equal, f"{column} {sign} $key_{i}"]))
    yield f"({' OR '.join(f'({case})' for case in cases)})", {f"key_{i}": part for i, part in enumerate(key)}


def _filters(query: Query) -> Iterator[Condition]:
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
    yield from _date_filters(query)


def _date_filters(query: Query) -> Iterator[Condition]:
    if query.published_from is not None:
        yield "n._published >= $published_from", {"published_from": query.published_from.isoformat()}
    if query.published_to is not None:
        yield "n._published <> '' AND n._published <= $published_to", {"published_to": query.published_to.isoformat()}
    if query.period_from is not None or query.period_to is not None:
        first = query.period_from.isoformat() if query.period_from else FIRST_DAY
        last = query.period_to.isoformat() if query.period_to else LAST_DAY
        overlap = "n._last_days[i] >= $first_day AND n._first_days[i] <= $last_day"
        yield f"any(i IN range(0, size(n._first_days) - 1) WHERE {overlap})", {"first_day": first, "last_day": last}


def _verified(terms: tuple[str, ...]) -> Iterator[Condition]:
    """Yield a condition for each term of which the index may say too much."""
    for i, term in enumerate(filter(needs_reading, terms)):
        yield f"n._shadow CONTAINS $term_{i}", {f"term_{i}": term}
