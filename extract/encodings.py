"""Which encoding bytes are in: UTF-8, Big5 or GB18030, decided by what comes out, or refused."""

import codecs
import re
from functools import cache
from typing import Final

from pydantic import BaseModel

from extract.lexicon import load
from schemas.errors import InputError

ALIASES: Final = {"big5": "cp950", "big5-hkscs": "big5hkscs", "gbk": "gb18030", "gb2312": "gb18030", "utf8": "utf-8"}
"""Encodings by the names people give them; each stands for the widest of its family."""

_CANDIDATES = ("cp950", "big5hkscs", "gb18030")
_NAMES = {"cp950": "big5", "big5hkscs": "big5-hkscs"}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP, Word or EPUB file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"SQLite format 3": "a database",
}
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b")
_MOST_CONTROLS = 0.05  # share of the bytes; text has none but for accidents
_LEAST_PLAUSIBLE = 0.12  # share of common characters; real text has 0.35 and more, wrongly read bytes about 0.04
_SAMPLE = 200_000  # characters that decide
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003134f]")


class CommonCharacters(BaseModel):
    """The characters most used in Chinese; `common_characters.yaml`."""

    characters: str


def decoded(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text without its byte order mark, and the name of its encoding.

    Args:
        data: the bytes of a text.
        encoding: what the caller knows it to be; None decides by the bytes.

    Raises:
        InputError: no text but a picture, archive or program ("document.binary"); an encoding we don't know or that
            doesn't fit ("document.encoding_unknown"); half a character kept in UTF-8 ("document.lone_surrogate").

    Example:
        >>> decoded("外資連三日買超，台股收漲。".encode("big5"))
        ('外資連三日買超，台股收漲。', 'big5')
    """
    _refuse_magic(data)
    if encoding is not None:
        return _as_told(data, encoding)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _as_told(data, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_surrogates(data)
        _refuse_controls(data)
        return _guessed(data, error)
    _refuse_controls(data)
    return text, "utf-8"


def _as_told(data: bytes, encoding: str) -> tuple[str, str]:
    name = ALIASES.get(encoding.lower(), encoding)
    try:
        text = data.decode(name)
    except LookupError as error:
        message = f"no encoding is called {encoding}: say utf-8, big5 or gb18030"
        raise InputError("document.encoding_unknown", message, encoding=encoding) from error
    except UnicodeDecodeError as error:
        message = f"is not {encoding} at byte {error.start}: leave the encoding out, or save the text as UTF-8"
        raise InputError("document.encoding_unknown", message, encoding=encoding, offset=error.start) from error
    return text.removeprefix("\ufeff"), "utf-8" if name == "utf-8-sig" else _NAMES.get(name, name)


def _guessed(data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    scored = [
        (plausibility(text[:_SAMPLE]), name, text) for name in _CANDIDATES if (text := _tried(data, name)) is not None
    ]
    score, name, text = max(scored, key=lambda one: one[0], default=(0.0, "", ""))
    if score < _LEAST_PLAUSIBLE:
        message = f"is neither UTF-8 (byte {error.start}) nor Big5 nor GB18030: save the text as UTF-8"
        raise InputError("document.encoding_unknown", message, offset=error.start) from error
    return text, _NAMES.get(name, name)


def _tried(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def plausibility(text: str) -> float:
    """Return the share of common characters among the Chinese ones; 0 where there are none.

    Example:
        >>> plausibility("我們的") > plausibility("扂蠅腔")  # the same bytes in two encodings
        True
    """
    han = _HAN.findall(text)
    return sum(character in _common() for character in han) / len(han) if han else 0.0


@cache
def _common() -> frozenset[str]:
    return frozenset(load("common_characters", CommonCharacters).characters) - {" "}


def _refuse_magic(data: bytes) -> None:
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise InputError("document.binary", f"is {what}, no text: give plain text, Markdown or HTML")


def _refuse_controls(data: bytes) -> None:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(data):
        raise InputError("document.binary", "is no text but binary data: give plain text, Markdown or HTML")


def _refuse_surrogates(data: bytes) -> None:
    try:
        text = data.decode("utf-8", errors="surrogatepass")
    except UnicodeDecodeError:
        return
    offset = next(place for place, character in enumerate(text) if "\ud800" <= character <= "\udfff")
    message = f"half a character (U+{ord(text[offset]):04X}) at offset {offset}: save the text again as UTF-8"
    raise InputError("document.lone_surrogate", message, offset=offset)
