"""Names of the base in a text: found, checked against the words of the text, and told apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from extract.actors.base import ActorBase, Entry, load_base
from extract.actors.candidates import Candidate, Source
from extract.actors.gazetteer import Gazetteer
from extract.actors.words import WordMap
from extract.reading import Word
from schemas.actor import ActorType
from schemas.text import Locale

SAFE_LENGTH = 3
"""From this length on, a Chinese name hardly ever arises by chance across two words."""


@lru_cache(maxsize=1)
def shipped_gazetteer() -> Gazetteer:
    """Return the gazetteer over the names of the shipped base."""
    return Gazetteer.of(load_base().entries)


@dataclass(frozen=True, slots=True)
class Place:
    """A name of the base where it stands in a text, with all whom it may mean."""

    start: int
    end: int
    entries: tuple[Entry, ...]


def match_base(
    folded: str, words: WordMap, locale: Locale, *, base: ActorBase, gazetteer: Gazetteer
) -> list[Candidate]:
    """Return the mentions of actors of the base.

    A guarded name counts where its locale, one of its words, or another name of the same actor holds.
    """
    places = [
        Place(start, start + len(name), base.entries[name])
        for start, name in gazetteer.find(folded)
        if respects_words(folded, start, start + len(name), words)
    ]
    sure = {p.entries[0].record.actor_id for p in places if not p.entries[0].alias.is_guarded}
    found: list[Candidate] = []
    for place in places:
        entry = choose(place.entries, folded, locale, sure)
        if entry is not None:
            record = entry.record
            found.append(Candidate(place.start, place.end, record.actor_type, Source.BASE, record.actor_id))
    return found


def choose(entries: Iterable[Entry], folded: str, locale: Locale, sure: set[str]) -> Entry | None:
    """Return the entry whose guard holds best, None where none does.

    Another name of the actor in the text counts most, then the locale, then a guarding word.
    """
    ranked = [(_rank(entry, folded, locale, sure), entry) for entry in entries]
    best = max(ranked, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] > 0 else None


def _rank(entry: Entry, folded: str, locale: Locale, sure: set[str]) -> int:
    alias = entry.alias
    if not alias.is_guarded:
        return 4
    if entry.record.actor_id in sure:
        return 3
    if locale in alias.locales:
        return 2
    return 1 if any(word in folded for word in alias.words) else 0


def respects_words(folded: str, start: int, end: int, words: WordMap) -> bool:
    """Return whether a name at [start, end) is a name there, not a part of other words by chance."""
    if folded[start:end].isascii():
        return True
    cut = words.cut_by(start, end)
    return not cut or all(_may_be_cut(word, start, end) for word in cut)


def _may_be_cut(word: Word, start: int, end: int) -> bool:
    """Return whether the tagger may have joined a name with its neighbours in this word."""
    return end - start >= SAFE_LENGTH or word.entity != "" or word.pos in {"nz", "n", "nw"}


def is_place(candidate: Candidate) -> bool:
    """Return whether the candidate names a country or region."""
    return candidate.actor_type is ActorType.PLACE
