"""Quotations are found nested and unpaired, and never outside their paragraph."""

from hypothesis import given
from hypothesis import strategies as st

from extract.normalize import shadow_of
from extract.segment import segment

MARKS = st.text(st.sampled_from('「」『』“”‘’"〝〞漲。！\n'), max_size=80)


def contents(text: str) -> list[tuple[str, bool]]:
    return [(q.content.of(text), q.closed) for q in segment(text, shadow_of(text)).quotations]


def test_nested_quotations_stand_in_order_of_their_opening_marks() -> None:
    assert contents("她說「所謂『軟著陸』還早」。") == [("所謂『軟著陸』還早", True), ("軟著陸", True)]


def test_straight_quotation_marks_open_and_close_in_turn() -> None:
    assert contents('行長稱"耐心"和"審慎"。') == [("耐心", True), ("審慎", True)]


def test_a_quotation_without_its_closing_mark_ends_with_its_sentence() -> None:
    assert contents("他說「油價會漲。市場不信。") == [("油價會漲。", False)]


def test_a_quotation_may_hold_several_sentences() -> None:
    assert contents("「油價會漲。需求也會回來。」他說。") == [("油價會漲。需求也會回來。", True)]


def test_a_stray_closing_mark_is_no_quotation() -> None:
    assert contents("油價會漲」他說。") == []


def test_a_quotation_does_not_leave_its_paragraph() -> None:
    assert contents("他說「油價會漲\n市場不信」。") == [("油價會漲", False)]


@given(MARKS)
def test_contents_lie_inside_their_marks_and_spans_inside_the_text(text: str) -> None:
    for quotation in segment(text, shadow_of(text)).quotations:
        assert quotation.span.contains(quotation.content)
        assert quotation.span.end <= len(text)
