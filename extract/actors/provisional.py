"""Ids of actors: those of the base where a name leads there, else provisional ones made from the name."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

from extract.actors.brackets import Bracket
from extract.actors.candidates import Candidate, Source
from extract.actors.propagation import forms_of
from extract.actors.text import ActorText

_NOT_IN_ID = re.compile(r"[^0-9a-z\u3400-\u9fff]+")


def provisional_id(folded_name: str) -> str:
    """Return the id of an actor known by name only: one id for both scripts, hyphens for all marks.

    Example:
        >>> provisional_id("Torsten Sløk"), provisional_id("阿瑟·海斯")
        ('torsten-slok', '阿瑟-海斯')
    """
    plain = unicodedata.normalize("NFKD", folded_name.replace("ø", "o").replace("Ø", "O"))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return _NOT_IN_ID.sub("-", letters).strip("-") or "actor"


def identify(text: ActorText, mentions: Iterable[Candidate], brackets: Iterable[Bracket]) -> list[Candidate]:
    """Return all mentions, those in brackets too, each with an id; what a bracket says is the same has one id."""
    settled = list(mentions)
    pairs = list(brackets)
    ids = {c.of(text.folded): c.actor_id for c in settled if c.actor_id is not None}
    _learn(text, pairs, ids)
    full = [c for c in settled if c.actor_id or c.of(text.folded) in ids]
    unknown = (c for c in settled if not c.actor_id and c.of(text.folded) not in ids)
    rest = sorted(unknown, key=lambda c: -c.length)
    forms = {f: ids[c.of(text.folded)] for c in full for f in forms_of(text, c)}
    for candidate in rest:
        name = candidate.of(text.folded)
        actor_id = ids.setdefault(name, forms.get(name) or provisional_id(name))
        for form in forms_of(text, candidate):
            forms.setdefault(form, actor_id)
    known = [c if c.actor_id else replace(c, actor_id=ids[c.of(text.folded)]) for c in settled]
    return [*known, *(_inside(text, bracket, ids) for bracket in pairs)]


def _learn(text: ActorText, brackets: Iterable[Bracket], ids: dict[str, str]) -> None:
    for bracket in brackets:
        name, alias = bracket.owner.of(text.folded), text.folded[bracket.start : bracket.end]
        actor_id = bracket.owner.actor_id or ids.get(name) or ids.get(alias) or provisional_id(alias)
        ids.setdefault(name, actor_id)
        ids.setdefault(alias, actor_id)


def _inside(text: ActorText, bracket: Bracket, ids: Mapping[str, str]) -> Candidate:
    actor_id = ids[bracket.owner.of(text.folded)]
    return replace(bracket.owner, start=bracket.start, end=bracket.end, actor_id=actor_id, source=Source.BRACKET)
