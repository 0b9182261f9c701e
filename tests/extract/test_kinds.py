"""Fact, prediction or opinion, by the signs of a proposition."""

from datetime import date

import pytest

from extract.attribution import Frame
from extract.kinds import Evidence, kind_of, signs_of
from schemas.claim import ClaimKind, Speech
from schemas.period import Period, PeriodTag, Precision
from schemas.text import Span
from tests.extract.claim_readings import PUBLISHED

FRAME = Frame(("lin-da-zhong",), Speech.INDIRECT, Span(start=0, end=9), category="forecast")


def evidence(text: str, *, quantity: bool = False, about: tuple[date, date] | None = None) -> Evidence:
    place = Span(start=0, end=1)
    periods = (
        (PeriodTag(span=place, period=Period(start=about[0], end=about[1], precision=Precision.RANGE)),)
        if about
        else ()
    )
    return Evidence(text, periods, has_quantity=quantity, published=PUBLISHED)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("昨日收盘上涨百点", ClaimKind.FACT),
        ("已经连续三个月下滑", ClaimKind.FACT),
        ("明年可望回温", ClaimKind.PREDICTION),
        ("恐将陷入衰退", ClaimKind.PREDICTION),
        ("目标价150元", ClaimKind.PREDICTION),
        ("应该立即停止补贴", ClaimKind.OPINION),
        ("这个价格太贵", ClaimKind.OPINION),
    ],
)
def test_words_tell_the_kind(text: str, kind: ClaimKind) -> None:
    assert kind_of(evidence(text)).kind is kind


def test_a_period_after_publication_makes_a_figure_a_prediction() -> None:
    past, future = (date(2023, 1, 1), date(2023, 12, 31)), (date(2025, 1, 1), date(2025, 12, 31))
    assert kind_of(evidence("成长3%", quantity=True, about=past)).kind is ClaimKind.FACT
    assert kind_of(evidence("成长3%", quantity=True, about=future)).kind is ClaimKind.PREDICTION


def test_a_forecasting_cue_makes_what_follows_a_prediction() -> None:
    plain = Evidence("营收30亿元", has_quantity=True, published=PUBLISHED)
    framed = Evidence("营收30亿元", has_quantity=True, frame=FRAME, published=PUBLISHED)
    assert kind_of(plain).kind is ClaimKind.FACT
    assert kind_of(framed).kind is ClaimKind.PREDICTION


def test_without_a_publication_date_periods_say_nothing() -> None:
    tag = PeriodTag(
        span=Span(start=0, end=1), period=Period(start=date(2030, 1, 1), end=None, precision=Precision.RANGE)
    )
    assert signs_of(Evidence("成长3%", (tag,))) == ("always",)


def test_the_margin_and_the_deciding_sign_are_told() -> None:
    judged = kind_of(evidence("恐将陷入衰退"))
    assert judged.margin > 0
    assert judged.rule == "chance"
