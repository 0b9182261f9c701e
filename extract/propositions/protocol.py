"""What cuts a reading into propositions, and what a proposition is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from extract.attribution import Frame
from extract.layers import Layers
from extract.reading import Reading
from schemas.claim import Attribution, ClaimKind
from schemas.extraction import Skipped
from schemas.text import Span


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


class Attributor(Protocol):
    """Whatever tells who asserts each proposition: the frames alone, or a trained choice."""

    def attributions(
        self, reading: Reading, layers: Layers, frames: tuple[Frame, ...], spans: Sequence[Span]
    ) -> tuple[Attribution, ...]:
        """Return one attribution for each span, the spans being propositions in text order."""
        ...
