"""Sentences with names are read with their offsets; broken files are refused with file and line."""

from pathlib import Path

import pytest

from extract.models.names.treebank import NamedSpan, read_treebank, sentences_of
from schemas.errors import InputError


def test_two_names_side_by_side_stay_two() -> None:
    rows = ["# text = 王明李安", "1\t王明\tB-PER", "2\t李安\tB-PER", ""]
    (sentence,) = sentences_of(rows, name="a")
    assert sentence.names == {NamedSpan(0, 2, "PER"), NamedSpan(2, 4, "PER")}


def test_a_name_of_several_tokens_holds_the_blank_between_them() -> None:
    rows = ["# text = 見 Ann Lee 。", "1\t見\tO", "2\tAnn\tB-PER", "3\tLee\tI-PER", "4\t。\tO", ""]
    (sentence,) = sentences_of(rows, name="a")
    assert [sentence.text[n.start : n.end] for n in sentence.names] == ["Ann Lee"]


def test_a_label_that_goes_on_after_another_type_begins_a_name() -> None:
    rows = ["# text = 台中王明", "1\t台中\tB-LOC", "2\t王明\tI-PER"]
    (sentence,) = sentences_of(rows, name="a")
    assert sentence.names == {NamedSpan(0, 2, "LOC"), NamedSpan(2, 4, "PER")}


@pytest.mark.parametrize(
    ("row", "problem"),
    [("1\t王明", "no token"), ("1\t王明\tB-EVENT", "no token"), ("1\t李安\tB-PER", "does not hold")],
)
def test_a_broken_line_is_named(row: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as refused:
        list(sentences_of(["# text = 王明", row], name="a.iob2"))
    assert refused.value.code == "treebank.unreadable"
    assert "a.iob2:" in refused.value.message


def test_an_absent_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_treebank(tmp_path / "none.iob2")
    assert refused.value.code == "treebank.unreadable"
