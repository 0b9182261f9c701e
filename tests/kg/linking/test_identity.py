"""Canonical ids: a function of all judgements, whatever the order they are read in."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking.identity import Identities, identities_of
from schemas.actor import Judgement, JudgementValue
from schemas.errors import ConflictError
from tests.kg.linking.people import judged

IDS = "abcdef"
PAIRS = list(combinations(IDS, 2))
SAME, DIFFERENT, UNSURE, NONE = JudgementValue
AGREEING = (SAME, UNSURE, NONE)
"""Values that never contradict each other."""


def histories(values: tuple[JudgementValue, ...] = AGREEING) -> st.SearchStrategy[list[Judgement]]:
    """Judgements of some pairs, several of some, each at its own minute."""
    decisions = st.lists(st.tuples(st.sampled_from(PAIRS), st.sampled_from(values)), max_size=20)
    return decisions.map(lambda made: [judged(*pair, value, minute=i) for i, (pair, value) in enumerate(made)])


def outcome(judgements: list[Judgement], provisional: str = "") -> object:
    try:
        return identities_of(judgements, provisional=set(provisional))
    except ConflictError as refused:
        return refused.message


def test_nobody_is_anybody_else_before_it_is_judged() -> None:
    assert identities_of([]) == Identities()
    assert identities_of([]).members("a") == ("a",)


def test_being_the_same_goes_on_from_one_to_the_next() -> None:
    found = identities_of([judged("a", "b"), judged("c", "b")])
    assert [found.canonical(i) for i in "abcd"] == ["a", "a", "a", "d"]
    assert found.members("c") == ("a", "b", "c")


def test_an_actor_of_the_base_is_canonical_before_a_provisional_one_of_a_smaller_id() -> None:
    found = identities_of([judged("a", "z"), judged("a", "y")], provisional={"a"})
    assert found.members("a") == ("y", "z", "a")


@pytest.mark.parametrize("value", [DIFFERENT, UNSURE, NONE])
def test_a_later_judgement_takes_the_place_of_an_earlier_one(value: JudgementValue) -> None:
    later = judged("b", "a", value, minute=1)
    assert identities_of([later, judged("a", "b")]).canonical("b") == "b"
    assert identities_of([later, judged("a", "b", minute=2)]).canonical("b") == "a"


def test_a_contradiction_names_the_way_that_joins_the_two() -> None:
    with pytest.raises(ConflictError) as refused:
        identities_of([judged("a", "b"), judged("b", "c"), judged("a", "c", DIFFERENT)])
    assert refused.value.code == "linking.contradiction"
    assert "a = b = c" in refused.value.message


def test_a_contradiction_is_mended_by_splitting_a_pair_on_the_way() -> None:
    made = [judged("a", "b"), judged("b", "c"), judged("a", "c", DIFFERENT), judged("b", "c", DIFFERENT, minute=1)]
    assert identities_of(made).members("a") == ("a", "b")


def test_who_is_told_apart_under_one_id_is_told_apart_under_all() -> None:
    found = identities_of([judged("a", "b"), judged("c", "d"), judged("b", "d", DIFFERENT), judged("a", "e", UNSURE)])
    assert found.judged("a", "c") is DIFFERENT
    assert found.judged("b", "e") is UNSURE
    assert found.judged("a", "b") is SAME
    assert found.judged("a", "f") is NONE


@given(histories(tuple(JudgementValue)), st.randoms(use_true_random=False), st.sets(st.sampled_from(IDS)))
def test_the_order_of_arrival_does_not_matter(made: list[Judgement], random: object, provisional: set[str]) -> None:
    shuffled = list(made)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert outcome(made, "".join(provisional)) == outcome(shuffled, "".join(provisional))


@given(histories(), st.sampled_from(PAIRS), st.sampled_from([DIFFERENT, NONE]))
def test_merging_and_then_splitting_restores_exactly(
    made: list[Judgement], pair: tuple[str, str], split: JudgementValue
) -> None:
    before = identities_of(made)
    if before.canonical(pair[0]) == before.canonical(pair[1]):
        return
    merged = [*made, judged(*pair, SAME, minute=100)]
    assert identities_of(merged).canonical(pair[0]) == identities_of(merged).canonical(pair[1])
    assert identities_of([*merged, judged(*pair, split, minute=101)]).classes == before.classes


@given(histories())
def test_every_member_of_a_class_has_the_same_members(made: list[Judgement]) -> None:
    found = identities_of(made)
    for actor_id in IDS:
        members = found.members(actor_id)
        assert actor_id in members
        assert {found.members(member) for member in members} == {members}
        assert found.canonical(actor_id) == min(members)
