"""How candidates stand to a place: who holds it, where they are named, who spoke before, whose cue comes next."""

import pytest

from extract.attribution import find_frames
from extract.models.features import view_of
from extract.models.stage import NARRATOR, Speakers, Stage, candidates_at, place_of, stage_of
from extract.models.standing import History, candidate_signs
from extract.models.surroundings import document_signs, place_signs
from schemas.text import Span
from tests.extract.claim_readings import layers_of, read

TEXT = "林大中說，出口回溫。訂單不少。庫存偏低，他說。\n北海銀行認為，利率太高。\n天氣轉涼。"
MAN, BANK = ("lin-da-zhong",), ("north-sea-bank",)


def stage() -> Stage:
    reading, layers = read(TEXT), layers_of(TEXT)
    return stage_of(view_of(reading, layers, find_frames(reading, layers.actors)))


def signs(words: str, speakers: Speakers, history: History | None = None) -> set[str]:
    here, start = stage(), TEXT.index(words)
    place = place_of(here, Span(start=start, end=start + len(words)))
    return set(candidate_signs(here, place, (speakers, ["part"]), history or History()))


def around(words: str, history: History | None = None) -> set[str]:
    here, start = stage(), TEXT.index(words)
    return set(place_signs(here, place_of(here, Span(start=start, end=start + len(words))), history or History()))


def test_the_one_whose_frame_holds_the_place_is_told_apart() -> None:
    assert {"holds=True&False", "holdscategory=say", "lead=0True"} <= signs("出口回溫", MAN)
    assert "holds=False&True" in signs("出口回溫", NARRATOR)
    assert {"holds=True&False", "holdsspeech=carried", "lead=1True", "leadcategory=say&1"} <= signs("訂單不少", MAN)
    assert "holds=&False" in signs("天氣轉涼", MAN)


def test_a_name_before_a_cue_beside_the_place_is_told_apart_from_one_further_up() -> None:
    assert {"namedhere=1", "namedfirst=True", "namedcue=sayTrue"} <= signs("出口回溫", MAN)
    assert "namedback=1True" in signs("訂單不少", MAN)
    assert "kind=organisation" in signs("利率太高", BANK)


def test_the_next_cue_is_theirs_or_anothers() -> None:
    assert "ahead=sameparagraph" in signs("訂單不少", MAN)
    assert "ahead=otherparagraph" in signs("訂單不少", BANK)
    assert "ahead=none" in signs("利率太高", BANK)


@pytest.mark.parametrize(
    ("before", "after", "zone"), [("出口回溫", "訂單不少", "next"), ("訂單不少", "利率太高", "farparagraph")]
)
def test_history_tells_who_spoke_and_how_near(before: str, after: str, zone: str) -> None:
    here, history = stage(), History()
    first, second = (
        place_of(here, Span(start=TEXT.index(words), end=TEXT.index(words) + len(words))) for words in (before, after)
    )
    history.follow(first, MAN)
    assert history.zone(second) == zone
    assert {"previous=True", "lastspeaker=True", "since=0"} <= signs(after, MAN, history)
    assert f"previousnarrator=False&{zone}" in around(after, history)
    history.follow(second, NARRATOR)
    assert history.last == MAN


def test_a_share_of_the_paragraph_is_counted_within_it_alone() -> None:
    here, history = stage(), History()
    first, last = (
        place_of(here, Span(start=TEXT.index(words), end=TEXT.index(words) + 2)) for words in ("出口", "利率")
    )
    history.follow(first, MAN)
    assert history.share_here(first, MAN) == 1.0
    assert history.share_here(last, MAN) is None


def test_a_saying_that_is_told_whole_is_told_apart_from_speech() -> None:
    assert "cuesubject=name&0" in around("林大中說，出口回溫")
    assert not any(sign.startswith("cuesubject") for sign in around("出口回溫"))


def test_the_document_tells_how_many_speak_in_it() -> None:
    assert "voices=2" in document_signs(stage())


def test_all_who_spoke_or_are_named_near_are_proposed() -> None:
    here, start = stage(), TEXT.index("利率太高")
    found = candidates_at(here, place_of(here, Span(start=start, end=start + 4)))
    assert next(iter(found)) == NARRATOR
    assert {MAN, BANK} <= set(found)
    assert "frame" in found[BANK]


def test_a_reporter_in_a_byline_is_not_proposed() -> None:
    text = "（記者林大中／台北報導）北海銀行認為，利率太高。"
    reading, layers = read(text), layers_of(text)
    here = stage_of(view_of(reading, layers, find_frames(reading, layers.actors)))
    start = text.index("利率太高")
    found = candidates_at(here, place_of(here, Span(start=start, end=start + 4)))
    assert BANK in found
    assert MAN not in found
