"""Names of the base in a text: found, checked against the words of the text, and told apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from extract.actors.base import ActorBase, Entry, load_base
from extract.actors.candidates import Candidate, Source
from extract.actors.gazetteer import Gazetteer
from extract.actors.rules import person_rules
from extract.actors.text import is_han
from extract.actors.words import WordMap
from extract.reading import Word
from schemas.actor import ActorType
from schemas.text import Locale

_JOINED: Final = frozenset({"PER", "ORG", "LOC", "TIME", "nz", "nw"})
"""What the tagger calls a word in which it joined a name with its neighbours."""
SAFE_LENGTH: Final = 3
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
    A name that the tagger's words cut counts where it stands uncut elsewhere in the text.
    """
    places = [Place(start, start + len(name), base.entries[name]) for start, name in gazetteer.find(folded)]
    uncut = [p for p in places if respects_words(folded, p.start, p.end, words)]
    seen = {folded[p.start : p.end] for p in uncut}
    starts = {p.start for p in uncut}
    standing = [*uncut, *(p for p in places if p.start not in starts and _stands_as_seen(folded, p, words, seen))]
    sure = {p.entries[0].record.actor_id for p in uncut if not p.entries[0].alias.is_guarded}
    chosen = {
        name: choose(base.entries[name], folded, locale, sure) for name in {folded[p.start : p.end] for p in standing}
    }
    found: list[Candidate] = []
    for place in standing:
        entry = chosen[folded[place.start : place.end]]
        if entry is not None:
            record = entry.record
            found.append(Candidate(place.start, place.end, record.actor_type, Source.BASE, record.actor_id))
    return found


def _stands_as_seen(folded: str, place: Place, words: WordMap, seen: set[str]) -> bool:
    cut = words.cut_by(place.start, place.end)
    is_inside_one = len(cut) == 2 and cut[0] is cut[1]
    return folded[place.start : place.end] in seen and not is_inside_one and not _is_in_name(folded, cut)


def _is_in_name(folded: str, cut: Iterable[Word]) -> bool:
    """Return whether the name is the given name of a person of the tagger (阮清華 holds no 清華)."""
    surnames = person_rules().surnames
    return any(w.entity == "PER" and w.end - w.start == 3 and folded[w.start] in surnames for w in cut)


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
    return 1 if any(word in folded for word in entry.guards) else 0


def respects_words(folded: str, start: int, end: int, words: WordMap) -> bool:
    """Return whether a name at [start, end) is a name there, not a part of other words by chance."""
    if folded[start:end].isascii():
        return True
    edges = [
        edge
        for edge in (start, end)
        if is_han(folded[edge - 1 : edge] or " ") and is_han(folded[edge : edge + 1] or " ")
    ]
    cut = [word for edge in edges if not words.is_edge(edge) and (word := words.at(edge)) is not None]
    if not cut or end - start >= SAFE_LENGTH:
        return not _is_in_name(folded, cut)
    # One plain noun may have swallowed a name; two that meet inside it are words of their own (商業/成本).
    allowed = _JOINED if len(cut) > 1 else _JOINED | {"n"}
    is_in_the_middle = len(cut) > 1 and cut[0] is cut[1]
    return not is_in_the_middle and not _is_in_name(folded, cut) and all(word.pos in allowed for word in cut)


def administrations(folded: str, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the governments that bear a person's name (巴尼耶政府), as actors of their own."""
    for person in found:
        if person.actor_type is ActorType.PERSON and folded.startswith("政府", person.end):
            actor_id = f"{person.actor_id}-administration"
            yield Candidate(person.start, person.end + 2, ActorType.GOVERNMENT, Source.BASE, actor_id)


def institutions(folded: str, found: Iterable[Candidate], endings: Mapping[str, str]) -> Iterator[Candidate]:
    """Yield what a country's name and an institution make together (荷蘭政府), unless the base names it."""
    for place in found:
        if place.actor_type is not ActorType.PLACE:
            continue
        ending = next((e for e in endings if folded.startswith(e, place.end)), None)
        if ending is not None:
            actor_id = f"{place.actor_id}-{endings[ending]}"
            yield Candidate(place.start, place.end + len(ending), ActorType.GOVERNMENT, Source.BASE, actor_id)
