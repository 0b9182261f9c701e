"""What a candidate gets of the voice that was heard."""

import pytest

from extract.models.encoder.sorts import heard_of
from extract.propositions.protocol import Voice

VOICE = Voice(0.3, 0.15, 0.2, {("a",): 0.2, ("b",): 0.05, ("a", "b"): 0.1})


def chance(*who: str) -> float:
    return heard_of(VOICE, who)


def test_speakers_together_get_the_chances_of_each_and_of_both() -> None:
    assert chance("a", "b") - chance("a") == pytest.approx(0.05 + 0.1)


def test_one_speaker_gets_nothing_of_two_mentioned_together() -> None:
    assert chance("a") - chance("c") == pytest.approx(0.2)


def test_a_crowd_gets_what_no_mention_stands_for() -> None:
    assert chance("analysts") == chance("market") > chance("c")


def test_nobody_is_without_any_chance() -> None:
    unheard = Voice(1.0, 0.0, 0.0, {})
    assert heard_of(unheard, ["a"]) == heard_of(unheard, ["market"]) > 0
