"""How a claim came about: for each of its parts what decided it, where in the text, and by how much."""

from enum import StrEnum

from pydantic import Field

from schemas.base import Model
from schemas.text import Span


class Part(StrEnum):
    """A part of a claim that somebody may ask the reason of; `settling` is why nothing could ever prove a forecast."""

    KIND = "kind"
    SPEAKER = "speaker"
    PERIOD = "period"
    TARGET = "target"
    WINDOW = "window"
    SETTLING = "settling"


class Origin(StrEnum):
    """Where a part comes from.

    `stated` by the words of the claim; `cue` of a word around it; `carried` over from an earlier place; `model` or
    `rule` where one decided; `default` where nothing did.
    """

    STATED = "stated"
    CUE = "cue"
    CARRIED = "carried"
    MODEL = "model"
    RULE = "rule"
    DEFAULT = "default"


class Ground(Model):
    """Why one part of a claim is what it is.

    Attributes:
        part: which part.
        origin: where it comes from.
        rule: the name of what decided: a category of cue, a model, a rule.
        span: the words that it rests on; None where no single place decides.
        margin: by how much the choice beat the next one, in the terms of the rule (chances of a model: 0..1); None
            where there was nothing to choose.
    """

    part: Part
    origin: Origin
    rule: str
    span: Span | None = None
    margin: float | None = Field(default=None, ge=0)
