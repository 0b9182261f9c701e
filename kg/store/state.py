"""The part of the present state that a batch of changes touches, and how changes fold over it."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pydantic_core import PydanticSerializationError, SchemaSerializer, core_schema

from kg.store.admission import check_id
from kg.store.rows import LABELS
from schemas.errors import ConflictError, InputError, NotFoundError
from schemas.graph import Change, Edge, Element, Node

_PRESENT_NODES: Final = """
SELECT node_id, key, head, after FROM node JOIN log ON sequence = head
WHERE node_id IN (SELECT value FROM json_each(?))
"""
_PRESENT_EDGES: Final = """
SELECT edge_id, key, head, after FROM edge JOIN log ON sequence = head
WHERE edge_id IN (SELECT value FROM json_each(?))
"""
_REMOVED: Final = "SELECT element_id, head FROM removed WHERE element_id IN (SELECT value FROM json_each(?))"
_KEYS_OF: Final = "SELECT node_id, key FROM node WHERE node_id IN (SELECT value FROM json_each(?))"
_PLAIN: Final = SchemaSerializer(core_schema.any_schema())
_KNOWN_CHANGES: Final = "SELECT change_id FROM log WHERE change_id IN (SELECT value FROM json_each(?))"


@dataclass(slots=True)
class Entry:
    """One element: its last change, its key among the present (0 where it is not), and how it is stored.

    `element` is set once a change of this batch made it; the fields with `was` are of before the batch.
    """

    head: int | None = None
    key: int = 0
    stored: str | None = None
    is_node: bool = True
    was_key: int = 0
    was_node: bool = True
    was_removed: bool = False
    element: Element | None = None


LogRow = tuple[int, str, str, str, str, int | None, str | None]


@dataclass(slots=True)
class State:
    """What is known of the touched elements, growing change by change.

    `node_keys` holds the present nodes among the touched ones and the ends of touched edges.
    """

    sequence: int
    entries: dict[str, Entry] = field(default_factory=dict)
    node_keys: dict[str, int] = field(default_factory=dict)
    change_ids: set[str] = field(default_factory=set)
    rows: list[LogRow] = field(default_factory=list)
    touched: dict[str, Entry] = field(default_factory=dict)

    def take(self, name: str, change: Change) -> bool:
        """Fold one change of the element of this name; False where it is known already.

        Raises:
            ConflictError: `before` is not the present state, code "store.conflict".
            NotFoundError: an end of an edge is not there, code "store.node_unknown".
            InputError: an id is malformed, or a node would become an edge; codes "store.id_malformed",
                "store.text_malformed", "store.kind".
        """
        check_id(name)
        check_id(change.change_id)
        entry = self.entries.get(name) or self.entries.setdefault(name, Entry())
        after = stored_form(change.after)
        if change.change_id in self.change_ids or _is_same(after, entry.stored):
            return False
        if not _is_same(stored_form(change.before), entry.stored):
            raise _conflict(name, is_there=entry.stored is not None)
        self._check_kind(name, change.after, entry)
        self._record(name, change, after)
        return True

    def _check_kind(self, name: str, after: Element | None, entry: Entry) -> None:
        if after is not None and entry.key and isinstance(after, Node) is not entry.is_node:
            raise InputError("store.kind", f"{name} is a node or an edge, it can't become the other")
        if isinstance(after, Edge) and not (after.source_id in self.node_keys and after.target_id in self.node_keys):
            missing = after.target_id if after.source_id in self.node_keys else after.source_id
            raise NotFoundError(
                "store.node_unknown", f"an edge names the node {missing}, which is not there: add the node first"
            )

    def _record(self, name: str, change: Change, stored: str | None) -> None:
        entry = self.entries[name]
        self.sequence += 1
        at = change.recorded_at.isoformat()
        self.rows.append((self.sequence, change.change_id, at, change.who, change.why, entry.head, stored))
        self.change_ids.add(change.change_id)
        self.touched[name] = entry
        after = change.after
        entry.head, entry.stored, entry.element = self.sequence, stored, after
        if after is None:
            entry.key = 0
            self.node_keys.pop(name, None)
            return
        if not entry.key:
            entry.key, entry.is_node = self.sequence, isinstance(after, Node)
        if entry.is_node:
            self.node_keys[name] = entry.key


def load_state(connection: sqlite3.Connection, names: Sequence[str], changes: Sequence[Change], sequence: int) -> State:
    """Return the state that these changes of these elements touch, as the store has it now."""
    state = State(sequence=sequence)
    _load_elements(connection, state, listed(set(names)))
    ends = {end for c in changes if isinstance(c.after, Edge) for end in (c.after.source_id, c.after.target_id)}
    state.node_keys.update(connection.execute(_KEYS_OF, (listed(ends),)))
    known = connection.execute(_KNOWN_CHANGES, (listed({change.change_id for change in changes}),))
    state.change_ids.update(change_id for (change_id,) in known)
    return state


def check_unlinked(connection: sqlite3.Connection, state: State, node_id: str, key: int) -> None:
    """Refuse to remove a node while edges name it: they would point nowhere.

    Raises:
        ConflictError: an edge starts or ends there, code "store.node_linked".
    """
    edge_id = next(iter(_linked_edges(connection, state, node_id, key)), None)
    if edge_id is not None:
        raise ConflictError(
            "store.node_linked", f"the node {node_id} still has edges, as {edge_id}: remove them first", node_id=node_id
        )


def _linked_edges(connection: sqlite3.Connection, state: State, node_id: str, key: int) -> Iterable[str]:
    """Yield the ids of the edges that a node about to go still has."""
    rows = connection.execute("SELECT edge_id FROM edge WHERE source = ?1 OR target = ?1", (key,))
    yield from (edge_id for (edge_id,) in rows if edge_id not in state.touched)
    for edge_id, entry in state.touched.items():
        edge = entry.element
        if isinstance(edge, Edge) and node_id in (edge.source_id, edge.target_id):
            yield edge_id


def stored_form(element: Element | None) -> str | None:
    """Return the JSON under which an element is kept.

    Raises:
        InputError: a string holds half a character, code "store.text_malformed".
    """
    return None if element is None else stored_bytes(element).decode()


def stored_bytes(element: Element) -> bytes:
    """Return the JSON under which an element is kept, as bytes: what `model_dump_json` makes, in half the time.

    Raises:
        InputError: a string holds half a character, code "store.text_malformed".
    """
    try:
        if element.element == "node":
            # Plain values, once the label is one, are written faster than fields one by one.
            return _PLAIN.to_json(element.__dict__ | {"label": LABELS[element.label]})
        return element.__pydantic_serializer__.to_json(element)
    except PydanticSerializationError as error:
        raise InputError("store.text_malformed", f"an element can't be written as JSON: {error}") from error


def listed(values: Iterable[str | int]) -> str:
    """Return values as one parameter, for `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(sorted(values), ensure_ascii=False)


def _load_elements(connection: sqlite3.Connection, state: State, ids: str) -> None:
    for element_id, key, head, after in connection.execute(_PRESENT_NODES, (ids,)):
        state.entries[element_id] = Entry(head, key, after, was_key=key)
        state.node_keys[element_id] = key
    for element_id, key, head, after in connection.execute(_PRESENT_EDGES, (ids,)):
        state.entries[element_id] = Entry(head, key, after, is_node=False, was_key=key, was_node=False)
    for element_id, head in connection.execute(_REMOVED, (ids,)):
        state.entries[element_id] = Entry(head, was_removed=True)


def _is_same(one: str | None, other: str | None) -> bool:
    """Whether two stored forms say the same; the order of keys does not count."""
    if one is None or other is None or one == other:
        return one == other
    return _canonical(one) == _canonical(other)


def _canonical(stored: str) -> str:
    return json.dumps(json.loads(stored), sort_keys=True)


def _conflict(element_id: str, *, is_there: bool) -> ConflictError:
    state = "was changed since it was read" if is_there else "is not there"
    return ConflictError(
        "store.conflict", f"{element_id} {state}: read it again, then write again", element_id=element_id
    )
