"""The choice of speakers: who is proposed, and that learned weights decide among them."""

import numpy as np

from extract.attribution import find_frames
from extract.models.attributor import ModelAttributor
from extract.models.features import BITS, view_of
from extract.models.learning import ChoiceExample, Schedule, learn_choices
from extract.models.stage import NARRATOR, Stage, candidates_at, place_of, stage_of
from extract.models.voices import Choice, likeliest, walk
from schemas.claim import Speech
from schemas.text import Span
from tests.extract.claim_readings import layers_of, read

TEXT = "林大中說，出口回溫。訂單不少。\n分析師認為，利率太高。"


def stage() -> Stage:
    reading, layers = read(TEXT), layers_of(TEXT)
    return stage_of(view_of(reading, layers, find_frames(reading, layers.actors)))


def span(words: str) -> Span:
    return Span(start=TEXT.index(words), end=TEXT.index(words) + len(words))


def test_the_narrator_and_whoever_spoke_or_is_named_may_be_the_speaker() -> None:
    found = candidates_at(stage(), place_of(stage(), span("訂單不少")))
    assert list(found)[:2] == [NARRATOR, ("lin-da-zhong",)]
    assert {"last", "paragraph"} <= set(found["lin-da-zhong",])


def test_a_frame_that_holds_the_place_is_told_apart_from_one_before_it() -> None:
    inside, after = (place_of(stage(), span(words)) for words in ("出口回溫", "訂單不少"))
    assert (inside.reach, after.reach) == ("F", "P")
    assert place_of(stage(), span("利率太高")).reach == "F"


def test_choices_are_learned_and_the_same_each_time() -> None:
    examples = [
        ChoiceExample((np.array([1]), np.array([2])), (1,)),
        ChoiceExample((np.array([3]), np.array([1])), (0,)),
    ] * 20
    schedule = Schedule(epochs=4, rate=0.1, left_out=0.1, seed=1)
    weights = learn_choices(examples, schedule)
    assert weights[2] > weights[1]
    assert weights[3] > weights[1]
    assert np.array_equal(weights, learn_choices(examples, schedule))


def test_the_likeliest_candidate_is_chosen_and_the_narrator_among_equals() -> None:
    weights = np.zeros(2**BITS, dtype=np.float32)
    candidates: list[Choice] = [(NARRATOR, np.array([1])), (("lin-da-zhong",), np.array([2]))]
    assert likeliest(weights, candidates) == NARRATOR
    weights[2] = 1.0
    assert likeliest(weights, candidates) == ("lin-da-zhong",)


def test_a_walk_asks_once_for_each_proposition_in_text_order() -> None:
    asked: list[int] = []

    def choose(number: int, candidates: list[Choice]) -> tuple[str, ...]:
        asked.append(number)
        return candidates[1][0]

    chosen = list(walk(stage(), [span("出口回溫"), span("訂單不少")], choose))
    assert asked == [0, 1]
    assert chosen == [("lin-da-zhong",), ("lin-da-zhong",)]


def test_the_cue_stays_where_rules_and_weights_agree_and_goes_where_they_do_not() -> None:
    reading, layers = read(TEXT), layers_of(TEXT)
    frames = find_frames(reading, layers.actors)
    weights = np.zeros(2**BITS, dtype=np.float32)
    (first,) = ModelAttributor(weights).attributions(reading, layers, frames, [span("出口回溫")])
    assert (first.speakers, first.speech, first.cue) == (NARRATOR, Speech.NARRATION, None)
    assert ModelAttributor(weights).attributions(reading, layers, frames, []) == ()
