"""The words of predictions: measures, countries, movement, chance; loaded and folded once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Self

from pydantic import model_validator

from extract import lexicon
from extract.phrases import Phrases, phrases_of
from schemas.base import Model


class Subject(StrEnum):
    """Whose measure it is, where the measure does not say so itself."""

    COUNTRY = "country"
    COMPANY = "company"
    CENTRAL_BANK = "central-bank"


class Shape(StrEnum):
    """How a figure beside the measure is to be read.

    A rate's figure is its level whatever moves (成長 3% is a growth rate of 3); a price's figure is a change where a
    word of movement stands before it; a policy moves in steps; an event has no figure.
    """

    RATE = "rate"
    PRICE = "price"
    POLICY = "policy"
    EVENT = "event"


class Measure(Model):
    """Something that is forecast: the id behind its subject, whose it is, and its names."""

    id: str
    subject: str
    shape: Shape
    names: tuple[str, ...]


class TargetLexicon(Model):
    """`targets.yaml`: measures, countries, words of movement and of chance."""

    measures: tuple[Measure, ...]
    countries: dict[str, tuple[str, ...]]
    movement: dict[str, tuple[str, ...]]
    chances: tuple[str, ...]
    even_odds: tuple[str, ...]

    @model_validator(mode="after")
    def _names_are_told_apart(self) -> Self:
        seen: dict[str, str] = {}
        for measure in self.measures:
            for name in measure.names:
                if seen.setdefault(name, measure.id) != measure.id:
                    raise ValueError(f"{name} names {seen[name]} and {measure.id}")
        if set(self.movement) != {"up", "down", "flat", "denial"}:
            raise ValueError("movement has exactly up, down, flat and denial")
        return self


@dataclass(frozen=True, slots=True)
class TargetWords:
    """The compiled phrases; the category of a name is its place among the measures."""

    measures: tuple[Measure, ...]
    names: Phrases
    countries: Phrases
    movement: Phrases
    denial: Phrases
    chances: Phrases
    even_odds: Phrases


@cache
def target_words() -> TargetWords:
    """Return the words of predictions; the file is read once a process."""
    words = lexicon.load("targets", TargetLexicon)
    moving: Mapping[str, tuple[str, ...]] = {k: v for k, v in words.movement.items() if k != "denial"}
    return TargetWords(
        measures=words.measures,
        names=phrases_of({str(i): measure.names for i, measure in enumerate(words.measures)}),
        countries=phrases_of(words.countries),
        movement=phrases_of(moving),
        denial=phrases_of({"denial": words.movement["denial"]}),
        chances=phrases_of({"chance": words.chances}),
        even_odds=phrases_of({"even": words.even_odds}),
    )
