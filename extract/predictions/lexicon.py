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
    weak: tuple[Measure, ...]
    countries: dict[str, tuple[str, ...]]
    movement: dict[str, tuple[str, ...]]
    opening: tuple[str, ...]
    lasting: tuple[str, ...]
    chances: tuple[str, ...]
    even_odds: tuple[str, ...]

    @model_validator(mode="after")
    def _names_are_told_apart(self) -> Self:
        seen: dict[str, str] = {}
        for measure in (*self.measures, *self.weak):
            for name in measure.names:
                if seen.setdefault(name, measure.id) != measure.id:
                    raise ValueError(f"{name} names {seen[name]} and {measure.id}")
        if set(self.movement) != {"up", "down", "flat", "assent", "denial"}:
            raise ValueError("movement has exactly up, down, flat, assent and denial")
        return self


@dataclass(frozen=True, slots=True)
class TargetWords:
    """The compiled phrases; the category of a name is its place among the measures."""

    measures: tuple[Measure, ...]
    names: Phrases
    weak: Phrases
    countries: Phrases
    movement: Phrases
    denial: Phrases
    opening: Phrases
    lasting: Phrases
    chances: Phrases
    even_odds: Phrases


@cache
def target_words() -> TargetWords:
    """Return the words of predictions; the file is read once a process."""
    words = lexicon.load("targets", TargetLexicon)
    moving: Mapping[str, tuple[str, ...]] = {k: words.movement[k] for k in ("flat", "up", "down", "assent")}
    measures = (*words.measures, *words.weak)
    strong = len(words.measures)
    return TargetWords(
        measures=measures,
        names=phrases_of({str(i): measure.names for i, measure in enumerate(words.measures)}),
        weak=phrases_of({str(strong + i): measure.names for i, measure in enumerate(words.weak)}),
        countries=phrases_of(words.countries),
        movement=phrases_of(moving),
        denial=phrases_of({k: words.movement[k] for k in ("flat", "assent", "denial")}),
        opening=phrases_of({"opening": words.opening}),
        lasting=phrases_of({"lasting": words.lasting}),
        chances=phrases_of({"chance": words.chances}),
        even_odds=phrases_of({"even": words.even_odds}),
    )
