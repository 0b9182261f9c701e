"""Figures count names of which both edges and the type are right."""

import pytest

from extract.models.names.figures import ALL, Figure, figures_of
from extract.models.names.treebank import NamedSpan

PERSON, PLACE = NamedSpan(0, 2, "PER"), NamedSpan(3, 5, "LOC")


def test_a_name_of_another_type_is_found_and_wrong() -> None:
    wrong = NamedSpan(0, 2, "ORG")
    figures = figures_of([(frozenset([PERSON, PLACE]), frozenset([wrong, PLACE]))])
    assert figures[ALL] == Figure(right=1, found=2, annotated=2)
    assert (figures["PER"].recall, figures["ORG"].precision, figures["LOC"].f1) == (0.0, 0.0, 1.0)


def test_a_name_cut_short_is_wrong() -> None:
    assert figures_of([(frozenset([PERSON]), frozenset([NamedSpan(0, 1, "PER")]))])[ALL].right == 0


def test_sentences_are_pooled() -> None:
    both, one = frozenset([PERSON, PLACE]), frozenset([PERSON])
    assert figures_of([(both, one), (one, both)])[ALL].f1 == pytest.approx(2 * 2 / 6)


def test_nothing_to_find_and_nothing_found_is_right() -> None:
    assert figures_of([])[ALL].f1 == figures_of([])[ALL].precision == 1.0
