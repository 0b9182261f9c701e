"""The lexicon of how forecasts are worded, and what its lint refuses."""

from decimal import Decimal
from importlib import resources

import pytest

from extract import lexicon
from extract.predictions.wording import SCALE, ForecastLexicon, forecast_words
from schemas.errors import DomainError
from schemas.prediction import LikelihoodLevel

SOURCE = resources.files("extract.lexicon").joinpath("forecasts.yaml").read_text(encoding="utf-8")


def parsed(source: str) -> ForecastLexicon:
    return lexicon.parse(source, ForecastLexicon, name="forecasts")


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ('interval: ["0.45", "0.55"]', 'interval: ["0.50", "0.50"]', "none a point"),
        ('interval: ["0.55", "0.80"]', 'interval: ["0.20", "0.80"]', "go up"),
        ("words: [不可能,", "words: [可能, 不可能,", "可能 stands for"),
        ("only_forecasts: [目標價,", "only_forecasts: [股價, 目標價,", "股價 must be among forecasts"),
    ],
)
def test_a_lexicon_that_makes_no_sense_is_refused(written: str, instead: str, message: str) -> None:
    assert written in SOURCE
    with pytest.raises(DomainError, match=message):
        parsed(SOURCE.replace(written, instead))


def test_a_level_may_not_be_missing() -> None:
    lines = [line for line in SOURCE.splitlines() if not line.startswith("  even:")]
    with pytest.raises(DomainError, match="chances lack even"):
        parsed("\n".join(lines))


def test_the_intervals_are_those_of_the_directive_and_mirror_each_other() -> None:
    intervals = forecast_words().intervals
    assert [intervals[level] for level in SCALE] == [
        (1 - high, 1 - low) for low, high in (intervals[level] for level in reversed(SCALE))
    ]
    assert intervals[LikelihoodLevel.POSSIBLE] == (Decimal("0.20"), Decimal("0.80"))
