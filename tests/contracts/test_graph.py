"""Edges and neighbourhoods: who is beside whom, nearest first, within limits."""

import pytest

from kg.store.protocol import Store
from schemas.errors import InputError, NotFoundError
from schemas.graph import Edge, EdgeType, Subgraph, edge_of
from tests.contracts.graphs import actor, create


def link(source: str, target: str, edge_type: EdgeType = EdgeType.MENTIONS) -> Edge:
    return edge_of(edge_type, source, target)


def names(graph: Subgraph) -> set[str]:
    return {node.node_id for node in graph.nodes}


def pairs(graph: Subgraph) -> set[tuple[str, str]]:
    return {(edge.source_id, edge.target_id) for edge in graph.edges}


@pytest.fixture
def chain(store: Store) -> Store:
    """A line a → b → c → d, and e apart."""
    store.apply(create(*map(actor, "abcde"), link("a", "b"), link("b", "c"), link("c", "d")))
    return store


def test_edges_come_from_both_sides_ordered_by_id(chain: Store) -> None:
    edges = chain.edges("b")
    assert {(edge.source_id, edge.target_id) for edge in edges} == {("a", "b"), ("b", "c")}
    assert [edge.edge_id for edge in edges] == sorted(edge.edge_id for edge in edges)


def test_a_node_alone_has_no_edges(chain: Store) -> None:
    assert chain.edges("e") == ()


def test_what_is_not_there_has_no_edges(chain: Store) -> None:
    assert chain.edges("nobody") == ()


def test_two_edges_of_two_types_join_the_same_nodes(store: Store) -> None:
    both = (link("a", "b"), link("a", "b", EdgeType.EMPLOYED_BY))
    store.apply(create(actor("a"), actor("b"), *both))
    assert {edge.edge_id for edge in store.edges("a")} == {edge.edge_id for edge in both}
    assert len(store.neighbourhood("a").edges) == 2


def test_one_step_goes_both_ways(chain: Store) -> None:
    graph = chain.neighbourhood("b")
    assert names(graph) == {"a", "b", "c"}
    assert pairs(graph) == {("a", "b"), ("b", "c")}
    assert not graph.is_truncated


@pytest.mark.parametrize(("depth", "expected"), [(0, "a"), (1, "ab"), (2, "abc"), (3, "abcd"), (10**12, "abcd")])
def test_each_step_reaches_further(chain: Store, depth: int, expected: str) -> None:
    assert names(chain.neighbourhood("a", depth=depth)) == set(expected)


def test_the_start_comes_first_and_the_near_before_the_far(chain: Store) -> None:
    assert [node.node_id for node in chain.neighbourhood("a", depth=3).nodes] == list("abcd")


def test_a_circle_ends(store: Store) -> None:
    store.apply(create(*map(actor, "abc"), link("a", "b"), link("b", "c"), link("c", "a"), link("a", "a")))
    graph = store.neighbourhood("a", depth=5)
    assert names(graph) == {"a", "b", "c"}
    assert len(graph.edges) == 4


def test_edges_between_neighbours_belong_to_it(store: Store) -> None:
    store.apply(create(*map(actor, "abc"), link("a", "b"), link("a", "c"), link("b", "c")))
    assert pairs(store.neighbourhood("a")) == {("a", "b"), ("a", "c"), ("b", "c")}


def test_edges_to_what_lies_outside_do_not(chain: Store) -> None:
    assert pairs(chain.neighbourhood("a", depth=1)) == {("a", "b")}


def test_a_limit_cuts_and_says_so(store: Store) -> None:
    leaves = [f"leaf-{number:02}" for number in range(30)]
    store.apply(create(*map(actor, ("hub", *leaves)), *(link(leaf, "hub") for leaf in leaves)))
    graph = store.neighbourhood("hub", limit=10)
    assert len(graph.nodes) == 10
    assert graph.nodes[0].node_id == "hub"
    assert len(graph.edges) == 9
    assert graph.is_truncated


def test_a_limit_just_reached_cuts_nothing(store: Store) -> None:
    leaves = [f"leaf-{number}" for number in range(9)]
    store.apply(create(*map(actor, ("hub", *leaves)), *(link("hub", leaf) for leaf in leaves)))
    graph = store.neighbourhood("hub", depth=2, limit=10)
    assert len(graph.nodes) == 10
    assert not graph.is_truncated


def test_a_limit_keeps_the_near_and_cuts_the_far(store: Store) -> None:
    store.apply(create(*map(actor, "abcde"), link("a", "b"), link("a", "c"), link("b", "d"), link("c", "e")))
    graph = store.neighbourhood("a", depth=2, limit=4)
    assert names(graph) >= {"a", "b", "c"}
    assert len(graph.nodes) == 4
    assert graph.is_truncated


def test_the_neighbourhood_of_nobody_is_refused(chain: Store) -> None:
    with pytest.raises(NotFoundError) as refused:
        chain.neighbourhood("nobody")
    assert refused.value.code == "store.node_unknown"


@pytest.mark.parametrize(("depth", "limit"), [(-1, 10), (1, 0), (1, -5), (1, 2**70)])
def test_a_neighbourhood_of_less_than_nothing_or_too_much_is_refused(chain: Store, depth: int, limit: int) -> None:
    with pytest.raises(InputError) as refused:
        chain.neighbourhood("a", depth=depth, limit=limit)
    assert refused.value.code == "store.limit"
