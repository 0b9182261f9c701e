import pytest

from extract.periods import tag_periods
from extract.periods.qualifying import clause_qualified_by
from tests.extract.periods.period_readings import reading_of


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("營收去年成長一成，獲利持平。", ["營收去年成長一成"]),
        ("展望明年，毛利率將回升，費用下降。", ["毛利率將回升"]),
        ("公司預計在2025年底前，完成擴產。", ["公司預計在2025年底前"]),
        ("截至6月底，存貨減少；下半年再降。", ["存貨減少", "下半年再降"]),
        ("去年。今年營收回升。", ["去年", "今年營收回升"]),
    ],
)
def test_a_period_qualifies_its_clause_or_the_next_where_it_fills_its_own(text: str, clauses: list[str]) -> None:
    reading = reading_of(text)
    found = [clause_qualified_by(tag, reading) for tag in tag_periods(reading)[0]]
    assert [clause.of(text).rstrip("。，；") if clause else None for clause in found] == clauses


def test_without_clauses_nothing_is_qualified() -> None:
    reading = reading_of("去年，營收成長。", is_segmented=False)
    assert [clause_qualified_by(tag, reading) for tag in tag_periods(reading)[0]] == [None]
