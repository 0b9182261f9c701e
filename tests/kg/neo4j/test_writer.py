import json

import pytest
from neo4j import Driver

from kg.neo4j.writer import Written, write_graph
from schemas.errors import BackendError, NotFoundError
from schemas.graph import Edge, EdgeType, Node, NodeLabel, edge_of
from tests.kg.samples import BANK, FORECAST, sample_edges, sample_nodes

pytestmark = pytest.mark.neo4j


def ask(driver: Driver, cypher: str, **parameters: object) -> list[list[object]]:
    return [record.values() for record in driver.execute_query(cypher, parameters).records]


def test_writing_twice_leaves_the_graph_as_writing_once(neo4j_driver: Driver) -> None:
    first = write_graph(neo4j_driver, sample_nodes(), sample_edges())
    second = write_graph(neo4j_driver, sample_nodes(), sample_edges())
    assert first == Written(nodes=12, edges=14, new_nodes=12, new_edges=14)
    assert second == Written(nodes=12, edges=14, new_nodes=0, new_edges=0)
    assert ask(neo4j_driver, "MATCH (n) RETURN count(n)") == [[12]]
    assert ask(neo4j_driver, "MATCH ()-[r]->() RETURN count(r)") == [[14]]
    assert ask(neo4j_driver, "MATCH (c:Claim) RETURN count(c)") == [[2]]


def test_the_second_writing_brings_nodes_to_their_new_state(neo4j_driver: Driver) -> None:
    before = Node(node_id="a", label=NodeLabel.ACTOR, caption="甲", data={"wikidata_id": "Q1"})
    after = Node(node_id="a", label=NodeLabel.TARGET, caption="乙", data={"subject": "us"})
    write_graph(neo4j_driver, [before], [])
    write_graph(neo4j_driver, [after], [])
    (labels, properties) = ask(neo4j_driver, "MATCH (n) RETURN labels(n), properties(n)")[0]
    assert set(labels) == {"Entity", "Target"}
    assert properties == {"id": "a", "caption": "乙", "subject": "us", "data": '{"subject":"us"}'}


def test_values_have_their_types_and_the_whole_data_stays(neo4j_driver: Driver) -> None:
    write_graph(neo4j_driver, sample_nodes(), sample_edges())
    found = ask(
        neo4j_driver,
        "MATCH (c:Claim {id: $id}) RETURN c.said_on = date('2025-03-20'), c.window_end.year, c.probability_low < 0.5, "
        "c.speakers, c.start, c.data",
        id=FORECAST.claim_id,
    )[0]
    assert found[:5] == [True, 2026, True, ["林經理", "author"], 6]
    assert json.loads(str(found[5])) == FORECAST.model_dump(mode="json")


def test_an_edge_keeps_its_properties(neo4j_driver: Driver) -> None:
    write_graph(neo4j_driver, sample_nodes(), sample_edges())
    found = ask(neo4j_driver, "MATCH (:Actor)-[r:EMPLOYED_BY]->(a:Actor) RETURN a.id, r.title, r.data")
    assert found == [[BANK.actor_id, "經理", '{"title":"經理","span":{"start":1,"end":3}}']]


@pytest.mark.parametrize("words", ["衰退機率", "衰退", "四成"])
def test_full_text_finds_chinese_words_inside_a_claim(neo4j_driver: Driver, words: str) -> None:
    write_graph(neo4j_driver, sample_nodes(), sample_edges())
    cypher = "CALL db.index.fulltext.queryNodes('entity_text', $words) YIELD node WHERE node:Claim RETURN node.id"
    assert ask(neo4j_driver, cypher, words=f'"{words}"') == [[FORECAST.claim_id]]


def test_hostile_text_is_kept_as_it_is(neo4j_driver: Driver) -> None:
    nasty = "'\"`}) DETACH DELETE (n) //\\ \x00 $rows {id: 1} 𠮷 " + "長" * 100_000
    node = Node(node_id="x'}) //", label=NodeLabel.ACTOR, caption=nasty, data={nasty: [nasty, None], "names": 7})
    edge = edge_of(EdgeType.MENTIONS, node.node_id, node.node_id, **{nasty: nasty})
    write_graph(neo4j_driver, [node], [edge])
    (caption, node_data, edge_data) = ask(neo4j_driver, "MATCH (n)-[r]->(n) RETURN n.caption, n.data, r.data")[0]
    assert (caption, json.loads(str(node_data)), json.loads(str(edge_data))) == (nasty, node.data, edge.data)


def test_an_edge_without_its_node_is_refused_and_named(neo4j_driver: Driver) -> None:
    edge = edge_of(EdgeType.STATED_IN, FORECAST.claim_id, "document-nowhere")
    with pytest.raises(NotFoundError, match="document-nowhere") as caught:
        write_graph(neo4j_driver, sample_nodes(), [edge])
    assert caught.value.code == "neo4j.node_unknown"


def test_ids_and_values_too_long_for_an_index_are_kept_all_the_same(neo4j_driver: Driver) -> None:
    long = "長" * 20_000
    document = Node(node_id=long, label=NodeLabel.DOCUMENT, caption="長", data={"publication": {"publisher": long}})
    edges = [edge_of(EdgeType.MENTIONS, long, long)]
    assert write_graph(neo4j_driver, [document], edges).new_edges == 1
    assert write_graph(neo4j_driver, [document], edges).new_nodes == 0
    (full_id, data) = ask(neo4j_driver, "MATCH (n)-[:MENTIONS]->(n) RETURN n.full_id, n.data")[0]
    assert (full_id, json.loads(str(data))) == (long, document.data)


def test_what_the_server_refuses_is_told_in_one_line(neo4j_driver: Driver) -> None:
    with pytest.raises(BackendError) as caught:
        write_graph(neo4j_driver, sample_nodes(), [], database="no-such-database")
    assert caught.value.code == "neo4j.refused"
    assert "no-such-database" in caught.value.message
    assert "\n" not in caught.value.message


def test_more_than_a_batch_is_written_and_progress_told(neo4j_driver: Driver) -> None:
    nodes = [Node(node_id=f"actor-{i}", label=NodeLabel.ACTOR, caption=f"第{i}位", data={}) for i in range(1500)]
    edges: list[Edge] = [edge_of(EdgeType.EMPLOYED_BY, f"actor-{i}", "actor-0") for i in range(1, 1500)]
    told: list[int] = []
    written = write_graph(neo4j_driver, nodes, edges, progress=told.append)
    assert written == Written(nodes=1500, edges=1499, new_nodes=1500, new_edges=1499)
    assert told == [1000, 1500, 2500, 2999]


def test_the_own_label_of_a_node_comes_before_the_shared_one(neo4j_driver: Driver) -> None:
    write_graph(neo4j_driver, sample_nodes(), sample_edges())
    shown = {tuple(row[0]) for row in ask(neo4j_driver, "MATCH (n) RETURN labels(n)")}
    assert {labels[1] for labels in shown} == {"Entity"}
