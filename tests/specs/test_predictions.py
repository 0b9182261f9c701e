"""Our own cases for predictions: what a short forecast is about, where it goes, when, if what, and how sure it is."""

import json
import sys
from datetime import date
from decimal import Decimal
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
from schemas.quantity import Quantity
from schemas.text import Document, Locale, Publication, Span

CASES = json.loads((Path(__file__).parents[2] / "fixtures/specs/predictions.json").read_text(encoding="utf-8"))
TAGGER = best_tagger()
SLOTS = ("target", "target_tail", "direction", "value", "probability", "window", "condition")
COMMITMENTS = ("basis", "revision", "likelihood", "hedges", "window_origin", "condition_names")


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
    return _slots(case, found) | _commitments(case["text"], found)


def _commitments(text: str, found: Prediction) -> dict[str, Any]:
    basis, revision, likelihood, value = found.basis, found.revision, found.likelihood, found.condition_value
    target = found.condition_target
    return {
        "basis": [basis.basis.value, basis.unit, basis.span.of(text) if basis.span else None] if basis else None,
        "revision": [revision.revised.value, low(revision.old), low(revision.new), revision.is_raised]
        if revision
        else None,
        "likelihood": [likelihood.level.value, plain(likelihood.low), plain(likelihood.high), likelihood.span.of(text)]
        if likelihood
        else None,
        "hedges": [hedge.span.of(text) for hedge in found.hedges],
        "window_origin": found.window_origin.value if found.window_origin else None,
        "condition_names": [target.target_id, low(value)] if target else None,
    }


def plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def low(quantity: Quantity | None) -> str | None:
    return plain(quantity.low) if quantity else None


def _slots(case: dict[str, Any], found: Prediction) -> dict[str, Any]:
    value, chance, window = found.value, found.probability, found.window
    days = [window.start, window.end] if window else []
    return {
        "target": found.target.target_id,
        "target_tail": found.target.target_id.split(".", 1)[1],
        "direction": found.direction.value,
        "value": [plain(value.low), plain(value.high), value.unit] if value else None,
        "probability": [plain(chance.low), plain(chance.high)] if chance else None,
        "window": [day.isoformat() if day else None for day in days] or None,
        "condition": found.condition.of(case["text"]) if found.condition else None,
    }


def wrong(case: dict[str, Any]) -> dict[str, Any]:
    found = slots(case)
    asked = [name for name in (*SLOTS, *COMMITMENTS) if name in case]
    return {name: (found[name], case[name]) for name in asked if found[name] != case[name]}


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_forecast_has_the_slots_that_its_text_states(case: dict[str, Any]) -> None:
    if "known_gap" in case:
        assert wrong(case), f"no gap any more: {case['known_gap']}"
        return
    assert wrong(case) == {}


def test_the_share_of_right_slots_over_all_cases(capsys: pytest.CaptureFixture[str]) -> None:
    stated = sum(name in case for case in CASES for name in (*SLOTS, *COMMITMENTS))
    right = stated - sum(len(wrong(case)) for case in CASES)
    with capsys.disabled():
        sys.stdout.write(f"\npredictions, {len(CASES)} cases: {right} of {stated} slots right\n")
    assert right / stated >= 0.97


def test_the_cases_are_many_and_of_three_regions() -> None:
    assert len(CASES) >= 80
    assert {case["locale"] for case in CASES} == {"zh-TW", "zh-HK", "zh-CN"}
    assert all(any(slot in case for case in CASES) for slot in SLOTS)


@pytest.mark.parametrize("slot", COMMITMENTS)
def test_each_of_what_a_speaker_commits_to_has_cases_with_and_without_it(slot: str) -> None:
    told = [bool(case[slot]) for case in CASES if slot in case]
    assert sum(told) >= 4
    assert not all(told)
