"""How much a claim is worth checking, in shares with a reason each."""

from enum import StrEnum

from pydantic import Field

from schemas.base import Model


class CheckReason(StrEnum):
    """What makes a claim worth checking."""

    CHECKABLE_KIND = "checkable-kind"
    QUANTITY = "quantity"
    NAMED_SOURCE = "named-source"
    PERIOD = "period"
    PROMINENCE = "prominence"
    CONTRADICTION = "contradiction"


class CheckShare(Model):
    """What one reason adds to the score of a claim."""

    reason: CheckReason
    share: float = Field(ge=0, le=1)
