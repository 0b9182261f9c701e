"""The words of predictions: measures, countries, movement, chance; loaded and folded once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Final, Self

from pydantic import model_validator

from extract import lexicon
from extract.normalize import shadow_of
from extract.phrases import Phrases, phrases_of
from extract.predictions.indicators import IndicatorEntry, IndicatorLexicon, Measure, measure_of, told_apart
from schemas.base import Model

HOME: Final = "home"
"""Category of words that mean the bodies of whichever economy the text is written in (央行, 財政部)."""


class TargetLexicon(Model):
    """`targets.yaml`: weaker measures, events, countries, words of movement and of chance."""

    weak: tuple[Measure, ...]
    bare_growth: tuple[Measure, ...]
    events: tuple[Measure, ...]
    causing: tuple[str, ...]
    releases: tuple[str, ...]
    steps: dict[str, tuple[str, ...]]
    delaying: tuple[str, ...]
    growing: tuple[str, ...]
    voices: tuple[str, ...]
    home: tuple[str, ...]
    countries: dict[str, tuple[str, ...]]
    movement: dict[str, tuple[str, ...]]
    amounts: dict[str, tuple[str, ...]]
    opening: tuple[str, ...]
    lasting: tuple[str, ...]
    chances: tuple[str, ...]
    even_odds: tuple[str, ...]

    @model_validator(mode="after")
    def _names_are_told_apart(self) -> Self:
        told_apart((*self.weak, *self.bare_growth, *self.events))
        if set(self.movement) != {"up", "down", "flat", "assent", "denial"}:
            raise ValueError("movement has exactly up, down, flat, assent and denial")
        if set(self.amounts) != {"up", "down", "none"}:
            raise ValueError("amounts has exactly up, down and none")
        return self


@dataclass(frozen=True, slots=True)
class TargetWords:
    """The compiled phrases; the category of a name is its place among the measures."""

    measures: tuple[Measure, ...]
    names: Phrases
    weak: Phrases
    bare_growth: Phrases
    events: Phrases
    causing: Phrases
    releases: Phrases
    steps: Phrases
    delaying: tuple[str, ...]
    growing: Phrases
    voices: Phrases
    countries: Phrases
    places: Phrases
    movement: Phrases
    amounts: Phrases
    denial: Phrases
    opening: Phrases
    lasting: Phrases
    chances: Phrases
    even_odds: Phrases


@cache
def target_words() -> TargetWords:
    """Return the words of predictions; the files are read once a process."""
    words = lexicon.load("targets", TargetLexicon)
    moving: Mapping[str, tuple[str, ...]] = {k: words.movement[k] for k in ("flat", "up", "down", "assent")}
    named = tuple(measure_of(indicator) for indicator in lexicon.load("indicators", IndicatorLexicon).indicators)
    tiers = (named, words.weak, words.bare_growth, words.events)
    firsts = [0, *accumulate(len(tier) for tier in tiers)]
    names, weak, bare_growth, events = (_numbered(*pair) for pair in zip(tiers, firsts, strict=False))
    measures = tuple(measure for tier in tiers for measure in tier)
    return TargetWords(
        measures=measures,
        names=names,
        weak=weak,
        bare_growth=bare_growth,
        events=events,
        causing=phrases_of({"causing": words.causing}),
        releases=phrases_of({"release": words.releases}),
        steps=phrases_of(words.steps),
        delaying=tuple(map(shadow_of, words.delaying)),
        growing=phrases_of({"growing": words.growing}),
        voices=phrases_of({"voice": words.voices}),
        countries=phrases_of({HOME: words.home, **words.countries}),
        places=phrases_of({"place": _longer_than_a_name(words, measures)}),
        movement=phrases_of(moving),
        amounts=phrases_of(words.amounts),
        denial=phrases_of({k: words.movement[k] for k in ("flat", "assent", "denial")}),
        opening=phrases_of({"opening": words.opening}),
        lasting=phrases_of({"lasting": words.lasting}),
        chances=phrases_of({"chance": words.chances}),
        even_odds=phrases_of({"even": words.even_odds}),
    )


@cache
def _entries() -> Mapping[tuple[str, str], IndicatorEntry]:
    indicators = lexicon.load("indicators", IndicatorLexicon).indicators
    by_id = {(one.id, ""): one for one in reversed(indicators)}
    return by_id | {(one.id, one.subject): one for one in indicators}


def entry_of(measure: Measure) -> IndicatorEntry | None:
    """Return the entry of a measure in the catalogue of indicators; None where it is an event or a weak word."""
    return _entries().get((measure.id, measure.subject)) or _entries().get((measure.id, ""))


def _longer_than_a_name(words: TargetLexicon, measures: tuple[Measure, ...]) -> tuple[str, ...]:
    """Return the words of countries that hold the name of a measure and are none (歐元區 holds 歐元)."""
    names = {name for measure in measures for name in measure.names}
    spoken = [form for forms in words.countries.values() for form in forms if form not in names]
    return tuple(form for form in spoken if any(name in form for name in names))


def _numbered(measures: tuple[Measure, ...], first: int) -> Phrases:
    """Return the names of measures; the category of a name is the place of its measure among all."""
    return phrases_of({str(first + i): measure.names for i, measure in enumerate(measures)})
