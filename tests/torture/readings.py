"""A reader of articles that is quick and always says the same: torture is for the ledger, not for the pipeline."""

from extract.actors.base import ActorBase
from schemas.actor import Actor, ActorType, Name
from schemas.claim import Attribution, Claim, ClaimKind, Speech, claim_id_of
from schemas.extraction import Extraction
from schemas.text import Document, Span


def read(document: Document, *, base: ActorBase | None = None) -> Extraction:
    """Return one claim of one speaker for each clause of a document."""
    speaker = Actor(actor_id="分析師", actor_type=ActorType.PERSON, names=(Name(text="分析師", script="zh-Hant"),))
    starts = [0, *(place + 1 for place, character in enumerate(document.text[:-1]) if character in "，。")]
    ends = [*(start - 1 for start in starts[1:]), len(document.text)]
    spans = [Span(start=start, end=end) for start, end in zip(starts, ends, strict=True)]
    claims = (
        Claim(
            claim_id=claim_id_of(document.document_id, span),
            document_id=document.document_id,
            span=span,
            text=span.of(document.text),
            kind=ClaimKind.OPINION,
            attribution=Attribution(speakers=(speaker.actor_id,), speech=Speech.INDIRECT),
            sentence_index=0,
        )
        for span in spans
    )
    return Extraction(document=document, actors=(speaker,), claims=tuple(claims))
