"""Judgements and editors' names in a store: appended, never changed, and read back."""

from kg.linking.profiles import profiles_of
from kg.linking.recording import (
    aliases_in,
    changes_of_alias,
    changes_of_judgement,
    changes_of_withdrawal,
    judgements_in,
    read_identities,
)
from kg.nodes import actor_node, actor_of
from schemas.actor import JudgementValue, Name
from schemas.graph import EdgeType, edge_of
from tests.contracts.engines import fold
from tests.contracts.fake_store import FakeStore
from tests.contracts.graphs import claim, create, document
from tests.kg.linking.people import START, actor, judged


def store_of(*actor_ids: str) -> FakeStore:
    store = FakeStore(fold)
    store.apply(create(*(actor_node(actor(actor_id)) for actor_id in actor_ids)))
    return store


def test_a_judgement_is_kept_beside_the_actors_and_moves_nothing() -> None:
    store = store_of("a", "b")
    nodes = store.nodes(["a", "b"])
    store.apply(changes_of_judgement(judged("a", "b")))
    assert judgements_in(store) == [judged("a", "b")]
    assert store.nodes(["a", "b"]) == nodes
    assert {edge.edge_type for edge in store.edges("a")} == {EdgeType.JUDGES}
    assert read_identities(store).canonical("b") == "a"


def test_a_later_judgement_leaves_the_earlier_one_in_its_place() -> None:
    store = store_of("a", "b")
    for judgement in (judged("a", "b"), judged("a", "b", JudgementValue.DIFFERENT, minute=1)):
        store.apply(changes_of_judgement(judgement))
    assert len(judgements_in(store)) == 2
    assert read_identities(store).canonical("b") == "b"


def test_the_actor_of_the_base_is_canonical() -> None:
    store = store_of("a")
    store.apply(changes_of_judgement(judged("a", "z"), new=[actor("z", is_provisional=False)]))
    assert read_identities(store).canonical("a") == "z"


def test_an_editors_name_is_found_and_told_from_names_met_in_texts() -> None:
    store = store_of("a")
    before = store.node("a")
    name = Name(text="聯準", script="zh-Hant")
    store.apply(changes_of_alias(actor_of(before), name, before=before, who="editor", at=START))
    again = store.node("a")
    store.apply(changes_of_alias(actor_of(again), name, before=again, who="editor", at=START))
    assert [alias.name.text for alias in aliases_in(store)] == ["聯準"]
    assert [name.text for name in actor_of(store.node("a")).names] == ["a", "聯準"]
    assert len(store.history("a")) == 2


def test_a_name_that_is_taken_back_leaves_the_actor_as_it_was_and_stays_in_the_log() -> None:
    store = store_of("a")
    before = store.node("a")
    name = Name(text="聯準", script="zh-Hant")
    store.apply(changes_of_alias(actor_of(before), name, before=before, who="editor", at=START))
    (alias,) = aliases_in(store)
    store.apply(changes_of_withdrawal(alias, store.node("a"), who="editor", at=START))
    assert (store.node("a"), aliases_in(store)) == (before, [])
    assert [logged.change.after is None for logged in store.history(alias.alias_id)] == [False, True]


def test_profiles_gather_what_is_known_under_all_ids_of_an_actor() -> None:
    store = store_of("a", "b", "c", "bank", "market")
    store.apply(create(document(), claim("claim-1", speakers=("b",))))
    links = [
        edge_of(EdgeType.STATED_IN, "claim-1", "document-1"),
        edge_of(EdgeType.ASSERTED_BY, "claim-1", "b"),
        edge_of(EdgeType.MENTIONS, "claim-1", "c"),
        edge_of(EdgeType.EMPLOYED_BY, "b", "bank", title="經理", titles=["經理", "總裁"]),
    ]
    store.apply(create(*links))
    store.apply(changes_of_judgement(judged("a", "b")))
    found = profiles_of(store, read_identities(store), fold=fold, known=[actor("d", "Dee‧Bee", is_provisional=False)])
    assert set(found) == {"a", "c", "d", "bank"}
    assert set(found["a"].names) == {"a", "b"}
    assert found["a"].jobs == {("bank", "經理"), ("bank", "總裁")}
    assert (found["a"].documents, found["a"].met_in_claims) == ({"document-1"}, {"c"})
    assert found["c"].met_in_claims == {"a"}
    assert (found["d"].names, found["d"].is_provisional) == ({"dee·bee": "Dee‧Bee"}, False)
