"""Our own cases of attribution: minimal pairs that tell who asserts a stretch of a short text."""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.actors import ActorLayer, tag_actors
from extract.attribution import find_frames, frame_at
from extract.layers import Layers
from extract.models.attributor import best_attributor
from extract.periods import tag_periods
from extract.quantities import tag_quantities
from extract.reader import best_tagger, reading_of
from extract.reading import Reading
from extract.regions import locale_of
from schemas.actor import ANALYSTS, AUTHOR, MARKET
from schemas.text import Document, Span
from tests.extract.claim_readings import asserted

CASES = json.loads((Path(__file__).parents[2] / "fixtures/specs/attribution.json").read_text(encoding="utf-8"))["cases"]
NAMES = [f"{case['class']}: {case['words']} in {case['text']}" for case in CASES]
FLOOR = 0.85  # of the trained choice, which learns from long articles and sees only one or two sentences here


@cache
def read(text: str) -> tuple[Reading, ActorLayer]:
    document = Document(document_id="case", text=text, locale=locale_of(text))
    reading = reading_of(document, best_tagger(), None)
    return reading, tag_actors(reading)


def place_of(case: dict[str, Any]) -> Span:
    start = case["text"].index(case["words"])
    return Span(start=start, end=start + len(case["words"]))


def wanted_in(case: dict[str, Any]) -> set[str]:
    """Return the ids of the speakers, which the cases call by names in the text."""
    layer = read(case["text"])[1]
    ids = {name.text: actor.actor_id for actor in layer.actors for name in actor.names}
    ids |= {tag.span.of(case["text"]): tag.actor_id for tag in layer.tags}
    return {
        who if who in (AUTHOR, MARKET, ANALYSTS) else ids.get(who, f"not tagged: {who}") for who in case["speakers"]
    }


def found_by_rules(case: dict[str, Any]) -> set[str]:
    frame = frame_at(find_frames(*read(case["text"])), place_of(case))
    return set(frame.speakers) if frame else {AUTHOR}


def found_by_model(case: dict[str, Any]) -> set[str]:
    reading, actors = read(case["text"])
    periods, _ = tag_periods(reading)
    quantities, _ = tag_quantities(reading, periods)
    frames = find_frames(reading, actors)
    layers = Layers(quantities, periods, actors)
    same = [one for one in CASES if one["text"] == case["text"]]
    places = sorted((place_of(one) for one in same), key=lambda place: place.start)
    found = list(best_attributor().attributions(reading, layers, frames, [asserted(place) for place in places]))
    return set(found[places.index(place_of(case))].speakers)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_speaker_is_found_or_the_gap_is_known(case: dict[str, Any]) -> None:
    is_right = found_by_rules(case) == wanted_in(case)
    assert is_right != ("known_gap" in case), f"{found_by_rules(case)} for {wanted_in(case)}"


def test_the_trained_choice_keeps_most_cases(capsys: pytest.CaptureFixture[str]) -> None:
    right = sum(found_by_model(case) == wanted_in(case) for case in CASES)
    with capsys.disabled():
        sys.stdout.write(f"\nattribution, {len(CASES)} cases: trained choice {right / len(CASES):.3f}\n")
    assert right / len(CASES) >= FLOOR


def test_the_cases_are_many_and_stand_in_pairs_of_like_and_unlike() -> None:
    assert len(CASES) >= 80
    assert sum("known_gap" in case for case in CASES) <= len(CASES) // 10
    assert sum(case["speakers"] == [AUTHOR] for case in CASES) >= len(CASES) // 5
