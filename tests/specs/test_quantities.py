"""Our own cases for quantities: what a short sentence holds, with values and bounds, and what it refuses."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from extract.normalize import shadow_of
from extract.quantities import tag_quantities
from extract.reading import Reading
from schemas.text import Document, Locale

CASES = json.loads((Path(__file__).parents[2] / "fixtures/specs/quantities.json").read_text(encoding="utf-8"))


def run(case: dict[str, Any]) -> tuple[list[tuple[Any, ...]], set[tuple[int, int, str]]]:
    document = Document(document_id="case", text=case["text"], locale=Locale(case["locale"]))
    tags, skipped = tag_quantities(Reading(document=document, shadow=shadow_of(case["text"])), ())
    found = [
        (t.span.start, t.span.end, str(t.quantity.low), str(t.quantity.high), t.quantity.unit, t.quantity.bound.value)
        for t in tags
    ]
    return found, {(item.span.start, item.span.end, item.reason.value) for item in skipped}


def expected(case: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(*q["span"], q["low"], q["high"], q["unit"], q["bound"]) for q in case["quantities"]]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_sentence_holds_the_quantities_it_states(case: dict[str, Any]) -> None:
    found, refused = run(case)
    assert found == expected(case)
    starts = {(start, reason) for start, _, reason in refused}
    assert {(r["span"][0], r["reason"]) for r in case.get("refusals", [])} <= starts


@pytest.mark.parametrize("case", [case for case in CASES if any("role" in q for q in case["quantities"])])
def test_a_change_has_an_old_and_a_new_value(case: dict[str, Any]) -> None:
    document = Document(document_id="case", text=case["text"], locale=Locale(case["locale"]))
    tags, _ = tag_quantities(Reading(document=document, shadow=shadow_of(case["text"])), ())
    assert [t.role.value if t.role else None for t in tags] == [q.get("role") for q in case["quantities"]]


def test_precision_and_recall_over_all_cases(capsys: pytest.CaptureFixture[str]) -> None:
    pairs = [(set(run(case)[0]), set(expected(case))) for case in CASES]
    right = sum(len(found & wanted) for found, wanted in pairs)
    precision = right / sum(len(found) for found, _ in pairs)
    recall = right / sum(len(wanted) for _, wanted in pairs)
    with capsys.disabled():
        sys.stdout.write(f"\nquantities, {len(CASES)} cases: precision {precision:.3f}, recall {recall:.3f}\n")
    assert min(precision, recall) >= 0.97


def test_the_cases_are_many_and_half_of_them_from_taiwan() -> None:
    assert len(CASES) >= 300
    assert abs(sum(case["locale"] == "zh-TW" for case in CASES) / len(CASES) - 0.5) < 0.05
    for case in CASES:
        for item in (*case["quantities"], *case.get("refusals", [])):
            assert case["text"][slice(*item["span"])] == item["text"]
