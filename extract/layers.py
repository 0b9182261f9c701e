"""The tags of one document that claims are made of."""

from dataclasses import dataclass, field

from extract.actors import ActorLayer
from schemas.period import PeriodTag
from schemas.quantity import QuantityTag


@dataclass(frozen=True, slots=True)
class Layers:
    """Quantities, periods and actors, each in text order."""

    quantities: tuple[QuantityTag, ...] = ()
    periods: tuple[PeriodTag, ...] = ()
    actors: ActorLayer = field(default_factory=ActorLayer)
