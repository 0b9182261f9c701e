"""What would prove a prediction, slot by slot."""

from datetime import date
from decimal import Decimal

import pytest

from extract import lexicon
from extract.predictions import prediction_of, setting_of
from extract.predictions.indicators import IndicatorLexicon
from schemas.claim import Direction, Prediction
from schemas.errors import DomainError
from schemas.period import PeriodTag
from schemas.quantity import QuantityTag
from schemas.text import Span
from tests.extract.claim_readings import layers_of, period, quantity, read

NEXT_YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def forecast(text: str, *tags: QuantityTag | PeriodTag, claim: str | None = None) -> Prediction:
    """Return the prediction of the whole text, or of the part of it that makes the claim."""
    start = text.index(claim) if claim else 0
    span = Span(start=start, end=start + len(claim or text))
    return prediction_of(setting_of(read(text), layers_of(text, *tags)), span, None)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("美國經濟成長率將放緩", "us.gdp.growth"),
        ("台灣通膨率會降溫", "taiwan.cpi.inflation"),
        ("聯準會下半年可能降息", "us.fed-funds.cuts"),
        ("聯準會下半年利率按兵不動", "us.fed-funds.rate"),
        ("聯準會不會再升息", "us.fed-funds.hikes"),
        ("印尼通膨將降溫", "indonesia.cpi.inflation"),
        ("關稅將推高美國通膨", "us.cpi.inflation"),
        ("中國人民銀行可能降準", "china.rrr"),
        ("美國恐陷衰退", "us.recession"),
        ("美國10年期公債殖利率看升", "us.treasury.10y"),
        ("比特幣還會再漲", "crypto.btc.price"),
        ("晨光電子毛利率可望改善", "dawn-electronics.gross-margin"),
        ("晨光電子目標價120元", "dawn-electronics.target-price"),
        ("恒指可能再跌", "hongkong.equities.hang-seng"),
        ("美國樓價會再跌", "us.housing.price"),
    ],
)
def test_the_target_is_a_measure_with_its_subject(text: str, target: str) -> None:
    assert forecast(text).target.target_id == target


def test_a_currency_inside_a_quantity_is_no_target() -> None:
    text = "年底金價看2500美元"
    assert forecast(text, quantity(text, "2500美元", "2500", "USD")).target.target_id == "world.gold.price"


def test_a_bare_figure_takes_the_measure_named_before_it() -> None:
    text = "美國失業率今年4.1%，明年4.5%。"
    tags = [quantity(text, "4.1%", "4.1", "%"), quantity(text, "4.5%", "4.5", "%")]
    found = forecast(text, *tags, claim="明年4.5%")
    assert (found.target.target_id, found.direction) == ("us.unemployment.rate", Direction.LEVEL)


@pytest.mark.parametrize(
    ("text", "written", "value", "unit", "direction"),
    [
        ("美國經濟成長率為2%", "2%", "2", "%", Direction.LEVEL),
        ("台股再跌5%", "5%", "5", "%", Direction.DOWN),
        ("台股跌至20000點", "20000點", "20000", "points", Direction.LEVEL),
        ("晨光電子營收季增8%", "8%", "8", "%", Direction.UP),
        ("聯準會再降2碼", "2碼", "50", "bp", Direction.DOWN),
        ("美國10年期公債殖利率不會達到5%", "5%", "5", "%", Direction.NOT_OCCURS),
        ("油價見90美元也不奇怪", "90美元", "90", "USD", Direction.LEVEL),
    ],
)
def test_a_figure_is_a_level_or_the_size_of_a_change(
    text: str, written: str, value: str, unit: str, direction: Direction
) -> None:
    found = forecast(text, quantity(text, written, value, unit))
    assert found.value is not None
    assert (found.value.low, found.direction) == (Decimal(value), direction)


def test_two_ends_make_a_range() -> None:
    text = "美國失業率落在4%至5%"
    assert forecast(text, quantity(text, "4%至5%", "4", "%", "5")).direction is Direction.RANGE


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("房價會再上漲", Direction.UP),
        ("房價恐下滑", Direction.DOWN),
        ("聯準會可能按兵不動", Direction.FLAT),
        ("美國恐陷衰退", Direction.OCCURS),
        ("美國不會陷入衰退", Direction.NOT_OCCURS),
        ("央行不排除升息", Direction.UP),
    ],
)
def test_without_a_figure_words_of_movement_decide(text: str, direction: Direction) -> None:
    assert forecast(text).direction is direction


def test_of_a_pair_the_new_figure_is_forecast() -> None:
    text = "美國經濟成長率由2.4%下調至1.7%"
    found = forecast(text, quantity(text, "2.4%", "2.4", "%"), quantity(text, "1.7%", "1.7", "%"))
    assert found.value is not None
    assert found.value.low == Decimal("1.7")


def test_a_stated_chance_is_a_probability_and_no_value() -> None:
    text = "美國陷入衰退的機率為35%"
    found = forecast(text, quantity(text, "35%", "35", "%"))
    assert found.probability is not None
    assert (found.probability.low, found.value) == (Decimal("0.35"), None)


def test_words_of_chance_give_no_number() -> None:
    assert forecast("美國可能陷入衰退").probability is None


def test_even_odds_are_a_half() -> None:
    found = forecast("美國衰退與否五五波")
    assert found.probability is not None
    assert found.probability.low == Decimal("0.5")


def test_the_window_is_the_period_of_the_claim_and_never_a_past_one() -> None:
    text = "去年衰退，明年房價會漲"
    tags = [period(text, "去年", date(2023, 1, 1), date(2023, 12, 31)), period(text, "明年", *NEXT_YEAR)]
    window = forecast(text, *tags).window
    assert window is not None
    assert (window.start, window.end) == NEXT_YEAR


def test_the_window_carries_over_from_the_clause_before() -> None:
    text = "明年房價會漲，成交也會增加。"
    window = forecast(text, period(text, "明年", *NEXT_YEAR), claim="成交也會增加").window
    assert window is not None
    assert window.start == NEXT_YEAR[0]


def test_soonest_leaves_the_window_open() -> None:
    text = "聯準會最快明年降息"
    window = forecast(text, period(text, "明年", *NEXT_YEAR)).window
    assert window is not None
    assert (window.start, window.end) == (NEXT_YEAR[0], None)


def test_a_forecast_without_any_period_has_no_window() -> None:
    assert forecast("房價會漲").window is None


def test_a_condition_is_its_clause_and_its_figures_are_not_the_forecast() -> None:
    text = "若油價漲到100美元，美國通膨率恐升至5%"
    found = forecast(text, quantity(text, "100美元", "100", "USD"), quantity(text, "5%", "5", "%"))
    assert found.condition is not None
    assert found.condition.of(text) == "若油價漲到100美元"
    assert found.value is not None
    assert (found.target.target_id, found.value.low) == ("us.cpi.inflation", Decimal(5))
    assert found.is_conditional


def test_a_name_may_stand_for_one_measure_only() -> None:
    entry = "{{id: {}, subject: us, shape: rate, unit: points, frequency: daily, bases: [level], names: {{all: [油]}}}}"
    with pytest.raises(DomainError, match="油 names a and b"):
        lexicon.parse(f"indicators: [{entry.format('a')}, {entry.format('b')}]", IndicatorLexicon, name="indicators")
