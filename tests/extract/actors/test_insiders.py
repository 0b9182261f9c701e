"""Unnamed people who are told apart: actors of their text, no mentions."""

import pytest

from extract.actors import ActorLayer, tag_actors
from extract.reader import best_tagger, reading_of
from extract.regions import locale_of
from schemas.text import Document


def layer(text: str, document_id: str = "one") -> ActorLayer:
    document = Document(document_id=document_id, text=text, locale=locale_of(text))
    return tag_actors(reading_of(document, best_tagger(), None))


def names_in(text: str) -> list[tuple[str, ...]]:
    found = layer(text)
    ids = [tag.actor_id for tag in found.insiders]
    return [tuple(n.text for n in actor.names) for actor in found.actors if actor.actor_id in ids]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("一名不願具名的設備商主管透露，訂單喊停。", ("一名不願具名的設備商主管", "設備商主管", "商主管")),
        ("知情人士透露，談判破裂。", ("知情人士",)),
        ("財政部官員表示，稅收超前。", ("財政部官員", "官員")),
        ("查核：網傳「明年起現金作廢」？", ("網傳",)),
        ("群組流傳一則訊息：「央行要升息三碼。」", ("訊息",)),
    ],
)
def test_they_are_called_by_the_whole_phrase_and_by_the_noun(text: str, names: tuple[str, ...]) -> None:
    (found,) = names_in(text)
    assert found[: len(names)] == names


@pytest.mark.parametrize(
    "text", ["三名官員出席會議。", "供應鏈庫存偏高。", "官員林大中表示，稅收超前。", "網傳砍單的訊息不實。"]
)
def test_who_says_nothing_or_has_a_name_is_none(text: str) -> None:
    assert names_in(text) == []


def test_they_are_no_mentions_and_other_people_in_another_document() -> None:
    text = "知情人士透露，談判破裂。"
    first, second = layer(text, "one"), layer(text, "two")
    assert not any(tag.span == first.insiders[0].span for tag in first.tags)
    assert first.insiders[0].actor_id != second.insiders[0].actor_id
    assert first.actors[0].is_provisional
