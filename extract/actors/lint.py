"""What a base of actors must not hold, beyond what loading it already refuses."""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Final

from extract.actors.base import ActorBase
from extract.actors.records import ActorRecord, Alias
from extract.actors.rules import ordinary_words
from extract.actors.scripts import fold_names
from schemas.actor import NameKind

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WRITTEN_IN_BOTH: Final = frozenset("恒")
"""Hong Kong writes 恒生, though OpenCC's tables know only 恆 there."""
_WIKIDATA: Final = re.compile(r"Q[1-9]\d*")


def lint_base(base: ActorBase) -> tuple[str, ...]:
    r"""Return what is wrong with a base, one clear line each (place, what, what to do); empty when nothing is.

    Checked are the form of ids, the script of names (Simplified ones are derived, never written), names of
    one Chinese character (they would match everywhere), ordinary words without a guard, roles that end
    before they begin, and Wikidata ids that two actors share.

    Example:
        >>> from extract.actors.base import build_base, read_records
        >>> print(*lint_base(build_base(read_records("actors:\n  x: 台积电", name="a.yaml"))))
        a.yaml:2: 台积电 of x holds the Simplified 积: write names in Traditional script
    """
    complaints = [line for record in base.records.values() for line in _of_record(record)]
    return (*complaints, *_shared_wikidata(base))


def _of_record(record: ActorRecord) -> Iterator[str]:
    if _ID.fullmatch(record.actor_id) is None:
        yield f"{record.place}: {record.actor_id!r} is no id: use lower-case letters, digits and single hyphens"
    if record.wikidata_id is not None and _WIKIDATA.fullmatch(record.wikidata_id) is None:
        yield f"{record.place}: {record.wikidata_id!r} is no Wikidata id: write Q and a number"
    for alias in record.aliases:
        if alias.kind is not NameKind.TICKER:
            yield from _of_alias(record, alias)
    for role in record.roles:
        if role.start is not None and role.end is not None and role.end < role.start:
            yield f"{record.place}: {record.actor_id} leaves {role.employer_id} before starting: mend the dates"


def _of_alias(record: ActorRecord, alias: Alias) -> Iterator[str]:
    owner = f"{record.place}: {alias.text} of {record.actor_id}"
    simplified = next((c for c in alias.text if c in simplified_only()), None)
    if simplified is not None:
        yield f"{owner} holds the Simplified {simplified}: write names in Traditional script"
    if alias.is_han and len(alias.text) == 1:
        yield f"{owner} has one character only: drop it"
    if not alias.is_guarded and fold_names([alias.text])[0] in ordinary_words():
        yield f"{owner} is an ordinary word: guard it with ?words that stand beside it"


def _shared_wikidata(base: ActorBase) -> Iterator[str]:
    owners: dict[str, ActorRecord] = {}
    for record in base.records.values():
        if record.wikidata_id is not None:
            first = owners.setdefault(record.wikidata_id, record)
            if first is not record:
                yield (
                    f"{record.place}: {record.actor_id} has the Wikidata id of {first.actor_id} "
                    f"({first.place}): correct one"
                )


@lru_cache(maxsize=1)
def simplified_only() -> frozenset[str]:
    """Return the characters of Simplified script that Taiwan and Hong Kong don't write, after OpenCC's tables."""
    local = {form for name in ("TWVariants.txt", "HKVariants.txt") for _, forms in _table(name) for form in forms}
    found = (character for character, forms in _table("STCharacters.txt") if character not in forms)
    return frozenset(found) - local - _WRITTEN_IN_BOTH


def _table(name: str) -> Iterator[tuple[str, list[str]]]:
    lines = resources.files("opencc").joinpath("dictionary", name).read_text(encoding="utf-8").splitlines()
    for line in lines:
        character, _, forms = line.partition("\t")
        yield character, forms.split(" ")
