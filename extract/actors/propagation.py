"""What a text has named once it names again, shorter: 揚‧哈丘斯 then 哈丘斯, Mike Wilson then Wilson."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from extract.actors.candidates import Candidate, Source
from extract.actors.gazetteer import stands_free
from extract.actors.parts import forms_without_parent
from extract.actors.scripts import DOT
from extract.actors.text import ActorText, is_han
from schemas.actor import ActorType

_SHORTEST: Final = 2
_OFFICES: Final = frozenset("局署处司")
_SURNAME: Final = re.compile(
    r"(?<![\u3400-\u9fffA-Za-z])(?P<surname>[\u3400-\u9fff])"
    r"(?:(?=(?:指|称|说|认为|表示|坦言|直言|补充|强调|料|预|估|续指|又指|太|先生|女士|氏))|(?<=\n.)(?=:))"
)


def repeats(text: ActorText, named: Iterable[Candidate]) -> list[Candidate]:
    """Return further places where actors named in the text stand, in full or in a short form.

    Where two actors share a short form (two Wilsons), each place belongs to the one named last before it.
    """
    by_form: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in sorted(named, key=lambda c: c.start):
        for form in forms_of(text, candidate):
            by_form[form].append(candidate)
    found: list[Candidate] = []
    for form, owners in by_form.items():
        starts = [owner.start for owner in owners]
        for start in _places_of(text, form):
            owner = owners[max(0, bisect_right(starts, start) - 1)]
            end = start + len(form)
            if (start, end) != (owner.start, owner.end) and not _ends_body(owners, start, end):
                found.append(Candidate(start, end, owner.actor_type, Source.PROPAGATED, owner.actor_id))
    return found


def forms_of(text: ActorText, candidate: Candidate) -> Iterator[str]:
    """Yield the name itself and the short forms that a text may use for it later."""
    name = candidate.of(text.folded)
    if len(name) >= _SHORTEST and candidate.source is not Source.BASE:
        yield name
    if candidate.actor_type is ActorType.PERSON:
        last = re.split(f"[{DOT} ]", name)[-1]
        if last != name and len(last) >= _SHORTEST + (not is_han(last[0])):
            yield last
    elif candidate.actor_type is ActorType.ORGANISATION and is_han(name[0]) and candidate.source is not Source.BASE:
        suffix = text.mentions.strong_suffix.search(name)
        if suffix is not None and suffix.start() >= _SHORTEST:
            yield name[: suffix.start()]
    if candidate.actor_type in {ActorType.ORGANISATION, ActorType.GOVERNMENT}:
        yield from forms_without_parent(text, candidate)


def _places_of(text: ActorText, form: str) -> Iterator[int]:
    start = text.folded.find(form)
    while start >= 0:
        end = start + len(form)
        if stands_free(text.folded, start, end) and _respects_words(text, start, end) and not _has_head(text, end):
            yield start
        start = text.folded.find(form, end)


def _ends_body(owners: Iterable[Candidate], start: int, end: int) -> bool:
    """Return whether a part stands there behind its parent: the body is named in full."""
    return any(o.start < start and end == o.end and o.actor_type is not ActorType.PERSON for o in owners)


def _has_head(text: ActorText, end: int) -> bool:
    """Return whether an office ends there whose head is meant (統計處長)."""
    return text.after(end) == "长" and text.before(end) in _OFFICES


def _respects_words(text: ActorText, start: int, end: int) -> bool:
    cut = text.words.cut_by(start, end)
    return (
        all(word.entity or word.pos in {"nz", "n", "v", "m", "d", "vn"} for word in cut)
        if end - start > 2
        else all(word.entity or word.pos == "nz" for word in cut)
    )


def without_verbs(text: ActorText, named: Sequence[Candidate]) -> list[Candidate]:
    """Return the mentions, those cut down to a surname that the tagger joined to what its bearer does (譚笑說, 譚先由).

    The bearer is named in full elsewhere: with three characters and that surname.
    """
    bearers = {c.of(text.folded)[0]: c for c in reversed(named) if _is_full(text, c)}
    return [_cut_down(text, c, bearers) for c in named]


def _is_full(text: ActorText, person: Candidate) -> bool:
    name = person.of(text.folded)
    return person.actor_type is ActorType.PERSON and len(name) == _FULL and all(map(is_han, name))


def _cut_down(text: ActorText, person: Candidate, bearers: Mapping[str, Candidate]) -> Candidate:
    name = person.of(text.folded)
    bearer = bearers.get(name[0])
    is_short = person.source is Source.TAGGER and len(name) == _FULL - 1 and person.actor_type is ActorType.PERSON
    if bearer is None or not is_short or bearer.of(text.folded).startswith(name):
        return person
    if text.persons.follow.match(text.folded, person.start + 1) is None or text.folded.count(name) > 1:
        return person
    return replace(person, end=person.start + 1, source=Source.PROPAGATED, actor_id=bearer.actor_id)


_FULL: Final = 3
"""Characters of a full name: a surname and a given name of two."""


def surnames_speaking(text: ActorText, persons: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield single surnames that speak (鄧指) of persons named in full before; in a dialogue (鄧：) after it too."""
    by_surname: dict[str, list[Candidate]] = defaultdict(list)
    for person in sorted(persons, key=lambda c: c.start):
        name = person.of(text.folded)
        if 2 <= len(name) <= 3 and is_han(name[0]):
            by_surname[name[0]].append(person)
    for match in _SURNAME.finditer(text.folded):
        bearers = by_surname.get(match["surname"], [])
        earlier = [p for p in bearers if p.start < match.start()]
        if earlier or (bearers and text.after(match.end()) == ":"):
            owner = earlier[-1] if earlier else bearers[0]
            yield Candidate(*match.span("surname"), ActorType.PERSON, Source.PROPAGATED, owner.actor_id)
