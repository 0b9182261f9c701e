"""How claims stand to each other, and what all of them say of a target."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.relation_views import ConsensusView, Renewed
from api.routes.parameters import PROBLEMS, TheLedger
from schemas.base import Model

router = APIRouter(prefix="/v1", tags=["relations"], responses=PROBLEMS)


class ConsensusParameters(Model):
    """Which target, which window, and on which day."""

    target_id: str = Field(min_length=1, description="What is forecast: `us.gdp.growth`; targets below it do not count")
    window_from: date | None = Field(default=None, description="Only the window that begins on this day")
    window_to: date | None = Field(default=None, description="Only the window that ends on this day")
    as_of: date | None = Field(default=None, description="Held on this day; else on that of each item's last forecast")


@router.get("/consensus", summary="Say what is forecast for a target, by whom, and how far apart")
def show_consensus(ledger: TheLedger, parameters: Annotated[ConsensusParameters, Query()]) -> ConsensusView:
    """Return an item for each window, shape, basis and unit: voices, median, spread, directions; most voices first."""
    window = (parameters.window_from, parameters.window_to)
    return ledger.relations.consensus(parameters.target_id, window=window, as_of=parameters.as_of)


@router.post("/relations", summary="Work out all relations anew")
def renew_relations(ledger: TheLedger) -> Renewed:
    """Relate all claims after the present rules and merges; doing it twice changes nothing."""
    return ledger.relations.renew()
