"""Track records: what speakers' forecasts came to."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.routes.parameters import PROBLEMS, TheLedger
from api.views import RecordsView
from schemas.base import Model

router = APIRouter(prefix="/v1/records", tags=["resolutions"], responses=PROBLEMS)


class RecordParameters(Model):
    """Whose records, and by which day's outcomes."""

    as_of: date | None = Field(default=None, description="Outcomes recorded for this day or earlier; today else")
    actor_id: str | None = Field(default=None, description="Only this actor, under any of its ids (`ray-dalio`)")


@router.get("", summary="Say what speakers' forecasts came to")
def list_records(ledger: TheLedger, parameters: Annotated[RecordParameters, Query()]) -> RecordsView:
    """Return a record for each speaker who forecast anything, each question once; no mean of fewer than ten scores."""
    return ledger.records(as_of=parameters.as_of, actor_id=parameters.actor_id)
