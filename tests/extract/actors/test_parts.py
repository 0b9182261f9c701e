"""Bodies that belong to others: actors of their own where they act so, called by their own word later."""

import pytest

from extract.actors import tag_actors
from extract.reader import best_tagger, reading_of
from schemas.text import Document, Locale


def named_in(text: str) -> list[tuple[str, str]]:
    layer = tag_actors(
        reading_of(Document(document_id="d", text=text, locale=Locale.TAIWAN), best_tagger(), None),
    )
    return [(tag.span.of(text), tag.actor_id) for tag in layer.tags]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("台積電企業工會發表聲明。", ["台積電企業工會"]),
        ("全國台積電工會昨天開會。", ["全國台積電工會"]),
        ("民進黨立院黨團說，要先還債。", ["民進黨立院黨團"]),
        ("民進黨團幹事長林益全說，要先還債。", ["民進黨", "林益全"]),
        ("清華大學新能源研究中心公布指數。", ["清華大學新能源研究中心"]),
    ],
)
def test_a_union_a_caucus_and_a_centre_are_told_from_whom_they_belong_to(text: str, names: list[str]) -> None:
    assert [name for name, _ in named_in(text)] == names


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("經濟部統計處公布調查。統計處說，下季會好。", "統計處"),
        ("統計處：訂單回溫\n經濟部統計處今天公布調查。", "統計處"),
        ("清華大學新能源研究中心公布指數。新能中心說，下月再看。", "新能中心"),
        ("台灣塗料協進會發布報告。協進會說，訂單減少。", "協進會"),
        ("協進會：訂單連三黑\n台灣塗料協進會昨日發布報告。", "協進會"),
        ("漆料公會說，漲價還沒完。公會表示，原料太貴。", "公會"),
        ("民進黨立院黨團說，要先還債。黨團認為，還債優先。", "黨團"),
    ],
)
def test_its_own_word_means_it_elsewhere_in_the_text(text: str, later: str) -> None:
    found = named_in(text)
    assert later in {name for name, _ in found}
    assert len({actor for _, actor in found}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "經濟部統計處處長黃偉傑說，訂單回溫。統計處長黃偉傑又說，下季會好。",
        "台灣塗料協進會發布報告。公會說，原料太貴。",
    ],
)
def test_another_word_or_the_head_of_an_office_means_nobody_of_them(text: str) -> None:
    bodies = [(name, actor) for name, actor in named_in(text) if actor != "黄伟杰"]
    assert len(bodies) == 1


@pytest.mark.parametrize("text", ["相關公會說，漲價還沒完。", "各地商會說，漲價還沒完。", "他入漆料公會說明。"])
def test_any_association_is_none(text: str) -> None:
    assert named_in(text) == []
