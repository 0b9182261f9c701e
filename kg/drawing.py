"""A part of the graph drawn as SVG: circles and lines in the colours of the ontology, Chinese captions, a legend."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Final

from kg.analysis import Graph, printable
from kg.ontology import ontology
from kg.placing import FONT_PIXELS, LINE_PIXELS, Box, columns, placed
from kg.relations.renewing import RELATIONS
from schemas.graph import EdgeType, NodeLabel

MARGIN_PIXELS: Final = 40
LEGEND_PIXELS: Final = 130
LABELLED_EDGES: Final = 30
"""With more edges than this only relations between claims or actors are named on the line."""
HEAD_PIXELS: Final = 9
"""Length of the head of an arrow."""
BEND_PIXELS: Final = 22
"""How far lines between the same two nodes lie apart."""


def svg_of(graph: Graph, *, title: str = "") -> str:
    """Return a drawing of a graph as SVG, the same one each time.

    Captions do not overlap each other; lines may run below them. Up to about 150 nodes it can be read.

    Args:
        graph: a view as `kg.analysis.multigraph_of` gives it.
        title: what it shows.
    """
    boxes = {box.node_id: box for box in placed(graph)}
    width, height = _moved_into_view(list(boxes.values()), title)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-size="{FONT_PIXELS}" '
        "font-family=\"'Noto Sans CJK TC', 'Noto Sans TC', 'PingFang TC', 'Microsoft JhengHei', sans-serif\">",
        f"<title>{_text(title)}</title>",
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#FFFFFF"/>',
        f'<text x="{MARGIN_PIXELS}" y="28" font-size="16" font-weight="bold">{_text(title)}</text>',
        *_markers(graph),
        *_lines(graph, boxes),
        *(part for box in boxes.values() for part in _circle(box)),
        *_legend(graph, height),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _moved_into_view(boxes: Sequence[Box], title: str) -> tuple[float, float]:
    """Move all boxes right of and below the margins; return the size of the picture."""
    left = min((box.x - box.half_width for box in boxes), default=0)
    top = min((box.top for box in boxes), default=0)
    for box in boxes:
        box.x, box.y = box.x - left + MARGIN_PIXELS, box.y - top + MARGIN_PIXELS + LINE_PIXELS
    right = max((box.x + box.half_width for box in boxes), default=0)
    bottom = max((box.bottom for box in boxes), default=MARGIN_PIXELS)
    widest = max(right + MARGIN_PIXELS, 640, columns(title) * 8 + 2 * MARGIN_PIXELS)
    return widest, bottom + LEGEND_PIXELS


def _circle(box: Box) -> Iterator[str]:
    colour = ontology().nodes[box.label].style.colour
    yield f'<circle cx="{box.x:.1f}" cy="{box.y:.1f}" r="{box.radius:.1f}" fill="{colour}" stroke="#555555"/>'
    for number, line in enumerate(box.lines):
        y = box.y + box.radius + LINE_PIXELS * (number + 1) - 2
        yield (
            f'<text x="{box.x:.1f}" y="{y:.1f}" text-anchor="middle" paint-order="stroke" stroke="#FFFFFF" '
            f'stroke-width="3">{_text(line)}</text>'
        )


def _markers(graph: Graph) -> Iterator[str]:
    for edge_type in _types(graph):
        colour = ontology().edges[edge_type].colour
        yield (
            f'<marker id="{edge_type}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="{HEAD_PIXELS}" '
            f'markerHeight="{HEAD_PIXELS}" markerUnits="userSpaceOnUse" orient="auto-start-reverse">'
            f'<path d="M0 0L10 5L0 10z" fill="{colour}"/></marker>'
        )


def _lines(graph: Graph, boxes: Mapping[str, Box]) -> Iterator[str]:
    drawn: Counter[frozenset[str]] = Counter()
    labels = []
    for source, target, edge_id in sorted(graph.edges(keys=True), key=lambda edge: edge[2]):
        if source == target:
            continue
        edge_type, pair = EdgeType(graph.edges[source, target, edge_id]["type"]), frozenset((source, target))
        path, middle = _path(boxes[source], boxes[target], drawn[pair])
        drawn[pair] += 1
        yield _line(path, edge_type)
        if edge_type in RELATIONS or graph.number_of_edges() <= LABELLED_EDGES:
            labels.append(_line_label(middle, edge_type))
    yield from labels


def _line(path: str, edge_type: EdgeType) -> str:
    # A contradiction goes both ways, so its line has two heads.
    heads = f'marker-end="url(#{edge_type})"'
    heads += f' marker-start="url(#{edge_type})"' if edge_type is EdgeType.CONTRADICTS else ""
    width = 2.2 if edge_type in RELATIONS else 1
    return (
        f'<path d="{path}" fill="none" stroke="{ontology().edges[edge_type].colour}" stroke-width="{width}" {heads}/>'
    )


def _line_label(middle: tuple[float, float], edge_type: EdgeType) -> str:
    entry = ontology().edges[edge_type]
    colour = entry.colour if edge_type in RELATIONS else "#777777"
    return (
        f'<text x="{middle[0]:.1f}" y="{middle[1]:.1f}" text-anchor="middle" font-size="10" fill="{colour}" '
        f'paint-order="stroke" stroke="#FFFFFF" stroke-width="3">{entry.gloss}</text>'
    )


def _path(one: Box, other: Box, number: int) -> tuple[str, tuple[float, float]]:
    """Return a line from rim to rim, bent the more the more lines join the two, and the middle of it."""
    dx, dy = other.x - one.x, other.y - one.y
    length = math.hypot(dx, dy) or 1
    ux, uy = dx / length, dy / length
    start = (one.x + ux * one.radius, one.y + uy * one.radius)
    end = (other.x - ux * (other.radius + 1), other.y - uy * (other.radius + 1))
    bend = BEND_PIXELS * ((number + 1) // 2) * (1 if number % 2 else -1)
    middle = ((start[0] + end[0]) / 2 - uy * bend, (start[1] + end[1]) / 2 + ux * bend)
    control = (2 * middle[0] - (start[0] + end[0]) / 2, 2 * middle[1] - (start[1] + end[1]) / 2)
    points = [f"{x:.1f} {y:.1f}" for x, y in (start, control, end)]
    return f"M{points[0]}Q{points[1]} {points[2]}", middle


def _legend(graph: Graph, height: float) -> Iterator[str]:
    present = {attributes["label"] for _, attributes in graph.nodes(data=True)}
    labels = [label for label in NodeLabel if label in present]
    y = height - LEGEND_PIXELS + 40
    x = float(MARGIN_PIXELS)
    for label in labels:
        entry = ontology().nodes[label]
        yield f'<circle cx="{x + 7:.0f}" cy="{y:.0f}" r="7" fill="{entry.style.colour}" stroke="#555555"/>'
        yield f'<text x="{x + 19:.0f}" y="{y + 4:.0f}">{entry.gloss}</text>'
        x += 40 + columns(entry.gloss) * FONT_PIXELS / 2
    y, x = y + 32, float(MARGIN_PIXELS)
    for edge_type, gloss in _line_names(graph):
        yield _line(f"M{x:.0f} {y:.0f}L{x + 30:.0f} {y:.0f}", edge_type)
        yield f'<text x="{x + 36:.0f}" y="{y + 4:.0f}">{gloss}</text>'
        x += 56 + columns(gloss) * FONT_PIXELS / 2


def _line_names(graph: Graph) -> Iterator[tuple[EdgeType, str]]:
    """Yield what each line means; those of one colour share an entry."""
    shared: dict[str, list[EdgeType]] = {}
    for edge_type in _types(graph):
        shared.setdefault(ontology().edges[edge_type].colour, []).append(edge_type)
    for types in shared.values():
        yield types[0], "、".join(ontology().edges[edge_type].gloss for edge_type in types)


def _types(graph: Graph) -> Iterable[EdgeType]:
    present = {attributes["type"] for _, _, attributes in graph.edges(data=True)}
    return [edge_type for edge_type in EdgeType if edge_type in present]


def _text(text: str) -> str:
    return escape(printable(text), quote=False)
