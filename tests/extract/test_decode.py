"""A document keeps its text; what cannot be read is refused in one clear line."""

from datetime import date

import pytest

from extract.decode import MAXIMUM_CHARACTERS, decode
from schemas.errors import InputError
from schemas.text import DateBasis, Locale, MediaType, Publication

BODY = "央行理監事會議決定利率不變，總裁表示通膨可望回落，營收與出口都在回溫。"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "document.empty"),
        ("\ufeff \n　\t".encode(), "document.empty"),
        (b"The Fed held rates.", "document.no_chinese"),
        (("漲" * (MAXIMUM_CHARACTERS + 1)).encode(), "document.too_large"),
        (b"%PDF-1.4", "document.binary"),
        (b"<!doctype html><html><body><a href='/'>Home</a></body></html>", "document.no_article"),
    ],
)
def test_unreadable_input_is_refused_with_its_code_and_name(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, name="a.txt")
    assert caught.value.code == code
    assert caught.value.context["name"] == "a.txt"
    assert "\n" not in caught.value.message


def test_the_text_is_kept_to_the_last_character() -> None:
    text = f" 標題\r\n{BODY}\x07　\r\n"
    assert decode(text.encode(), name="a.txt").text == text


def test_the_first_line_gives_the_title_where_nothing_else_does() -> None:
    assert decode(f"利率不變\n{BODY}".encode(), name="a").publication.title == "利率不變"
    given = Publication(title="央行")
    assert decode(f"利率不變\n{BODY}".encode(), name="a", publication=given).publication.title == "央行"


def test_a_given_date_wins_over_the_dateline() -> None:
    text = f"利率不變\n2025-03-20 記者王大同\n{BODY}".encode()
    told = decode(text, name="a")
    given = decode(text, name="a", publication=Publication(published=date(2025, 3, 21)))
    assert (told.published, told.published_basis) == (date(2025, 3, 20), DateBasis.TEXT)
    assert (given.published, given.published_basis) == (date(2025, 3, 21), DateBasis.GIVEN)


def test_without_a_date_there_is_no_basis() -> None:
    document = decode(BODY.encode(), name="a")
    assert (document.published, document.published_basis) == (None, None)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.md", MediaType.MARKDOWN), ("a.txt", MediaType.PLAIN), ("article", MediaType.PLAIN)],
)
def test_the_ending_of_the_name_tells_the_form(name: str, media_type: MediaType) -> None:
    assert decode(BODY.encode(), name=name).media_type is media_type


def test_a_page_is_known_by_its_content_whatever_its_name() -> None:
    page = (
        f"<html><head><title>利率不變</title></head><body><article><p>{BODY}</p><p>{BODY}</p></article></body></html>"
    )
    document = decode(page.encode("big5"), name="stdin")
    assert (document.media_type, document.encoding, document.locale) == (MediaType.HTML, "big5", Locale.TAIWAN)
    assert document.text.startswith("利率不變\n央行理監事會議")


def test_publications_of_one_text_are_documents_of_their_own() -> None:
    ids = {decode(BODY.encode(), name="a", publication=Publication(publisher=p)).document_id for p in ("甲報", "乙報")}
    assert len(ids) == 2
