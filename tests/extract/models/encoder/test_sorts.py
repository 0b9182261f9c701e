"""What a candidate gets of the voice that was heard."""

import math

import pytest

from extract.models.encoder.sorts import heard_of
from extract.propositions.protocol import Voice

LOG = {share: math.log(share) for share in (0.05, 0.1, 0.2, 0.3)}
VOICE = Voice(LOG[0.3], LOG[0.1], LOG[0.1], {("a",): LOG[0.2], ("b",): LOG[0.05], ("a", "b"): LOG[0.1]})


def chance(*who: str) -> float:
    return math.exp(heard_of(VOICE, who))


def test_speakers_together_get_the_chances_of_each_and_of_both() -> None:
    assert chance("a", "b") - chance("a") == pytest.approx(0.05 + 0.1)


def test_one_speaker_gets_nothing_of_two_mentioned_together() -> None:
    assert chance("a") - chance("c") == pytest.approx(0.2)


def test_a_crowd_gets_what_no_mention_stands_for() -> None:
    assert chance("analysts") == chance("market") > chance("c")


def test_nobody_is_without_any_chance() -> None:
    unheard = Voice(0.0, -99.0, -99.0, {})
    assert heard_of(unheard, ["a"]) == heard_of(unheard, ["market"]) > -6
