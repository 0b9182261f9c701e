"""The evaluation on a gold of our own making: one article whose extraction is its own gold."""

import io
import json
from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console

from api.evaluation import GOLD, count_fixtures, figures_table, refusals_table, scorer_of
from schemas.errors import InputError

WIRE = Path(__file__).parents[2] / "fixtures" / "golden" / "taiwan-wire.gold.json"


def test_a_system_that_gives_the_gold_has_every_figure_at_one() -> None:
    if not (GOLD / "score.py").exists():
        pytest.skip(f"no gold at {GOLD}")
    gold = json.loads(WIRE.read_text(encoding="utf-8"))
    assert set(scorer_of(GOLD)([(gold, gold)]).values()) == {1.0}


def test_a_folder_without_scorer_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        scorer_of(tmp_path)
    assert caught.value.code == "gold.no_scorer"


def test_without_gold_our_own_articles_are_counted() -> None:
    counts = count_fixtures(Console(quiet=True))
    assert set(counts) == {"taiwan-wire", "gloomy-commentary", "mainland-report"}
    assert all(layers["claims"] > 10 and layers["quantities"] > 5 for layers in counts.values())


def test_a_figure_that_a_group_lacks_is_a_dash() -> None:
    buffer = io.StringIO()
    console = Console(width=100, file=buffer)
    console.print(figures_table({"seed": {"claim.span": 0.5}, "pooled": {}}))
    console.print(refusals_table(Counter({"quantity.is_date": 3})))
    text = buffer.getvalue()
    assert "0.500" in text
    assert "–" in text
    assert "quantity.is_date" in text
