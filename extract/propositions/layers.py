"""What the cutters of propositions are given and what they give."""

from dataclasses import dataclass, field
from typing import Protocol

from extract.actors import ActorLayer
from extract.attribution import Frame
from extract.reading import Reading
from schemas.claim import ClaimKind
from schemas.extraction import Skipped
from schemas.period import PeriodTag
from schemas.quantity import QuantityTag
from schemas.text import Span


@dataclass(frozen=True, slots=True)
class Layers:
    """The tags of one document that claims are made of."""

    quantities: tuple[QuantityTag, ...] = ()
    periods: tuple[PeriodTag, ...] = ()
    actors: ActorLayer = field(default_factory=ActorLayer)


@dataclass(frozen=True, slots=True)
class Proposition:
    """A span that asserts something, its kind, and by how much that kind beat the next one.

    `rule` names what decided the kind: a word category, a model, or a rule that is hard.
    """

    span: Span
    kind: ClaimKind
    margin: float
    rule: str


class Segmenter(Protocol):
    """Whatever turns a reading into propositions: rules, or a trained model."""

    def segments(
        self, reading: Reading, layers: Layers, frames: tuple[Frame, ...]
    ) -> tuple[tuple[Proposition, ...], tuple[Skipped, ...]]:
        """Return the propositions in text order, none overlapping another, and what was left out and why."""
        ...
