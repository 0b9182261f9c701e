"""Actors: those who speak and act."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.routes.parameters import PROBLEMS, TextParameters, TheLedger
from api.views import ActorView, PageView
from schemas.graph import NodeLabel

router = APIRouter(prefix="/v1/actors", tags=["actors"], responses=PROBLEMS)


@router.get("", summary="List actors")
def list_actors(ledger: TheLedger, parameters: Annotated[TextParameters, Query()]) -> PageView[ActorView]:
    """Return a page of actors; `text` looks into their names."""
    return ledger.actors(parameters.query(NodeLabel.ACTOR))


@router.get("/{actor_id}", summary="Show an actor")
def show_actor(actor_id: str, ledger: TheLedger) -> ActorView:
    """Return an actor with all names; what it claims is at `/v1/claims?actor_id=…`."""
    return ledger.actor(actor_id)
