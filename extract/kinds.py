"""Fact, prediction or opinion: weighed from words, periods, quantities and the cue that introduces them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from extract import lexicon
from extract.attribution import Frame
from extract.phrases import Phrases, phrases_of
from schemas.base import Model
from schemas.claim import ClaimKind
from schemas.period import PeriodTag

_FACT, _PREDICTION, _OPINION = ClaimKind.FACT, ClaimKind.PREDICTION, ClaimKind.OPINION
Weights = tuple[float, float, float]  # fact, prediction, opinion

# Set by hand on the order of how often a sign was right; a trained model replaces the whole table.
SIGNS: Final[Mapping[str, Weights]] = {
    "forecast": (0.0, 2.5, 0.0),
    "chance": (0.0, 2.0, 0.4),
    "future": (0.0, 1.2, 0.2),
    "judgement": (0.0, 0.0, 1.8),
    "record": (1.0, -0.3, 0.0),
    "schedule": (0.8, 0.2, 0.0),
    "settled_later": (0.0, 3.0, 0.0),
    "after": (0.0, 2.0, 0.0),
    "still_open": (0.2, 0.8, 0.0),
    "before": (1.5, -1.5, 0.0),
    "quantity": (1.2, 0.6, -0.8),
    "cue.forecast": (-0.5, 2.5, 0.0),
    "cue.think": (-0.6, 0.4, 1.0),
    "cue.record": (1.5, 0.0, -0.8),
    "cue.rate": (0.0, 2.0, 0.3),
    "condition": (-0.5, 1.5, 0.3),
    "always": (0.6, 0.0, 0.2),
}


class ModalityLexicon(Model):
    """`modality.yaml`: words that tell a proposition's kind, by category."""

    forecast: tuple[str, ...]
    chance: tuple[str, ...]
    future: tuple[str, ...]
    judgement: tuple[str, ...]
    record: tuple[str, ...]
    schedule: tuple[str, ...]
    settled_later: tuple[str, ...]


@cache
def modality() -> Mapping[str, Phrases]:
    """Return the words of each category, compiled; the file is read once a process."""
    words = lexicon.load("modality", ModalityLexicon)
    return {name: phrases_of({name: forms}) for name, forms in words.model_dump().items()}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the kind of one proposition is judged by."""

    text: str
    periods: tuple[PeriodTag, ...] = ()
    has_quantity: bool = False
    is_conditional: bool = False
    frame: Frame | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A kind, by how much it beat the next one, and the sign that counted most for it."""

    kind: ClaimKind
    margin: float
    rule: str


def kind_of(evidence: Evidence) -> Judged:
    """Return the kind of a proposition by the signs in it.

    Example:
        >>> evidence = Evidence("联准会今年可望降息")  # the Fed may cut this year
        >>> kind_of(evidence).kind.value
        'prediction'
    """
    signs = signs_of(evidence)
    totals = [sum(SIGNS[sign][i] for sign in signs) for i in range(3)]
    order = sorted(range(3), key=lambda i: (-totals[i], i))
    best = order[0]
    rule = max(signs, key=lambda sign: SIGNS[sign][best])
    return Judged((_FACT, _PREDICTION, _OPINION)[best], totals[best] - totals[order[1]], rule)


def signs_of(evidence: Evidence) -> tuple[str, ...]:
    """Return the names of the signs that hold, `always` among them."""
    found = ["always", *(name for name, phrases in modality().items() if phrases.occurs(evidence.text))]
    if evidence.frame and f"cue.{evidence.frame.category}" in SIGNS:
        found.append(f"cue.{evidence.frame.category}")
    if evidence.has_quantity:
        found.append("quantity")
    if evidence.is_conditional:
        found.append("condition")
    return (*found, *_times(evidence))


def _times(evidence: Evidence) -> list[str]:
    """Return whether the proposition is about a time after, around or before publication."""
    day = evidence.published
    if day is None:
        return []
    found = set()
    for tag in evidence.periods:
        start, end = tag.period.start, tag.period.end
        if end is not None and end <= day:
            found.add("before")
        elif start is not None and start >= day:
            found.add("after")
        else:
            found.add("still_open")
    return [sign for sign in ("after", "still_open") if sign in found] or sorted(found)
