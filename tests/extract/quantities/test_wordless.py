"""Multiples without a numeral are left out with their reason, and nothing else is taken for one."""

from extract.normalize import shadow_of
from extract.quantities import tag_quantities
from extract.reading import Reading
from schemas.extraction import Refusal
from schemas.text import Document


def refused(text: str) -> list[tuple[str, Refusal]]:
    _, skipped = tag_quantities(Reading(Document(document_id="d", text=text), shadow_of(text)), ())
    return [(item.span.of(text), item.reason) for item in skipped]


def test_a_multiple_without_a_numeral_is_left_out_with_its_reason() -> None:
    assert refused("營收翻番，毛利卻砍半") == [
        ("翻番", Refusal.NUMBER_WORDLESS),
        ("砍半", Refusal.NUMBER_WORDLESS),
    ]


def test_a_number_behind_a_word_of_lowering_is_read_and_not_left_out() -> None:
    assert refused("存款利率減半厘") == []


def test_a_word_that_only_begins_alike_is_nothing() -> None:
    assert refused("訊號經倍增器放大，削減半導體投資") == []
