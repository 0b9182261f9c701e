"""A base with the names that editors gave besides, so that they count from the next article on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from extract.actors.base import ActorBase, Entry
from extract.actors.gazetteer import PREFIX
from extract.actors.records import ActorRecord, Alias
from extract.actors.rules import ordinary_words
from extract.actors.scripts import fold_names
from schemas.actor import ActorType, NameKind
from schemas.errors import ConflictError, InputError


@dataclass(frozen=True, slots=True)
class GivenName:
    """A name that an editor gave an actor, of the base or met in texts."""

    text: str
    actor_id: str
    actor_type: ActorType


def with_names(base: ActorBase, given: Iterable[GivenName]) -> ActorBase:
    r"""Return the base with further names; a name that the base knows keeps its meaning there.

    Example:
        >>> from extract.actors.base import build_base, read_records
        >>> base = build_base(read_records("type: organisation\nactors:\n  tsmc: 台積電", name="a.yaml"))
        >>> overlay = with_names(base, [GivenName("護國神山", "tsmc", ActorType.ORGANISATION)])
        >>> [entry.record.actor_id for entry in overlay.entries["护国神山"]]
        ['tsmc']
    """
    records, entries = dict(base.records), dict(base.entries)
    names = list(given)
    for folded, name in zip(fold_names([name.text for name in names]), names, strict=True):
        if folded in entries:
            continue
        alias = Alias(name.text, NameKind.FULL)
        known = records.get(name.actor_id)
        record = known or ActorRecord(name.actor_id, name.actor_type, ())
        record = replace(record, aliases=(*record.aliases, alias))
        # An actor that the base does not hold stays provisional: only its name is looked for.
        if known is not None:
            records[name.actor_id] = record
        entries[folded] = (Entry(alias, record),)
    return replace(base, records=records, entries=entries)


def check_name(text: str, actor_id: str, base: ActorBase) -> None:
    """Refuse a name that would be found where nobody is meant, or that means another actor of the base.

    Raises:
        InputError: it is too short, or an ordinary word, or no single line; codes "alias.too_short",
            "alias.ordinary_word", "alias.malformed".
        ConflictError: it names another actor of the base, code "alias.taken".
    """
    if not text.isprintable() or text != text.strip():
        raise InputError("alias.malformed", f"{text!r} is no name: give one line without blanks at its ends")
    if len(text) < PREFIX:
        raise InputError("alias.too_short", f"{text!r} is too short to be looked for: give {PREFIX} characters or more")
    folded = fold_names([text])[0]
    if folded in ordinary_words():
        raise InputError("alias.ordinary_word", f"{text} is an ordinary word and would be found everywhere: give more")
    others = sorted({e.record.actor_id for e in base.entries.get(folded, ())} - {actor_id})
    if others:
        raise ConflictError(
            "alias.taken",
            f"{text} is a name of {', '.join(others)} in the actor base: give {actor_id} another name",
            actor_id=others[0],
        )
