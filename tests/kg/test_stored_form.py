"""The JSON under which elements are kept, where data are unlike what JSON libraries take for granted."""

import json

import pytest
from pydantic import JsonValue

from kg.store.state import stored_bytes
from schemas.errors import InputError
from schemas.graph import Edge, EdgeType, Node, NodeLabel

DEEP = 240


def node(data: dict[str, JsonValue]) -> Node:
    return Node(node_id="n", label=NodeLabel.CLAIM, caption="通膨", data=data)


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
