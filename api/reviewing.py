"""What was found of a claim, as the markup that a page about it embeds."""

import json
from collections.abc import Iterator

from pydantic import JsonValue

from api.service import Ledger
from kg import ledger as records
from kg.rdf.reviews import Finding, Publisher, finding_of, is_review, markup_of
from schemas.errors import NotFoundError
from schemas.graph import NodeLabel, Query


def review_of(ledger: Ledger, claim_id: str, publisher: Publisher) -> dict[str, JsonValue]:
    """Return the ClaimReview of a claim by what was found of it last.

    Args:
        ledger: where it is kept.
        claim_id: which claim.
        publisher: who publishes the review, and below which address.

    Raises:
        NotFoundError: there is no such claim, code "claim.unknown", or nothing was decided of it, code "review.none".
    """
    detail = ledger.claim(claim_id)
    last = max(_reviews_of(ledger, claim_id), key=lambda finding: finding.as_of, default=None)
    document = ledger.document(detail.claim.document_id)
    ids = [records.speaker_node_id(s, document.document_id) for s in detail.claim.attribution.speakers]
    speakers = [records.actor_of(node) for node in ledger.store.nodes(ids)]
    markup = last and markup_of(last, detail.claim, document, speakers=speakers, publisher=publisher)
    if not markup:
        message = f"nothing was decided of {claim_id} as yet: it is no review without a verdict or an outcome"
        raise NotFoundError("review.none", message, claim_id=claim_id)
    return markup


def script_text(markup: dict[str, JsonValue]) -> str:
    r"""Return markup as JSON that can stand in a script element of a page, whatever its texts hold.

    Example:
        >>> script_text({"text": "</script>"})
        '{"text": "\\u003c/script>"}'
    """
    return json.dumps(markup, ensure_ascii=False).replace("<", "\\u003c")


def _reviews_of(ledger: Ledger, claim_id: str) -> Iterator[Finding]:
    for label in (NodeLabel.RESOLUTION, NodeLabel.VERDICT):
        for node in ledger.each(Query(label=label, claim_id=claim_id)):
            finding = finding_of(node)
            if finding is not None and is_review(finding):
                yield finding
