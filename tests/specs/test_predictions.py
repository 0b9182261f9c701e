"""Our own cases for predictions: what a short forecast is about, where it goes, by how much, when, and if what."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extract.actors import tag_actors
from extract.layers import Layers
from extract.periods import tag_periods
from extract.predictions import prediction_of, setting_of
from extract.quantities import tag_quantities
from extract.reader import best_tagger, reading_of
from schemas.claim import Prediction
from schemas.text import Document, Locale, Publication, Span

CASES = json.loads((Path(__file__).parents[2] / "fixtures/specs/predictions.json").read_text(encoding="utf-8"))
TAGGER = best_tagger()
SLOTS = ("target", "target_tail", "direction", "value", "probability", "window", "condition")


def forecast(case: dict[str, Any]) -> Prediction:
    text = case["text"]
    document = Document(
        document_id="case",
        text=text,
        locale=Locale(case["locale"]),
        publication=Publication(published=date.fromisoformat(case["published"])),
    )
    reading = reading_of(document, TAGGER, None)
    periods, _ = tag_periods(reading)
    quantities, _ = tag_quantities(reading, periods)
    setting = setting_of(reading, Layers(quantities, periods, tag_actors(reading)))
    claim = case.get("claim", text.rstrip("。"))
    start = text.index(claim)
    return prediction_of(setting, Span(start=start, end=start + len(claim)), None)


def slots(case: dict[str, Any]) -> dict[str, Any]:
    """Return the slots of what we make of a case, written as the cases write them."""
    found = forecast(case)
    value, chance, window = found.value, found.probability, found.window
    days = [window.start, window.end] if window else []
    return {
        "target": found.target.target_id,
        "target_tail": found.target.target_id.split(".", 1)[1],
        "direction": found.direction.value,
        "value": [f"{value.low.normalize():f}", f"{value.high.normalize():f}", value.unit] if value else None,
        "probability": [f"{chance.low.normalize():f}", f"{chance.high.normalize():f}"] if chance else None,
        "window": [day.isoformat() if day else None for day in days] or None,
        "condition": found.condition.of(case["text"]) if found.condition else None,
    }


def wrong(case: dict[str, Any]) -> dict[str, Any]:
    found = slots(case)
    return {name: (found[name], case[name]) for name in SLOTS if name in case and found[name] != case[name]}


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_forecast_has_the_slots_that_its_text_states(case: dict[str, Any]) -> None:
    if "known_gap" in case:
        assert wrong(case), f"no gap any more: {case['known_gap']}"
        return
    assert wrong(case) == {}


def test_the_share_of_right_slots_over_all_cases(capsys: pytest.CaptureFixture[str]) -> None:
    stated = sum(name in case for case in CASES for name in SLOTS)
    right = stated - sum(len(wrong(case)) for case in CASES)
    with capsys.disabled():
        sys.stdout.write(f"\npredictions, {len(CASES)} cases: {right} of {stated} slots right\n")
    assert right / stated >= 0.97


def test_the_cases_are_many_and_of_three_regions() -> None:
    assert len(CASES) >= 80
    assert {case["locale"] for case in CASES} == {"zh-TW", "zh-HK", "zh-CN"}
    assert all(any(slot in case for case in CASES) for slot in SLOTS)
