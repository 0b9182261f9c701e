"""From bytes to a Document: encoding, form, publication data and region, decided once and in plain sight."""

import re
from typing import Final

from extract.encodings import decoded
from extract.layout import lines_of
from extract.normalize import shadow_of
from extract.pages import page_of
from extract.publication_dates import published_in
from extract.regions import locale_of
from schemas.errors import InputError
from schemas.text import DateBasis, Document, MediaType, Publication, document_id_of

MAXIMUM_CHARACTERS: Final = 5_000_000
"""A year of a columnist's articles; more is no article but an archive to be cut up."""

_MARKUP = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.IGNORECASE | re.DOTALL
)
_MARKUP_WITHIN = 2_000  # characters; a page says what it is at its top
_SUFFIXES = {
    ".md": MediaType.MARKDOWN,
    ".markdown": MediaType.MARKDOWN,
    ".html": MediaType.HTML,
    ".htm": MediaType.HTML,
}
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")


def decode(
    data: bytes,
    *,
    name: str,
    publication: Publication | None = None,
    media_type: MediaType | None = None,
    encoding: str | None = None,
) -> Document:
    """Return the document that the bytes hold; its text is never altered, but for a byte order mark.

    Args:
        data: the bytes of an article in UTF-8, Big5 or GB18030.
        name: what to call it in errors; its ending tells the form where the content does not.
        publication: what is known; it wins over what page or text say.
        media_type: the form, where known.
        encoding: the encoding, where known.

    Raises:
        InputError: empty ("document.empty"), without Chinese ("document.no_chinese"), longer than
            `MAXIMUM_CHARACTERS` ("document.too_large"), a page without an article ("document.no_article"), or not
            readable as text, as `extract.encodings.decoded` says.

    Example:
        >>> document = decode("台股收漲，外資買超。".encode("big5"), name="a.txt")
        >>> document.text, document.encoding, document.locale.value
        ('台股收漲，外資買超。', 'big5', 'zh-TW')
    """
    try:
        return _document(data, name, publication or Publication(), media_type, encoding)
    except InputError as error:
        raise InputError(error.code, error.message, **{"name": name, **error.context}) from error


def _document(
    data: bytes, name: str, given: Publication, media_type: MediaType | None, encoding: str | None
) -> Document:
    text, encoding_name = decoded(data, encoding)
    _refuse_size(text)
    form = media_type or _form_of(text, name)
    known, basis = given, DateBasis.GIVEN
    if form is MediaType.HTML:
        page = page_of(text)
        text, known = page.text, _filled(given, page.publication)
        basis = DateBasis.GIVEN if given.published else DateBasis.METADATA
    _refuse_unreadable(text)
    shadow = shadow_of(text)
    if known.published is None:
        known, basis = _filled(known, Publication(published=published_in(shadow))), DateBasis.TEXT
    known = _filled(known, Publication(title=_title_of(text, shadow)))
    return Document(
        document_id=document_id_of(text, known),
        text=text,
        publication=known,
        published_basis=basis if known.published else None,
        locale=locale_of(text),
        media_type=form,
        encoding=encoding_name,
    )


def _form_of(text: str, name: str) -> MediaType:
    if _MARKUP.match(text[:_MARKUP_WITHIN]):
        return MediaType.HTML
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    return _SUFFIXES.get(suffix, MediaType.PLAIN)


def _refuse_size(text: str) -> None:
    if len(text) > MAXIMUM_CHARACTERS:
        message = f"holds {len(text):,} characters, more than {MAXIMUM_CHARACTERS:,}: cut it into articles"
        raise InputError("document.too_large", message, characters=len(text))


def _refuse_unreadable(text: str) -> None:
    if not text.strip():
        raise InputError("document.empty", "is empty: give one with Chinese text")
    if not _CHINESE.search(text):
        raise InputError("document.no_chinese", "holds no Chinese character: give a Chinese text")


def _title_of(text: str, shadow: str) -> str | None:
    lines = lines_of(shadow)
    is_title = bool(lines) and lines[0].level == 1
    return text[lines[0].body : lines[0].heading_end] if is_title else None


def _filled(first: Publication, second: Publication) -> Publication:
    """Return the first with its gaps filled from the second."""
    return Publication(**{**second.model_dump(exclude_none=True), **first.model_dump(exclude_none=True)})
