"""How much each reason counts, loaded and checked once."""

from functools import cache
from math import isclose
from typing import Annotated, Self

from pydantic import Field, model_validator

from extract import lexicon
from schemas.base import Model
from schemas.checkworthiness import CheckReason
from schemas.claim import ClaimKind

Level = Annotated[float, Field(ge=0, le=1)]


class KindLevels(Model):
    """Whether a record could settle it."""

    fact: Level
    prediction: Level
    unsettled: Level
    opinion: Level


class QuantityLevels(Model):
    """What sort of figure it states."""

    measured: Level
    counted: Level
    direction: Level
    none: Level


class SourceLevels(Model):
    """Who says it."""

    named: Level
    medium: Level
    crowd: Level
    narrator: Level


class PeriodLevels(Model):
    """How well it is dated."""

    dated: Level
    wide: Level
    carried: Level
    none: Level


class ProminenceLevels(Model):
    """Where it stands."""

    heading: Level
    lead: Level
    body: Level
    end: Level


class Weights(Model):
    """`checkworthiness.yaml`: the share of each reason, and how much of it each case of it adds."""

    shares: dict[CheckReason, Level]
    kind: KindLevels
    quantity: QuantityLevels
    source: SourceLevels
    period: PeriodLevels
    prominence: ProminenceLevels
    factor: dict[ClaimKind, Level]

    @model_validator(mode="after")
    def _shares_are_a_whole(self) -> Self:
        wanted = set(CheckReason) - {CheckReason.CONTRADICTION}
        if set(self.shares) != wanted:
            raise ValueError(f"shares are of exactly {', '.join(sorted(wanted))}")
        if not isclose(sum(self.shares.values()), 1):
            raise ValueError(f"shares add up to {sum(self.shares.values()):.3f}, not to 1")
        if missing := set(ClaimKind) - set(self.factor):
            raise ValueError(f"factor lacks {', '.join(sorted(missing))}")
        return self


@cache
def weights() -> Weights:
    """Return how much each reason counts; the file is read once a process."""
    return lexicon.load("checkworthiness", Weights)
