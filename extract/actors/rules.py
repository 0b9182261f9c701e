"""The lexicons behind the rules of mention, folded and ready to look up."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from extract.actors.scripts import fold_names
from extract.lexicon import load
from schemas.base import Model


def _split(value: object) -> object:
    """Take `a b c` and [a b, c] alike, so that the YAML stays terse."""
    return [word for part in value for word in str(part).split()] if isinstance(value, list) else value


def _fold(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold_names(words))


def _characters(text: object) -> frozenset[str]:
    return frozenset("".join(fold_names([str(text)])).replace(" ", ""))


def _fold_keys(words: Mapping[str, str]) -> dict[str, str]:
    return dict(zip(fold_names(list(words)), words.values(), strict=True))


Words = Annotated[tuple[str, ...], BeforeValidator(_split), AfterValidator(_fold)]
Phrases = Annotated[tuple[str, ...], AfterValidator(_fold)]
Characters = Annotated[frozenset[str], BeforeValidator(_characters)]
Keys = Annotated[dict[str, str], AfterValidator(_fold_keys)]


class TitleLexicon(Model):
    """The form of `titles.yaml`, folded."""

    titles: Words
    follows: Words
    says: Words
    name_tails: Words
    surnames: Characters
    weak_surnames: Characters
    compound_surnames: Words
    japanese_surnames: Words
    transliteration: Characters


class ActorRuleLexicon(Model):
    """The form of `actor_rules.yaml`, folded."""

    strong_suffixes: Words
    weak_suffixes: Words
    trades: Words
    nobody: Words
    not_persons: Words
    after_place: Words
    after_place_not: Words
    offices: Words
    labels: Words
    acronyms: Annotated[frozenset[str], BeforeValidator(lambda text: frozenset(str(text).split()))]
    phrases: Phrases
    index_names: Words
    capitals: Keys
    institutions: Keys
    ordinary_words: Words
    units: Words
    owned: Words
    classes: Words


_INDEX_MARK = r"(?= ?(?:50|100|180|225|300|400|500|600|1000|2000)(?![0-9元点]|[,.][0-9])|(?:科技|综合|中国企业)?指数)"


@dataclass(frozen=True, slots=True)
class PersonRules:
    """What tells the name of a person."""

    title: re.Pattern[str]
    follow: re.Pattern[str]
    says: re.Pattern[str]
    follows: frozenset[str]
    name_tails: frozenset[str]
    surnames: frozenset[str]
    weak_surnames: frozenset[str]
    long_surnames: frozenset[str]
    japanese_surnames: frozenset[str]
    transliteration: frozenset[str]
    not_persons: frozenset[str]


@dataclass(frozen=True, slots=True)
class MentionRules:
    """What tells the name of an organisation or a place, and what is no mention."""

    maker: re.Pattern[str]
    strong_suffix: re.Pattern[str]
    any_suffix: re.Pattern[str]
    nobody: frozenset[str]
    after_place: re.Pattern[str]
    office: re.Pattern[str]
    label: re.Pattern[str]
    phrase: re.Pattern[str]
    index: re.Pattern[str]
    owned: re.Pattern[str]
    classes: re.Pattern[str]
    acronyms: frozenset[str]
    units: frozenset[str]
    capitals: Mapping[str, str]
    institutions: Mapping[str, str]


@lru_cache(maxsize=1)
def person_rules() -> PersonRules:
    """Return the rules for persons of the shipped lexicons.

    Raises:
        DomainError: a lexicon breaks its model, code "lexicon.invalid".
    """
    titles, rules = load("titles", TitleLexicon), load("actor_rules", ActorRuleLexicon)
    return PersonRules(
        title=re.compile(any_of(titles.titles)),
        follow=re.compile(any_of(titles.follows)),
        says=re.compile(any_of(titles.says)),
        follows=frozenset(titles.follows),
        name_tails=frozenset(titles.name_tails),
        surnames=titles.surnames,
        weak_surnames=titles.weak_surnames,
        long_surnames=frozenset(titles.compound_surnames),
        japanese_surnames=frozenset(titles.japanese_surnames),
        transliteration=titles.transliteration,
        not_persons=frozenset(rules.not_persons),
    )


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Return the folded words that a name may not be without a guard."""
    return frozenset(load("actor_rules", ActorRuleLexicon).ordinary_words)


@lru_cache(maxsize=1)
def mention_rules() -> MentionRules:
    """Return the rules for organisations and places of the shipped lexicons.

    Raises:
        DomainError: a lexicon breaks its model, code "lexicon.invalid".
    """
    rules = load("actor_rules", ActorRuleLexicon)
    after_place = f"(?!{any_of(rules.after_place_not)})(?:{any_of(rules.after_place)})"
    trades = any_of(rules.trades)
    return MentionRules(
        maker=re.compile(f"(?<=厂)[^\\W与和及或的在为是也将把对从由等]{{2,3}}(?:{trades})(?![\u3400-\u9fff]?指数)"),
        strong_suffix=re.compile(f"(?:{any_of(rules.strong_suffixes)})$"),
        any_suffix=re.compile(f"(?:{any_of([*rules.strong_suffixes, *rules.weak_suffixes])})$"),
        nobody=frozenset(rules.nobody),
        after_place=re.compile(after_place),
        office=re.compile(rf"[\u3400-\u9fff]{{0,4}}?(?:{any_of(rules.offices)})"),
        label=re.compile(any_of(rules.labels)),
        phrase=re.compile(any_of(rules.phrases)),
        index=re.compile(f"(?:{any_of(rules.index_names)}){_INDEX_MARK}"),
        owned=re.compile(any_of(rules.owned)),
        classes=re.compile(any_of(rules.classes)),
        acronyms=rules.acronyms,
        units=frozenset(rules.units),
        capitals=rules.capitals,
        institutions=rules.institutions,
    )


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))
