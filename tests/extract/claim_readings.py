"""Readings and layers of short texts, for tests of attribution, propositions and predictions."""

import re
from datetime import date
from decimal import Decimal

from extract.actors import ActorLayer
from extract.propositions import Layers
from extract.propositions.protocol import Proposition
from extract.reader import reading_of
from extract.reading import Reading
from extract.tagging.rules import RuleTagger
from schemas.actor import ActorTag, ActorType
from schemas.claim import Claim, ClaimKind
from schemas.period import Period, PeriodTag, Precision
from schemas.quantity import Quantity, QuantityTag
from schemas.text import Document, Locale, Publication, Span

PUBLISHED = date(2024, 5, 6)

NAMES = {
    "林大中": ("lin-da-zhong", ActorType.PERSON),
    "陳小月": ("chen-xiao-yue", ActorType.PERSON),
    "Anna Berg": ("anna-berg", ActorType.PERSON),
    "北海銀行": ("north-sea-bank", ActorType.ORGANISATION),
    "南山證券": ("south-hill-securities", ActorType.ORGANISATION),
    "晨光電子": ("dawn-electronics", ActorType.ORGANISATION),
    "統計總署": ("statistics-office", ActorType.GOVERNMENT),
    "早報": ("morning-post", ActorType.MEDIA),
    "美國": ("united-states", ActorType.PLACE),
}
"""Invented actors (and one country) by the name that the texts use."""


def read(text: str, locale: Locale = Locale.TAIWAN) -> Reading:
    """Return the reading of a text published on `PUBLISHED`, cut by rules alone."""
    document = Document(
        document_id="document-test", text=text, publication=Publication(published=PUBLISHED), locale=locale
    )
    return reading_of(document, RuleTagger(), None)


def actors_in(text: str) -> ActorLayer:
    """Return the layer of all invented actors that a text names."""
    tags = [
        ActorTag(span=Span(start=m.start(), end=m.end()), actor_id=actor_id, actor_type=actor_type)
        for name, (actor_id, actor_type) in NAMES.items()
        for m in re.finditer(re.escape(name), text)
    ]
    return ActorLayer(tags=tuple(sorted(tags, key=lambda tag: tag.span.start)))


def quantity(text: str, written: str, value: str, unit: str, high: str | None = None) -> QuantityTag:
    """Return the quantity that stands written in the text."""
    at = text.index(written)
    amount = Quantity(low=Decimal(value), high=Decimal(high or value), unit=unit)
    return QuantityTag(span=Span(start=at, end=at + len(written)), quantity=amount)


def period(text: str, written: str, start: date | None, end: date | None) -> PeriodTag:
    """Return the period that stands written in the text."""
    at = text.index(written)
    return PeriodTag(
        span=Span(start=at, end=at + len(written)), period=Period(start=start, end=end, precision=Precision.RANGE)
    )


def layers_of(text: str, *tags: QuantityTag | PeriodTag) -> Layers:
    """Return the layers of a text: its invented actors and the tags given."""
    return Layers(
        quantities=tuple(tag for tag in tags if isinstance(tag, QuantityTag)),
        periods=tuple(tag for tag in tags if isinstance(tag, PeriodTag)),
        actors=actors_in(text),
    )


def asserted(span: Span) -> Proposition:
    """Return a proposition that stands there; its kind is of no account."""
    return Proposition(span, ClaimKind.FACT, 1.0, "test")


def said(claims: tuple[Claim, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the text and the speakers of each claim."""
    return [(claim.text, claim.attribution.speakers) for claim in claims]


def kinds(claims: tuple[Claim, ...]) -> list[tuple[str, ClaimKind]]:
    """Return the text and the kind of each claim."""
    return [(claim.text, claim.kind) for claim in claims]
