"""Judgements and editors' names as changes of the graph, and back out of it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

from kg.linking.identity import Identities, identities_of
from kg.nodes import actor_node, actor_of, alias_node, alias_of, judgement_node, judgement_of_node
from kg.store.protocol import Store
from schemas.actor import Actor, Alias, Judgement, Name
from schemas.graph import Change, Edge, EdgeType, Node, NodeLabel, Query, change_of, edge_of
from schemas.ids import content_id

PAGE = 1000

Item = TypeVar("Item")


def changes_of_judgement(judgement: Judgement) -> list[Change]:
    """Return the changes that record a judgement: a node of its own, and whom it is of. Nothing else moves."""
    ends = (edge_of(EdgeType.JUDGES, judgement.judgement_id, actor_id) for actor_id in judgement.pair)
    elements: list[Node | Edge] = [judgement_node(judgement), *ends]
    return [change_of(None, e, who=judgement.who, why=judgement.why, at=judgement.judged_at) for e in elements]


def changes_of_alias(actor: Actor, name: Name, *, who: str, at: datetime, is_new: bool = False) -> list[Change]:
    """Return the changes that give an actor an editor's name; its node gains the name too, so that it is found by it.

    Args:
        actor: the actor as it is.
        name: the name to add.
        who: the editor.
        at: when, with a zone.
        is_new: the store does not hold the actor yet.
    """
    alias = Alias(alias_id=content_id("alias", actor.actor_id, name.text), actor_id=actor.actor_id, name=name)
    has_it = any(known.text == name.text for known in actor.names)
    after = actor if has_it else actor.model_copy(update={"names": (*actor.names, name)})
    edge = edge_of(EdgeType.NAMES, alias.alias_id, actor.actor_id)
    pairs: list[tuple[Node | None, Node | Edge]] = [
        (None if is_new else actor_node(actor), actor_node(after)),
        (None, alias_node(alias)),
        (None, edge),
    ]
    why = f"an editor calls {actor.actor_id} {name.text}"
    return [change_of(before, element, who=who, why=why, at=at) for before, element in pairs if before != element]


def judgements_in(store: Store) -> list[Judgement]:
    """Return every judgement ever made, ordered by id."""
    return list(_all(store, NodeLabel.JUDGEMENT, judgement_of_node))


def aliases_in(store: Store) -> list[Alias]:
    """Return every name that editors gave, ordered by id."""
    return list(_all(store, NodeLabel.ALIAS, alias_of))


def read_identities(store: Store) -> Identities:
    """Return which ids mean the same actor, after all judgements in a store.

    Raises:
        ConflictError: they contradict each other, as `kg.linking.identity.identities_of` says.
    """
    return settled(store, judgements_in(store))


def settled(store: Store, judgements: list[Judgement]) -> Identities:
    """Return which ids mean the same actor after these judgements of a store's actors.

    Raises:
        ConflictError: they contradict each other, as `kg.linking.identity.identities_of` says.
    """
    ids = sorted({actor_id for judgement in judgements for actor_id in judgement.pair})
    provisional = {node.node_id for node in store.nodes(ids) if actor_of(node).is_provisional}
    return identities_of(judgements, provisional=provisional)


def _all(store: Store, label: NodeLabel, read: Callable[[Node], Item]) -> Iterator[Item]:
    query = Query(label=label, limit=PAGE)
    while True:
        page = store.find(query)
        yield from map(read, page.items)
        if page.next_cursor is None:
            return
        query = query.model_copy(update={"cursor": page.next_cursor})
