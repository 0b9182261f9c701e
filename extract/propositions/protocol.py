"""What cuts a reading into propositions, and what a proposition is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from extract.attribution import Frame
from extract.layers import Layers
from extract.reading import Reading
from schemas.claim import Attribution, ClaimKind
from schemas.extraction import Skipped
from schemas.text import Span


class Voice(NamedTuple):
    """Chances of who asserts a proposition, 0..1; all together are one.

    `telling` is the narrator's; `crowd` and `elsewhere` those of a crowd and of somebody whom nothing near by mentions;
    `heard` those of all whom something near by does.
    """

    telling: float
    crowd: float
    elsewhere: float
    heard: Mapping[tuple[str, ...], float]


@dataclass(frozen=True, slots=True)
class Proposition:
    """A span that asserts something, its kind, and by how much that kind beat the next one.

    `rule` names what decided the kind: a word category, a model, or a rule that is hard. `voice` is what a model heard
    while cutting, if one did.
    """

    span: Span
    kind: ClaimKind
    margin: float
    rule: str
    voice: Voice | None = None


class Segmenter(Protocol):
    """Whatever turns a reading into propositions: rules, or a trained model."""

    def segments(self, reading: Reading, layers: Layers, frames: tuple[Frame, ...]) -> Iterator[Proposition | Skipped]:
        """Yield the propositions in text order, none overlapping another, and among them what was left out and why.

        They come as they are found: who reads them one by one works while the rest of the document is read.
        """
        ...


class Attributor(Protocol):
    """Whatever tells who asserts each proposition: the frames alone, or a trained choice."""

    def attributions(
        self, reading: Reading, layers: Layers, frames: tuple[Frame, ...], propositions: Iterable[Proposition]
    ) -> Iterator[Attribution]:
        """Yield one attribution for each proposition, before the next one is asked for; they stand in text order."""
        ...
