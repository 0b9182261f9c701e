"""Measure words: what stands behind (or before) a numeral and what base unit it means."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Self

from babel import Locale as CldrLocale
from babel.core import get_global
from pydantic import Field, model_validator

from extract.lexicon import load
from extract.normalize import shadow_of
from extract.quantities.words import Lookup, lookup
from schemas.base import Model
from schemas.text import Locale


class UnitKind(StrEnum):
    """What sort of thing a unit measures; rules speak of kinds, never of single units."""

    RATIO = "ratio"
    RATE = "rate"
    MONEY = "money"
    INDEX = "index"
    SCORE = "score"
    TIME = "time"
    MATTER = "matter"
    ENERGY = "energy"
    COUNT = "count"
    EVENT = "event"
    NOUN = "noun"


class UnitWords(Model):
    """Spellings of one unit: `tail` takes a further digit (三成五), `digits` reads 八五 as 8.5."""

    unit: str = ""
    factor: Decimal = Field(gt=0)
    kind: UnitKind = UnitKind.MONEY
    tail: bool = False
    digits: bool = False
    spellings: tuple[str, ...] = Field(min_length=1)
    not_before: tuple[str, ...] = ()


class UnitList(Model):
    """The file units.yaml: every entry names its unit."""

    units: tuple[UnitWords, ...]

    @model_validator(mode="after")
    def _named(self) -> Self:
        if nameless := [entry.spellings[0] for entry in self.units if not entry.unit]:
            raise ValueError(f"the entry of {nameless[0]} names no unit")
        return self


class CurrencyWords(Model):
    """Names of one currency, marks in front of its amounts, and its named parts."""

    names: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    parts: dict[str, Decimal] = Field(default_factory=dict)


class LocalMoney(Model):
    """What a bare 元, $ and ¥ mean in one region."""

    currency: str
    dollar: str
    yen: str


class CurrencyList(Model):
    """The file currencies.yaml: ISO 4217 codes only."""

    currencies: dict[str, CurrencyWords]
    local: dict[Locale, LocalMoney]
    own: tuple[UnitWords, ...]

    @model_validator(mode="after")
    def _known(self) -> Self:
        codes = set(self.currencies) | {code for money in self.local.values() for code in money.model_dump().values()}
        if unknown := sorted(codes - get_global("all_currencies").keys()):
            raise ValueError(f"{unknown[0]} is no ISO 4217 code")
        if absent := sorted(set(Locale) - set(self.local)):
            raise ValueError(f"no local money for {absent[0]}")
        return self


class ClassifierList(Model):
    """The file classifiers.yaml."""

    plain: tuple[str, ...]
    nouns: tuple[str, ...]
    events: tuple[str, ...]
    multiples: dict[str, Decimal]
    not_before: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word: the base unit it stands for and how many of them it is."""

    name: str
    factor: Decimal
    kind: UnitKind
    tail: bool = False
    digits: bool = False
    not_before: frozenset[str] = frozenset()
    is_own_money: bool = False


@dataclass(frozen=True, slots=True)
class UnitBook:
    """All measure words of one region: those behind a number and the marks before it."""

    behind: Lookup[Unit]
    ahead: Lookup[Unit]

    def after(self, shadow: str, place: int) -> tuple[int, Unit] | None:
        """Return (length, unit) of the measure word at a place; None where it is part of another word."""
        found = self.behind.at(shadow, place)
        if found is None:
            return None
        length, unit = found
        following = shadow[place + length : place + length + 1]
        is_cut = shadow[place + length - 1].isascii() and shadow[place + length - 1].isalpha() and _is_latin(following)
        return None if is_cut or following in unit.not_before else found


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


@cache
def unit_book(locale: Locale) -> UnitBook:
    """Return the measure words of a region, read once.

    Example:
        >>> length, unit = unit_book(Locale.HONG_KONG).after("5元", 1)
        >>> length, unit.name
        (1, 'HKD')
    """
    words = [(spelling, _unit(entry)) for entry in load("units", UnitList).units for spelling in entry.spellings]
    money = load("currencies", CurrencyList)
    words += _money_words(money, locale)
    words += _classifiers(load("classifiers", ClassifierList))
    return UnitBook(lookup(words), lookup(_marks(money, locale)))


def own_currency(locale: Locale) -> str:
    """Return the code of the currency that a bare 元 means in a region."""
    return load("currencies", CurrencyList).local[locale].currency


def _unit(entry: UnitWords, name: str = "", *, is_own: bool = False) -> Unit:
    not_before = frozenset(shadow_of(word) for word in entry.not_before)
    return Unit(name or entry.unit, entry.factor, entry.kind, entry.tail, entry.digits, not_before, is_own)


def _money_words(money: CurrencyList, locale: Locale) -> list[tuple[str, Unit]]:
    words = [(name, _money(code)) for code, entry in money.currencies.items() for name in entry.names]
    words += [(p, _money(code, factor)) for code, e in money.currencies.items() for p, factor in e.parts.items()]
    own = own_currency(locale)
    words += [(spelling, _unit(entry, own, is_own=True)) for entry in money.own for spelling in entry.spellings]
    return words + [(name, _money(code)) for code, name in _cldr_names()]


def _cldr_names() -> list[tuple[str, str]]:
    """Return (code, name) of the currencies Unicode CLDR names in Chinese; metals and old issues are left out."""
    names = [pair for script in ("Hant", "Hans") for pair in CldrLocale.parse(f"zh_{script}").currencies.items()]
    return [(code, name) for code, name in names if not code.startswith("X") and "(" not in name and len(name) > 1]


def _money(code: str, factor: Decimal = Decimal(1)) -> Unit:
    return Unit(code, factor, UnitKind.MONEY)


def _classifiers(words: ClassifierList) -> list[tuple[str, Unit]]:
    kinds = ((UnitKind.COUNT, words.plain), (UnitKind.EVENT, words.events), (UnitKind.NOUN, words.nouns))
    other = {shadow_of(word): frozenset(map(shadow_of, after)) for word, after in words.not_before.items()}
    found = [
        (word, Unit("count", Decimal(1), kind, not_before=other.get(shadow_of(word), frozenset())))
        for kind, group in kinds
        for word in group
    ]
    return found + [(word, Unit("count", factor, UnitKind.COUNT)) for word, factor in words.multiples.items()]


def _marks(money: CurrencyList, locale: Locale) -> list[tuple[str, Unit]]:
    local = money.local[locale]
    marks = [(mark, _money(code)) for code, entry in money.currencies.items() for mark in entry.before]
    return [*marks, ("$", _money(local.dollar)), ("¥", _money(local.yen))]
