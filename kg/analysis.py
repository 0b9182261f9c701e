"""The graph as networkx has it, for the questions its algorithms answer."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import networkx

from kg.ontology import ontology
from schemas.graph import Edge, EdgeType, Node, NodeLabel

Graph: TypeAlias = "networkx.MultiDiGraph[str]"
Pair: TypeAlias = tuple[str, str]

DETOURS: Final[Mapping[EdgeType, int]] = MappingProxyType(
    {
        EdgeType.FORECASTS: 2,
        EdgeType.MENTIONS: 2,
        EdgeType.RELAYS: 3,
        EdgeType.OBSERVATION_OF: 3,
        EdgeType.STATED_IN: 4,
        EdgeType.PUBLISHED_BY: 4,
    }
)
"""How many steps an edge counts on a way that shall explain something: to stand in one paper explains little, and
hundreds of figures of a series would hide who forecasts it."""

REACH: Final = 3
"""Steps from an actor over what he claims and what contradicts it to whoever says so."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a way: an edge, taken from `source` to `target` or, where `is_turned`, against its direction."""

    source_id: str
    edge_type: EdgeType
    target_id: str
    is_turned: bool


@dataclass(frozen=True, slots=True)
class Contested:
    """A target, how many pairs of claims on it contradict each other, and who stands in such a pair."""

    target_id: str
    contradictions: int
    actor_ids: tuple[str, ...]


