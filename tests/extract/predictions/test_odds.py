"""Chances stated as tenths before a verb: 八成會降息 is a chance, 會員八成會續約 a share."""

from datetime import date
from decimal import Decimal

import pytest

from extract.actors import tag_actors
from extract.layers import Layers
from extract.periods import tag_periods
from extract.predictions import prediction_of, setting_of
from extract.quantities import tag_quantities
from extract.reader import best_tagger, reading_of
from schemas.claim import Prediction, Probability
from schemas.text import Document, Locale, Publication, Span

TAGGER = best_tagger()


def forecast(text: str, locale: Locale = Locale.TAIWAN) -> Prediction:
    document = Document(
        document_id="case", text=text, locale=locale, publication=Publication(published=date(2025, 6, 10))
    )
    reading = reading_of(document, TAGGER, None)
    periods, _ = tag_periods(reading)
    quantities, _ = tag_quantities(reading, periods)
    setting = setting_of(reading, Layers(quantities, periods, tag_actors(reading)))
    return prediction_of(setting, Span(start=0, end=len(text)), None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("下半年八成會再升息一碼", "0.8", "0.8"),
        ("聯準會八成會按兵不動", "0.8", "0.8"),
        ("我猜七八成會跌破季線", "0.7", "0.8"),
        ("那座新廠九成九會延後量產", "0.99", "0.99"),
        ("明年台積電六成五會調高股利", "0.65", "0.65"),
        ("年底前，三成要重啟談判", "0.3", "0.3"),
        ("市場八成會把這番話解讀成利率不動", "0.8", "0.8"),
    ],
)
def test_tenths_before_will_are_a_chance_where_they_are_a_share_of_nothing(text: str, low: str, high: str) -> None:
    assert forecast(text).probability == Probability(low=Decimal(low), high=Decimal(high))


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("明年會員八成會續約", Locale.TAIWAN),
        ("这批订单九成会改走海运", Locale.MAINLAND),
        ("年底前八成會員將改用新卡", Locale.TAIWAN),
        ("明年八成會議改為線上舉行", Locale.TAIWAN),
        ("下半年80%會反彈", Locale.TAIWAN),
    ],
)
def test_a_share_of_what_is_named_is_no_chance(text: str, locale: Locale) -> None:
    assert forecast(text, locale).probability is None


def test_the_chance_is_not_the_figure_that_is_forecast() -> None:
    found = forecast("下半年八成會再升息一碼")
    assert found.value is not None
    assert (found.value.low, found.value.unit) == (Decimal(25), "bp")


def test_eight_or_nine_out_of_ten_is_a_word_of_chance_and_no_number() -> None:
    text = "下季股價十之八九會回檔"
    found = forecast(text)
    assert (found.value, found.probability) == (None, None)
    assert found.likelihood is not None
    assert found.likelihood.span.of(text) == "十之八九"
