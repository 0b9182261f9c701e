"""Where the nodes of a drawing lie: joined ones near each other, no caption over another."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final
from unicodedata import east_asian_width

import networkx

from kg.analysis import Graph
from kg.ontology import ontology
from schemas.graph import NodeLabel

COLUMNS: Final = 20
"""Width of a line of a caption; a Chinese character takes two."""
LINES: Final = 2
FONT_PIXELS: Final = 12
LINE_PIXELS: Final = 15
GAP_PIXELS: Final = 14
"""Between the boxes that hold a circle with its caption."""
ROOM_PIXELS: Final = 150
"""Side of the square that each node gets before boxes are moved apart."""
SEED: Final = 7
"""The layout begins at random places: with this seed always at the same ones."""
ROUNDS: Final = 400
"""How often overlapping boxes are moved apart at the most."""
_PIECES: Final = re.compile(r"[「『《（(]?(?:[\w.%,+-]{1,20}|.)", re.ASCII)
_HANGING: Final = frozenset("，。、；：？！）」』》,")


@dataclass(slots=True)
class Box:
    """A node of a drawing: a circle with its caption below; `x` and `y` are the middle of the circle."""

    node_id: str
    label: NodeLabel
    lines: tuple[str, ...]
    x: float
    y: float

    @property
    def radius(self) -> float:
        """Of the circle, in pixels."""
        return ontology().nodes[self.label].style.diameter / 3

    @property
    def half_width(self) -> float:
        """From the middle to the side of the box, a gap counted in."""
        widest = max((columns(line) for line in self.lines), default=0)
        return max(self.radius, widest * FONT_PIXELS / 4) + GAP_PIXELS / 2

    @property
    def top(self) -> float:
        """The upper end of the box."""
        return self.y - self.radius - GAP_PIXELS / 2

    @property
    def bottom(self) -> float:
        """The lower end of the box, below the caption."""
        return self.y + self.radius + LINE_PIXELS * len(self.lines) + GAP_PIXELS / 2


def columns(text: str) -> int:
    """Return how wide a text is, in half the width of a Chinese character.

    Example:
        >>> columns("聯準會Fed")
        9
    """
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def wrapped(text: str) -> tuple[str, ...]:
    """Return a caption in lines of about equal width, cut with an ellipsis where it is too long.

    Words and numbers stay whole; no line begins with a comma or a closing bracket, or ends with an opening one.

    Example:
        >>> wrapped("聯準會年底前將降息兩次並停止縮表再視情況而定")
        ('聯準會年底前將降息兩', '次並停止縮表再視情…')
        >>> wrapped("今年經濟成長率可望達4.65%以上")
        ('今年經濟成長率可望達', '4.65%以上')
    """
    lines = [""]
    for piece in _PIECES.findall(" ".join(text.split("\n"))):
        if columns(lines[-1] + piece) > COLUMNS and lines[-1] and piece not in _HANGING:
            lines.append("")
        lines[-1] += piece
    if len(lines) <= LINES:
        return tuple(lines)
    return (*lines[: LINES - 1], lines[LINES - 1][:-1] + "…")


def placed(graph: Graph) -> list[Box]:
    """Return the nodes at their places around the origin, captions clear of each other; the same ones each time.

    Args:
        graph: a view as `kg.analysis.multigraph_of` gives it.
    """
    side = ROOM_PIXELS * math.sqrt(max(len(graph), 1)) / 2
    plain: networkx.Graph[str] = networkx.Graph()
    plain.add_nodes_from(graph)
    plain.add_edges_from((source, target) for source, target in graph.edges() if source != target)
    places = networkx.spring_layout(plain, seed=SEED, k=1.6 / math.sqrt(max(len(graph), 1)), iterations=200)
    boxes = [
        Box(node_id, NodeLabel(attributes["label"]), wrapped(attributes["caption"]), *_scaled(places[node_id], side))
        for node_id, attributes in graph.nodes(data=True)
    ]
    for _ in range(ROUNDS):
        moved = [_part(one, other) for one, other in combinations(boxes, 2)]
        if not any(moved):
            break
    return boxes


def _scaled(place: Iterable[float], side: float) -> tuple[float, float]:
    # Screens are wider than high.
    x, y = map(float, place)
    return x * side * 1.3, y * side


def _part(one: Box, other: Box) -> bool:
    """Move two boxes apart where they overlap, the shorter way; return whether they did."""
    beside = one.half_width + other.half_width - abs(one.x - other.x)
    above = min(one.bottom, other.bottom) - max(one.top, other.top)
    if beside <= 0 or above <= 0:
        return False
    if beside < above:
        shift = (beside + 1) / 2 * (1 if one.x >= other.x else -1)
        one.x, other.x = one.x + shift, other.x - shift
    else:
        shift = (above + 1) / 2 * (1 if one.y >= other.y else -1)
        one.y, other.y = one.y + shift, other.y - shift
    return True
