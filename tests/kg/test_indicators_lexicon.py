"""The catalogue of names and the catalogue of series are one: what text forecasts, and what is published of it."""

import pytest

from extract import lexicon
from extract.predictions.indicators import IndicatorEntry, IndicatorLexicon, Shape, Subject
from kg.indicators import catalogue
from schemas.evidence import Frequency, Indicator

NAMED = lexicon.load("indicators", IndicatorLexicon).indicators
SERIES = tuple(catalogue().indicators.values())
MONEY = frozenset({"USD", "TWD", "CNY", "JPY", "HKD", "KRW", "INR", "CAD", "CHF"})


def entry_of(target_id: str) -> IndicatorEntry | None:
    """Return the named indicator behind a target: its measure is known, and so is that it may have that subject."""
    subject, _, measure = target_id.partition(".")
    general = {Subject.COUNTRY, Subject.CENTRAL_BANK, Subject.COMPANY}
    return next(
        (one for one in NAMED if one.id == measure and (one.subject == subject or one.subject in general)), None
    )


def test_at_least_150_indicators_have_names_in_three_regions() -> None:
    assert len(NAMED) >= 150
    for one in NAMED:
        assert all(one.names.all or getattr(one.names, region) for region in ("tw", "hk", "cn")), one.id


@pytest.mark.parametrize("series", SERIES, ids=[one.indicator_id for one in SERIES])
def test_each_series_is_one_that_text_forecasts_by_name(series: Indicator) -> None:
    assert series.forecast_as is not None
    assert entry_of(series.forecast_as) is not None


@pytest.mark.parametrize("series", SERIES, ids=[one.indicator_id for one in SERIES])
def test_a_series_is_in_the_unit_of_its_forecasts_or_a_change_of_it(series: Indicator) -> None:
    entry = entry_of(series.forecast_as or "")
    assert entry is not None
    same = {entry.unit} | (MONEY if entry.unit in MONEY | {"local"} else set())
    changes = (
        {"%", "points"} if entry.shape is Shape.PRICE else {"points", "pp"} if entry.shape is Shape.EVENT else set()
    )
    assert series.unit in same | changes


def test_each_rule_settles_a_target_that_the_tagger_can_give() -> None:
    steps = ("cut", "cuts", "hike", "hikes")
    for rule in catalogue().rules:
        named = [t for t in rule.targets if entry_of(t) or (rule.move and t.rsplit(".", 1)[-1] in steps)]
        assert named, rule.rule_id


def test_ids_of_series_name_their_source() -> None:
    ids = [name for one in SERIES for name in one.series_ids]
    assert len(ids) == len(set(ids))
    assert all(name.split(":", 1)[0].isalpha() and name.split(":", 1)[1] for name in ids)


def test_many_series_are_described_and_some_of_each_economy() -> None:
    assert len(SERIES) >= 100
    assert {one.indicator_id.split(".")[0] for one in SERIES} >= {
        "us",
        "taiwan",
        "china",
        "hongkong",
        "eurozone",
        "japan",
    }


def test_a_derived_figure_is_published_at_least_quarterly() -> None:
    derived = [one for one in SERIES if one.derivation]
    assert derived
    assert all(one.frequency in (Frequency.WEEKLY, Frequency.MONTHLY, Frequency.QUARTERLY) for one in derived)
