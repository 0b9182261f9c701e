"""The graph as networkx has it, for the questions its algorithms answer."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import TypeAlias

import networkx

from schemas.graph import Edge, EdgeType, Node

Graph: TypeAlias = "networkx.MultiDiGraph[str]"
Pair: TypeAlias = tuple[str, str]


def multigraph_of(nodes: Iterable[Node], edges: Iterable[Edge]) -> Graph:
    """Return a view with one networkx node a node and one keyed edge an edge.

    Nodes carry `label`, `caption` and `data`, edges `data`; the key of an edge is its id and its `type` the
    edge type. Edges with an end outside the nodes are left out, as a part of a larger graph has them.

    Example:
        >>> from schemas.graph import edge_of
        >>> from schemas.graph import NodeLabel
        >>> claim = Node(node_id="claim-1", label=NodeLabel.CLAIM, caption="將升息", data={})
        >>> fed = Node(node_id="fed", label=NodeLabel.ACTOR, caption="聯準會", data={})
        >>> graph = multigraph_of([claim, fed], [edge_of(EdgeType.ASSERTED_BY, "claim-1", "fed")])
        >>> [(source, target, type) for source, target, type in graph.edges(data="type")]
        [('claim-1', 'fed', 'ASSERTED_BY')]
    """
    graph: Graph = networkx.MultiDiGraph()
    for node in nodes:
        graph.add_node(node.node_id, label=node.label.value, caption=node.caption, data=node.data)
    for edge in edges:
        if edge.source_id in graph and edge.target_id in graph:
            ends = (edge.source_id, edge.target_id)
            graph.add_edge(*ends, key=edge.edge_id, type=edge.edge_type.value, data=edge.data)
    return graph


def claims_by_actor(graph: Graph) -> Mapping[str, int]:
    """Return how many claims each actor makes, most first, ties by id."""
    speakers = Counter(speaker for _, speaker in _ends(graph, EdgeType.ASSERTED_BY))
    return dict(sorted(speakers.items(), key=lambda item: (-item[1], item[0])))


def shared_targets(graph: Graph) -> Mapping[Pair, tuple[str, ...]]:
    """Return, for each two actors who forecast the same targets, those targets; most first.

    It says who talks about the same thing, not who agrees: agreement needs direction, value and window.
    """
    speakers_of: dict[str, set[str]] = {}
    for claim, speaker in _ends(graph, EdgeType.ASSERTED_BY):
        speakers_of.setdefault(claim, set()).add(speaker)
    speakers: dict[str, set[str]] = {}
    for claim, target in _ends(graph, EdgeType.FORECASTS):
        speakers.setdefault(target, set()).update(speakers_of.get(claim, ()))
    pairs: dict[Pair, list[str]] = {}
    for target in sorted(speakers):
        for pair in combinations(sorted(speakers[target]), 2):
            pairs.setdefault(pair, []).append(target)
    ordered = sorted(pairs.items(), key=lambda item: (-len(item[1]), item[0]))
    return {pair: tuple(targets) for pair, targets in ordered}


def connection(graph: Graph, source_id: str, target_id: str) -> tuple[str, ...]:
    """Return the nodes on a shortest way between two nodes, edges taken either way; empty where none leads there.

    Example:
        >>> connection(multigraph_of([], []), "fed", "tsmc")
        ()
    """
    try:
        return tuple(networkx.shortest_path(graph.to_undirected(as_view=True), source_id, target_id))
    except (networkx.NetworkXNoPath, networkx.NodeNotFound):
        return ()


def _ends(graph: Graph, edge_type: EdgeType) -> Iterator[Pair]:
    for source, target, attributes in graph.edges(data=True):
        if attributes["type"] == edge_type:
            yield source, target
