"""Readings of one sentence for the tests of periods."""

from datetime import date

from extract.normalize import shadow_of
from extract.periods import tag_periods
from extract.reading import Reading
from extract.segment import segment
from schemas.text import Document, Locale, Publication

WEDNESDAY = date(2024, 7, 3)
Days = tuple[str, str | None, str | None]


def reading_of(
    text: str, published: date | None = WEDNESDAY, locale: Locale = Locale.TAIWAN, *, is_segmented: bool = True
) -> Reading:
    shadow = shadow_of(text)
    document = Document(document_id="test", text=text, publication=Publication(published=published), locale=locale)
    if not is_segmented:
        return Reading(document, shadow)
    segments = segment(text, shadow)
    return Reading(document, shadow, segments.sections, segments.sentences, segments.quotations, segments.clauses)


def periods_of(
    text: str, published: date | None = WEDNESDAY, locale: Locale = Locale.TAIWAN, *, is_segmented: bool = True
) -> list[Days]:
    """The words of each period with its first and last day."""
    tags, _ = tag_periods(reading_of(text, published, locale, is_segmented=is_segmented))
    return [(t.span.of(text), iso(t.period.start), iso(t.period.end)) for t in tags]


def refusals_of(text: str, published: date | None = WEDNESDAY, locale: Locale = Locale.TAIWAN) -> list[tuple[str, str]]:
    """The words of each refusal with its reason."""
    _, skipped = tag_periods(reading_of(text, published, locale))
    return [(item.span.of(text), item.reason.value) for item in skipped]


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
