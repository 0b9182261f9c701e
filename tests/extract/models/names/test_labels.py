"""Labels of names and the names on a path are each other's inverse, whatever the scores."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from extract.models.names.labels import LABELS, against_edges, labels_of, names_of
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


def edges_in_words(path: tuple[int, ...], within: np.ndarray) -> int:
    """Return how many names begin, and how many end, inside a word."""
    names = ["" if LABELS[label] == "O" else LABELS[label] for label in path]
    begins = sum(bool(within[i]) and name.startswith("B") for i, name in enumerate(names))
    ends = sum(bool(within[i]) and bool(before) and not name.startswith("I") for i, (before, name) in pairs(names))
    return begins + ends


def pairs(names: list[str]) -> list[tuple[int, tuple[str, str]]]:
    return list(enumerate(pairwise(names), start=1))


def may_be(path: tuple[int, ...]) -> bool:
    names = ["O", *(LABELS[label] for label in path)]
    return all(not name.startswith("I") or before[1:] == name[1:] for before, name in pairwise(names))


@given(arrays.arrays(np.bool_, 3))
def test_a_path_pays_for_each_edge_inside_a_word_and_for_nothing_else(within: np.ndarray) -> None:
    within[0] = False
    charged = against_edges(np.zeros((3, len(LABELS)), np.float32), within)
    for path in filter(may_be, product(range(len(LABELS)), repeat=3)):
        total = sum(charged[i, label] for i, label in enumerate(path))
        assert total == -2.0 * edges_in_words(path, within)


def test_a_name_ends_with_its_word_where_the_scores_hardly_differ() -> None:
    begins, goes_on = LABELS.index("B-ORG"), LABELS.index("I-ORG")
    scores = np.eye(len(LABELS), dtype=np.float32)[[begins, goes_on, 0]]
    ended = names_of([scores], [range(3)])
    whole = names_of([against_edges(scores, np.array([False, True, True]))], [range(3)])
    assert (ended, whole) == ((NamedSpan(0, 2, "ORG"),), (NamedSpan(0, 3, "ORG"),))
