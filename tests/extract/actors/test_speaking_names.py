"""Names that no tagger knows, given away by where they stand and by what follows: houses, associations, teachers."""

import pytest

from tests.extract.actors.test_layer import layer_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("逸安證券把晟遠目標價調升至120元。", ["逸安證券"]),
        ("寬築不動產昨公布第二季房市信心調查。", ["寬築不動產"]),
        ("遠洋工程公會則主張，工期應再延長。", ["遠洋工程公會"]),
        ("本土投顧則認為，匯率是變數。", []),
        ("多數投顧把明年目標訂在兩萬點。", []),
        ("相關公會則主張，工期應再延長。", []),
    ],
)
def test_houses_and_associations_that_speak_are_bodies(text: str, names: list[str]) -> None:
    assert [tag.span.of(text) for tag in layer_of(text).tags if tag.span.of(text) != "晟遠"] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("逢甲大學章定遠的看法是，房價不會再漲。", "章定遠"),
        ("北京大学曹和安说，经济已经触底。", "曹和安"),
        ("逢甲大學方面也表示，經費不足。", None),
        ("北京大學師生說，食堂太貴。", None),
    ],
)
def test_a_full_name_between_a_university_and_its_words_is_a_person(text: str, name: str | None) -> None:
    people = [tag.span.of(text) for tag in layer_of(text).tags if tag.actor_type == "person"]
    assert people == ([name] if name else [])
