"""The JSON under which elements are kept says what the models say, whatever their data hold."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from kg.store.state import stored_bytes
from schemas.errors import InputError
from schemas.graph import Edge, EdgeType, Node, NodeLabel

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
DATA = st.dictionaries(
    st.text(max_size=8),
    st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner)),
    max_size=4,
)
DEEP = 240


def node(data: dict[str, JsonValue]) -> Node:
    return Node(node_id="n", label=NodeLabel.CLAIM, caption="通膨", data=data)


@given(DATA)
def test_a_node_is_kept_as_its_model_says(data: dict[str, JsonValue]) -> None:
    made = node(data)
    assert json.loads(stored_bytes(made)) == json.loads(made.model_dump_json())
    assert Node.model_validate_json(stored_bytes(made)) == made


def test_an_edge_is_kept_as_its_model_says() -> None:
    made = Edge(edge_id="e", edge_type=EdgeType.CONTRADICTS, source_id="a", target_id="b", data={"why": "相反"})
    assert json.loads(stored_bytes(made)) == json.loads(made.model_dump_json())


@pytest.mark.parametrize("number", [2**63, 2**64, -(2**64), 10**30])
def test_whole_numbers_of_more_than_64_bits_are_kept(number: int) -> None:
    assert json.loads(stored_bytes(node({"count": number})))["data"] == {"count": number}


def test_what_is_nested_deeply_is_kept() -> None:
    nested: JsonValue = "innermost"
    for _ in range(DEEP):
        nested = [nested]
    assert json.loads(stored_bytes(node({"nested": nested})))["data"] == {"nested": nested}


@pytest.mark.parametrize("data", [{"text": "\udc00"}, {"\ud800": 1}, {"text": "\ud800", "count": 10**30}])
def test_half_a_character_is_refused(data: dict[str, JsonValue]) -> None:
    with pytest.raises(InputError, match="JSON") as refused:
        stored_bytes(node(data))
    assert refused.value.code == "store.text_malformed"
