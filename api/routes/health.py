"""Whether the service can answer."""

from fastapi import APIRouter

from api import VERSION
from api.routes.parameters import PROBLEMS, TheLedger
from schemas.base import Model
from schemas.graph import NodeLabel

router = APIRouter(tags=["health"], responses=PROBLEMS)


class Health(Model):
    """The store answers, and this is how much it holds."""

    status: str
    version: str
    counts: dict[NodeLabel, int]


@router.get("/healthz", summary="Ask whether the service can answer")
def healthz(ledger: TheLedger) -> Health:
    """Count what the store holds; a store that can't answer gives 503."""
    return Health(status="ok", version=VERSION, counts=ledger.store.counts())
