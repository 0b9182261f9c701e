"""Suggestions: the right pairs, the best first, without those that were judged."""

from math import isqrt

from kg.linking.identity import Identities, identities_of
from kg.linking.suggestions import MOST_PAIRS, Suggestion, candidates, suggest
from schemas.actor import JudgementValue
from tests.kg.linking.people import firm, judged, profile

PROFILES = {
    p.actor_id: p
    for p in (
        profile("jane-morrison", "珍·莫里森", "Jane Morrison", is_provisional=False),
        profile("莫利森"),
        profile("morrison", "Morrison"),
        profile("石大川"),
        firm("seastar", "海星", is_provisional=False),
        firm("海星集团"),
    )
}


def pairs(found: tuple[Suggestion, ...]) -> set[tuple[str, str]]:
    return {(one.first_id, one.second_id) for one in found}


def test_who_might_be_one_is_suggested_with_reasons_the_best_first() -> None:
    found = suggest(PROFILES, Identities())
    people = {("jane-morrison", "morrison"), ("jane-morrison", "莫利森"), ("morrison", "莫利森")}
    assert pairs(found) == {*people, ("seastar", "海星集团")}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(one.reasons and all(reason.reason for reason in one.reasons) for one in found)


def test_the_actor_of_the_base_stands_first() -> None:
    found = pairs(suggest(PROFILES, Identities()))
    assert {second for _, second in found}.isdisjoint({"jane-morrison", "seastar"})


def test_whatever_was_judged_is_not_suggested_again_until_it_is_taken_back() -> None:
    for value in (JudgementValue.SAME, JudgementValue.DIFFERENT, JudgementValue.UNSURE):
        known = identities_of([judged("seastar", "海星集团", value)])
        assert ("seastar", "海星集团") not in pairs(suggest(PROFILES, known))
    back = identities_of([judged("seastar", "海星集团"), judged("seastar", "海星集团", JudgementValue.NONE, minute=1)])
    assert pairs(suggest(PROFILES, back)) == pairs(suggest(PROFILES, Identities()))


def test_a_higher_score_may_be_asked_for() -> None:
    best = suggest(PROFILES, Identities())[0].score
    assert {one.score for one in suggest(PROFILES, Identities(), least_score=best)} == {best}


def test_the_order_of_actors_does_not_matter() -> None:
    backwards = dict(reversed(PROFILES.items()))
    assert suggest(backwards, Identities()) == suggest(PROFILES, Identities())


def test_a_key_that_many_share_makes_no_pairs() -> None:
    crowd = [profile(f"author-{i}", "記者") for i in range(isqrt(MOST_PAIRS) + 1)]
    assert list(candidates(crowd)) == []
    assert len(list(candidates(crowd[:3]))) == 3


def test_two_actors_of_the_base_are_compared_only_where_they_share_a_whole_name() -> None:
    morrisons = [profile(f"{name}-morrison", f"{name} Morrison", is_provisional=False) for name in ("jane", "paul")]
    assert list(candidates(morrisons)) == []
    assert len(list(candidates([*morrisons, profile("jm", "Jane Morrison", is_provisional=False)]))) == 1
