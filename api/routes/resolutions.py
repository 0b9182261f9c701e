"""Resolutions: what predictions came to."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.routes.parameters import PROBLEMS, PageParameters, TheLedger
from api.views import PageView
from kg.resolution.resolver import Report
from schemas.base import Model
from schemas.evidence import Outcome, Resolution
from schemas.graph import NodeLabel

router = APIRouter(prefix="/v1/resolutions", tags=["resolutions"], responses=PROBLEMS)


class ResolveRequest(Model):
    """The day on whose evidence to resolve: nothing released later is seen."""

    as_of: date
    only_due: bool = Field(
        default=False, description="Leave out what was decided already and what no new figure touches"
    )


class ResolutionParameters(PageParameters):
    """Which outcomes."""

    claim_id: str | None = None
    outcome: Outcome | None = None


@router.get("", summary="List recorded outcomes")
def list_resolutions(ledger: TheLedger, parameters: Annotated[ResolutionParameters, Query()]) -> PageView[Resolution]:
    """Return a page of outcomes with their reasons, evidence and scores."""
    return ledger.resolutions(parameters.query(NodeLabel.RESOLUTION))


@router.post("", summary="Resolve all predictions as of a day")
def resolve(request: ResolveRequest, ledger: TheLedger) -> Report:
    """Resolve every prediction, or those due, and record what came out; doing it twice records nothing new."""
    return ledger.resolve(request.as_of, only_due=request.only_due)
