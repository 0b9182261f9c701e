"""What the tagger promises of every text."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.periods import tag_periods
from schemas.period import Precision
from schemas.text import Locale
from tests.extract.periods.period_readings import periods_of, reading_of, refusals_of

PIECES = st.sampled_from(
    [
        "2024年",
        "去年",
        "3月",
        "31日",
        "第四季",
        "半年",
        "內",
        "前",
        "後",
        "至",
        "(3)日",
        "以來",
        "未來",
        " ",
        "，",
        "。",
        "\n",
        "年底",
    ]
)


@example("2024年前年底")
@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_any_text_gives_ordered_periods_that_do_not_overlap_and_lie_inside_it(text: str) -> None:
    tags, skipped = tag_periods(reading_of(text))
    spans = [tag.span for tag in tags]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in (*spans, *(item.span for item in skipped)))


@given(st.lists(PIECES, max_size=8).map("".join))
def test_without_a_publication_date_no_period_depends_on_one(text: str) -> None:
    tags, _ = tag_periods(reading_of(text, published=None))
    early, late = (tag_periods(reading_of(text, published=day))[0] for day in (date(2001, 2, 3), date(2031, 5, 6)))
    same = {tag for tag in early if tag in late}
    plain = [tag for tag in tags if tag.period.precision is not Precision.RANGE]
    assert all(tag in same or any(tag.span.overlaps(other.span) for other in early) for tag in plain)


def test_a_text_without_date_keeps_its_absolute_periods_and_refuses_the_others() -> None:
    text = "2023年第三季虧損，去年轉盈。"
    assert periods_of(text, published=None) == [("2023年第三季", "2023-07-01", "2023-09-30")]
    assert refusals_of(text, published=None) == [("去年", "period.no_reference_date")]


@pytest.mark.parametrize("text", ["2月30日", "2025年2月29日", "13月", "6月31日", "2024-13-01", "第4季與2024/02/30"])
def test_a_date_that_does_not_exist_is_refused(text: str) -> None:
    assert [reason for _, reason in refusals_of(text)] == ["period.impossible"]


def test_a_bracketed_day_that_contradicts_its_weekday_is_refused() -> None:
    assert refusals_of("上周五(15日)收低") == [("上周五(15日)", "period.ambiguous")]


def test_two_digits_of_a_year_are_ambiguous_in_taiwan_only() -> None:
    assert refusals_of("98年的風暴") == []
    assert refusals_of("98年風暴") == [("98年", "period.ambiguous")]
    assert periods_of("98年風暴", locale=Locale.HONG_KONG) == [("98年", "1998-01-01", "1998-12-31")]


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("7月1日", Precision.DAY),
        ("上周", Precision.WEEK),
        ("5月", Precision.MONTH),
        ("第二季", Precision.QUARTER),
        ("上半年", Precision.HALF),
        ("2023年", Precision.YEAR),
        ("1990年代", Precision.DECADE),
        ("未來三年", Precision.RANGE),
    ],
)
def test_the_precision_is_that_of_the_words(text: str, precision: Precision) -> None:
    tags, _ = tag_periods(reading_of(text))
    assert [tag.period.precision for tag in tags] == [precision]


def test_a_year_carries_into_the_rest_of_its_sentence_only() -> None:
    assert periods_of("明年6月見7元，年底見8元。年底再看。") == [
        ("明年6月", "2025-06-01", "2025-06-30"),
        ("年底", "2025-12-01", "2025-12-31"),
        ("年底", "2024-12-01", "2024-12-31"),
    ]


def test_a_horizon_in_a_dated_statement_counts_from_the_statement() -> None:
    assert periods_of("他在2021年12月說過，半年內會崩盤。")[1] == ("半年內", "2021-12-01", "2022-06-30")


def test_a_comparison_counts_from_the_month_it_is_about() -> None:
    assert periods_of("5月外銷訂單比上月少。")[1] == ("上月", "2024-04-01", "2024-04-30")
    assert periods_of("上月外銷訂單不多。") == [("上月", "2024-06-01", "2024-06-30")]
