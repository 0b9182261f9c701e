"""ClaimReview: what was found of a claim, for the pages and tools of fact-checkers."""

import os

from fastapi import APIRouter, Request, Response

from api.reviewing import review_of, script_text
from api.routes.parameters import PROBLEMS, TheLedger
from api.settings import PUBLISHER_VARIABLE, SITE_VARIABLE
from kg.rdf.reviews import Publisher

MEDIA_TYPE = "application/ld+json"

router = APIRouter(prefix="/v1/claims", tags=["claims"], responses=PROBLEMS)


@router.get(
    "/{claim_id}/review",
    summary="Show what was found of a claim, as ClaimReview",
    response_class=Response,
    responses={200: {"description": "schema.org ClaimReview", "content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}},
)
def show_review(claim_id: str, ledger: TheLedger, request: Request) -> Response:
    """Return the JSON-LD that a page about the claim embeds in a script element; 404 where nothing was decided.

    The page is taken to stand at the address of the claim here, or below `KAOZHENG_SITE`; `KAOZHENG_PUBLISHER` names
    who publishes the fact check.
    """
    site = os.environ.get(SITE_VARIABLE) or str(request.base_url)
    markup = review_of(ledger, claim_id, Publisher(os.environ.get(PUBLISHER_VARIABLE), site))
    return Response(script_text(markup), media_type=MEDIA_TYPE)