def multigraph_of(nodes: Iterable[Node], edges: Iterable[Edge]) -> Graph:
    """Return a view with one networkx node a node and one keyed edge an edge.

    Nodes carry `label`, `caption` and `data`, edges `data`; the key of an edge is its id and its `type` the
    edge type. Edges with an end outside the nodes are left out, as a part of a larger graph has them.

    Example:
        >>> from schemas.graph import NodeLabel, edge_of
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
    return _most_first(Counter(speaker for _, speaker in ends_of(graph, EdgeType.ASSERTED_BY)))


def shared_targets(graph: Graph) -> Mapping[Pair, tuple[str, ...]]:
    """Return, for each two actors who forecast the same targets, those targets; most first.

    It says who talks about the same thing, not who agrees: agreement needs direction, value and window.
    """
    speakers_of = speakers_by_claim(graph)
    speakers: dict[str, set[str]] = {}
    for claim, target in ends_of(graph, EdgeType.FORECASTS):
        speakers.setdefault(target, set()).update(speakers_of.get(claim, ()))
    pairs: dict[Pair, list[str]] = {}
    for target in sorted(speakers):
        for pair in combinations(sorted(speakers[target]), 2):
            pairs.setdefault(pair, []).append(target)
    ordered = sorted(pairs.items(), key=lambda item: (-len(item[1]), item[0]))
    return {pair: tuple(targets) for pair, targets in ordered}


def most_contested(graph: Graph) -> tuple[Contested, ...]:
    """Return the targets on which claims contradict each other, those with most such pairs first.

    Facts that contradict each other have no target and are left out.
    """
    targets = dict(ends_of(graph, EdgeType.FORECASTS))
    speakers_of = speakers_by_claim(graph)
    pairs: Counter[str] = Counter()
    actors: dict[str, set[str]] = {}
    for one, other in ends_of(graph, EdgeType.CONTRADICTS):
        target = targets.get(one)
        if target is not None:
            pairs[target] += 1
            actors.setdefault(target, set()).update(speakers_of.get(one, ()), speakers_of.get(other, ()))
    return tuple(Contested(t, count, tuple(sorted(actors[t]))) for t, count in _most_first(pairs).items())


def most_relayed(graph: Graph) -> Mapping[Pair, int]:
    """Return how many claims of each speaker each medium printed, as (speaker, medium); most first.

    Only speakers whom the medium quotes are counted, as the edges RELAYS have them.
    """
    relays = set(ends_of(graph, EdgeType.RELAYS))
    outlets = dict(ends_of(graph, EdgeType.PUBLISHED_BY))
    documents = dict(ends_of(graph, EdgeType.STATED_IN))
    asserted = ends_of(graph, EdgeType.ASSERTED_BY)
    printed = ((speaker, outlets.get(documents.get(claim, ""), "")) for claim, speaker in asserted)
    return _most_first(Counter(pair for pair in printed if pair in relays))


def explanation(graph: Graph, source_id: str, target_id: str) -> tuple[Step, ...]:
    """Return the shortest way between two nodes that explains how they hang together; empty where none leads there.

    Edges are taken either way. What one said and what contradicts it counts as one step each; to forecast a target
    counts as two, to stand in an article as four. Of equally short ways one is taken, always the same.
    """
    plain = _explaining(graph)
    try:
        way: Sequence[str] = networkx.dijkstra_path(plain, source_id, target_id)
    except (networkx.NetworkXNoPath, networkx.NodeNotFound):
        return ()
    return tuple(_step(plain, here, there) for here, there in pairwise(way))


def nearest(graph: Graph, centre_id: str, limit: int) -> Graph:
    """Return the part of a graph that explains a node: at most so many nodes, those first that are closest to it.

    Ways are measured as `explanation` does, up to three steps; where every neighbour is further (those of an
    article are), up to one step beyond the closest. Of nodes equally near, those with more edges come first. Targets
    that nobody forecasts, as come with a series, are left out.

    Args:
        graph: a part of the graph with the node in it.
        centre_id: the node.
        limit: how many nodes at the most, itself counted in.
    """
    away = networkx.single_source_dijkstra_path_length(_explaining(graph), centre_id)
    closest = min((distance for node_id, distance in away.items() if node_id != centre_id), default=0)
    within = (node_id for node_id, distance in away.items() if distance <= max(REACH, closest + 1))
    forecast = {target for _, target in ends_of(graph, EdgeType.FORECASTS)}
    telling = (n for n in within if n in forecast or n == centre_id or graph.nodes[n]["label"] != NodeLabel.TARGET)
    ranked = sorted(telling, key=lambda node_id: (away[node_id], -graph.degree(node_id), node_id))
    return networkx.MultiDiGraph(graph.subgraph(ranked[:limit]))


def branches(graph: Graph, centre_id: str) -> Mapping[str, tuple[Step, ...]]:
    """Return a tree of the shortest explaining ways from a node: for each node the steps that go on from it.

    Steps of one node stand by edge type, then by the caption of where they lead; nodes without any are left out.
    """
    plain = _explaining(graph)
    ways = networkx.single_source_dijkstra_path(plain, centre_id)
    steps = [_step(plain, way[-2], way[-1]) for way in ways.values() if len(way) > 1]
    steps.sort(key=lambda step: (step.edge_type, graph.nodes[step.target_id]["caption"], step.target_id))
    found: dict[str, list[Step]] = {}
    for step in steps:
        found.setdefault(step.source_id, []).append(step)
    return {node_id: tuple(following) for node_id, following in found.items()}


def graphml_of(nodes: Iterable[Node], edges: Iterable[Edge]) -> str:
    """Return a graph as GraphML: label, caption, type and the typed properties of the ontology, as text.

    Gephi, yEd and networkx read it. Lists are parted by `; `; what no property names is left out.
    """
    graph: Graph = networkx.MultiDiGraph()
    for node in nodes:
        flat = _flat(ontology().values(node.label, node.data))
        graph.add_node(
            printable(node.node_id), **{**flat, "label": node.label.value, "caption": printable(node.caption)}
        )
    for edge in edges:
        flat = _flat(ontology().values(edge.edge_type, edge.data))
        ends = (printable(edge.source_id), printable(edge.target_id))
        graph.add_edge(*ends, key=edge.edge_id, **{**flat, "type": edge.edge_type.value})
    return "\n".join(('<?xml version="1.0" encoding="utf-8"?>', *networkx.generate_graphml(graph), ""))


def printable(text: str) -> str:
    r"""Return a text without what XML can't hold: control characters other than line ends and tabs.

    Example:
        >>> printable("升息\x00\n")
        '升息\n'
    """
    return "".join(c for c in text if (c >= " " and c not in "\ufffe\uffff") or c in "\n\r\t")


def speakers_by_claim(graph: Graph) -> dict[str, set[str]]:
    """Return who asserts each claim."""
    speakers: dict[str, set[str]] = {}
    for claim, speaker in ends_of(graph, EdgeType.ASSERTED_BY):
        speakers.setdefault(claim, set()).add(speaker)
    return speakers


def ends_of(graph: Graph, edge_type: EdgeType) -> Iterator[Pair]:
    """Yield source and target of each edge of a type."""
    for source, target, attributes in graph.edges(data=True):
        if attributes["type"] == edge_type:
            yield source, target


def _most_first(counter: Counter[Any]) -> dict[Any, int]:
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def _explaining(graph: Graph) -> "networkx.Graph[str]":
    """Return the graph with one undirected edge between two nodes, the one that explains most."""
    plain: networkx.Graph[str] = networkx.Graph()
    plain.add_nodes_from(sorted(graph))
    for source, target, attributes in sorted(graph.edges(data=True), key=lambda edge: (*edge[:2], edge[2]["type"])):
        weight = DETOURS.get(EdgeType(attributes["type"]), 1)
        known = plain.get_edge_data(source, target)
        if source != target and (known is None or weight < known["weight"]):
            plain.add_edge(source, target, weight=weight, type=attributes["type"], source=source)
    return plain


def _step(plain: "networkx.Graph[str]", here: str, there: str) -> Step:
    attributes = plain.edges[here, there]
    return Step(here, EdgeType(attributes["type"]), there, is_turned=attributes["source"] != here)


def _flat(values: Mapping[str, object]) -> dict[str, str]:
    texts = {n: "; ".join(map(str, v)) if isinstance(v, list) else str(v) for n, v in values.items()}
    return {name: printable(text) for name, text in texts.items()}
