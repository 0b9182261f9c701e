"""Claims and predictions: who says what."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.routes.parameters import PROBLEMS, ClaimParameters, MomentParameters, TheLedger
from api.views import ClaimDetail, ClaimView, PageView
from schemas.claim import ClaimKind
from schemas.graph import NodeLabel

router = APIRouter(prefix="/v1", tags=["claims"], responses=PROBLEMS)


class KindParameters(ClaimParameters):
    """Which claims, of which kind."""

    kind: ClaimKind | None = Field(default=None, description="Checkable now, settled later, or by no record")


@router.get("/claims", summary="Find claims")
def list_claims(ledger: TheLedger, parameters: Annotated[KindParameters, Query()]) -> PageView[ClaimView]:
    """Return a page of claims with exact quotations, in the order of the text or of what is most worth checking."""
    with ledger.at(parameters.moment) as then:
        return then.claims(parameters.query(NodeLabel.CLAIM))


@router.get("/claims/{claim_id}", summary="Show a claim with its passage, its grounds, outcomes and history")
def show_claim(claim_id: str, ledger: TheLedger, parameters: Annotated[MomentParameters, Query()]) -> ClaimDetail:
    """Return a claim whole: also why each part of it is what it is, with the words that it rests on."""
    with ledger.at(parameters.moment) as then:
        return then.claim(claim_id)


@router.get("/predictions", summary="Find predictions")
def list_predictions(ledger: TheLedger, parameters: Annotated[ClaimParameters, Query()]) -> PageView[ClaimView]:
    """Return a page of claims of kind prediction: target, direction, value, probability, window, condition."""
    with ledger.at(parameters.moment) as then:
        return then.claims(parameters.query(NodeLabel.CLAIM, kind=ClaimKind.PREDICTION))
