"""The choice of speakers: who is proposed, and that the learned choice decides among them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from extract.attribution import find_frames
from extract.models.attributor import ModelAttributor
from extract.models.chooser import Ballot, Chooser
from extract.models.features import view_of
from extract.models.stage import NARRATOR, Stage, candidates_at, place_of, stage_of
from extract.models.voices import walk
from extract.propositions.protocol import Attributor, Proposition, Voice
from extract.propositions.speaking import RuleAttributor
from schemas.actor import ANALYSTS, MARKET
from schemas.claim import Speech
from schemas.text import Span
from tests.extract.claim_readings import asserted, layers_of, read

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


def test_that_somebody_would_not_speak_is_told_by_the_narrator_unless_it_is_quoted() -> None:
    told, quoted = "林大中說，出口回溫，對股價不願評論。", "林大中說：「出口回溫，股價我不願評論。」"
    found = {}
    for text in (told, quoted):
        reading, layers = read(text), layers_of(text)
        here = stage_of(view_of(reading, layers, find_frames(reading, layers.actors)))
        start = text.index("對股價" if text is told else "股價我")
        found[text] = list(candidates_at(here, place_of(here, Span(start=start, end=text.index("評論") + 2))))
    assert found[told] == [NARRATOR]
    assert ("lin-da-zhong",) in found[quoted]


def test_whoever_plays_but_one_part_from_afar_is_no_candidate() -> None:
    far, near = (candidates_at(stage(), place_of(stage(), span(words))) for words in ("出口回溫", "利率太高"))
    assert (MARKET,) not in far
    assert far[ANALYSTS,] == ["main", "crowdfar"]
    assert "frame" in near[ANALYSTS,]


def test_a_walk_asks_once_for_each_proposition_in_text_order() -> None:
    asked: list[int] = []

    def choose(number: int, ballot: Ballot) -> tuple[str, ...]:
        asked.append(number)
        assert len(ballot.own) == len(ballot.speakers)
        return ballot.speakers[1]

    chosen = list(walk(stage(), [span("出口回溫"), span("訂單不少")], choose))
    assert asked == [0, 1]
    assert chosen == [("lin-da-zhong",), ("lin-da-zhong",)]


def test_what_was_chosen_before_changes_what_is_seen_later() -> None:
    places = [span("出口回溫"), span("訂單不少")]
    seen: dict[bool, list[Ballot]] = {True: [], False: []}
    for speaks, ballots in seen.items():

        def choose(
            _: int, ballot: Ballot, *, speaks: bool = speaks, ballots: list[Ballot] = ballots
        ) -> tuple[str, ...]:
            ballots.append(ballot)
            return ballot.speakers[int(speaks)]

        assert len(list(walk(stage(), places, choose))) == len(places)
    assert set(seen[True][0].own[1].tolist()) == set(seen[False][0].own[1].tolist())
    assert set(seen[True][1].own[1].tolist()) != set(seen[False][1].own[1].tolist())


def test_the_cue_stays_where_rules_and_choice_agree_and_goes_where_they_do_not() -> None:
    reading, layers = read(TEXT), layers_of(TEXT)
    frames = find_frames(reading, layers.actors)
    (first,) = ModelAttributor(Chooser.blank()).attributions(reading, layers, frames, [asserted(span("出口回溫"))])
    assert (first.speakers, first.speech, first.cue) == (NARRATOR, Speech.NARRATION, None)
    assert list(ModelAttributor(Chooser.blank()).attributions(reading, layers, frames, [])) == []


def test_what_the_network_heard_sways_the_choice() -> None:
    reading, layers = read(TEXT), layers_of(TEXT)
    frames = find_frames(reading, layers.actors)
    place = asserted(span("出口回溫"))
    heard = {"narrator": Voice(1.0, 0.0, 0.0, {}), "somebody": Voice(0.0, 0.0, 1.0, {})}
    found = {
        who: next(ModelAttributor(Chooser.blank()).attributions(reading, layers, frames, [replace(place, voice=voice)]))
        for who, voice in heard.items()
    }
    assert found["narrator"].speakers == NARRATOR
    assert found["somebody"].speakers != NARRATOR


@pytest.mark.parametrize("attributor", [RuleAttributor(), ModelAttributor(Chooser.blank())])
def test_who_asserts_a_proposition_is_told_before_the_next_one_is_asked_for(attributor: Attributor) -> None:
    reading, layers = read(TEXT), layers_of(TEXT)
    frames = find_frames(reading, layers.actors)
    places = [asserted(span(words)) for words in ("出口回溫", "訂單不少", "利率太高")]
    asked: list[Proposition] = []

    def one_by_one() -> Iterator[Proposition]:
        for place in places:
            asked.append(place)
            yield place

    for number, _ in enumerate(attributor.attributions(reading, layers, frames, one_by_one()), start=1):
        assert asked == places[:number]
    assert asked == places
