"""Long runs that would trap a pattern which backtracks: each must come to its end, and mean nothing."""

import pytest

from extract.periods import tag_periods
from extract.reading import Reading
from schemas.text import Document, Publication
from tests.extract.periods.period_readings import WEDNESDAY

LENGTH = 1_000_000


@pytest.mark.parametrize("unit", ["1", "年", "億", ",", "(", "一", "月", "半", "-", "1/", "一、"])
def test_a_megabyte_of_one_character_is_read_to_its_end(unit: str) -> None:
    text = (unit * LENGTH)[:LENGTH]
    document = Document(document_id="long", text=text, publication=Publication(published=WEDNESDAY))
    assert tag_periods(Reading(document, text)) == ((), ())


def test_one_sentence_of_many_periods_gives_them_all() -> None:
    text = "去年說，9月、" * 5_000
    document = Document(document_id="long", text=text, publication=Publication(published=WEDNESDAY))
    tags, skipped = tag_periods(Reading(document, text.replace("說", "说")))
    assert (len(tags), skipped) == (10_000, ())
