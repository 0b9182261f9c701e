"""The catalogue of what financial text forecasts: one id each, with its names, unit, frequency and bases."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from extract.normalize import shadow_of
from schemas.base import Model
from schemas.evidence import Frequency
from schemas.prediction import Basis


class Subject(StrEnum):
    """Whose measure it is, where the measure does not say so itself."""

    COUNTRY = "country"
    COMPANY = "company"
    CENTRAL_BANK = "central-bank"
    ACTOR = "actor"


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
    names: tuple[str, ...] = Field(min_length=1)


def told_apart(measures: Iterable[Measure]) -> None:
    """Do nothing where each name belongs to one measure.

    Raises:
        ValueError: a name belongs to two; the message names all three.
    """
    seen: dict[str, str] = {}
    for measure in measures:
        for name in measure.names:
            if seen.setdefault(shadow_of(name), measure.id) != measure.id:
                raise ValueError(f"{name} names {seen[shadow_of(name)]} and {measure.id}")


class RegionalNames(Model):
    """How an indicator is called: in Taiwan, in Hong Kong, on the mainland, and everywhere."""

    all: tuple[str, ...] = ()
    tw: tuple[str, ...] = ()
    hk: tuple[str, ...] = ()
    cn: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _covers_all_regions(self) -> Self:
        lacking = [region for region in ("tw", "hk", "cn") if not self.all and not getattr(self, region)]
        if lacking:
            raise ValueError(f"no name for {', '.join(lacking)}")
        return self

    @property
    def forms(self) -> tuple[str, ...]:
        """All of them, each once."""
        return tuple(dict.fromkeys((*self.all, *self.tw, *self.hk, *self.cn)))


class IndicatorEntry(Model):
    """An indicator as text forecasts it: what it is called, and how its figures are meant."""

    id: str
    subject: str
    shape: Shape
    unit: str
    frequency: Frequency
    bases: tuple[Basis, ...] = Field(min_length=1)
    names: RegionalNames


class IndicatorLexicon(Model):
    """`indicators.yaml`: the catalogue."""

    indicators: tuple[IndicatorEntry, ...]

    @model_validator(mode="after")
    def _ids_and_names_are_told_apart(self) -> Self:
        counts = Counter((one.id, one.subject) for one in self.indicators)
        twice = [".".join(reversed(key)) for key, n in counts.items() if n > 1]
        if twice:
            raise ValueError(f"{', '.join(twice)} stands twice")
        told_apart(measure_of(one) for one in self.indicators)
        return self


def measure_of(indicator: IndicatorEntry) -> Measure:
    """Return an indicator as the tagger of targets looks for it."""
    return Measure(id=indicator.id, subject=indicator.subject, shape=indicator.shape, names=indicator.names.forms)
