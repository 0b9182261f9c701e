"""The words that hold clauses together, loaded and folded once."""

import re
from dataclasses import dataclass
from functools import cache

from extract import lexicon
from extract.phrases import Phrases, phrases_of
from schemas.base import Model


class LeaningPair(Model):
    """How a clause that leans on the next one begins and ends."""

    begins: tuple[str, ...]
    ends: tuple[str, ...]


class ClauseLexicon(Model):
    """`clauses.yaml`: how clauses begin, end and belong together."""

    connectives: tuple[str, ...]
    continued_by: tuple[str, ...]
    goes_on: tuple[str, ...]
    frame_ends: tuple[str, ...]
    leaning_begins: tuple[str, ...]
    leaning_ends: tuple[str, ...]
    leaning_inside: tuple[str, ...]
    leaning_each: tuple[str, ...]
    leaning_pairs: tuple[LeaningPair, ...]
    leaning_back: tuple[str, ...]
    conditions: tuple[str, ...]
    questions: tuple[str, ...]
    boilerplate: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The compiled phrases that cutting uses.

    The first three and `leaning_back` match where a clause begins, `leaning` matches a whole clause.
    """

    connectives: re.Pattern[str]
    continued_by: re.Pattern[str]
    goes_on: re.Pattern[str]
    frame_ends: tuple[str, ...]
    leaning: re.Pattern[str]
    leaning_back: re.Pattern[str]
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
        leaning=_leaning(words),
        leaning_back=phrases_of({"": words.leaning_back}).pattern,
        conditions=phrases_of({"condition": words.conditions}),
        questions=phrases_of({"question": words.questions}),
        boilerplate=phrases_of({"boilerplate": words.boilerplate}),
    )


def _leaning(words: ClauseLexicon) -> re.Pattern[str]:
    """Return what a whole clause looks like that leans on the next one."""

    def one_of(forms: tuple[str, ...]) -> str:
        return f"(?:{phrases_of({'': forms}).pattern.pattern})"

    ways = [
        f"{one_of(words.leaning_begins)}.*",
        f".+{one_of(words.leaning_ends)}",
        f".{{1,{_SUBJECT}}}{one_of(words.leaning_inside)}(?!干).*",
        f".{{0,{_SUBJECT}}}每{one_of(words.leaning_each)}.{{1,{_STEP}}}",
        *(f"{one_of(pair.begins)}.+{one_of(pair.ends)}" for pair in words.leaning_pairs),
    ]
    return re.compile("|".join(ways), re.DOTALL)


_SUBJECT = 14  # characters before the word of condition
_STEP = 8  # characters of how much a subject moves each time
