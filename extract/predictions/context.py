"""What the slots of one prediction are read from."""

from dataclasses import dataclass

from extract.attribution import Frame
from extract.layers import Layers
from extract.placing import starting_in, touching
from extract.predictions.setting import Setting
from extract.reading import Reading
from schemas.period import PeriodTag
from schemas.quantity import QuantityTag
from schemas.text import Span


@dataclass(frozen=True, slots=True)
class Context:
    """A proposition with the text around it.

    Attributes:
        setting: the document.
        span: the proposition.
        frame: who says it, None for the narrator.
        condition: where the proposition states its condition, None where it states none.
    """

    setting: Setting
    span: Span
    frame: Frame | None
    condition: Span | None

    @property
    def reading(self) -> Reading:
        """The document, read."""
        return self.setting.reading

    @property
    def layers(self) -> Layers:
        """The tags of the document."""
        return self.setting.layers

    @property
    def text(self) -> str:
        """The proposition, folded."""
        return self.span.of(self.reading.shadow)

    @property
    def sentence(self) -> Span:
        """The sentence that the proposition stands in."""
        return self.setting.sentence_at(self.span.start)

    @property
    def core(self) -> tuple[int, int]:
        """Where the proposition itself stands: behind its condition, else before it."""
        condition = self.condition
        if condition is None:
            return self.span.start, self.span.end
        if condition.end < self.span.end:
            return condition.end, self.span.end
        return (
            (self.span.start, condition.start)
            if condition.start > self.span.start
            else (self.span.start, self.span.end)
        )

    @property
    def quantities(self) -> tuple[QuantityTag, ...]:
        """The quantities outside the condition."""
        start, end = self.core
        return tuple(starting_in(self.layers.quantities, start, end))

    @property
    def periods(self) -> tuple[PeriodTag, ...]:
        """The periods that touch the proposition outside its condition."""
        start, end = self.core
        return tuple(touching(self.layers.periods, start, end))
