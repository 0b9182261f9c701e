"""The words that hold clauses together, loaded and folded once."""

import re
from dataclasses import dataclass
from functools import cache

from extract import lexicon
from extract.phrases import Phrases, phrases_of
from schemas.base import Model


class ClauseLexicon(Model):
    """`clauses.yaml`: how clauses begin, end and belong together."""

    connectives: tuple[str, ...]
    continued_by: tuple[str, ...]
    goes_on: tuple[str, ...]
    frame_ends: tuple[str, ...]
    conditions: tuple[str, ...]
    questions: tuple[str, ...]
    boilerplate: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The compiled phrases that cutting uses; the first three match where a clause begins."""

    connectives: re.Pattern[str]
    continued_by: re.Pattern[str]
    goes_on: re.Pattern[str]
    frame_ends: tuple[str, ...]
    conditions: Phrases
    questions: Phrases
    boilerplate: Phrases


@cache
def clause_words() -> ClauseWords:
    """Return the words of clauses; the file is read once a process."""
    words = lexicon.load("clauses", ClauseLexicon)
    return ClauseWords(
        connectives=phrases_of({"": words.connectives}).pattern,
        continued_by=phrases_of({"": words.continued_by}).pattern,
        goes_on=phrases_of({"": words.goes_on}).pattern,
        frame_ends=tuple(phrases_of({"": words.frame_ends}).categories),
        conditions=phrases_of({"condition": words.conditions}),
        questions=phrases_of({"question": words.questions}),
        boilerplate=phrases_of({"boilerplate": words.boilerplate}),
    )
