"""A store in memory for tests: the protocol in plain Python, scanning instead of indexing."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from threading import Lock

from kg.store.admission import check_id, check_reach
from kg.store.cursors import SortKey, cursor_of
from kg.store.facets import DayRange, Facets, facets_of
from kg.store.protocol import Store
from kg.store.rows import NO_WORTH
from kg.store.standing import JUDGING, Judged, Standing, review_of, standing_of
from kg.store.wanted import ANY_DATED, Wanted, wanted_of
from schemas.errors import BackendError, ConflictError, InputError, NotFoundError
from schemas.graph import (
    Applied,
    Change,
    Edge,
    Element,
    LoggedChange,
    Node,
    NodeLabel,
    Order,
    Page,
    Query,
    Subgraph,
    element_id,
)

DESCENDING = {Order.PUBLISHED_DESCENDING, Order.CHECK_WORTHINESS}


class FakeStore(Store):
    """Keeps the log in a list and the present elements in a dictionary."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        self._fold = fold
        self._log: list[LoggedChange] = []
        self._present: dict[str, Element] = {}
        self._facets: dict[str, Facets] = {}
        self._is_closed = False
        self._writing = Lock()

    def apply(self, changes: Sequence[Change]) -> Applied:
        self._check_open()
        with self._writing:
            return self._apply(changes)

    def _apply(self, changes: Sequence[Change]) -> Applied:
        log, present = list(self._log), dict(self._present)
        known = 0
        seen = {logged.change.change_id for logged in log}
        for change in changes:
            check_id(change.element_id)
            check_id(change.change_id)
            if change.change_id in seen or same(change.after, present.get(change.element_id)):
                known += 1
                continue
            take(change, present)
            seen.add(change.change_id)
            log.append(LoggedChange(sequence=len(log) + 1, change=change))
        self._log, self._present, self._facets = log, present, {}
        return Applied(applied=len(changes) - known, known=known, last_sequence=len(log))

    def node(self, node_id: str) -> Node:
        found = self.nodes([node_id])
        if not found:
            raise NotFoundError("store.node_unknown", f"there is no {node_id} in the store")
        return found[0]

    def nodes(self, node_ids: Sequence[str]) -> tuple[Node, ...]:
        self._check_open()
        found = [self._present.get(i) for i in dict.fromkeys(node_ids)]
        return tuple(element for element in found if isinstance(element, Node))

    def find(self, query: Query) -> Page[Node]:
        self._check_open()
        wanted = wanted_of(query, self._fold, lambda node_id: self.nodes([node_id]))
        is_descending = query.order in DESCENDING
        nodes = [node for node in self._nodes() if node.label is query.label and self._matches(wanted, node)]
        nodes.sort(key=lambda node: self._sort_key(query, node), reverse=is_descending)
        if wanted.after is not None:
            nodes = [node for node in nodes if is_behind(query, self._sort_key(query, node), wanted.after)]
        items = tuple(nodes[: query.limit])
        has_more = len(nodes) > query.limit
        return Page(items=items, next_cursor=cursor_of(query, self._sort_key(query, items[-1])) if has_more else None)

    def edges(self, node_id: str) -> tuple[Edge, ...]:
        self._check_open()
        return tuple(edge for edge in self._edges() if node_id in (edge.source_id, edge.target_id))

    def neighbourhood(self, node_id: str, *, depth: int = 1, limit: int = 100) -> Subgraph:
        check_reach(depth, limit)
        reached = [self.node(node_id).node_id]
        frontier = reached
        for _ in range(depth):
            frontier = [n for n in dict.fromkeys(self._neighbours(frontier)) if n not in reached]
            reached = reached + frontier
            if not frontier:
                break
        kept = reached[:limit]
        edges = tuple(e for e in self._edges() if e.source_id in kept and e.target_id in kept)
        return Subgraph(nodes=self.nodes(kept), edges=edges, is_truncated=len(reached) > limit)

    def history(self, element_id: str) -> tuple[LoggedChange, ...]:
        self._check_open()
        return tuple(logged for logged in self._log if logged.change.element_id == element_id)

    def log(self, after: int = 0) -> Iterator[LoggedChange]:
        self._check_open()
        return iter(self._log[after:])

    @property
    def last_sequence(self) -> int:
        self._check_open()
        return len(self._log)

    def all_nodes(self) -> Iterator[Node]:
        self._check_open()
        return self._nodes()

    def all_edges(self) -> Iterator[Edge]:
        self._check_open()
        return self._edges()

    def counts(self) -> dict[NodeLabel, int]:
        self._check_open()
        return dict(Counter(node.label for node in self._nodes()))

    def close(self) -> None:
        self._is_closed = True

    def _nodes(self) -> Iterator[Node]:
        return (e for _, e in sorted(self._present.items()) if isinstance(e, Node))

    def _edges(self) -> Iterator[Edge]:
        return (e for _, e in sorted(self._present.items()) if isinstance(e, Edge))

    def _neighbours(self, node_ids: list[str]) -> Iterator[str]:
        for edge in self._edges():
            if edge.source_id in node_ids:
                yield edge.target_id
            if edge.target_id in node_ids:
                yield edge.source_id

    def _facets_of(self, node: Node) -> Facets:
        if node.node_id not in self._facets:
            self._facets[node.node_id] = facets_of(node)
        return self._facets[node.node_id]

    def _publication(self, node: Node) -> tuple[str | None, str | None]:
        facets = self._facets_of(node)
        if node.label is not NodeLabel.CLAIM:
            return facets.publisher, facets.published
        document = self._present.get(facets.document_id or "")
        if not isinstance(document, Node) or document.label is not NodeLabel.DOCUMENT:
            return None, None
        return self._facets_of(document).publisher, self._facets_of(document).published

    def _standing(self, node: Node) -> Standing:
        facets = self._facets_of(node)
        if node.label is not NodeLabel.CLAIM:
            return Standing(facets.outcome, facets.due)
        judging = [n for n in self._nodes() if n.label in JUDGING and self._facets_of(n).claim_id == node.node_id]
        found = [(n.node_id, self._facets_of(n)) for n in judging]
        return standing_of(facets.due, (Judged(f.published or "", i, f.outcome, f.due) for i, f in found if f.outcome))

    def _sort_key(self, query: Query, node: Node) -> SortKey:
        facets = self._facets_of(node)
        published = self._publication(node)[1] or ""
        keys: dict[Order, SortKey] = {
            Order.ID: (),
            Order.PUBLISHED: (published,),
            Order.PUBLISHED_DESCENDING: (published,),
            Order.POSITION: (facets.document_id or "", facets.position),
            Order.CHECK_WORTHINESS: (NO_WORTH if facets.check_worthiness is None else facets.check_worthiness,),
            Order.DUE: (self._standing(node).due or "",) if query.order is Order.DUE else (),
        }
        return (*keys[query.order], node.node_id)

    def _matches(self, wanted: Wanted, node: Node) -> bool:
        query, facets = wanted.query, self._facets_of(node)
        publisher, published = self._publication(node)
        shadow = self._fold("\n".join(facets.texts)).lower()
        return (
            matches_facets(query, facets)
            and matches_indicator(wanted, facets)
            and query.publisher in {None, publisher}
            and lies_in(wanted.published, published)
            and lies_in(wanted.said, facets.said_on)
            and (wanted.period is None or any(overlap(wanted.period, days) for days in facets.periods))
            and all(term in shadow for term in wanted.terms)
            and self._matches_standing(query, node)
        )

    def _matches_standing(self, query: Query, node: Node) -> bool:
        if (query.outcome, query.review, query.due_by) == (None, None, None):
            return True
        standing = self._standing(node)
        due_by = (ANY_DATED[0], query.due_by.isoformat()) if query.due_by else None
        return (
            query.outcome in {None, standing.outcome}
            and query.review in {None, review_of(standing.outcome)}
            and lies_in(due_by, standing.due)
        )

    def _check_open(self) -> None:
        if self._is_closed:
            raise BackendError("store.closed", "the store is closed: open it again")


