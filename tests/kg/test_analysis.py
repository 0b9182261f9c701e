from kg.analysis import claims_by_actor, connection, multigraph_of, shared_targets
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


def test_a_connection_goes_along_edges_either_way() -> None:
    graph = multigraph_of(sample_nodes(), sample_edges())
    way = connection(graph, LIN.actor_id, INDICATOR.indicator_id)
    assert way == (LIN.actor_id, FORECAST.claim_id, "us.recession", INDICATOR.indicator_id)


def test_without_a_way_or_a_node_the_connection_is_empty() -> None:
    nodes, edges = small_debate()
    assert connection(multigraph_of(nodes, edges), "a1", "a3") == ()
    assert connection(multigraph_of(nodes, edges), "a1", VERDICT.verdict_id) == ()
