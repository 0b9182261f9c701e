"""The sample article's best known forecasts, read whole: who says them, about what, how much, how sure and when.

The article and its annotation are read from beside the checkout and are no part of the project.
"""

import importlib.util
import json
import sys
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.gold import gold_of
from extract.pipeline import build_pipeline
from extract.regions import locale_of
from schemas.text import Document, Publication

GOLD = Path(__file__).parents[3] / "shared" / "gold"
SLOTS = ("target", "direction", "value", "probability", "window", "condition")
ASKED = {
    "ray-dalio": ("us.debt.crisis",),
    "lawrence-summers": ("us.cpi.inflation", "us.recession"),
    "jeffrey-gundlach": ("us.recession",),
    "alec-kersman": ("us.recession", "us.fed-funds.cuts", "us.treasury.10y"),
    "jan-hatzius": ("us.gdp.growth", "us.tariff.average-rate"),
    "mike-wilson": ("us.equities.sp500.return",),
    "david-kostin": ("us.equities.sp500.return",),
    "peter-schiff": ("crypto.market.price",),
    "ucla-anderson-forecast": ("us.recession", "us.stagflation"),
    "jensen-huang": ("global.datacenter.capex", "nvidia.feynman.launch"),
}
"""Whose forecasts must come out, and which of theirs: the ones that state something to be settled."""
KNOWN: dict[tuple[str, str], str] = {}
"""What still differs, and why."""

pytestmark = pytest.mark.skipif(not (GOLD / "seed.txt").exists(), reason="../shared/gold is not beside the checkout")


@dataclass(frozen=True)
class Compared:
    """A forecast that must come out, and what differs in ours."""

    speaker: str
    target: str
    differs: tuple[str, ...]


@cache
def compared() -> tuple[Compared, ...]:
    score = scorer()
    gold, system = read()
    names = score.Names(gold, system)
    pairs = dict(score.match(gold["claims"], system["claims"], lambda g, s: g["kind"] == s["kind"]))
    ours = {prediction["claim"]: prediction for prediction in system["predictions"]}
    found = []
    for prediction in gold["predictions"]:
        claim, index = gold["claims"][prediction["claim"]], pairs.get(prediction["claim"])
        speaker = claim["speakers"][0]
        if prediction["target"] not in ASKED.get(speaker, ()):
            continue
        if index is None or index not in ours:
            found.append(Compared(speaker, prediction["target"], ("not found as a prediction",)))
            continue
        right = dict(zip(SLOTS, score.slots(prediction, ours[index]), strict=True))
        right["speaker"] = names.same_set(claim["speakers"], system["claims"][index]["speakers"])
        found.append(Compared(speaker, prediction["target"], tuple(name for name, ok in right.items() if not ok)))
    return tuple(found)


def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read() -> tuple[dict[str, Any], dict[str, Any]]:
    text = (GOLD / "seed.txt").read_bytes().decode("utf-8")
    gold = json.loads((GOLD / "seed.gold.json").read_text(encoding="utf-8"))
    publication = Publication(published=date.fromisoformat(gold["doc"]["published"]))
    document = Document(document_id="sample", text=text, publication=publication, locale=locale_of(text))
    return gold, gold_of(build_pipeline().extract(document))


@pytest.mark.parametrize("speaker", ASKED)
def test_each_of_them_has_a_forecast_with_everything_right(speaker: str) -> None:
    theirs = [one for one in compared() if one.speaker == speaker]
    assert theirs
    assert any(not one.differs for one in theirs), f"differs: {theirs}"


def test_nothing_differs_but_what_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = [one for one in compared() if one.differs]
    with capsys.disabled():
        sys.stdout.write(f"\nsample article: {len(compared()) - len(wrong)} of {len(compared())} forecasts right\n")
        for one in wrong:
            why = KNOWN.get((one.speaker, one.target), "NOT KNOWN")
            sys.stdout.write(f"  {one.speaker} {one.target}: {', '.join(one.differs)} ({why})\n")
    assert [one for one in wrong if (one.speaker, one.target) not in KNOWN] == []
