"""The actor base: all records of `lexicon/actors`, checked together and indexed by folded name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Final

import yaml

from extract.actors.records import ActorRecord, Alias, parse_record
from extract.actors.scripts import fold_names
from schemas.actor import Actor, ActorType, Name, NameKind
from schemas.errors import DomainError

FOLDER: Final = "actors"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Entry:
    """A name that may stand in a text, whom it may mean, and its guarding words, folded as the text is."""

    alias: Alias
    record: ActorRecord
    guards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorBase:
    """The records by id, and the entries by folded name (several where guards tell them apart)."""

    records: Mapping[str, ActorRecord]
    entries: Mapping[str, tuple[Entry, ...]]
    tickers: Mapping[str, tuple[ActorRecord, ...]]

    def holder(self, employer_id: str, title: str, day: date) -> ActorRecord | None:
        """Return who held an office on a day: the Fed's chair of 2017 is another than that of 2025.

        Example:
            >>> from datetime import date
            >>> holder = load_base().holder("federal-reserve", "Chair", date(2017, 6, 30))
            >>> holder.actor_id if holder else None
            'janet-yellen'
        """
        return next(
            (
                record
                for record in self.records.values()
                for role in record.roles
                if (role.employer_id, role.title) == (employer_id, title) and role.holds_on(day)
            ),
            None,
        )

    def actor(self, actor_id: str) -> Actor:
        """Return the actor of the domain language, with names in both scripts."""
        record = self.records[actor_id]
        return Actor(
            actor_id=record.actor_id,
            actor_type=record.actor_type,
            names=tuple(_names_of(record)),
            wikidata_id=record.wikidata_id,
        )


@lru_cache(maxsize=1)
def load_base() -> ActorBase:
    """Return the base shipped with the package; every call gives the same object.

    Raises:
        DomainError: a file breaks a rule (see `build_base`, `read_records`).
    """
    folder = resources.files("extract.lexicon").joinpath(FOLDER)
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".yaml")), key=lambda item: item.name)
    return build_base(record for item in files for record in read_records(item.read_text("utf-8"), name=item.name))


def read_records(source: str, *, name: str) -> Iterator[ActorRecord]:
    r"""Yield the records of one lexicon file: a mapping of `type` and `actors` (id to line).

    The file is read as YAML events, not loaded whole, because events know their lines and are quicker.

    Raises:
        DomainError: no such form ("actor.bad_file"), an id twice ("actor.duplicate_id"), a bad item.

    Example:
        >>> next(read_records("type: media\nactors:\n  reuters: 路透社; Reuters", name="a.yaml")).place
        'a.yaml:3'
    """
    default, in_actors, key = ActorType.ORGANISATION, False, None
    seen: set[str] = set()
    for text, line in _scalars(source, name):
        if key is None:
            key = text
            in_actors = in_actors or text == "actors"
            key = None if text == "actors" else text
        elif not in_actors:
            default, key = _default_type(text, f"{name}:{line}"), None
        else:
            if key in seen:
                raise DomainError("actor.duplicate_id", f"{name}:{line}: {key} stands twice: merge the lines")
            seen.add(key)
            yield parse_record(key, text, default=default, place=f"{name}:{line}")
            key = None


def _scalars(source: str, name: str) -> Iterator[tuple[str, int]]:
    try:
        for event in yaml.parse(source, Loader=_Loader):
            mark = event.start_mark
            line = mark.line + 1 if mark else 1
            if isinstance(event, yaml.ScalarEvent):
                yield event.value, line
            elif isinstance(event, yaml.SequenceStartEvent):
                raise _bad_file(name, line, "a list where a line of items should be")
    except yaml.YAMLError as error:
        problem = getattr(error, "problem_mark", None)
        raise _bad_file(name, problem.line + 1 if problem else 1, "is not YAML") from error


def _bad_file(name: str, line: int, problem: str) -> DomainError:
    return DomainError("actor.bad_file", f"{name}:{line}: {problem}: mend the file", path=name)


def _default_type(text: str, place: str) -> ActorType:
    if text not in set(ActorType):
        raise DomainError("actor.bad_file", f"{place}: no such type {text!r}: use one of {', '.join(ActorType)}")
    return ActorType(text)


def build_base(records: Iterable[ActorRecord]) -> ActorBase:
    """Return the base over these records.

    Raises:
        DomainError: two records share an id ("actor.duplicate_id") or an unguarded name
            ("actor.duplicate_alias"), an employer is unknown ("actor.unknown_parent"), or employers
            run in a circle ("actor.parent_cycle").
    """
    by_id: dict[str, ActorRecord] = {}
    for record in records:
        if (other := by_id.setdefault(record.actor_id, record)) is not record:
            raise DomainError(
                "actor.duplicate_id", f"{record.place}: {record.actor_id} stands at {other.place} too: merge the lines"
            )
    _check_roles(by_id)
    return ActorBase(by_id, _entries_of(by_id.values()), _tickers_of(by_id.values()))


def _entries_of(records: Iterable[ActorRecord]) -> dict[str, tuple[Entry, ...]]:
    pairs = [(alias, r) for r in records for alias in r.aliases if alias.kind is not NameKind.TICKER]
    found: dict[str, list[Entry]] = defaultdict(list)
    for folded, (alias, record) in zip(fold_names([alias.text for alias, _ in pairs]), pairs, strict=True):
        others = found[folded]
        if any(other.record is record for other in others):
            continue
        clash = next((o for o in others if not (o.alias.is_guarded and alias.is_guarded)), None)
        if clash is not None:
            raise DomainError(
                "actor.duplicate_alias",
                f"{record.place}: {alias.text} of {record.actor_id} also names {clash.record.actor_id} "
                f"({clash.record.place}): guard both with ?words or drop one",
            )
        others.append(Entry(alias, record, tuple(fold_names(alias.words)) if alias.words else ()))
    return {folded: tuple(entries) for folded, entries in found.items()}


def _tickers_of(records: Iterable[ActorRecord]) -> dict[str, tuple[ActorRecord, ...]]:
    found: dict[str, tuple[ActorRecord, ...]] = {}
    for record in records:
        for alias in record.aliases:
            if alias.kind is NameKind.TICKER:
                found[alias.text] = (*found.get(alias.text, ()), record)
    return found


def _check_roles(by_id: Mapping[str, ActorRecord]) -> None:
    for record in by_id.values():
        for role in record.roles:
            if role.employer_id not in by_id:
                raise DomainError(
                    "actor.unknown_parent",
                    f"{record.place}: {record.actor_id} has the unknown employer {role.employer_id}: add it or drop it",
                )
        _check_cycle(record, by_id)


def _check_cycle(record: ActorRecord, by_id: Mapping[str, ActorRecord]) -> None:
    reached: set[str] = set()
    frontier = {role.employer_id for role in record.roles}
    while frontier:
        if record.actor_id in frontier:
            raise DomainError(
                "actor.parent_cycle",
                f"{record.place}: {record.actor_id} is its own employer in the end: cut the circle",
            )
        reached |= frontier
        above = {role.employer_id for i in frontier if i in by_id for role in by_id[i].roles}
        frontier = above - reached


def _names_of(record: ActorRecord) -> Iterator[Name]:
    seen: set[str] = set()
    folded = fold_names([alias.text for alias in record.aliases])
    for alias, simplified in zip(record.aliases, folded, strict=True):
        scripts = (("zh-Hant", alias.text), ("zh-Hans", simplified)) if alias.is_han else (("en", alias.text),)
        for script, text in scripts:
            if text not in seen:
                seen.add(text)
                yield Name(text=text, script=script, kind=alias.kind)
