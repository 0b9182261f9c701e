"""Why a prediction cannot be settled."""

from datetime import date

import pytest

from extract.predictions import forecast_of, setting_of
from schemas.extraction import Refusal
from schemas.period import PeriodTag
from schemas.quantity import QuantityTag
from schemas.text import Span
from tests.extract.claim_readings import layers_of, period, quantity, read

LAST_YEAR = (date(2023, 1, 1), date(2023, 12, 31))


def refused(text: str, *tags: QuantityTag | PeriodTag) -> Refusal | None:
    setting = setting_of(read(text), layers_of(text, *tags))
    return forecast_of(setting, Span(start=0, end=len(text)), None).refusal


@pytest.mark.parametrize("text", ["美國通膨將再升溫", "美國將陷入衰退", "聯準會下半年會降息", "晨光電子明年量產"])
def test_what_can_be_settled_is_not_refused(text: str) -> None:
    assert refused(text) is None


def test_what_names_nothing_has_no_target() -> None:
    assert refused("好戲還在後頭") is Refusal.PREDICTION_NO_TARGET


def test_a_measure_that_goes_nowhere_has_no_outcome() -> None:
    assert refused("美國通膨將是焦點") is Refusal.PREDICTION_NO_OUTCOME


def test_a_question_is_rhetorical() -> None:
    assert refused("美國通膨難道會自己降溫?") is Refusal.PREDICTION_RHETORICAL


def test_a_period_that_is_over_is_no_future() -> None:
    assert refused("去年房價下跌", period("去年房價下跌", "去年", *LAST_YEAR)) is Refusal.PREDICTION_NOT_FUTURE


def test_a_figure_of_a_closed_period_may_not_be_out_yet() -> None:
    text = "去年失業率4.1%"
    assert refused(text, period(text, "去年", *LAST_YEAR), quantity(text, "4.1%", "4.1", "%")) is None
