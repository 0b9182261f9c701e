"""The use cases of looking at the graph as a graph: what lies around a node, ways, and who stands with whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.directory import Directory
from api.extraction_output import write_whole
from kg.agreement import camps, echoes
from kg.analysis import (
    Contested,
    Graph,
    Pair,
    Step,
    claims_by_actor,
    explanation,
    graphml_of,
    most_contested,
    most_relayed,
    multigraph_of,
    nearest,
    shared_targets,
)
from kg.drawing import svg_of
from kg.nodes import claim_of, target_node_id
from kg.relations.recording import stated_by_id
from kg.store.protocol import Store
from schemas.errors import InputError, NotFoundError
from schemas.graph import Edge, Node, NodeLabel

DEPTH: Final = 3
MOST: Final = 1000
"""Nodes that are read around one; what is shown is chosen among them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands with whom in a whole store.

    Attributes:
        echoes: how often the first says what the second said before.
        camps: actors who agree with each other, the largest camp first.
        contested: targets on which claims contradict each other, the most contested first.
        relays: how many claims of a speaker (the first) a medium (the second) printed.
        claims: how many claims each actor makes, most first.
        shared: of two actors the targets that both forecast, agreeing or not; most first.
        names: captions by node id.
    """

    echoes: Mapping[Pair, int]
    camps: tuple[tuple[str, ...], ...]
    contested: tuple[Contested, ...]
    relays: Mapping[Pair, int]
    claims: Mapping[str, int]
    shared: Mapping[Pair, tuple[str, ...]]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of the graph around a node; `steps` lead to another one where a way was asked for."""

    centre_id: str
    graph: Graph
    title: str
    steps: tuple[Step, ...] = ()


def around(store: Store, name: str, *, limit: int) -> Excerpt:
    """Return the part of the graph that explains a node best.

    Args:
        store: the graph.
        name: the node's id; of a target without its prefix too.
        limit: how many nodes at the most.

    Raises:
        NotFoundError: there is none of that id, code "graph.node_unknown".
    """
    node = _known(store, name)
    graph = nearest(_neighbourhood(store, node.node_id), node.node_id, limit)
    return Excerpt(node.node_id, graph, f"{node.caption}：相關主張與各方")


def way(store: Store, name: str, other: str) -> Excerpt:
    """Return the steps that lead from one node to another, and the part of the graph that they pass.

    Up to 1000 nodes around either are searched.

    Raises:
        NotFoundError: there is no node of one of the ids, code "graph.node_unknown", or no way, code "graph.no_way".
    """
    first, second = _known(store, name), _known(store, other)
    searched = _neighbourhood(store, first.node_id, second.node_id)
    steps = explanation(searched, first.node_id, second.node_id)
    if not steps:
        message = f"no way leads from {first.node_id} to {second.node_id}: try nodes that share a target or a speaker"
        raise NotFoundError("graph.no_way", message, id=first.node_id)
    passed = {first.node_id, *(step.target_id for step in steps)}
    return Excerpt(first.node_id, searched.subgraph(passed).copy(), f"從{first.caption}到{second.caption}", steps)


def standing(store: Store, directory: Directory) -> Standing:
    """Return who stands with whom; the whole store is read."""
    nodes = {node.node_id: node for node in store.all_nodes()}
    graph = multigraph_of(nodes.values(), store.all_edges())
    claims = (claim_of(node) for node in nodes.values() if node.label is NodeLabel.CLAIM)
    stated = tuple(stated_by_id(claims, directory.identities()).values())
    return Standing(
        echoes=echoes(stated),
        camps=camps(stated),
        contested=most_contested(graph),
        relays=most_relayed(graph),
        claims=claims_by_actor(graph),
        shared=shared_targets(graph),
        names={node_id: node.caption for node_id, node in nodes.items()},
    )


def write_excerpt(excerpt: Excerpt, path: Path) -> None:
    """Write a part of the graph as a drawing or as GraphML.

    Raises:
        InputError: the file ends neither in .svg nor in .graphml, code "graph.place".
    """
    if path.suffix not in WRITERS:
        message = f"{path}: give FILE.svg or FILE.graphml; any browser turns an SVG into PNG or PDF"
        raise InputError("graph.place", message, path=str(path))
    write_whole(path, [WRITERS[path.suffix](excerpt)])


def _graphml(excerpt: Excerpt) -> str:
    graph = excerpt.graph
    nodes = [
        Node(node_id=node_id, label=NodeLabel(of["label"]), caption=of["caption"], data=of["data"])
        for node_id, of in graph.nodes(data=True)
    ]
    edges = [
        Edge(edge_id=edge_id, edge_type=of["type"], source_id=source, target_id=target, data=of["data"])
        for source, target, edge_id, of in graph.edges(keys=True, data=True)
    ]
    return graphml_of(nodes, edges)


WRITERS: Final[Mapping[str, Callable[[Excerpt], str]]] = {
    ".svg": lambda excerpt: svg_of(excerpt.graph, title=excerpt.title),
    ".graphml": _graphml,
}
"""What writes a part of the graph, by the ending of its file."""


def _known(store: Store, name: str) -> Node:
    found = store.nodes([name, target_node_id(name)])
    if not found:
        message = f"there is no node {name}: give an id that kaozheng actors list or kaozheng claims shows, or a target"
        raise NotFoundError("graph.node_unknown", message, id=name)
    return found[0]


def _neighbourhood(store: Store, *node_ids: str) -> Graph:
    parts = [store.neighbourhood(node_id, depth=DEPTH, limit=MOST) for node_id in node_ids]
    nodes = {node.node_id: node for part in parts for node in part.nodes}
    edges = {edge.edge_id: edge for part in parts for edge in part.edges}
    return multigraph_of(nodes.values(), edges.values())
