"""Our own cases for actors: who is named in a short sentence, whom that means, and who held an office when."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extract.actors import tag_actors
from extract.actors.base import load_base
from extract.reader import best_tagger, reading_of
from schemas.text import Document, Locale

SPECS = json.loads((Path(__file__).parents[2] / "fixtures/specs/actors.json").read_text(encoding="utf-8"))
CASES, OFFICES = SPECS["mentions"], SPECS["offices"]


def found_in(case: dict[str, Any]) -> list[tuple[int, int, str, str]]:
    document = Document(document_id="case", text=case["text"], locale=Locale(case["locale"]))
    layer = tag_actors(reading_of(document, best_tagger(), None))
    return [(t.span.start, t.span.end, t.actor_id, t.actor_type.value) for t in layer.tags]


def wanted_in(case: dict[str, Any]) -> list[tuple[int, int, str, str]]:
    return [(*actor["span"], actor["id"], actor["type"]) for actor in case["actors"]]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['locale']} {case['text']}" for case in CASES])
def test_a_sentence_names_whom_it_means(case: dict[str, Any]) -> None:
    assert found_in(case) == wanted_in(case)


@pytest.mark.parametrize("case", OFFICES, ids=[f"{case['employer']} {case['on']}" for case in OFFICES])
def test_an_office_has_the_holder_of_the_day(case: dict[str, Any]) -> None:
    holder = load_base().holder(case["employer"], case["title"], date.fromisoformat(case["on"]))
    assert (holder.actor_id if holder else None) == case["holder"]


def test_precision_and_recall_over_all_cases(capsys: pytest.CaptureFixture[str]) -> None:
    pairs = [(set(found_in(case)), set(wanted_in(case))) for case in CASES]
    right = sum(len(found & wanted) for found, wanted in pairs)
    precision = right / sum(len(found) for found, _ in pairs)
    recall = right / sum(len(wanted) for _, wanted in pairs)
    with capsys.disabled():
        sys.stdout.write(f"\nactors, {len(CASES)} cases: precision {precision:.3f}, recall {recall:.3f}\n")
    assert min(precision, recall) == 1.0


def test_the_cases_are_many_and_their_spans_hold() -> None:
    assert len(CASES) >= 60
    for case in CASES:
        for actor in case["actors"]:
            start, end = actor["span"]
            assert case["text"][start:end] == actor["text"]
