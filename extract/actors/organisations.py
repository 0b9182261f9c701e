"""Names of organisations: by what they end in, by the tagger, mended and sieved."""

from collections.abc import Iterator
from typing import Final

from extract.actors.candidates import Candidate, Source
from extract.actors.text import ActorText, is_han
from extract.reading import Word
from schemas.actor import ActorType

_NAME_WORDS: Final = frozenset({"n", "nz", "nw", "ORG", "LOC", "PER", "vn", "s", "a", "an", "xc"})
"""Parts of speech that the words of an organisation's name may have."""
_LONGEST: Final = 16
_LONGEST_CORE: Final = 3
"""Words that may stand before the ending word."""


def find_organisations(text: ActorText) -> Iterator[Candidate]:
    """Yield the organisations of the tagger that name somebody, and names that end in a strong suffix."""
    for index, word in enumerate(text.reading.words):
        if word.entity == "ORG" and names_somebody(text, word):
            yield Candidate(word.start, word.end, ActorType.ORGANISATION, Source.TAGGER)
        start = start_by_suffix(text, index)
        if start is not None:
            yield Candidate(start, word.end, ActorType.ORGANISATION, Source.SUFFIX)


def names_somebody(text: ActorText, word: Word) -> bool:
    """Return whether the tagger's organisation has the form of a name, not of a class of companies."""
    name = text.folded[word.start : word.end]
    if len(name) < 2 or name in text.rules.nobody or any(c.isdigit() for c in name[:1]):
        return False
    if not is_han(name[0]):
        return name not in text.rules.acronyms
    suffix = text.rules.any_suffix.search(name)
    return suffix is not None and suffix.start() > 0


def start_by_suffix(text: ActorText, index: int) -> int | None:
    """Return where a name begins whose last word, at the index, is or ends in a strong suffix."""
    word = text.reading.words[index]
    suffix = text.rules.strong_suffix.search(text.folded, word.start, word.end)
    if suffix is None:
        return None
    start = word.start
    if suffix.start() == word.start:
        start = _core_start(text, index, word.start)
    name = text.folded[start : word.end]
    is_long_enough = suffix.start() - start >= 2 and len(name) <= _LONGEST
    return start if is_long_enough and name not in text.rules.nobody else None


def _core_start(text: ActorText, index: int, start: int) -> int:
    for before in reversed(text.reading.words[max(0, index - _LONGEST_CORE) : index]):
        if before.end != start or before.pos not in {"nz", "ORG", "PER", "LOC", "nw"}:
            break
        start = before.start
        if before.pos in {"ORG", "PER", "nz"}:
            break
    return start
