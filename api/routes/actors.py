"""Actors: those who speak and act, and who of them are one."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.routes.parameters import CONFLICT, PROBLEMS, TextParameters, TheLedger
from api.views import ActorView, PageView
from kg.linking.suggestions import LEAST_SCORE, Suggestion
from schemas.actor import Judgement, JudgementValue
from schemas.base import Model
from schemas.graph import NodeLabel

router = APIRouter(prefix="/v1/actors", tags=["actors"], responses=PROBLEMS)

Reason = Annotated[str, Field(min_length=1, max_length=1000)]
Editor = Annotated[str | None, Field(default=None, min_length=1, max_length=200, description="Who decides")]


class SuggestionParameters(Model):
    """How many suggestions, and how likely they must be."""

    limit: int = Field(default=50, ge=1, le=1000, description="Pairs at the most")
    least_score: float = Field(default=LEAST_SCORE, gt=0, le=1, description="Leave out what is less likely")


class JudgementRequest(Model):
    """What somebody decides of two actors: `same` merges them, `different` splits them, `none` takes it back."""

    first_id: str
    second_id: str
    value: JudgementValue
    why: Reason
    who: Editor


class NameRequest(Model):
    """A name that an actor is called by too."""

    text: str = Field(min_length=1, max_length=100)
    who: Editor


@router.get("", summary="List actors")
def list_actors(ledger: TheLedger, parameters: Annotated[TextParameters, Query()]) -> PageView[ActorView]:
    """Return a page of actors as they were met; `text` looks into their names."""
    return ledger.actors(parameters.query(NodeLabel.ACTOR))


@router.get("/suggestions", summary="List pairs of actors that might be one")
def list_suggestions(ledger: TheLedger, parameters: Annotated[SuggestionParameters, Query()]) -> tuple[Suggestion, ...]:
    """Return pairs that nobody has judged yet, the likeliest first, each with its score and reasons."""
    return ledger.directory.suggestions(least_score=parameters.least_score, limit=parameters.limit)


@router.post("/judgements", status_code=201, summary="Judge two actors to be one or two", responses=CONFLICT)
def add_judgement(request: JudgementRequest, ledger: TheLedger) -> Judgement:
    """Record a judgement; the one that stands already is given back. No data moves: judge again to take it back."""
    pair = (request.first_id, request.second_id)
    return ledger.directory.judge(pair, request.value, why=request.why, who=request.who)


@router.get("/{actor_id}", summary="Show an actor")
def show_actor(actor_id: str, ledger: TheLedger) -> ActorView:
    """Return an actor with all names and ids; what it claims is at `/v1/claims?actor_id=…`."""
    return ledger.actor(actor_id)


@router.post("/{actor_id}/names", status_code=201, summary="Give an actor another name", responses=CONFLICT)
def add_name(actor_id: str, request: NameRequest, ledger: TheLedger) -> ActorView:
    """Give an actor a name; articles that are read from now on are searched for it."""
    return ledger.directory.give_name(actor_id, request.text, who=request.who)


@router.delete("/{actor_id}/names/{text}", summary="Take a name back that an editor gave")
def remove_name(actor_id: str, text: str, ledger: TheLedger) -> ActorView:
    """Take an editor's name back; articles that are read from now on are not searched for it."""
    return ledger.directory.take_name(actor_id, text)
