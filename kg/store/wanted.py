"""A query made ready for an engine: its words in the form that is compared, its indicator's targets looked up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.store.admission import check_query
from kg.store.bigrams import shadow_form, terms_of
from kg.store.cursors import SortKey, key_of
from kg.store.facets import FIRST_DAY, INDICATOR_PREFIX, LAST_DAY, DayRange
from schemas.graph import Node, NodeLabel, Query

ANY_DATED: Final = ("0", "~")
"""Every date lies between these, and the empty text, which stands for none, does not."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query wants.

    Attributes:
        query: the query itself.
        after: where the page before ended; None on the first page.
        terms: the words that must all occur, in the form that is compared.
        measured: the targets that the query's indicator measures; empty where it names none.
    """

    query: Query
    after: SortKey | None
    terms: tuple[str, ...]
    measured: tuple[str, ...]

    @property
    def published(self) -> DayRange | None:
        """The first and the last publication date that are wanted; None for any."""
        return _days(self.query.published_from, self.query.published_to, *ANY_DATED)

    @property
    def said(self) -> DayRange | None:
        """The first and the last statement date that are wanted; None for any."""
        return _days(self.query.said_from, self.query.said_to, *ANY_DATED)

    @property
    def period(self) -> DayRange | None:
        """The days that a period must overlap; None for any."""
        return _days(self.query.period_from, self.query.period_to, FIRST_DAY, LAST_DAY)


def wanted_of(query: Query, fold: Callable[[str], str], find: Callable[[str], Iterable[Node]]) -> Wanted:
    """Return a query made ready.

    Args:
        query: what to find.
        fold: brings a text into the form in which texts are compared.
        find: returns the node of an id, or nothing; asked for the query's indicator only.

    Raises:
        InputError: a filter holds half a character, code "store.text_malformed"; the cursor is not of this query,
            code "store.cursor".
    """
    check_query(query)
    terms = terms_of(shadow_form(fold(query.text))) if query.text is not None else ()
    measured: tuple[str, ...] = ()
    if query.indicator_id is not None:
        measured = tuple(t for node in find(INDICATOR_PREFIX + query.indicator_id) for t in measured_by(node))
    return Wanted(query, key_of(query), terms, measured)


def measured_by(node: Node) -> tuple[str, ...]:
    """Return the targets that an indicator measures; none where the node is no indicator.

    Example:
        >>> data = {"targets": ["us.gdp"], "forecast_as": "us.gdp.growth"}
        >>> measured_by(Node(node_id="indicator:gdp", label=NodeLabel.INDICATOR, caption="GDP", data=data))
        ('us.gdp', 'us.gdp.growth')
    """
    targets = node.data.get("targets")
    named = [*(targets if isinstance(targets, list) else ()), node.data.get("forecast_as")]
    is_indicator = node.label is NodeLabel.INDICATOR
    return tuple(dict.fromkeys(name for name in named if is_indicator and isinstance(name, str)))


def _days(first: date | None, last: date | None, earliest: str, latest: str) -> DayRange | None:
    if first is None and last is None:
        return None
    return (first.isoformat() if first else earliest, last.isoformat() if last else latest)
