import networkx

from kg.analysis import (
    Step,
    branches,
    claims_by_actor,
    explanation,
    graphml_of,
    most_contested,
    most_relayed,
    multigraph_of,
    nearest,
    shared_targets,
)
from schemas.graph import Edge, EdgeType, Node, NodeLabel, edge_of
from tests.kg.samples import BANK, FORECAST, INDICATOR, LIN, VERDICT, sample_edges, sample_nodes


def test_every_node_and_edge_is_in_the_view_with_what_it_holds() -> None:
    graph = multigraph_of(sample_nodes(), sample_edges())
    assert (len(graph), graph.number_of_edges()) == (12, 14)
    assert graph.nodes[FORECAST.claim_id]["caption"] == "明年衰退機率約四成"
    (employment,) = graph.get_edge_data(LIN.actor_id, BANK.actor_id).values()
    assert (employment["type"], employment["data"]["title"]) == ("EMPLOYED_BY", "經理")


def test_two_edges_between_the_same_nodes_stay_apart() -> None:
    ends = (FORECAST.claim_id, BANK.actor_id)
    graph = multigraph_of(sample_nodes(), [edge_of(EdgeType.MENTIONS, *ends), edge_of(EdgeType.ASSERTED_BY, *ends)])
    assert graph.number_of_edges(*ends) == 2


def test_an_edge_that_leads_out_of_the_part_is_left_out() -> None:
    assert multigraph_of(sample_nodes()[:1], sample_edges()).number_of_edges() == 0


def forecast(claim: str, actor: str, target: str) -> list[Edge]:
    return [edge_of(EdgeType.ASSERTED_BY, claim, actor), edge_of(EdgeType.FORECASTS, claim, target)]


def small_debate() -> tuple[list[Node], list[Edge]]:
    labels = {"c": NodeLabel.CLAIM, "a": NodeLabel.ACTOR, "t": NodeLabel.TARGET}
    ids = ["c1", "c2", "c3", "c4", "a1", "a2", "a3", "t1", "t2"]
    nodes = [Node(node_id=i, label=labels[i[0]], caption=i, data={}) for i in ids]
    edges = [
        forecast("c1", "a1", "t1"),
        forecast("c2", "a2", "t1"),
        forecast("c3", "a2", "t2"),
        forecast("c4", "a1", "t2"),
    ]
    return nodes, [edge for group in edges for edge in group]


def test_claims_are_counted_by_speaker_most_first() -> None:
    nodes, edges = small_debate()
    edges.append(edge_of(EdgeType.ASSERTED_BY, "c1", "a2"))
    assert list(claims_by_actor(multigraph_of(nodes, edges)).items()) == [("a2", 3), ("a1", 2)]


def test_actors_who_forecast_the_same_targets_are_paired() -> None:
    assert shared_targets(multigraph_of(*small_debate())) == {("a1", "a2"): ("t1", "t2")}


def test_a_way_goes_along_edges_either_way() -> None:
    graph = multigraph_of(sample_nodes(), sample_edges())
    steps = explanation(graph, LIN.actor_id, INDICATOR.indicator_id)
    assert [step.source_id for step in steps] == [LIN.actor_id, FORECAST.claim_id, "us.recession"]
    assert [step.target_id for step in steps] == [FORECAST.claim_id, "us.recession", INDICATOR.indicator_id]
    assert any(step.is_turned for step in steps)


def test_without_a_way_or_a_node_there_are_no_steps() -> None:
    nodes, edges = small_debate()
    assert explanation(multigraph_of(nodes, edges), "a1", "a3") == ()
    assert explanation(multigraph_of(nodes, edges), "a1", VERDICT.verdict_id) == ()


def dispute() -> tuple[list[Node], list[Edge]]:
    """Two actors on one target in one article: a1 and a2 contradict each other twice, a3 keeps out of it."""
    nodes, edges = small_debate()
    nodes += [Node(node_id=i, label=NodeLabel.DOCUMENT, caption=i, data={}) for i in ("d1", "d2")]
    nodes += [Node(node_id=i, label=NodeLabel.CLAIM, caption=i, data={}) for i in ("c5",)]
    edges += forecast("c5", "a3", "t1")
    edges += [edge_of(EdgeType.CONTRADICTS, "c1", "c2"), edge_of(EdgeType.CONTRADICTS, "c3", "c4")]
    edges += [edge_of(EdgeType.CONTRADICTS, "c1", "c5")]
    edges += [edge_of(EdgeType.STATED_IN, f"c{n}", "d1") for n in range(1, 6)]
    return nodes, edges


