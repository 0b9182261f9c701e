"""The record of one actor of the base, and how one line of a lexicon is read.

A lexicon line is `id: item; item; …`, terse because there are thousands. An item is

    台積電            a full name in Traditional script or English (Simplified is derived)
    ~台積             a short form                      $2330      a ticker, never a mention by itself
    ^股神             an epithet: no mention beside the name itself
    ~世界 ?晶圓 ?TW   a guarded name: it counts only beside one of these words, in that locale, or
                      where another name of the same actor stands in the text
    :media            a type other than that of the file
    @imf Chief Economist 2022-01-01..    a role: employer, title, dates (either may be open)
    Q713418           the Wikidata id, where known for certain
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from schemas.actor import ActorType, NameKind
from schemas.errors import DomainError

LOCALE_GUARDS: Final = {"TW": "zh-TW", "HK": "zh-HK", "CN": "zh-CN"}
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_ROLE: Final = re.compile(r"@(\S+)(?: (.*?))?(?: (\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?)?$")


@dataclass(frozen=True, slots=True)
class Alias:
    """A name as the lexicon writes it, with what must hold for it to count."""

    text: str
    kind: NameKind
    words: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    is_epithet: bool = False

    @property
    def is_guarded(self) -> bool:
        """Whether the name alone proves nothing."""
        return bool(self.words or self.locales)

    @property
    def is_han(self) -> bool:
        """Whether the name is written in Chinese characters, in part at least."""
        return _HAN.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class Role:
    """What an actor was for another one, both days inclusive; None where open or unknown."""

    employer_id: str
    title: str
    start: date | None = None
    end: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether the role was held on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class ActorRecord:
    """An actor of the base."""

    actor_id: str
    actor_type: ActorType
    aliases: tuple[Alias, ...]
    roles: tuple[Role, ...] = ()
    wikidata_id: str | None = None
    place: str = field(default="", compare=False)


def parse_record(actor_id: str, line: str, *, default: ActorType, place: str) -> ActorRecord:
    """Return the record that a lexicon line describes.

    Args:
        actor_id: the key of the line.
        line: its items, parted by `;`.
        default: the type of the file's actors.
        place: `file:line`, for error messages.

    Raises:
        DomainError: an empty item, an unknown type, a guard without a name ("actor.bad_item"), or no
            name at all ("actor.no_name").

    Example:
        >>> record = parse_record("tsmc", "台積電; ~台積; $2330", default=ActorType.ORGANISATION, place="a.yaml:1")
        >>> [alias.text for alias in record.aliases]
        ['台積電', '台積', '2330']
    """
    aliases: list[Alias] = []
    roles: list[Role] = []
    actor_type, wikidata_id = default, None
    for item in (part.strip() for part in line.split(";")):
        if item.startswith(":"):
            actor_type = _type_of(item[1:], place)
        elif item.startswith("@"):
            roles.append(_role_of(item, place))
        elif item[:1] == "Q" and item[1:].isdigit():
            wikidata_id = item
        else:
            aliases.append(_alias_of(item, place))
    if all(alias.kind is NameKind.TICKER for alias in aliases):
        raise DomainError("actor.no_name", f"{place}: {actor_id} has no name: give it one", place=place)
    return ActorRecord(actor_id, actor_type, tuple(aliases), tuple(roles), wikidata_id, place)


def _alias_of(item: str, place: str) -> Alias:
    name, *guards = (part.strip() for part in item.split(" ?"))
    kind = {"~": NameKind.SHORT, "^": NameKind.SHORT, "$": NameKind.TICKER}.get(name[:1], NameKind.FULL)
    text = name if kind is NameKind.FULL else name[1:].strip()
    if not text or not all(guards):
        raise DomainError(
            "actor.bad_item", f"{place}: an empty name or guard in {item!r}: fill or drop it", place=place
        )
    locales = tuple(LOCALE_GUARDS[guard] for guard in guards if guard in LOCALE_GUARDS)
    return Alias(text, kind, tuple(guard for guard in guards if guard not in LOCALE_GUARDS), locales, name[0] == "^")


def _type_of(word: str, place: str) -> ActorType:
    try:
        return ActorType(word)
    except ValueError as error:
        known = ", ".join(ActorType)
        raise DomainError("actor.bad_item", f"{place}: no such type {word!r}: use one of {known}") from error


def _role_of(item: str, place: str) -> Role:
    match = _ROLE.match(item)
    if match is None:
        raise DomainError(
            "actor.bad_item", f"{place}: can't read {item!r}: write @employer title from..to", place=place
        )
    employer, title, start, end = match.groups()
    try:
        days = [date.fromisoformat(day) if day else None for day in (start, end)]
    except ValueError as error:
        raise DomainError("actor.bad_item", f"{place}: {item!r} names no such day: {error}", place=place) from error
    return Role(employer, title or "", *days)
