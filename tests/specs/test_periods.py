"""Our own cases for periods: what a short sentence names, resolved to days, and what it refuses."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extract.normalize import shadow_of
from extract.periods import tag_periods
from extract.reading import Reading
from schemas.text import Document, Locale, Publication

CASES = json.loads((Path(__file__).parents[2] / "fixtures/specs/periods.json").read_text(encoding="utf-8"))
Finding = tuple[int, int, str | None, str | None]


def run(case: dict[str, Any]) -> tuple[list[Finding], list[tuple[int, int, str]]]:
    published = date.fromisoformat(case["published"]) if case["published"] else None
    document = Document(
        document_id="case",
        text=case["text"],
        publication=Publication(published=published),
        locale=Locale(case["locale"]),
    )
    tags, skipped = tag_periods(Reading(document, shadow_of(case["text"])))
    found = [(t.span.start, t.span.end, iso(t.period.start), iso(t.period.end)) for t in tags]
    return found, [(item.span.start, item.span.end, item.reason.value) for item in skipped]


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def expected(case: dict[str, Any]) -> list[Finding]:
    return [(*period["span"], period["from"], period["to"]) for period in case["periods"]]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['text']} {case['published']}" for case in CASES])
def test_a_sentence_names_the_periods_it_should(case: dict[str, Any]) -> None:
    found, refused = run(case)
    assert found == expected(case)
    assert refused == [(*item["span"], item["reason"]) for item in case["refused"]]


def test_precision_and_recall_over_all_cases(capsys: pytest.CaptureFixture[str]) -> None:
    pairs = [(set(run(case)[0]), set(expected(case))) for case in CASES]
    right = sum(len(found & wanted) for found, wanted in pairs)
    precision = right / sum(len(found) for found, _ in pairs)
    recall = right / sum(len(wanted) for _, wanted in pairs)
    with capsys.disabled():
        sys.stdout.write(f"\nperiods, {len(CASES)} cases: precision {precision:.3f}, recall {recall:.3f}\n")
    assert min(precision, recall) >= 0.97


def test_the_cases_are_many_and_half_of_them_from_taiwan() -> None:
    assert len(CASES) >= 300
    assert abs(sum(case["locale"] == "zh-TW" for case in CASES) / len(CASES) - 0.5) < 0.05
    for case in CASES:
        for item in (*case["periods"], *case["refused"]):
            assert case["text"][slice(*item["span"])] == item["text"]
