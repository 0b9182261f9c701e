"""Drawings: sound SVG, captions clear of each other, the colours of the ontology, nothing hostile gets out."""

from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import Graph, multigraph_of
from kg.drawing import svg_of
from kg.ontology import ontology
from kg.placing import COLUMNS, LINES, Box, columns, placed, wrapped
from schemas.graph import EdgeType, Node, NodeLabel, edge_of
from tests.kg.samples import sample_edges, sample_nodes

SVG = "{http://www.w3.org/2000/svg}"


def star(leaves: int, caption: str = "聯準會年底前將降息兩次並停止縮表") -> Graph:
    """A hub with claims around it, each contradicting the next."""
    names = [f"claim-{number}" for number in range(leaves)]
    nodes = [Node(node_id="hub", label=NodeLabel.TARGET, caption="us.gdp.growth", data={})]
    nodes += [Node(node_id=name, label=NodeLabel.CLAIM, caption=caption, data={}) for name in names]
    edges = [edge_of(EdgeType.FORECASTS, name, "hub") for name in names]
    edges += [edge_of(EdgeType.CONTRADICTS, one, other) for one, other in pairwise(names)]
    return multigraph_of(nodes, edges)


def sample() -> Graph:
    return multigraph_of(sample_nodes(), sample_edges())


def overlap(one: Box, other: Box) -> bool:
    beside = abs(one.x - other.x) < one.half_width + other.half_width
    return beside and min(one.bottom, other.bottom) > max(one.top, other.top)


@pytest.mark.parametrize("graph", [star(3), star(40), star(120), sample()], ids=["few", "many", "crowd", "sample"])
def test_no_caption_lies_over_another(graph: Graph) -> None:
    assert not any(overlap(one, other) for one, other in combinations(placed(graph), 2))


def test_a_drawing_is_the_same_each_time_and_all_of_it_is_in_view() -> None:
    drawing = svg_of(star(20), title="美國成長率")
    assert drawing == svg_of(star(20), title="美國成長率")
    root = ET.fromstring(drawing)  # noqa: S314 - our own drawing
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for circle in root.iter(f"{SVG}circle"):
        assert 0 < float(circle.attrib["cx"]) < width
        assert 0 < float(circle.attrib["cy"]) < height


def test_every_node_has_its_circle_in_its_colour_and_the_legend_names_what_there_is() -> None:
    graph = sample()
    root = ET.fromstring(svg_of(graph))  # noqa: S314 - our own drawing
    labels = {of["label"] for _, of in graph.nodes(data=True)}
    fills = [circle.attrib["fill"] for circle in root.iter(f"{SVG}circle")]
    assert len(fills) == len(graph) + len(labels)
    assert set(fills) == {ontology().nodes[NodeLabel(label)].style.colour for label in labels}
    words = {element.text for element in root.iter(f"{SVG}text")}
    assert {ontology().nodes[NodeLabel(label)].gloss for label in labels} <= words


def test_a_contradiction_has_two_heads_and_a_name_a_forecast_one_head() -> None:
    drawing = svg_of(star(40))
    assert drawing.count('marker-start="url(#CONTRADICTS)"') == 39 + 1
    assert drawing.count('marker-end="url(#FORECASTS)"') == 40 + 1
    assert 'marker-start="url(#FORECASTS)"' not in drawing
    assert drawing.count(">相左<") == 39 + 1


def test_two_lines_between_the_same_nodes_take_different_ways() -> None:
    nodes = [Node(node_id=i, label=NodeLabel.CLAIM, caption=i, data={}) for i in "ab"]
    graph = multigraph_of(nodes, [edge_of(EdgeType.RESTATES, "a", "b"), edge_of(EdgeType.SUPERSEDES, "a", "b")])
    paths = [line for line in svg_of(graph).splitlines() if "Q" in line and line.startswith("<path")]
    assert len({path.split('"')[1] for path in paths}) == 2


def test_an_empty_graph_and_an_edge_to_itself_are_drawn() -> None:
    assert ET.fromstring(svg_of(multigraph_of([], []))).tag == f"{SVG}svg"  # noqa: S314 - our own drawing
    node = Node(node_id="a", label=NodeLabel.CLAIM, caption="甲", data={})
    assert svg_of(multigraph_of([node], [edge_of(EdgeType.SUPERSEDES, "a", "a")])).count("<circle") == 2


@settings(max_examples=50)
@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_a_caption_holds_the_drawing_is_sound(caption: str, title: str) -> None:
    graph = multigraph_of([Node(node_id=caption, label=NodeLabel.CLAIM, caption=caption, data={})], [])
    ET.fromstring(svg_of(graph, title=title).encode("utf-8", "ignore"))  # noqa: S314 - our own drawing


@given(st.text())
def test_a_caption_takes_few_lines_and_none_is_much_too_wide(text: str) -> None:
    lines = wrapped("".join(text.splitlines()))
    assert len(lines) <= LINES
    assert all(columns(line) <= COLUMNS + 4 for line in lines)


def test_words_and_numbers_stay_whole_and_commas_hang() -> None:
    assert wrapped("32%若原封不動落地，GDP會少1.1") == ("32%若原封不動落地，", "GDP會少1.1")
    assert wrapped("市場對美國經濟陷入「川普衰退」") == ("市場對美國經濟陷入", "「川普衰退」")
