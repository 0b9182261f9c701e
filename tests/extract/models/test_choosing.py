"""Learning to choose: signs that tell the right candidate count, rare ones don't, and nothing depends on chance."""

from dataclasses import replace

import numpy as np
import pytest

from extract.models.chooser import Ballot, Chooser, Hashes
from extract.models.choosing import CHOICE_SCHEDULE, ChoiceExample, learn_choices

SCHEDULE = replace(CHOICE_SCHEDULE, networks=2, epochs=20, batch=8, least=2)
SPEAKERS = (("author",), ("a",), ("b",))


def hashes(*signs: int) -> Hashes:
    return np.array(signs, dtype=np.uint32)


def ballot(shared: int, *own: int) -> Ballot:
    return Ballot(hashes(shared), SPEAKERS[: len(own)], tuple(hashes(sign) for sign in own))


def examples() -> list[ChoiceExample]:
    """Return places of two kinds: at the first the candidate with sign 7 speaks, at the second the one without."""
    first = [ChoiceExample(ballot(1, 5, 7), (1,)), ChoiceExample(ballot(1, 7, 5), (0,))]
    second = [ChoiceExample(ballot(2, 5, 7), (0,)), ChoiceExample(ballot(2, 7, 5), (1,))]
    return [*first, *second] * 20


@pytest.mark.parametrize(("shared", "wanted"), [(1, ("a",)), (2, ("author",))])
def test_a_sign_may_speak_for_a_candidate_at_one_place_and_against_it_at_another(
    shared: int, wanted: tuple[str, ...]
) -> None:
    assert learn_choices(examples(), SCHEDULE).likeliest(ballot(shared, 5, 7)) == wanted


def test_the_same_examples_give_the_same_weights() -> None:
    one, other = (learn_choices(examples(), SCHEDULE) for _ in range(2))
    assert np.array_equal(one.first, other.first)
    assert np.array_equal(one.direct, other.direct)


def test_signs_that_are_shown_too_seldom_are_not_known() -> None:
    rare = ChoiceExample(ballot(99, 5, 7), (1,))
    assert learn_choices([*examples(), rare], SCHEDULE).known.tolist() == [1, 2, 5, 7]


def test_a_place_with_one_candidate_teaches_nothing() -> None:
    assert len(learn_choices([ChoiceExample(ballot(1, 5), (0,))] * 10, SCHEDULE).known) == 0


def test_chances_of_all_candidates_add_up_to_one_in_each_network() -> None:
    chances = learn_choices(examples(), replace(SCHEDULE, networks=1)).chances(ballot(1, 5, 7, 6))
    assert np.exp(chances).sum() == pytest.approx(1.0, rel=1e-5)


def test_the_first_of_equals_is_chosen_and_unknown_signs_change_nothing() -> None:
    assert Chooser.blank().likeliest(ballot(1, 5, 7)) == ("author",)
    learned = learn_choices(examples(), SCHEDULE)
    plain, noisy = ballot(1, 5, 7), replace(ballot(1, 5, 7), shared=hashes(1, 1234))
    assert np.array_equal(learned.chances(plain), learned.chances(noisy))
