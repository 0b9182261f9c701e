"""Changes into Neo4j: the log and the present state it folds to, in one transaction.

The log lies beside the graph: a node `Change` for each, in the order of `sequence`. One node `Ledger` holds the
last sequence; whoever writes locks it first, so that any number of processes may write and the log has no gap.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from neo4j import ManagedTransaction

from kg.neo4j.layout import ENTITY, command, key_of
from kg.neo4j.projecting import VERSION, write_state
from kg.neo4j.writer import batches
from kg.store.state import Entry, State
from schemas.errors import ConflictError
from schemas.graph import Applied, Change, Edge, Node

CHUNK: Final = 1000
"""Changes folded at a time; all chunks of one call share a transaction."""

_LOCK: Final = f"""
MERGE (l:Ledger {{id: 'ledger'}}) ON CREATE SET l.sequence = 0, l.version = {VERSION}
SET l.is_locked = true RETURN l.sequence AS sequence
"""
_DONE: Final = "MATCH (l:Ledger {id: 'ledger'}) SET l.sequence = $sequence, l.is_locked = null"
# An element's present state is the `after` of its last change.
_HEADS: Final = """
UNWIND $keys AS key MATCH (c:Change {element: key})
WITH key, c ORDER BY c.sequence DESC WITH key, head(collect(c)) AS c
RETURN key, c.sequence AS head, c.after AS after, c.is_node AS is_node
"""
_KNOWN: Final = "MATCH (c:Change) WHERE c.id IN $keys RETURN c.id AS key"
_EDGE_IDS: Final = f"MATCH (:{ENTITY} {{id: $key}})-[r]-() RETURN DISTINCT coalesce(r.full_id, r.id) AS edge_id"
_LOG: Final = "UNWIND $rows AS row CREATE (c:Change) SET c = row"

LogRow: TypeAlias = dict[str, str | int | bool | None]
Fold: TypeAlias = Callable[[str], str]


def apply_changes(transaction: ManagedTransaction, changes: Sequence[Change], fold: Fold) -> Applied:
    """Apply all changes, or none where the transaction is undone; see `kg.store.protocol.Store.apply`."""
    before = sequence = int(_one(transaction, _LOCK)["sequence"])
    for chunk in batches(changes, CHUNK):
        sequence = _apply_chunk(transaction, chunk, fold, sequence)
    transaction.run(command(_DONE), sequence=sequence).consume()
    count = sequence - before
    return Applied(applied=count, known=len(changes) - count, last_sequence=sequence)


def _one(transaction: ManagedTransaction, text: str) -> dict[str, Any]:
    return transaction.run(command(text)).single(strict=True).data()


def _apply_chunk(transaction: ManagedTransaction, changes: list[Change], fold: Fold, sequence: int) -> int:
    state = _load_state(transaction, changes, sequence)
    before = {element_id: entry.stored for element_id, entry in state.entries.items()}
    taken = []
    for change in changes:
        was_node = change.element_id in state.node_keys
        if state.take(change.element_id, change):
            taken.append(change)
            if change.after is None and was_node:
                _check_unlinked(transaction, state, change.element_id)
    rows = [_log_row(state, number, change) for number, change in enumerate(taken)]
    transaction.run(command(_LOG), rows=rows).consume()
    write_state(transaction, state.touched, before, fold)
    return state.sequence


def _log_row(state: State, number: int, change: Change) -> LogRow:
    sequence, change_id, recorded_at, who, why, previous, after = state.rows[number]
    return {
        "sequence": sequence, "id": key_of(change_id), "change_id": change_id, "recorded_at": recorded_at, "who": who,
        "why": why, "previous": previous, "after": after, "element": key_of(change.element_id),
        "is_node": isinstance(change.after or change.before, Node),
    }  # fmt: skip


def _load_state(transaction: ManagedTransaction, changes: list[Change], sequence: int) -> State:
    """Return the state that these changes touch, as the server has it now."""
    state = State(sequence=sequence)
    touched = {change.element_id for change in changes}
    ends = {end for c in changes if isinstance(c.after, Edge) for end in (c.after.source_id, c.after.target_id)}
    id_of = {key_of(element_id): element_id for element_id in touched | ends}
    for record in transaction.run(command(_HEADS), keys=list(id_of)):
        element_id, is_there = id_of[record["key"]], record["after"] is not None
        key = record["head"] if is_there else 0
        if element_id in touched:
            state.entries[element_id] = Entry(
                record["head"], key, record["after"], record["is_node"], was_key=key, was_node=record["is_node"]
            )
        if is_there and record["is_node"]:
            state.node_keys[element_id] = key
    change_of = {key_of(change.change_id): change.change_id for change in changes}
    known = transaction.run(command(_KNOWN), keys=list(change_of))
    state.change_ids.update(change_of[record["key"]] for record in known)
    return state


def _check_unlinked(transaction: ManagedTransaction, state: State, node_id: str) -> None:
    """Refuse to remove a node while edges name it: they would point nowhere."""
    stored = (record["edge_id"] for record in transaction.run(command(_EDGE_IDS), key=key_of(node_id)))
    linked = [edge_id for edge_id in stored if edge_id not in state.touched]
    linked += [
        edge_id
        for edge_id, entry in state.touched.items()
        if isinstance(entry.element, Edge) and node_id in (entry.element.source_id, entry.element.target_id)
    ]
    if linked:
        message = f"the node {node_id} still has edges, as {linked[0]}: remove them first"
        raise ConflictError("store.node_linked", message, node_id=node_id)