def test_the_most_contested_target_has_most_pairs_and_names_who_stands_in_them() -> None:
    found = most_contested(multigraph_of(*dispute()))
    assert [(item.target_id, item.contradictions, item.actor_ids) for item in found] == [
        ("t1", 2, ("a1", "a2", "a3")),
        ("t2", 1, ("a1", "a2")),
    ]


def test_a_medium_relays_as_many_claims_as_it_prints_of_whom_it_quotes() -> None:
    nodes, edges = dispute()
    nodes += [Node(node_id="paper", label=NodeLabel.ACTOR, caption="paper", data={})]
    edges += [edge_of(EdgeType.PUBLISHED_BY, "d1", "paper"), edge_of(EdgeType.RELAYS, "a1", "paper")]
    assert most_relayed(multigraph_of(nodes, edges)) == {("a1", "paper"): 2}


def test_a_contradiction_explains_more_than_an_article_that_holds_both() -> None:
    assert explanation(multigraph_of(*dispute()), "a1", "a2") == (
        Step("a1", EdgeType.ASSERTED_BY, "c1", is_turned=True),
        Step("c1", EdgeType.CONTRADICTS, "c2", is_turned=False),
        Step("c2", EdgeType.ASSERTED_BY, "a2", is_turned=False),
    )


def test_around_an_actor_stand_claims_what_contradicts_them_and_who_says_so_but_no_article() -> None:
    near = nearest(multigraph_of(*dispute()), "a3", 50)
    assert set(near) == {"a3", "c5", "c1", "c2", "a1", "t1"}
    assert set(nearest(multigraph_of(*dispute()), "a3", 2)) == {"a3", "c5"}
    assert set(nearest(multigraph_of(*dispute()), "d2", 5)) == {"d2"}


def test_figures_do_not_crowd_out_who_forecasts_a_target_but_stand_around_their_series() -> None:
    figures = [Node(node_id=f"o{n}", label=NodeLabel.OBSERVATION, caption=f"{n}%", data={}) for n in range(50)]
    edges = [edge_of(EdgeType.OBSERVATION_OF, node.node_id, INDICATOR.indicator_id) for node in figures]
    graph = multigraph_of([*sample_nodes(), *figures], [*sample_edges(), *edges])
    around_target = set(nearest(graph, "us.recession", 20))
    assert {FORECAST.claim_id, LIN.actor_id, INDICATOR.indicator_id} <= around_target
    assert around_target.isdisjoint({node.node_id for node in figures})
    assert {node.node_id for node in figures} <= set(nearest(graph, INDICATOR.indicator_id, 100))


def test_targets_that_nobody_forecasts_are_not_shown_around_another() -> None:
    idle = Node(node_id="us.downturn", label=NodeLabel.TARGET, caption="us.downturn", data={})
    measured = edge_of(EdgeType.MEASURED_BY, "us.downturn", INDICATOR.indicator_id)
    graph = multigraph_of([*sample_nodes(), idle], [*sample_edges(), measured])
    assert "us.downturn" not in nearest(graph, "us.recession", 50)
    assert INDICATOR.indicator_id in nearest(graph, "us.downturn", 50)


def test_around_an_article_stand_its_claims_and_who_makes_them() -> None:
    assert {"c1", "c5", "a1", "a3"} <= set(nearest(multigraph_of(*dispute()), "d1", 50))


def test_a_tree_holds_each_node_once() -> None:
    graph = multigraph_of(*dispute())
    led = [step.target_id for steps in branches(graph, "a1").values() for step in steps]
    assert sorted([*led, "a1", "d2"]) == sorted(graph)


def test_graphml_is_read_back_with_types_and_properties() -> None:
    bad = Node(
        node_id="a\x00b", label=NodeLabel.ACTOR, caption="壞\x01字", data={"names": [{"text": "x"}, {"text": "y"}]}
    )
    graph = networkx.parse_graphml(graphml_of([*sample_nodes(), bad], sample_edges()), force_multigraph=True)
    assert (len(graph), graph.number_of_edges()) == (13, 14)
    assert graph.nodes[FORECAST.claim_id]["window_end"] == "2026-12-31"
    assert graph.nodes["ab"] == {"names": "x; y", "label": "Actor", "caption": "壞字"}
    (employment,) = graph.get_edge_data(LIN.actor_id, BANK.actor_id).values()
    assert (employment["type"], employment["title"]) == ("EMPLOYED_BY", "經理")
