"""How candidates stand to a place: who holds it, where they are named, who spoke before, whose cue comes next."""

import pytest

from extract.attribution import find_frames
from extract.models.features import view_of
from extract.models.stage import NARRATOR, Speakers, Stage, candidates_at, place_of, stage_of
from extract.models.standing import History, Standing, standing_of
from schemas.text import Span
from tests.extract.claim_readings import layers_of, read

TEXT = "林大中說，出口回溫。訂單不少。庫存偏低，他說。\n北海銀行認為，利率太高。"
MAN, BANK = ("lin-da-zhong",), ("north-sea-bank",)


def stage() -> Stage:
    reading, layers = read(TEXT), layers_of(TEXT)
    return stage_of(view_of(reading, layers, find_frames(reading, layers.actors)))


def standing(words: str, speakers: Speakers, history: History | None = None) -> Standing:
    here, start = stage(), TEXT.index(words)
    place = place_of(here, Span(start=start, end=start + len(words)))
    return standing_of(here, place, (speakers, ["part"]), history or History())


def test_the_one_whose_frame_holds_the_place_is_told_apart() -> None:
    assert standing("出口回溫", MAN).speech.startswith("holdsindirectsay|0p|say")
    assert standing("出口回溫", NARRATOR).speech.startswith("otherindirectsay")
    assert standing("訂單不少", MAN).speech.startswith("free|1p|say")


def test_a_name_before_a_cue_beside_the_place_is_told_apart_from_one_further_up() -> None:
    assert standing("出口回溫", MAN).name == "absent|here1|firstTrue|sayTrue|0"
    assert standing("訂單不少", MAN).name == "absent|1p"
    assert standing("利率太高", BANK).kind == "organisation"


def test_the_next_cue_is_theirs_or_anothers() -> None:
    assert standing("訂單不少", MAN).ahead == "sameparagraph"
    assert standing("訂單不少", BANK).ahead == "otherparagraph"
    assert standing("利率太高", BANK).ahead == "none"


@pytest.mark.parametrize(
    ("before", "after", "zone"), [("出口回溫", "訂單不少", "next"), ("訂單不少", "利率太高", "farparagraph")]
)
def test_history_tells_who_spoke_and_how_near(before: str, after: str, zone: str) -> None:
    here = stage()
    first, second = (
        place_of(here, Span(start=TEXT.index(words), end=TEXT.index(words) + len(words))) for words in (before, after)
    )
    history = History().followed_by(first, MAN)
    assert history.zone(second) == zone
    assert standing(after, MAN, history).turn == f"TrueTrue{zone}"
    assert history.followed_by(second, NARRATOR).last == MAN


def test_all_who_spoke_or_are_named_near_are_proposed() -> None:
    here, start = stage(), TEXT.index("利率太高")
    found = candidates_at(here, place_of(here, Span(start=start, end=start + 4)))
    assert next(iter(found)) == NARRATOR
    assert {MAN, BANK} <= set(found)
    assert "frame" in found[BANK]
