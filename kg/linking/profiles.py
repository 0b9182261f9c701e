"""What the graph knows of each actor that may tell whether two are one: names, jobs, company, companions."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from pydantic import JsonValue

from kg.linking.identity import Identities
from kg.nodes import actor_of
from kg.store.protocol import Store
from schemas.actor import ANALYSTS, MARKET, Actor, ActorType, NameKind
from schemas.graph import Edge, EdgeType, NodeLabel, Query

NOBODY: Final = frozenset({MARKET, ANALYSTS})
"""Speakers that are no single actor, so that nobody can be the same as they."""
PAGE: Final = 1000
_DOTS: Final = str.maketrans(dict.fromkeys("‧•・･∙⋅●．-", "·"))


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor with all ids merged so far, as far as it matters for telling who is who.

    Attributes:
        actor_id: the canonical id.
        names: as they are shown, by their folded form: in Simplified script, lower case, one sort of dot.
        tickers: codes on exchanges.
        jobs: employer and title; the employer's canonical id.
        documents: where a claim of or about it stands.
        met_in_claims: the actors that stand in one claim with it.
    """

    actor_id: str
    actor_type: ActorType
    is_provisional: bool
    names: Mapping[str, str]
    tickers: frozenset[str] = frozenset()
    jobs: frozenset[tuple[str, str]] = frozenset()
    documents: frozenset[str] = frozenset()
    met_in_claims: frozenset[str] = frozenset()

    @property
    def caption(self) -> str:
        """The first name."""
        return next(iter(self.names.values()), self.actor_id)


def profiles_of(
    store: Store, identities: Identities, *, fold: Callable[[str], str], known: Iterable[Actor] = ()
) -> dict[str, Profile]:
    """Return the profiles of all actors by canonical id; all edges of the store are read once.

    Args:
        store: the graph.
        identities: which ids were merged already.
        fold: brings a name into one script and width (`extract.normalize.shadow_of`).
        known: actors that may be meant though no text has named them yet.
    """
    found = {actor.actor_id: actor for actor in known} | {actor.actor_id: actor for actor in _actors_in(store)}
    actors: dict[str, list[Actor]] = defaultdict(list)
    for actor in found.values():
        if actor.actor_id not in NOBODY:
            actors[identities.canonical(actor.actor_id)].append(actor)
    seen = _seen_in(store.all_edges(), identities)
    return {i: _profile(i, members, seen, fold) for i, members in sorted(actors.items())}


def folded_name(text: str, fold: Callable[[str], str]) -> str:
    """Return a name in the form in which names are compared.

    Example:
        >>> folded_name("Ray‧Dalio", str)
        'ray·dalio'
    """
    return fold(text).translate(_DOTS).strip().lower()


@dataclass(slots=True)
class _Seen:
    """What edges say of actors, by canonical id; claims by their own."""

    jobs: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    document_of: dict[str, str] = field(default_factory=dict)
    claims: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    actors_of: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def _seen_in(edges: Iterable[Edge], identities: Identities) -> _Seen:
    seen = _Seen()
    for edge in edges:
        target_id = identities.canonical(edge.target_id)
        if edge.edge_type is EdgeType.STATED_IN:
            seen.document_of[edge.source_id] = edge.target_id
        elif edge.edge_type in (EdgeType.ASSERTED_BY, EdgeType.MENTIONS):
            seen.claims[target_id].add(edge.source_id)
            seen.actors_of[edge.source_id].add(target_id)
        elif edge.edge_type is EdgeType.EMPLOYED_BY:
            titles = {(target_id, title) for title in _titles(edge.data.get("titles"), edge.data.get("title"))}
            seen.jobs[identities.canonical(edge.source_id)] |= titles
    return seen


def _titles(titles: JsonValue, title: JsonValue) -> list[str]:
    found = titles if isinstance(titles, list) else [title]
    return [one for one in found if isinstance(one, str)]


def _profile(actor_id: str, members: list[Actor], seen: _Seen, fold: Callable[[str], str]) -> Profile:
    members = sorted(members, key=lambda actor: (actor.actor_id != actor_id, actor.actor_id))
    names = [name for actor in members for name in actor.names]
    shown: dict[str, str] = {}
    for name in names:
        if name.kind is not NameKind.TICKER and (folded := folded_name(name.text, fold)):
            shown.setdefault(folded, name.text)
    claims = seen.claims.get(actor_id, set())
    return Profile(
        actor_id=actor_id,
        actor_type=members[0].actor_type,
        is_provisional=all(actor.is_provisional for actor in members),
        names=shown,
        tickers=frozenset(name.text for name in names if name.kind is NameKind.TICKER),
        jobs=frozenset((employer, fold(title)) for employer, title in seen.jobs.get(actor_id, ())),
        documents=frozenset(seen.document_of[claim] for claim in claims if claim in seen.document_of),
        met_in_claims=frozenset(other for claim in claims for other in seen.actors_of[claim]) - {actor_id},
    )


def _actors_in(store: Store) -> Iterable[Actor]:
    query = Query(label=NodeLabel.ACTOR, limit=PAGE)
    while True:
        page = store.find(query)
        yield from map(actor_of, page.items)
        if page.next_cursor is None:
            return
        query = query.model_copy(update={"cursor": page.next_cursor})
