from hypothesis import given
from hypothesis import strategies as st

from schemas.ids import content_id

PARTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=6,
)


def shape(part: object) -> object:
    """What JSON can tell apart: 1 and True differ, 1 and "1" differ."""
    return tuple(map(shape, part)) if isinstance(part, tuple) else (type(part).__name__, part)


@given(st.lists(PARTS, max_size=4), st.lists(PARTS, max_size=4))
def test_different_content_has_different_ids(first: list, second: list) -> None:  # type: ignore[type-arg]
    same = shape(tuple(first)) == shape(tuple(second))
    assert (content_id("claim", *first) == content_id("claim", *second)) == same


def test_parts_can_not_run_together() -> None:
    assert content_id("claim", "ab", "c") != content_id("claim", "a", "bc")
    assert content_id("claim", ("a",), "b") != content_id("claim", "a", ("b",))


def test_kinds_keep_ids_apart() -> None:
    assert content_id("claim", "x").split("-")[1] != content_id("document", "x").split("-")[1]
