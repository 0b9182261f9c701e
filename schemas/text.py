"""Text and places in it. Offsets are code points of the published text, half open."""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from schemas.base import Model
from schemas.errors import InputError
from schemas.ids import content_id


class Locale(StrEnum):
    """Where a text was written: it decides what a bare 元 and 兆 mean and which year 114年 is."""

    TAIWAN = "zh-TW"
    HONG_KONG = "zh-HK"
    MAINLAND = "zh-CN"


class MediaType(StrEnum):
    """The form in which an article arrived."""

    PLAIN = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"


class DateBasis(StrEnum):
    """Where a publication date comes from."""

    GIVEN = "given"
    METADATA = "metadata"
    TEXT = "text"


class Span(Model):
    """The half-open range [start, end) in code points; 0 <= start <= end.

    Example:
        >>> Span(start=2, end=4).of("台積電漲停")
        '電漲'
    """

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"span ends at {self.end}, before its start {self.start}")
        return self

    def of(self, text: str) -> str:
        """Return the slice of the text that the span names."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Return whether both share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Return whether the other lies inside, edges included."""
        return self.start <= other.start and other.end <= self.end


class Publication(Model):
    """What is known of an article besides its text; every part may be unknown."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None


class Document(Model):
    """A published text, never altered, with its publication data.

    Two publications of one text (other publisher, address or date) are two documents.
    """

    document_id: str
    text: str
    publication: Publication = Publication()
    published_basis: DateBasis | None = None
    locale: Locale = Locale.TAIWAN
    media_type: MediaType = MediaType.PLAIN
    encoding: str = "utf-8"

    @property
    def published(self) -> date | None:
        """The publication date; None where nothing tells it."""
        return self.publication.published


def document_id_of(text: str, publication: Publication) -> str:
    """Return the content id of a publication of a text.

    Raises:
        InputError: the text holds a lone surrogate, code "document.lone_surrogate".

    Example:
        >>> a = document_id_of("台股收漲", Publication(published=date(2025, 3, 20)))
        >>> a == document_id_of("台股收漲", Publication(published=date(2025, 3, 21)))
        False
    """
    surrogate = next((i for i, c in enumerate(text) if "\ud800" <= c <= "\udfff"), None)
    if surrogate is not None:
        raise InputError(
            "document.lone_surrogate",
            f"half a character (U+{ord(text[surrogate]):04X}) at offset {surrogate}: save the text again as UTF-8",
            offset=surrogate,
        )
    published = publication.published.isoformat() if publication.published else None
    return content_id("document", text, publication.publisher, publication.url, published)


class Section(Model):
    """A part of an article under one heading; the part before the first heading has none."""

    span: Span
    heading: Span | None = None
    level: int = Field(default=0, ge=0)


class Sentence(Model):
    """A sentence; it ends at 。！？ or a line end, closing quotation marks included."""

    span: Span
    section_index: int = Field(ge=0)
    paragraph_index: int = Field(ge=0)
    is_heading: bool = False