def is_behind(query: Query, key: SortKey, after: SortKey) -> bool:
    return key < after if query.order in DESCENDING else key > after


def take(change: Change, present: dict[str, Element]) -> None:
    now = present.get(change.element_id)
    if not same(change.before, now):
        raise ConflictError("store.conflict", f"{change.element_id} is not as it was read: read it again")
    if change.after is None:
        check_unlinked(change.element_id, present)
        del present[change.element_id]
        return
    if now is not None and type(now) is not type(change.after):
        raise InputError("store.kind", f"{change.element_id} can't become the other kind of element")
    if isinstance(change.after, Edge):
        for end in (change.after.source_id, change.after.target_id):
            if not isinstance(present.get(end), Node):
                raise NotFoundError("store.node_unknown", f"an edge names the node {end}: add the node first")
    present[element_id(change.after)] = change.after


def check_unlinked(node_id: str, present: dict[str, Element]) -> None:
    for element in present.values():
        if isinstance(element, Edge) and node_id in (element.source_id, element.target_id):
            raise ConflictError("store.node_linked", f"{node_id} still has edges: remove them first")


def same(one: Element | None, other: Element | None) -> bool:
    return canonical(one) == canonical(other)


def canonical(element: Element | None) -> str | None:
    if element is None:
        return None
    try:
        return json.dumps(json.loads(element.model_dump_json()), sort_keys=True)
    except ValueError as error:
        raise InputError("store.text_malformed", "half a character can't be kept") from error


def matches_facets(query: Query, facets: Facets) -> bool:
    below = f"{query.target_id}."
    equal = (
        (query.kind.value if query.kind else None, facets.kind),
        (query.document_id, facets.document_id),
        (query.claim_id, facets.claim_id),
    )
    target, worth, least = facets.target_id or "", facets.check_worthiness, query.min_check_worthiness
    return (
        all(value is None or value == facet for value, facet in equal)
        and (query.actor_id is None or query.actor_id in facets.actor_ids)
        and (not query.actor_ids or not set(query.actor_ids).isdisjoint(facets.actor_ids))
        and (query.target_id is None or target == query.target_id or target.startswith(below))
        and (least is None or (worth is not None and worth >= least))
    )


def matches_indicator(wanted: Wanted, facets: Facets) -> bool:
    asked = wanted.query.indicator_id
    return asked is None or asked == facets.indicator_id or facets.target_id in wanted.measured


def lies_in(days: DayRange | None, day: str | None) -> bool:
    return days is None or (day is not None and days[0] <= day <= days[1])


def overlap(days: DayRange, others: DayRange) -> bool:
    return others[1] >= days[0] and others[0] <= days[1]
