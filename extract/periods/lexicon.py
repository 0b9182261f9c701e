"""The words of the period grammar, folded and checked once."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Self

from pydantic import Field, model_validator

from extract.lexicon import load
from extract.normalize import shadow_of
from schemas.base import Model

Steps = dict[str, int]


class Based(Model):
    """Words that count steps from the publication date, and others that count from the passage."""

    publication: Steps = Field(default_factory=dict)
    passage: Steps = Field(default_factory=dict)
    number: Steps = Field(default_factory=dict)

    def words(self) -> list[str]:
        """Return all words."""
        return [*self.publication, *self.passage, *self.number]


class Parts(Model):
    """Words for the start, middle and end of a period, by what they may stand for alone."""

    of_year: dict[str, str]
    of_month: dict[str, str]
    of_quarter: dict[str, str]
    after_period: dict[str, str]

    @model_validator(mode="after")
    def _known(self) -> Self:
        known = {"start", "early", "middle", "end"}
        for word, part in {**self.of_year, **self.of_month, **self.of_quarter, **self.after_period}.items():
            if part not in known:
                raise ValueError(f"{word} names the part {part}: use one of {sorted(known)}")
        return self


class Feasts(Model):
    """Feasts with month and day, by the Gregorian and by the lunar calendar."""

    gregorian: dict[str, tuple[int, int]]
    lunar: dict[str, tuple[int, int]]


class Prefixes(Model):
    """Words that turn a length of time into a period."""

    future: tuple[str, ...]
    past: tuple[str, ...]
    this: tuple[str, ...]


class Suffixes(Model):
    """Words that follow a period and bend it."""

    until: tuple[str, ...]
    onward: tuple[str, ...]
    around: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    since: tuple[str, ...]
    starting: tuple[str, ...]
    ending: tuple[str, ...]
    within: tuple[str, ...]
    during: tuple[str, ...]
    same: tuple[str, ...]


class PeriodWords(Model):
    """The file `periods.yaml`; `folded` gives it in the script of the shadow."""

    years: Based
    year_pairs: dict[str, tuple[int, int]]
    named_years: Steps
    eras: Steps
    zodiac: tuple[str, ...]
    fiscal_years: Based
    halves: Based
    quarters: Based
    seasons: Steps
    months: Based
    weeks: Based
    days: Based
    parts: Parts
    ten_days: Steps
    clock: tuple[str, ...]
    feasts: Feasts
    lengths: dict[str, str]
    prefixes: Prefixes
    open: dict[str, tuple[str, ...]]
    adverbs: dict[str, str]
    gatherings: tuple[str, ...]
    suffixes: Suffixes
    cues: dict[str, tuple[str, ...]]
    not_after: dict[str, str]
    names: tuple[str, ...]

    @model_validator(mode="after")
    def _no_word_twice(self) -> Self:
        groups = {
            "years": [*self.years.words(), *self.year_pairs, *self.named_years],
            "fiscal_years": self.fiscal_years.words(),
            "halves": self.halves.words(),
            "quarters": self.quarters.words(),
            "months": self.months.words(),
            "weeks": self.weeks.words(),
            "days": self.days.words(),
            "seasons": [*self.seasons],
        }
        owner: dict[str, str] = {}
        for group, words in groups.items():
            for word in words:
                if owner.setdefault(word, group) != group:
                    raise ValueError(f"{word} stands in {owner[word]} and in {group}")
        return self


@cache
def words() -> PeriodWords:
    """Return the lexicon, folded to the script and width of the shadow."""
    loaded = load("periods", PeriodWords)
    return PeriodWords.model_validate(_folded(loaded.model_dump()))


def _folded(value: object) -> object:
    if isinstance(value, str):
        return shadow_of(value)
    if isinstance(value, Mapping):
        return {shadow_of(str(key)): _folded(item) for key, item in value.items()}
    return tuple(_folded(item) for item in value) if isinstance(value, Iterable) else value


def guard(key: str) -> str:
    """Return the lookahead for what must not follow: letters, then words after blanks (`not_after` in the lexicon).

    Example:
        >>> guard("日")
        '(?![圆元均线K])'
    """
    listed = words().not_after.get(key)
    if not listed:
        return ""
    letters, *longer = listed.split()
    return f"(?!{'|'.join((f'[{letters}]', *longer))})" if longer else f"(?![{letters}])"


def alternatives(words_of: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first, sharing first characters.

    Sharing keeps a search fast: at most one branch is tried at a place.

    Example:
        >>> alternatives(["去年", "今年", "今天"])
        '(?:去年|今(?:年|天))'
    """
    by_first: dict[str, list[str]] = {}
    for word in dict.fromkeys(words_of):
        by_first.setdefault(word[:1], []).append(word[1:])
    return "(?:" + "|".join(_branches(by_first)) + ")"


def _branches(by_first: Mapping[str, list[str]]) -> Iterator[str]:
    for first, rests in by_first.items():
        longer = [rest for rest in rests if rest]
        tail = alternatives(longer) if len(longer) > 1 else "".join(longer)
        if "" in rests and tail:
            tail = f"(?:{tail})?"
        yield first + tail
