"""Encodings are decided by what comes out; what is no text is refused with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.encodings import decoded
from schemas.errors import InputError

TAIWAN = "外資昨日買超兩百億元，台股收盤上漲一百五十點，法人說短線還有高點可期。"
HONG_KONG = "大行話樓價仲會跌，佢哋估明年先至見底，啲買家唔使急。"
MAINLAND = "外资昨日净买入两百亿元，沪指收涨一点五个百分点，机构认为短线还有高点。"
BYTES = st.binary(max_size=400)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "big5", "gb18030"])
def test_traditional_text_is_read_in_every_encoding(encoding: str) -> None:
    assert decoded(TAIWAN.encode(encoding))[0] == TAIWAN


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "gb18030"])
def test_simplified_text_is_read_in_every_encoding(encoding: str) -> None:
    assert decoded(MAINLAND.encode(encoding))[0] == MAINLAND


def test_hong_kong_characters_are_read_as_big5_hkscs() -> None:
    assert decoded(HONG_KONG.encode("big5hkscs")) == (HONG_KONG, "big5-hkscs")


@pytest.mark.parametrize(("encoding", "name"), [("cp950", "big5"), ("gb18030", "gb18030")])
def test_a_headline_is_enough_to_tell_the_encoding(encoding: str, name: str) -> None:
    assert decoded("聯準會可能不降息".encode(encoding)) == ("聯準會可能不降息", name)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decoded(b"\xef\xbb\xbf" + "台股".encode()) == ("台股", "utf-8")


def test_an_encoding_that_is_told_is_believed() -> None:
    assert decoded("漲".encode("big5"), "Big5") == ("漲", "big5")


def test_an_encoding_that_is_told_and_wrong_is_refused_with_the_place() -> None:
    with pytest.raises(InputError, match="is not utf-8 at byte 0") as caught:
        decoded("漲".encode("big5"), "utf-8")
    assert caught.value.code == "document.encoding_unknown"


def test_an_encoding_nobody_knows_is_refused() -> None:
    with pytest.raises(InputError, match="no encoding is called klingon"):
        decoded(b"x", "klingon")


def test_text_of_another_language_in_an_old_encoding_is_refused() -> None:
    with pytest.raises(InputError, match="neither UTF-8") as caught:
        decoded("Đà tăng trưởng sẽ chậm lại, ngân hàng dự báo như vậy.".encode("cp1258", errors="ignore") + b"\xe3\xf2")
    assert caught.value.code == "document.encoding_unknown"


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 ...", b"PK\x03\x04\x14", b"\x89PNG\r\n", bytes(range(256)) * 9, b"\0" * 99]
)
def test_what_is_no_text_is_called_binary(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        decoded(data)
    assert caught.value.code == "document.binary"


def test_half_a_character_is_named_with_its_place() -> None:
    with pytest.raises(InputError, match=r"U\+D83D\) at offset 2") as caught:
        decoded("台股\ud83d".encode(errors="surrogatepass"))
    assert caught.value.code == "document.lone_surrogate"


def test_control_characters_stay_in_the_text() -> None:
    assert decoded("台股\x07收漲一百點\x0b，外資買超。".encode())[0] == "台股\x07收漲一百點\x0b，外資買超。"


def text_or_code(data: bytes) -> str:
    try:
        return decoded(data)[0]
    except InputError as error:
        return f"refused as {error.code}"


@given(BYTES)
def test_any_bytes_give_a_text_of_whole_characters_or_an_error_of_ours(data: bytes) -> None:
    assert not any("\ud800" <= character <= "\udfff" for character in text_or_code(data))
