"""What a person sees of the graph in a terminal: a tree around a node, a way between two, who stands with whom."""

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from api.graphs import Excerpt, Standing
from kg.analysis import Graph, Step, branches
from kg.ontology import ontology
from kg.relations.renewing import RELATIONS
from schemas.graph import EdgeType, NodeLabel

ROWS = 12
"""Rows of each table of `kaozheng graph`."""


def excerpt_text(excerpt: Excerpt) -> RenderableType:
    """Return a way as a line for each node, else what lies around a node as a tree.

    Each node stands once in the tree, on the shortest way that explains it; relations between its branches follow.
    """
    graph, root = excerpt.graph, _node_text(excerpt.graph, excerpt.centre_id)
    if excerpt.steps:
        return Group(root, *(_step_text(graph, step) for step in excerpt.steps))
    following = branches(graph, excerpt.centre_id)
    tree = Tree(root)
    _grow(tree, excerpt.centre_id, following, graph)
    return Group(tree, *_across(graph, [step for steps in following.values() for step in steps]))


def _across(graph: Graph, steps: Sequence[Step]) -> list[Text]:
    """Return a line for each relation that the tree does not show."""
    shown = {(step.edge_type.value, frozenset((step.source_id, step.target_id))) for step in steps}
    lines = []
    for source, target, of in sorted(graph.edges(data=True), key=lambda edge: (edge[2]["type"], *edge[:2])):
        edge_type = EdgeType(of["type"])
        if edge_type in RELATIONS and (edge_type.value, frozenset((source, target))) not in shown:
            step = Step(source, edge_type, target, is_turned=False)
            lines.append(_node_text(graph, source).append("  ").append_text(_step_text(graph, step)))
    return [Text(), *lines] if lines else []


def standing_tables(standing: Standing) -> RenderableType:
    """Return who stands with whom: the first rows of each table, and how many there are."""
    names = standing.names
    contested = [
        (_named(names, item.target_id), str(item.contradictions), _list(names, item.actor_ids))
        for item in standing.contested
    ]
    repeats = [(_named(names, who), _named(names, whom), str(n)) for (who, whom), n in standing.echoes.items()]
    relays = [(_named(names, who), _named(names, outlet), str(n)) for (who, outlet), n in standing.relays.items()]
    claims = [(_named(names, who), str(n)) for who, n in standing.claims.items()]
    shared = [
        (_list(names, pair), str(len(targets)), _list(names, targets)) for pair, targets in standing.shared.items()
    ]
    camps = [(str(len(camp)), _list(names, camp)) for camp in standing.camps]
    return Group(
        _table("targets that are most contested", ("target", "contradictions", "between"), contested),
        _table("who says what another said before", ("actor", "after", "times"), repeats),
        _table("who agrees with each other", ("actors", "who"), camps),
        _table("who forecasts the same targets", ("pair", "targets", "which"), shared),
        _table("who claims most", ("actor", "claims"), claims),
        _table("who is quoted where", ("speaker", "medium", "claims"), relays),
    )


def _grow(tree: Tree, node_id: str, following: Mapping[str, tuple[Step, ...]], graph: Graph) -> None:
    for step in following.get(node_id, ()):
        _grow(tree.add(_step_text(graph, step)), step.target_id, following, graph)


def _step_text(graph: Graph, step: Step) -> Text:
    colour = ontology().edges[step.edge_type].colour
    arrow = "↔" if step.edge_type is EdgeType.CONTRADICTS else "←" if step.is_turned else "→"
    text = Text(f"{arrow} {ontology().edges[step.edge_type].gloss}  ", colour)
    return text.append_text(_node_text(graph, step.target_id))


def _node_text(graph: Graph, node_id: str) -> Text:
    of = graph.nodes[node_id]
    text = Text(of["caption"], f"bold {ontology().nodes[NodeLabel(of['label'])].style.colour}")
    return text.append(f"  {node_id}", "dim") if of["caption"] != node_id else text


def _table(title: str, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> RenderableType:
    heading = Text(title, "bold italic")
    if not rows:
        return Group(heading, Text("  none in this store", "dim"), Text())
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name in headings:
        table.add_column(name, overflow="fold", justify="right" if name in _NUMBERS else "left")
    for row in rows[:ROWS]:
        table.add_row(*row)
    table.caption = f"{len(rows)} in all" if len(rows) > ROWS else None
    return Group(heading, table)


_NUMBERS = frozenset({"contradictions", "times", "claims", "actors", "targets"})


def _named(names: Mapping[str, str], node_id: str) -> str:
    name = names.get(node_id) or names.get(node_id.partition(":")[0]) or node_id
    return name if name == node_id or ":" in node_id else f"{name} ({node_id})"


def _list(names: Mapping[str, str], node_ids: Sequence[str]) -> str:
    return "、".join(names.get(node_id) or names.get(node_id.partition(":")[0]) or node_id for node_id in node_ids)
