"""The log: all of history, in order, and enough to make the present anew."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.store.protocol import Store
from schemas.errors import DomainError, InputError
from schemas.graph import Change, Edge, EdgeType, Node, NodeLabel, Query, edge_of
from tests.contracts.engines import ENGINES
from tests.contracts.graphs import NOON, actor, claim, create, document, ids, remove, replace


def test_the_history_of_an_element_is_its_changes_oldest_first(store: Store) -> None:
    first, second = actor("ubs", "甲"), actor("ubs", "乙")
    changes = [*create(first), replace(first, second), remove(second)]
    store.apply([changes[0], *create(actor("fed"))])
    store.apply(changes[1:])
    assert [logged.change for logged in store.history("ubs")] == changes
    assert [logged.sequence for logged in store.history("ubs")] == [1, 3, 4]


def test_edges_have_a_history_too(store: Store) -> None:
    edge = edge_of(EdgeType.MENTIONS, "a", "b")
    store.apply(create(actor("a"), actor("b"), edge))
    store.apply([remove(edge)])
    assert [logged.change.after for logged in store.history(edge.edge_id)] == [edge, None]


def test_what_never_was_has_no_history(store: Store) -> None:
    assert store.history("nobody") == ()


def test_the_log_is_all_changes_in_order(store: Store) -> None:
    changes = create(document(), claim("a"), edge_of(EdgeType.STATED_IN, "a", "document-1"))
    store.apply(changes[:2])
    store.apply(changes[2:])
    assert [(logged.sequence, logged.change) for logged in store.log()] == list(enumerate(changes, start=1))


@pytest.mark.parametrize(("after", "expected"), [(0, [1, 2, 3]), (1, [2, 3]), (3, []), (99, [])])
def test_the_log_goes_on_after_a_sequence(store: Store, after: int, expected: list[int]) -> None:
    store.apply(create(*map(actor, "abc")))
    assert [logged.sequence for logged in store.log(after)] == expected


def test_known_changes_are_not_logged_again(store: Store) -> None:
    changes = create(*map(actor, "abc"))
    assert store.last_sequence == 0
    store.apply(changes)
    store.apply(changes)
    assert len(list(store.log())) == store.last_sequence == 3


def test_listings_longer_than_a_chunk_are_whole_and_ordered(store: Store) -> None:
    nodes = [actor(f"actor-{number:04}") for number in range(2500)]
    edges = [edge_of(EdgeType.MENTIONS, node.node_id, "actor-0000") for node in nodes[:1500]]
    store.apply(create(*reversed(nodes), *edges))
    assert [node.node_id for node in store.all_nodes()] == [node.node_id for node in nodes]
    assert [edge.edge_id for edge in store.all_edges()] == sorted(edge.edge_id for edge in edges)
    assert [logged.sequence for logged in store.log()] == list(range(1, 4001))


def test_one_may_write_while_a_listing_is_read(store: Store) -> None:
    store.apply(create(*(actor(f"actor-{number:04}") for number in range(1500))))
    seen = []
    for logged in store.log():
        seen.append(logged.sequence)
        if logged.sequence == 1:
            store.apply(create(document()))
    assert seen[:1500] == list(range(1, 1501))


NAMES = st.sampled_from("abc")
WORDS = st.sampled_from(["台股收高", "台股收低", "聯準會降息"])


@st.composite
def steps(draw: st.DrawFn) -> list[tuple[str, str, str]]:
    return draw(st.lists(st.tuples(st.sampled_from(["node", "edge", "remove"]), NAMES, WORDS), max_size=25))


def changes_of(steps: list[tuple[str, str, str]], store: Store) -> Iterator[Change]:
    """Turn random wishes into changes over the state that each one meets."""
    for number, (what, name, word) in enumerate(steps):
        at = NOON + timedelta(seconds=number)
        wanted: Node | Edge = claim(name, word)
        if what == "edge":
            wanted = edge_of(EdgeType.MENTIONS, name, "a", note=word)
        element = wanted.node_id if isinstance(wanted, Node) else wanted.edge_id
        history = store.history(element)
        before = history[-1].change.after if history else None
        if what == "remove" and before is not None:
            yield remove(before, at=at)
        elif what != "remove":
            yield Change(change_id=f"{number}", recorded_at=at, who="test", why="step", before=before, after=wanted)


def everything(store: Store) -> tuple[object, ...]:
    texts = [ids(store.find(Query(label=NodeLabel.CLAIM, text=text))) for text in ("高", "低", "降息")]
    return list(store.all_nodes()), list(store.all_edges()), list(store.log()), store.counts(), texts


@pytest.mark.parametrize("engine", sorted(ENGINES))
@settings(max_examples=40, deadline=None)
@given(steps=steps(), size=st.integers(1, 9))
def test_replaying_the_log_in_a_fresh_store_makes_the_same_state(
    engine: str, steps: list[tuple[str, str, str]], size: int
) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        source, copy = ENGINES[engine](Path(one)), ENGINES[engine](Path(two))
        for change in changes_of(steps, source):
            try:
                source.apply([change])
            except (DomainError, InputError):
                continue
        log = [logged.change for logged in source.log()]
        for start in range(0, len(log), size):
            copy.apply(log[start : start + size])
        assert everything(copy) == everything(source)
        source.close()
        copy.close()
