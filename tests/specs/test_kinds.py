"""Our own cases of kind: minimal pairs that tell whether a stretch is a fact, a prediction, an opinion or no claim."""

import json
import sys
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.pipeline import build_pipeline
from extract.regions import locale_of
from schemas.claim import Claim, ClaimKind
from schemas.text import Document, Publication, Span

CASES = json.loads((Path(__file__).parents[2] / "fixtures/specs/kinds.json").read_text(encoding="utf-8"))["cases"]
NAMES = [f"{case['class']}: {case['words']} in {case['text']}" for case in CASES]
PUBLISHED = "2024-05-15"  # where a case has no date of its own
NO_CLAIM = "none"


@cache
def claims_in(text: str, published: str) -> tuple[Claim, ...]:
    publication = Publication(published=date.fromisoformat(published))
    document = Document(document_id="case", text=text, publication=publication, locale=locale_of(text))
    return build_pipeline().extract(document).claims


def found_in(case: dict[str, Any]) -> str:
    """Return the kind of the claim that covers most of the words, `none` where none covers half of them."""
    start = case["text"].index(case["words"])
    place = Span(start=start, end=start + len(case["words"]))
    claims = claims_in(case["text"], case.get("published", PUBLISHED))
    best = max(claims, key=lambda claim: shared(claim.span, place), default=None)
    covers = best is not None and 2 * shared(best.span, place) >= place.end - place.start
    return best.kind.value if best and covers else NO_CLAIM


def shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_kind_is_right_or_the_gap_is_known(case: dict[str, Any]) -> None:
    found = found_in(case)
    assert (found == case["kind"]) != ("known_gap" in case), f"{found} for {case['kind']}"


def test_most_cases_are_right(capsys: pytest.CaptureFixture[str]) -> None:
    right = sum(found_in(case) == case["kind"] for case in CASES)
    with capsys.disabled():
        sys.stdout.write(f"\nkinds, {len(CASES)} cases: {right / len(CASES):.3f}\n")
    assert right >= 0.8 * len(CASES)


def test_there_are_eighty_cases_of_all_kinds_and_none_is_there_twice() -> None:
    counts = Counter(case["kind"] for case in CASES)
    assert len(CASES) >= 80
    assert counts.keys() == {*(kind.value for kind in ClaimKind), NO_CLAIM}
    assert len({(case["text"], case["words"]) for case in CASES}) == len(CASES)
