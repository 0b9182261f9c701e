"""Writing: all or nothing, twice is once, nothing points nowhere, nothing is overwritten unseen."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from kg.store.protocol import Store
from schemas.errors import BackendError, ConflictError, InputError, NotFoundError
from schemas.graph import Applied, Change, Edge, EdgeType, Node, NodeLabel, edge_of
from tests.contracts.graphs import NOON, actor, claim, create, document, remove, replace

LATER = NOON + timedelta(hours=1)
STATED = edge_of(EdgeType.STATED_IN, "claim-1", "document-1")


def state(store: Store) -> tuple[list[Node], list[Edge]]:
    return list(store.all_nodes()), list(store.all_edges())


def test_an_empty_store_has_nothing(store: Store) -> None:
    assert state(store) == ([], [])
    assert store.counts() == {}
    assert list(store.log()) == []


def test_no_changes_change_nothing(store: Store) -> None:
    assert store.apply([]) == Applied(applied=0, known=0, last_sequence=0)


def test_new_nodes_and_edges_are_counted_and_there(store: Store) -> None:
    changes = create(document(), claim("claim-1"), STATED)
    assert store.apply(changes) == Applied(applied=3, known=0, last_sequence=3)
    assert store.node("claim-1") == claim("claim-1")
    assert list(store.all_edges()) == [STATED]


def test_the_same_changes_again_are_known(store: Store) -> None:
    changes = create(document(), claim("claim-1"), STATED)
    store.apply(changes)
    assert store.apply(changes) == Applied(applied=0, known=3, last_sequence=3)
    assert len(list(store.log())) == 3


def test_a_change_twice_in_one_batch_counts_once(store: Store) -> None:
    (change,) = create(document())
    assert store.apply([change, change]) == Applied(applied=1, known=1, last_sequence=1)


def test_another_change_to_the_present_state_is_known(store: Store) -> None:
    store.apply(create(document()))
    assert store.apply(create(document(), at=LATER)) == Applied(applied=0, known=1, last_sequence=1)


def test_the_order_of_keys_in_data_makes_no_other_state(store: Store) -> None:
    one = actor("ubs")
    turned = one.model_copy(update={"data": dict(reversed(one.data.items()))})
    store.apply(create(one))
    assert store.apply(create(turned, at=LATER)).known == 1


def test_true_is_not_one(store: Store) -> None:
    first = Node(node_id="n", label=NodeLabel.TARGET, caption="n", data={"flag": 1})
    second = first.model_copy(update={"data": {"flag": True}})
    store.apply(create(first))
    assert store.apply([replace(first, second)]).applied == 1
    assert store.node("n").data["flag"] is True


def test_a_known_change_id_is_known_even_after_the_state_moved_on(store: Store) -> None:
    first, second = actor("ubs", "瑞銀"), actor("ubs", "瑞銀", "瑞銀集團")
    made = create(first)
    store.apply(made)
    store.apply([replace(first, second)])
    assert store.apply(made).known == 1
    assert store.node("ubs") == second


def test_a_batch_may_be_known_in_part(store: Store) -> None:
    store.apply(create(document()))
    assert store.apply(create(document(), claim("claim-1"))) == Applied(applied=1, known=1, last_sequence=2)


def test_a_change_replaces_the_state_it_names(store: Store) -> None:
    before, after = actor("ubs", "瑞銀"), actor("ubs", "瑞銀", "瑞銀集團")
    store.apply(create(before))
    store.apply([replace(before, after)])
    assert store.node("ubs") == after


def test_one_batch_may_make_change_and_remove_one_element(store: Store) -> None:
    before, after = actor("ubs", "瑞銀"), actor("ubs", "瑞銀", "瑞銀集團")
    applied = store.apply([*create(before), replace(before, after), remove(after)])
    assert applied == Applied(applied=3, known=0, last_sequence=3)
    assert state(store) == ([], [])
    assert len(store.history("ubs")) == 3


def test_creating_what_is_there_otherwise_is_a_conflict(store: Store) -> None:
    store.apply(create(actor("ubs", "瑞銀")))
    with pytest.raises(ConflictError) as refused:
        store.apply(create(actor("ubs", "瑞士銀行")))
    assert refused.value.code == "store.conflict"


def test_replacing_a_state_that_is_gone_is_a_conflict(store: Store) -> None:
    first, second, third = actor("ubs", "甲"), actor("ubs", "乙"), actor("ubs", "丙")
    store.apply(create(first))
    store.apply([replace(first, second)])
    with pytest.raises(ConflictError):
        store.apply([replace(first, third)])
    assert store.node("ubs") == second


def test_replacing_what_never_was_is_a_conflict(store: Store) -> None:
    with pytest.raises(ConflictError):
        store.apply([replace(actor("ubs", "甲"), actor("ubs", "乙"))])


def test_of_two_writers_who_read_the_same_state_the_second_is_refused(store: Store) -> None:
    seen = actor("ubs", "甲")
    store.apply(create(seen))
    store.apply([replace(seen, actor("ubs", "甲", "乙"))])
    with pytest.raises(ConflictError):
        store.apply([replace(seen, actor("ubs", "甲", "丙"))])


def test_a_refused_batch_leaves_nothing_behind(store: Store) -> None:
    store.apply(create(document()))
    before = state(store)
    with pytest.raises(NotFoundError):
        store.apply(create(claim("claim-1"), STATED, edge_of(EdgeType.MENTIONS, "claim-1", "nobody")))
    assert state(store) == before
    assert len(list(store.log())) == 1
    assert store.history("claim-1") == ()


def test_after_a_refused_batch_the_log_goes_on_without_a_gap(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.apply(create(document(), edge_of(EdgeType.MENTIONS, "document-1", "nobody")))
    assert store.apply(create(document(), claim("claim-1"))).last_sequence == 2
    assert [logged.sequence for logged in store.log()] == [1, 2]


@pytest.mark.parametrize("ends", [("nobody", "document-1"), ("document-1", "nobody")])
def test_an_edge_needs_both_its_nodes(store: Store, ends: tuple[str, str]) -> None:
    store.apply(create(document()))
    with pytest.raises(NotFoundError) as refused:
        store.apply(create(edge_of(EdgeType.MENTIONS, *ends)))
    assert refused.value.code == "store.node_unknown"
    assert "nobody" in refused.value.message


def test_an_edge_before_its_node_in_a_batch_is_refused(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.apply(create(document(), STATED, claim("claim-1")))


def test_an_edge_is_no_end_of_an_edge(store: Store) -> None:
    store.apply(create(document(), claim("claim-1"), STATED))
    with pytest.raises(NotFoundError):
        store.apply(create(edge_of(EdgeType.MENTIONS, STATED.edge_id, "claim-1")))


def test_a_node_may_point_to_itself(store: Store) -> None:
    loop = edge_of(EdgeType.MENTIONS, "ubs", "ubs")
    store.apply(create(actor("ubs"), loop))
    assert store.edges("ubs") == (loop,)


def test_a_removed_node_is_gone(store: Store) -> None:
    store.apply(create(document()))
    store.apply([remove(document())])
    with pytest.raises(NotFoundError) as refused:
        store.node("document-1")
    assert refused.value.code == "store.node_unknown"
    assert store.counts() == {}


def test_a_removed_edge_is_gone_and_its_nodes_stay(store: Store) -> None:
    store.apply(create(document(), claim("claim-1"), STATED))
    store.apply([remove(STATED)])
    assert store.edges("claim-1") == ()
    assert len(list(store.all_nodes())) == 2


def test_removing_what_is_not_there_is_known(store: Store) -> None:
    assert store.apply([remove(document())]) == Applied(applied=0, known=1, last_sequence=0)


def test_a_node_with_edges_is_not_removed(store: Store) -> None:
    store.apply(create(document(), claim("claim-1"), STATED))
    with pytest.raises(ConflictError) as refused:
        store.apply([remove(document())])
    assert refused.value.code == "store.node_linked"
    assert store.edges("document-1") == (STATED,)


def test_a_node_whose_edge_is_made_in_the_same_batch_is_not_removed(store: Store) -> None:
    with pytest.raises(ConflictError):
        store.apply([*create(document(), claim("claim-1"), STATED), remove(claim("claim-1"))])


def test_edges_and_then_their_node_go_in_one_batch(store: Store) -> None:
    store.apply(create(document(), claim("claim-1"), STATED))
    store.apply([remove(STATED), remove(claim("claim-1"))])
    assert [node.node_id for node in store.all_nodes()] == ["document-1"]


def test_what_was_removed_may_come_back_otherwise(store: Store) -> None:
    store.apply(create(actor("ubs", "甲")))
    store.apply([remove(actor("ubs", "甲"))])
    store.apply(create(actor("ubs", "乙")))
    assert store.node("ubs") == actor("ubs", "乙")
    assert [logged.sequence for logged in store.history("ubs")] == [1, 2, 3]


def test_an_edge_may_change_its_data(store: Store) -> None:
    before, after = (edge_of(EdgeType.EMPLOYED_BY, "ma", "ubs", title=title) for title in ("主管", "總經理"))
    store.apply(create(actor("ma"), actor("ubs"), before))
    store.apply([replace(before, after)])
    assert store.edges("ma") == (after,)


def test_a_node_never_becomes_an_edge(store: Store) -> None:
    store.apply(create(actor("one"), actor("two")))
    posing = Edge(edge_id="one", edge_type=EdgeType.MENTIONS, source_id="two", target_id="two")
    with pytest.raises(InputError) as refused:
        store.apply([replace(actor("one"), posing)])
    assert refused.value.code == "store.kind"


def test_an_id_removed_as_node_may_come_back_as_edge(store: Store) -> None:
    store.apply(create(actor("one"), actor("two")))
    other = Edge(edge_id="one", edge_type=EdgeType.MENTIONS, source_id="two", target_id="two")
    store.apply([remove(actor("one")), *create(other)])
    assert store.edges("two") == (other,)
    assert [node.node_id for node in store.all_nodes()] == ["two"]


def test_a_node_may_change_its_label(store: Store) -> None:
    before = actor("gold")
    after = before.model_copy(update={"label": NodeLabel.TARGET})
    store.apply(create(before))
    store.apply([replace(before, after)])
    assert store.counts() == {NodeLabel.TARGET: 1}


@pytest.mark.parametrize(
    "hostile",
    [
        "'; DROP TABLE node; --",
        '"} MATCH (n) DETACH DELETE n //',
        "\x00\x01",
        "a\x00b",
        "\u202e反轉",
        "🂡" * 3,
        "換\n行",
        "x" * 1_000_000,
    ],
    ids=["sql", "cypher", "control", "nul", "bidi", "astral", "newline", "megabyte"],
)
def test_hostile_text_comes_back_as_it_went_in(store: Store, hostile: str) -> None:
    data = {hostile: hostile, "names": [{"text": hostile}]}
    node_id = hostile.replace("\0", "")
    node = Node(node_id=node_id, label=NodeLabel.ACTOR, caption=hostile, data=data)
    loop = edge_of(EdgeType.MENTIONS, node_id, node_id, note=hostile)
    store.apply(create(node, loop))
    assert store.node(node_id) == node
    assert store.edges(node_id) == (loop,)
    assert store.history(node_id)[0].change.after == node
    assert store.apply(create(node, at=LATER)).known == 1


def test_a_null_character_in_an_id_is_refused(store: Store) -> None:
    store.apply(create(actor("a")))
    with pytest.raises(InputError) as refused:
        store.apply(create(actor("a\0b")))
    assert refused.value.code == "store.id_malformed"
    assert store.nodes(["a\0b"]) == ()


def test_half_a_character_is_refused(store: Store) -> None:
    broken = Node(node_id="n", label=NodeLabel.ACTOR, caption="\ud800", data={})
    change = Change(change_id="c", recorded_at=NOON, who="test", why="create", after=broken)
    with pytest.raises(InputError) as refused:
        store.apply([change])
    assert refused.value.code == "store.text_malformed"
    assert list(store.all_nodes()) == []


def test_data_of_any_shape_is_kept(store: Store) -> None:
    odd = Node(
        node_id="n",
        label=NodeLabel.CLAIM,
        caption="n",
        data={"attribution": 3, "span": {"start": True}, "periods": [None, {"period": 1}], "text": ["x"], "kind": None},
    )
    store.apply(create(odd))
    assert store.node("n") == odd


def test_the_moment_and_the_author_of_a_change_are_kept(store: Store) -> None:
    taipei = datetime(2026, 1, 2, 20, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    change = Change(change_id="c", recorded_at=taipei, who="王小明", why="更名", after=actor("ubs"))
    store.apply([change])
    kept = next(store.log()).change
    assert kept == change
    assert kept.recorded_at.astimezone(UTC) == taipei.astimezone(UTC)


def test_many_changes_go_in_at_once(store: Store) -> None:
    nodes = [actor(f"actor-{number:06}") for number in range(12_000)]
    edges = [edge_of(EdgeType.MENTIONS, node.node_id, nodes[0].node_id) for node in nodes[-50:]]
    assert store.apply(create(*nodes, *edges)).applied == 12_050
    assert len(list(store.all_nodes())) == 12_000


def test_a_late_refusal_undoes_an_early_part_of_a_long_batch(store: Store) -> None:
    nodes = [actor(f"actor-{number:06}") for number in range(12_000)]
    with pytest.raises(NotFoundError):
        store.apply(create(*nodes, edge_of(EdgeType.MENTIONS, nodes[0].node_id, "nobody")))
    assert list(store.all_nodes()) == []


def test_a_closed_store_answers_nothing(store: Store) -> None:
    store.apply(create(document()))
    store.close()
    with pytest.raises(BackendError) as refused:
        store.node("document-1")
    assert refused.value.code == "store.closed"
    with pytest.raises(BackendError):
        store.apply(create(claim("claim-1")))
