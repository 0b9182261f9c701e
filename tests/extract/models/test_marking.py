import pytest

from extract.models.marking import parse_marked
from schemas.errors import InputError

HEAD = "published: 2024-05-13\nauthor: 顧言\ngenre: 專欄\nnames:\n  shen = 沈維廷 | 沈董\n---\n"


def test_marks_leave_the_text_as_it_would_be_printed() -> None:
    text, _ = parse_marked(HEAD + "{f|廠房上週動土}。\n沈董說，「{o shen 說|不怕}」。\n", "a.txt")
    assert text == "廠房上週動土。\n沈董說，「不怕」。\n"


def test_each_claim_lies_where_its_text_stands() -> None:
    text, gold = parse_marked(HEAD + "{f|廠房上週動土}。沈董說，{p shen,analysts 說|年底完工}。", "a.txt")
    assert [text[claim["start"] : claim["end"]] for claim in gold["claims"]] == ["廠房上週動土", "年底完工"]
    narrated, said = gold["claims"]
    assert (narrated["kind"], narrated["speakers"], narrated["cue"]) == ("fact", ["author"], None)
    assert (said["kind"], said["speakers"], said["cue"]) == ("prediction", ["shen", "analysts"], "說")


def test_the_head_gives_day_author_and_names() -> None:
    _, gold = parse_marked(HEAD + "{f|廠房上週動土}。", "a.txt")
    assert gold["doc"] == {"published": "2024-05-13", "author": "顧言"}
    assert gold["names"] == {"shen": ["沈維廷", "沈董"]}


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("{f|無頭}", "a line ---"),
        (HEAD.replace("2024-05-13", "五月"), "published"),
        (HEAD.replace("genre", "sort"), "no line of a head"),
        (HEAD + "{x|動土}", "not who claims"),
        (HEAD + "{f gu 說|動土}", "gu speaks"),
        (HEAD + "{f|動土", "not closed"),
        (HEAD + "{f|{f|動土}}", "not closed or holds another"),
    ],
)
def test_what_is_not_well_marked_is_refused_with_file_and_reason(raw: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        parse_marked(raw, "a.txt")
    assert caught.value.code == "annotation.mark"
    assert caught.value.message.startswith("a.txt: ")
