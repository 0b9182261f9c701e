"""What the service shows: claims with the names and places an editor needs beside them."""

from datetime import date
from typing import Generic, TypeVar

from api.explaining import ForecastWords, GroundView
from api.relation_views import RelationView
from kg.resolution.record import Record
from schemas.actor import Actor
from schemas.base import Model
from schemas.claim import Claim
from schemas.evidence import Resolution
from schemas.extraction import Extraction
from schemas.graph import LoggedChange
from schemas.text import Document, Publication

Item = TypeVar("Item")

PASSAGE_CHARACTERS = 60
"""Code points of the text shown on either side of a claim: about two lines of a terminal."""


class SpeakerView(Model):
    """A speaker by id and by a name to show."""

    actor_id: str
    name: str


class DocumentView(Model):
    """A document without its text."""

    document_id: str
    publication: Publication
    characters: int


class Passage(Model):
    """A claim's exact words with what stands before and after them in the text."""

    before: str
    quote: str
    after: str


class ClaimView(Model):
    """A claim, who says it by name, and where it stands."""

    claim: Claim
    speakers: tuple[SpeakerView, ...]
    document: DocumentView


class ClaimDetail(ClaimView):
    """A claim with its passage, why it is what it is, its outcomes, how it stands to others, its record's changes."""

    passage: Passage
    grounds: tuple[GroundView, ...]
    forecast_words: ForecastWords | None
    resolutions: tuple[Resolution, ...]
    relations: tuple[RelationView, ...]
    history: tuple[LoggedChange, ...]


class ActorView(Model):
    """An actor with the name to show and all its ids, the canonical one first."""

    actor: Actor
    name: str
    actor_ids: tuple[str, ...]


class Ingested(Model):
    """What reading one article into the store did.

    `other_publications` are documents of the same text under other publication data.
    """

    document_id: str
    title: str | None
    published: date | None
    is_new: bool
    claims: int
    predictions: int
    skipped: int
    warnings: tuple[str, ...] = ()
    other_publications: tuple[str, ...] = ()


class Imported(Model):
    """How many figures were new, known already, or known with another value."""

    new: int
    known: int
    corrected: int


class RecordsView(Model):
    """What speakers' forecasts came to by a day, and the speakers' names by their ids; most questions first."""

    as_of: date
    items: tuple[Record, ...]
    names: dict[str, str]


class PageView(Model, Generic[Item]):
    """A page of results with the cursor of the next one; None on the last."""

    items: tuple[Item, ...]
    next_cursor: str | None = None


def view_of_document(document: Document) -> DocumentView:
    """Return a document without its text."""
    return DocumentView(
        document_id=document.document_id, publication=document.publication, characters=len(document.text)
    )


def passage_of(document: Document, claim: Claim) -> Passage:
    """Return a claim's exact words with what stands around them."""
    start, end = claim.span.start, claim.span.end
    return Passage(
        before=document.text[max(0, start - PASSAGE_CHARACTERS) : start],
        quote=claim.span.of(document.text),
        after=document.text[end : end + PASSAGE_CHARACTERS],
    )


def views_of_extraction(extraction: Extraction) -> tuple[ClaimView, ...]:
    """Return the claims of a document just read as views, before anything is kept."""
    names = {actor.actor_id: actor.caption for actor in extraction.actors}
    document = view_of_document(extraction.document)
    return tuple(
        ClaimView(
            claim=claim,
            speakers=tuple(SpeakerView(actor_id=s, name=names.get(s, s)) for s in claim.attribution.speakers),
            document=document,
        )
        for claim in extraction.claims
    )
