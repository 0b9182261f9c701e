"""Full text: any length, either script, nothing found that is not there."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.store.protocol import Store
from schemas.graph import NodeLabel, Query
from tests.contracts.engines import SIMPLIFIED, TRADITIONAL, fold
from tests.contracts.graphs import NOON, actor, claim, create, document, ids, remove, replace

ALPHABET = "聯联準息A a５5%，.\n-"


def found(store: Store, text: str, label: NodeLabel = NodeLabel.CLAIM) -> list[str]:
    return ids(store.find(Query(label=label, text=text)))


@pytest.fixture
def filled(store: Store) -> Store:
    store.apply(
        create(
            claim("fed", "聯準會宣布維持利率"),
            claim("tsmc", "台積電股價上漲２％"),
            claim("hans", "联准会可能降息"),
            claim("split", "聯準一方，會談一方"),
            claim("mixed", "Nvidia營收達393億美元"),
        )
    )
    return store


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("聯", ["fed", "hans", "split"]),
        ("率", ["fed"]),
        ("聯準", ["fed", "hans", "split"]),
        ("联准会", ["fed", "hans"]),
        ("聯準會", ["fed", "hans"]),
        ("維持利率", ["fed"]),
        ("维持利率", []),
        ("台积电股", ["tsmc"]),
        ("台積電股", ["tsmc"]),
        ("2%", ["tsmc"]),
        ("２％", ["tsmc"]),
        ("%", ["tsmc"]),
        (",會", ["split"]),
        ("，會", ["split"]),
        ("nvidia", ["mixed"]),
        ("NVIDIA營收", ["mixed"]),
        ("v", ["mixed"]),
        ("3億", ["mixed"]),
        ("93億美元", ["mixed"]),
        ("39", ["mixed"]),
        ("準聯", []),
        ("鱷", []),
    ],
)
def test_a_text_is_found_wherever_it_stands(filled: Store, text: str, expected: list[str]) -> None:
    assert found(filled, text) == expected


def test_all_words_of_a_query_must_occur_in_any_order(filled: Store) -> None:
    assert found(filled, "利率 聯準會") == ["fed"]
    assert found(filled, "利率　聯") == ["fed"]
    assert found(filled, "利率 降息") == []


@pytest.mark.parametrize("blank", ["", " ", "\n"])
def test_a_blank_query_asks_for_nothing(filled: Store, blank: str) -> None:
    assert len(found(filled, blank)) == 5


@pytest.mark.parametrize(
    "hostile", ['"', '聯"準', "聯*", "聯 OR 降", "NOT", "grams:聯", "^聯", "(", "'; DROP TABLE node", "\x00"]
)
def test_the_query_language_of_an_engine_does_not_leak(filled: Store, hostile: str) -> None:
    assert found(filled, hostile) == []


def test_captions_of_documents_are_looked_into(store: Store) -> None:
    store.apply(create(document("document-1"), document("document-2")))
    assert found(store, "題document-2", NodeLabel.DOCUMENT) == ["document-2"]


def test_an_actor_is_found_by_any_of_its_names(store: Store) -> None:
    store.apply(create(actor("fed", "聯準會", "聯邦準備理事會"), actor("ubs", "瑞銀")))
    assert found(store, "理事", NodeLabel.ACTOR) == ["fed"]
    assert found(store, "联准会", NodeLabel.ACTOR) == ["fed"]


def test_a_changed_text_is_found_by_its_new_words_only(store: Store) -> None:
    before, after = claim("a", "台股收高"), claim("a", "台股收低")
    store.apply(create(before))
    store.apply([replace(before, after)])
    assert (found(store, "收高"), found(store, "高"), found(store, "收低")) == ([], [], ["a"])


def test_a_text_that_comes_back_is_found_once(store: Store) -> None:
    node = claim("a", "台股收高")
    for changes in (create(node), [remove(node)], create(node.model_copy(update={"caption": "另題"}))):
        store.apply(changes)
    assert found(store, "收高") == ["a"]
    assert found(store, "另題") == ["a"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(ALPHABET, min_size=1, max_size=8), min_size=1, max_size=6),
    query=st.text(ALPHABET, max_size=4),
)
def test_exactly_the_texts_with_all_words_are_found(store: Store, texts: list[str], query: str) -> None:
    # A moment of its own for each round: the same change at the same moment would be known.
    moment = NOON + timedelta(seconds=store.apply([]).last_sequence)
    store.apply([remove(node, at=moment) for node in store.all_nodes()])
    store.apply(create(*(claim(f"c{n}", text) for n, text in enumerate(texts)), at=moment))
    words = fold(query).lower().split()
    expected = [f"c{n}" for n, text in enumerate(texts) if all(word in fold(text).lower() for word in words)]
    assert found(store, query) == expected


def test_the_folding_of_the_tests_keeps_the_length() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED)
