"""Labels of names and the names on a path are each other's inverse, whatever the scores."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from extract.models.names.labels import LABELS, labels_of, names_of
from extract.models.names.treebank import TYPES, NamedSpan


@st.composite
def named(draw: st.DrawFn) -> tuple[tuple[NamedSpan, ...], int]:
    at, names = 0, []
    for _ in range(draw(st.integers(0, 5))):
        start = at + draw(st.integers(0, 3))
        at = start + draw(st.integers(1, 4))
        names.append(NamedSpan(start, at, draw(st.sampled_from(TYPES))))
    return tuple(names), at + draw(st.integers(1, 3))


@given(named())
def test_names_survive_their_labels(case: tuple[tuple[NamedSpan, ...], int]) -> None:
    names, length = case
    labels = labels_of(names, range(length))
    assert names_of([np.eye(len(LABELS), dtype=np.float32)[labels]], [range(length)]) == names


@given(arrays.arrays(np.float32, (9, len(LABELS)), elements=st.floats(-5, 5, width=32)))
def test_any_scores_give_names_that_do_not_overlap(scores: np.ndarray) -> None:
    names = names_of([scores], [range(9)])
    assert all(one.end <= other.start for one, other in pairwise(names))
    assert all(0 <= name.start < name.end <= 9 for name in names)


def test_a_blank_inside_a_name_belongs_to_it() -> None:
    scores = np.eye(len(LABELS), dtype=np.float32)[[LABELS.index("B-PER"), LABELS.index("I-PER")]]
    assert names_of([scores], [(4, 6)]) == (NamedSpan(4, 7, "PER"),)


def test_stretches_do_not_join() -> None:
    scores = np.eye(len(LABELS), dtype=np.float32)
    first, second = scores[[LABELS.index("B-ORG")]], scores[[LABELS.index("I-ORG")]] * 2
    assert [name.end for name in names_of([first, second], [(0,), (1,)])] == [1]
