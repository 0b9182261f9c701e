"""Parameters that several routes share, and the ledger they ask. An unknown parameter is refused, not ignored."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import Field

from api.moments import parse_moment
from api.problems import MEDIA_TYPE, Problem
from api.service import Ledger
from schemas.base import Model
from schemas.graph import NodeLabel, Order, Query, Review


def _problems(meanings: dict[int, str]) -> dict[int | str, dict[str, Any]]:
    schema = {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}
    return {status: {"description": meaning, "content": schema} for status, meaning in meanings.items()}


PROBLEMS = _problems(
    {404: "There is nothing of that id", 422: "The request can't be taken as it is", 503: "The store can't answer now"}
)
CONFLICT = _problems({409: "It contradicts what is there already"})


class PageParameters(Model):
    """Which page of a list."""

    limit: int = Field(default=50, ge=1, le=1000, description="Items on a page")
    cursor: str | None = Field(default=None, description="`next_cursor` of the page before")

    def query(self, label: NodeLabel, **more: Any) -> Query:  # noqa: ANN401 - any field of a query
        """Return the query over nodes of a label that these parameters ask for."""
        return Query(label=label, **self.model_dump(exclude=set(MomentParameters.model_fields)), **more)


class MomentParameters(Model):
    """When the store is looked at."""

    as_of: str | None = Field(
        default=None,
        description="As the store was: a day, a time with its zone (`+` is `%2B`), or a number of its log",
    )

    @property
    def moment(self) -> int | datetime | None:
        """The change or the point in time that is meant; None for now.

        Raises:
            InputError: it is no moment, code "option.as_of".
        """
        return parse_moment(self.as_of)


class TextParameters(PageParameters):
    """A list that can be searched."""

    text: str | None = Field(
        default=None, min_length=1, max_length=200, description="Words to look for, in Traditional or Simplified"
    )


class PublishedParameters(TextParameters):
    """A list of what was published somewhere on some day."""

    publisher: str | None = Field(default=None, description="The publisher's name, whole")
    published_from: date | None = Field(default=None, description="Published on or after this day (2025-03-20)")
    published_to: date | None = Field(default=None, description="Published on or before this day")


class DocumentParameters(PublishedParameters):
    """Which documents."""

    order: Order = Order.PUBLISHED_DESCENDING


class ClaimParameters(PublishedParameters, MomentParameters):
    """Which claims."""

    actor_id: str | None = Field(default=None, description="Who says it: an actor's id (`ray-dalio`)")
    document_id: str | None = None
    target_id: str | None = Field(default=None, description="What is forecast; `us.gdp` finds all below it")
    indicator_id: str | None = Field(default=None, description="A series: forecasts of what it measures")
    outcome: str | None = Field(default=None, description="What its last resolution or verdict says (`refuted`)")
    review: Review | None = Field(default=None, description="How far it was judged")
    due_by: date | None = Field(default=None, description="Undecided, and due by this day")
    period_from: date | None = Field(default=None, description="About a period that ends on or after this day")
    period_to: date | None = Field(default=None, description="About a period that begins by this day")
    said_from: date | None = Field(default=None, description="Said on or after this day")
    said_to: date | None = Field(default=None, description="Said on or before this day")
    min_check_worthiness: float | None = Field(
        default=None, ge=0, le=1, description="Worth checking so much or more; claims without a score are left out"
    )
    order: Order = Field(
        default=Order.POSITION,
        description="`-check_worthiness` puts first what to check first, `due` what fell due first",
    )


def ledger_of(request: Request) -> Ledger:
    """Return the ledger that the app serves."""
    ledger: Ledger = request.app.state.ledger
    return ledger


TheLedger = Annotated[Ledger, Depends(ledger_of)]
