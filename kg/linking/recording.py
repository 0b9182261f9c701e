"""Judgements and editors' names as changes of the graph, and back out of it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from kg.linking.identity import Identities, identities_of
from kg.nodes import actor_node, actor_of, alias_node, alias_of, judgement_node, judgement_of_node
from kg.store.paging import every
from kg.store.protocol import Store
from schemas.actor import Actor, Alias, Judgement, Name
from schemas.graph import Change, Edge, EdgeType, Node, NodeLabel, Query, change_of, edge_of
from schemas.ids import content_id

PAGE = 1000

Item = TypeVar("Item")


def changes_of_judgement(judgement: Judgement, *, new: Iterable[Actor] = ()) -> list[Change]:
    """Return the changes that record a judgement: a node of its own, and whom it is of. Nothing else moves.

    Args:
        judgement: what was decided.
        new: those of the two that the store does not hold yet.
    """
    ends = (edge_of(EdgeType.JUDGES, judgement.judgement_id, actor_id) for actor_id in judgement.pair)
    elements: list[Node | Edge] = [*map(actor_node, new), judgement_node(judgement), *ends]
    return [change_of(None, e, who=judgement.who, why=judgement.why, at=judgement.judged_at) for e in elements]


def changes_of_alias(actor: Actor, name: Name, *, before: Node | None, who: str, at: datetime) -> list[Change]:
    """Return the changes that give an actor an editor's name; its node gains the name too, so that it is found by it.

    Args:
        actor: the actor as it is.
        name: the name to add.
        before: the actor's node; None where the store does not hold the actor yet.
        who: the editor.
        at: when, with a zone.
    """
    alias = Alias(alias_id=content_id("alias", actor.actor_id, name.text), actor_id=actor.actor_id, name=name)
    has_it = any(known.text == name.text for known in actor.names)
    named = actor if has_it else actor.model_copy(update={"names": (*actor.names, name)})
    elements: list[Node | Edge] = [alias_node(alias), edge_of(EdgeType.NAMES, alias.alias_id, actor.actor_id)]
    why = f"an editor calls {actor.actor_id} {name.text}"
    changes = [change_of(None, element, who=who, why=why, at=at) for element in elements]
    if before is None or not has_it:
        changes.insert(0, change_of(before, actor_node(named), who=who, why=why, at=at))
    return changes


def changes_of_withdrawal(alias: Alias, actor: Node, *, who: str, at: datetime) -> list[Change]:
    """Return the changes that take an editor's name back; the log keeps that it was given.

    The actor loses the name too, so that another may get it; a text that uses it brings it back.
    """
    known = actor_of(actor)
    kept = known.model_copy(update={"names": tuple(name for name in known.names if name.text != alias.name.text)})
    edge = edge_of(EdgeType.NAMES, alias.alias_id, alias.actor_id)
    pairs: list[tuple[Node | Edge, Node | None]] = [
        (edge, None), (alias_node(alias), None), (actor, actor_node(kept)),
    ]  # fmt: skip
    why = f"an editor no longer calls {alias.actor_id} {alias.name.text}"
    return [change_of(before, after, who=who, why=why, at=at) for before, after in pairs if before != after]


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


def settled(store: Store, judgements: Iterable[Judgement]) -> Identities:
    """Return which ids mean the same actor after these judgements; who is not in the store is not provisional.

    Raises:
        ConflictError: they contradict each other, as `kg.linking.identity.identities_of` says.
    """
    judgements = tuple(judgements)
    ids = sorted({actor_id for judgement in judgements for actor_id in judgement.pair})
    provisional = {node.node_id for node in store.nodes(ids) if actor_of(node).is_provisional}
    return identities_of(judgements, provisional=provisional)


def _all(store: Store, label: NodeLabel, read: Callable[[Node], Item]) -> Iterator[Item]:
    yield from map(read, every(store, Query(label=label, limit=PAGE)))
