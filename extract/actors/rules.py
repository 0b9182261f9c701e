"""The lexicons behind the rules of mention, folded and ready to look up."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pydantic import field_validator

from extract.actors.scripts import fold_names
from extract.lexicon import load
from schemas.base import Model


def _split(value: object) -> object:
    """Take `a b c` and [a b, c] alike, so that the YAML stays terse."""
    parts = [value] if isinstance(value, str) else value
    return tuple(word for part in parts for word in str(part).split()) if isinstance(parts, list) else value


class TitleLexicon(Model):
    """The form of `titles.yaml`."""

    titles: tuple[str, ...]
    courtesies: tuple[str, ...]
    follows: tuple[str, ...]
    surnames: str
    compound_surnames: tuple[str, ...]
    japanese_surnames: tuple[str, ...]
    transliteration: str

    _words = field_validator(
        "titles", "courtesies", "follows", "compound_surnames", "japanese_surnames", mode="before"
    )(_split)


class ActorRuleLexicon(Model):
    """The form of `actor_rules.yaml`."""

    strong_suffixes: tuple[str, ...]
    weak_suffixes: tuple[str, ...]
    nobody: tuple[str, ...]
    not_persons: tuple[str, ...]
    after_place: tuple[str, ...]
    before_place: tuple[str, ...]
    labels: tuple[str, ...]
    acronyms: tuple[str, ...]

    _words = field_validator(
        "strong_suffixes", "weak_suffixes", "nobody", "not_persons", "after_place", "before_place", "labels", "acronyms",
        mode="before",
    )(_split)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules look up: sets of folded words, and patterns over the folded text."""

    title: re.Pattern[str]
    follow: re.Pattern[str]
    follows: frozenset[str]
    courtesies: tuple[str, ...]
    surnames: frozenset[str]
    long_surnames: frozenset[str]
    japanese_surnames: frozenset[str]
    transliteration: frozenset[str]
    strong_suffix: re.Pattern[str]
    any_suffix: re.Pattern[str]
    nobody: frozenset[str]
    not_persons: frozenset[str]
    after_place: re.Pattern[str]
    before_place: frozenset[str]
    label: re.Pattern[str]
    acronyms: frozenset[str]


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """Return the rules of the shipped lexicons.

    Raises:
        DomainError: a lexicon breaks its model, code "lexicon.invalid".
    """
    titles, rules = load("titles", TitleLexicon), load("actor_rules", ActorRuleLexicon)
    strong, weak = fold_names(rules.strong_suffixes), fold_names(rules.weak_suffixes)
    return Rules(
        title=_any_of(fold_names(titles.titles)),
        follow=_any_of(fold_names(titles.follows)),
        follows=frozenset(fold_names(titles.follows)),
        courtesies=tuple(fold_names(titles.courtesies)),
        surnames=frozenset("".join(fold_names([titles.surnames])).replace(" ", "")),
        long_surnames=frozenset(fold_names(titles.compound_surnames)),
        japanese_surnames=frozenset(fold_names(titles.japanese_surnames)),
        transliteration=frozenset("".join(fold_names([titles.transliteration])).replace(" ", "")),
        strong_suffix=re.compile(f"(?:{_any_of(strong).pattern})$"),
        any_suffix=re.compile(f"(?:{_any_of([*strong, *weak]).pattern})$"),
        nobody=frozenset(fold_names(rules.nobody)),
        not_persons=frozenset(fold_names(rules.not_persons)),
        after_place=_any_of(fold_names(rules.after_place)),
        before_place=frozenset(fold_names(rules.before_place)),
        label=_any_of(fold_names(rules.labels)),
        acronyms=frozenset(rules.acronyms),
    )


def _any_of(words: list[str]) -> re.Pattern[str]:
    """Return a pattern for any of the words, the longest first."""
    return re.compile("|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w))))
