"""Documents: what has been read, and reading more."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.routes.parameters import PROBLEMS, DocumentParameters, TheLedger
from api.views import DocumentView, Ingested, PageView
from extract.decode import decode
from schemas.base import Model
from schemas.errors import InputError
from schemas.graph import NodeLabel
from schemas.text import Document, MediaType, Publication

router = APIRouter(prefix="/v1/documents", tags=["documents"], responses=PROBLEMS)


class Submission(Model):
    """An article to read: its text, as plain text, Markdown or HTML, with its publication data."""

    text: str
    media_type: MediaType = MediaType.PLAIN
    publication: Publication = Publication()


@router.post("", status_code=201, summary="Read an article into the ledger")
def add_document(submission: Submission, ledger: TheLedger, response: Response) -> Ingested:
    """Read an article; answers 201 when it is new, 200 when it was in already."""
    ingested = ledger.ingest(_document_of(submission))
    response.status_code = 201 if ingested.is_new else 200
    response.headers["Location"] = f"/v1/documents/{ingested.document_id}"
    return ingested


def _document_of(submission: Submission) -> Document:
    data = submission.text.encode("utf-8", errors="surrogatepass")
    try:
        return decode(data, name="request", publication=submission.publication, media_type=submission.media_type)
    except InputError as error:
        raise InputError(error.code, f"the text {error.message}", **error.context) from error


@router.get("", summary="List documents")
def list_documents(ledger: TheLedger, parameters: Annotated[DocumentParameters, Query()]) -> PageView[DocumentView]:
    """Return a page of documents without their texts, newest first."""
    return ledger.documents(parameters.query(NodeLabel.DOCUMENT))


@router.get("/{document_id}", summary="Show a document with its text")
def show_document(document_id: str, ledger: TheLedger) -> Document:
    """Return a document whole; the offsets of claims count code points of its `text`."""
    return ledger.document(document_id)
