"""How forecasts are worded: bases, revisions, chances in words, hedges; loaded, checked and folded once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Self, TypeVar

from pydantic import Field, model_validator

from extract import lexicon
from extract.phrases import Phrases, phrases_of
from schemas.base import Model
from schemas.prediction import Basis, HedgeKind, LikelihoodLevel

Words = tuple[str, ...]
Key = TypeVar("Key", bound=StrEnum)


class ChanceWords(Model):
    """A level of chance: the interval that it stands for, and the words that say it."""

    interval: tuple[Decimal, Decimal]
    words: Words = Field(min_length=1)


class Courses(Model):
    """Words of revising, by where the figure goes; `changed` tells no direction."""

    raised: Words
    lowered: Words
    changed: Words = ()


class RevisionLexicon(Model):
    """Words of revising, the ones said of forecasts alone first, and what marks a forecast."""

    of_forecasts: Courses
    of_what_is_set: Courses
    of_what_moves: Courses
    forecasts: Words
    only_forecasts: Words
    former: Words

    @model_validator(mode="after")
    def _narrow_words_are_among_the_wide(self) -> Self:
        if lost := set(self.only_forecasts) - set(self.forecasts):
            raise ValueError(f"{', '.join(sorted(lost))} must be among forecasts too")
        return self


class ForecastLexicon(Model):
    """`forecasts.yaml`."""

    bases: dict[Basis, Words]
    anywhere: dict[Basis, Words]
    not_period_end: Words
    with_before: Words
    annualised: Words
    revisions: RevisionLexicon
    chances: dict[LikelihoodLevel, ChanceWords]
    no_chance_words: Words
    hedges: dict[HedgeKind, Words]

    @model_validator(mode="after")
    def _levels_are_whole_and_ordered(self) -> Self:
        if missing := set(LikelihoodLevel) - set(self.chances):
            raise ValueError(f"chances lack {', '.join(sorted(missing))}")
        scale = [self.chances[level].interval for level in SCALE]
        ends = [end for interval in scale for end in interval]
        if ends != sorted(ends) or any(low >= high for low, high in scale):
            raise ValueError("intervals of chances go up from almost-no-chance to almost-certain, none a point")
        _told_apart({level: entry.words for level, entry in self.chances.items()})
        return self


SCALE = (
    LikelihoodLevel.ALMOST_NO_CHANCE,
    LikelihoodLevel.VERY_UNLIKELY,
    LikelihoodLevel.UNLIKELY,
    LikelihoodLevel.EVEN,
    LikelihoodLevel.LIKELY,
    LikelihoodLevel.VERY_LIKELY,
    LikelihoodLevel.ALMOST_CERTAIN,
)
"""The levels from least to most; `possible` lies on no step of it."""


def _told_apart(groups: Mapping[LikelihoodLevel, Iterable[str]]) -> None:
    seen: dict[str, str] = {}
    for name, words in groups.items():
        for word in words:
            if seen.setdefault(word, name) != name:
                raise ValueError(f"{word} stands for {seen[word]} and {name}")


@dataclass(frozen=True, slots=True)
class ForecastWords:
    """The compiled phrases; categories are the names of what they stand for."""

    bases: Phrases
    anywhere: Phrases
    annualised: frozenset[str]
    of_forecasts: Phrases
    of_what_is_set: Phrases
    of_what_moves: Phrases
    forecasts: Phrases
    only_forecasts: Phrases
    former: Phrases
    chances: Phrases
    intervals: Mapping[LikelihoodLevel, tuple[Decimal, Decimal]]
    hedges: Phrases


WITH_BEFORE = "with-before"
"""Category of words that compare with the period before, whichever that is (環比)."""
NOTHING = "nothing"
"""Category of phrases that hold a word of another category and mean something else."""


@cache
def forecast_words() -> ForecastWords:
    """Return the words of forecasts; the file is read once a process."""
    words = lexicon.load("forecasts", ForecastLexicon)
    revisions = words.revisions
    return ForecastWords(
        bases=phrases_of({WITH_BEFORE: words.with_before, **_by_name(words.bases)}),
        anywhere=phrases_of({NOTHING: words.not_period_end, **_by_name(words.anywhere)}),
        annualised=frozenset(words.annualised),
        of_forecasts=phrases_of(revisions.of_forecasts.model_dump()),
        of_what_is_set=phrases_of(revisions.of_what_is_set.model_dump()),
        of_what_moves=phrases_of(revisions.of_what_moves.model_dump()),
        forecasts=phrases_of({"forecast": revisions.forecasts}),
        only_forecasts=phrases_of({"forecast": revisions.only_forecasts}),
        former=phrases_of({"former": revisions.former}),
        chances=phrases_of(
            {NOTHING: words.no_chance_words, **_by_name({k: entry.words for k, entry in words.chances.items()})}
        ),
        intervals={level: entry.interval for level, entry in words.chances.items()},
        hedges=phrases_of(_by_name(words.hedges)),
    )


def _by_name(groups: Mapping[Key, Words]) -> dict[str, Words]:
    return {key.value: words for key, words in groups.items()}


ABOUT = re.compile(r"(?<![合大契节条])约(?=[\d一二三四五六七八九十两半百千])")
"""約 before a figure, over folded text: the one hedge of a single character."""
PERHAPS = re.compile(
    r"(?<![升降涨跌减增高低多少大小\d%年月日点元])或(?:再|将|会|可|进一步|大幅|小幅|继续|持续|提前|延后)?"
)
"""或 where it may mean perhaps, with its adverb, over folded text; before it no other word of movement (升或降)."""
PERHAPS_DOES = re.compile(r"有|达|触|见|逾|超|突破|推出|迎|面临|受|推迟|实现|维持|保持|成为|出现")
"""Verbs behind 或 beside those of movement that make it mean perhaps."""
