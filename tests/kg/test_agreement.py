"""Who agrees with whom: who says what another said before, and the camps that actors fall into."""

from typing import Any

from kg.agreement import camps, echoes
from kg.relations.reading import Stated, stated_of
from tests.kg.relations.cases import claim_of_case

YEARS = {
    "2025": ["2025-01-01", "2025-12-31"],
    "2026": ["2026-01-01", "2026-12-31"],
    "2027": ["2027-01-01", "2027-12-31"],
}


def forecast(by: str, percent: str, *, year: str = "2025", said: str = "2025-03-20", **more: Any) -> Stated:
    given = {
        "id": f"{by}-{year}-{percent}-{said}", "by": by, "target": "us.gdp.growth", "direction": "level",
        "value": [percent, percent, "%"], "window": YEARS[year], "said": said, **more,
    }  # fmt: skip
    stated = stated_of(claim_of_case(given), lambda actor: actor)
    assert stated is not None
    return stated


def test_who_says_the_same_later_repeats_who_said_it_first() -> None:
    claims = [
        forecast("harbor", "1.7"),
        forecast("north", "1.7", said="2025-04-02"),
        forecast("north", "2.4", year="2026"),
        forecast("harbor", "2.4", year="2026", said="2025-04-02"),
        forecast("north", "3.1", year="2027", said="2025-04-02"),
        forecast("harbor", "3.1", year="2027"),
    ]
    assert echoes(claims) == {("north", "harbor"): 2, ("harbor", "north"): 1}


def test_neither_one_day_nor_another_figure_nor_years_between_make_an_echo() -> None:
    claims = [forecast("harbor", "1.7"), forecast("north", "1.7"), forecast("river", "2.4", said="2025-04-02")]
    assert echoes(claims) == {}
    assert echoes([forecast("harbor", "1.7"), forecast("north", "1.7", said="2025-12-02")]) == {}
    assert echoes([forecast("harbor", "1.7"), forecast("harbor", "1.7", said="2025-04-02")]) == {}


def test_those_who_agree_are_one_camp_and_the_largest_stands_first() -> None:
    claims = [forecast(by, "1.7") for by in ("harbor", "north", "river")]
    claims += [forecast(by, "2.4") for by in ("delta", "bay")]
    claims += [forecast("alone", "9.9")]
    assert camps(claims) == (("harbor", "north", "river"), ("bay", "delta"))


def test_two_who_differ_as_often_as_they_agree_are_no_camp() -> None:
    claims = [forecast(by, "1.7") for by in ("harbor", "north")]
    claims += [forecast("harbor", "2.4", year="2026"), forecast("north", "0.5", year="2026")]
    assert camps(claims) == ()


def test_the_last_words_on_a_question_count() -> None:
    claims = [forecast("harbor", "1.7"), forecast("north", "2.4"), forecast("north", "1.7", said="2025-05-02")]
    assert camps(claims) == (("harbor", "north"),)


def test_nothing_makes_no_camp() -> None:
    assert (camps([]), echoes([])) == ((), {})
