"""Names that are no mention: in coined labels, in instruments, and epithets beside the name itself."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from extract.actors.base import ActorBase
from extract.actors.candidates import Candidate
from extract.actors.places import is_label
from extract.actors.rules import ordinary_words
from extract.actors.text import ActorText
from extract.reading import skipped
from schemas.actor import ActorType
from schemas.extraction import Refusal, Skipped

STAGE: Final = "actors"
_CALLED: Final = re.compile("[」』”]?(?:之称|之名|封号|美誉)")
_TOLD_BY_LOCALE: Final = frozenset({ActorType.PLACE, ActorType.GOVERNMENT})
_NEAR: Final = 4
"""Characters between an epithet and the name it goes with: closing marks and blanks."""


def drop_labels(text: ActorText, candidates: Iterable[Candidate]) -> tuple[list[Candidate], list[Skipped]]:
    """Return the candidates that stand for themselves, and a refusal for each that is part of a label."""
    inside = {place for match in text.mentions.phrase.finditer(text.folded) for place in range(*match.span())}
    kept: list[Candidate] = []
    left_out: list[Skipped] = []
    for candidate in candidates:
        if _in_label(text, candidate):
            left_out.append(skipped(Refusal.ACTOR_IN_LABEL, candidate.start, candidate.end, STAGE))
        elif is_ordinary(text, candidate) or not inside.isdisjoint(range(candidate.start, candidate.end)):
            left_out.append(skipped(Refusal.ACTOR_ORDINARY_WORD, candidate.start, candidate.end, STAGE))
        else:
            kept.append(candidate)
    return kept, left_out


def is_ordinary(text: ActorText, candidate: Candidate) -> bool:
    """Return whether a name that is an ordinary word stands there as the word: 世界 before 經濟."""
    if candidate.of(text.folded) not in ordinary_words() or candidate.actor_type in _TOLD_BY_LOCALE:
        return False
    following = text.words.at(candidate.end)
    is_compound = following is not None and following.pos in {"n", "vn"} and text.words.is_edge(candidate.end)
    is_owned = text.mentions.owned.match(text.folded, candidate.end) or text.persons.title.match(
        text.folded, candidate.end
    )
    return is_compound and is_owned is None


def _in_label(text: ActorText, candidate: Candidate) -> bool:
    if candidate.actor_type is ActorType.PLACE:
        return is_label(text, candidate)
    index = text.mentions.index.match(text.folded, candidate.start)
    if index is not None and index.end() >= candidate.end:
        return True
    return text.mentions.label.match(text.folded, candidate.end) is not None


def drop_epithets(text: ActorText, mentions: Sequence[Candidate], base: ActorBase) -> list[Candidate]:
    """Return the mentions without epithets that stand right beside the name (股神巴菲特: the name alone)."""
    return [m for i, m in enumerate(mentions) if not (_is_epithet(text, m, base) and _beside_name(text, mentions, i))]


def _is_epithet(text: ActorText, mention: Candidate, base: ActorBase) -> bool:
    entries = base.entries.get(mention.of(text.folded), ())
    return any(entry.alias.is_epithet and entry.record.actor_id == mention.actor_id for entry in entries)


def _beside_name(text: ActorText, mentions: Sequence[Candidate], index: int) -> bool:
    own = mentions[index]
    if _CALLED.match(text.folded, own.end) or text.before(own.start, 3).endswith(
        ("人称「", "号称「", "绰号「", "外号「")
    ):
        return True
    neighbours = [*mentions[max(0, index - 1) : index], *mentions[index + 1 : index + 2]]
    return any(n.actor_id == own.actor_id and _gap(text, own, n) for n in neighbours)


def _gap(text: ActorText, one: Candidate, other: Candidate) -> bool:
    first, second = sorted((one, other), key=lambda c: c.start)
    between = text.folded[first.end : second.start]
    return len(between) <= _NEAR and not any((c.isalnum() and c != "的") or c in "。,;(" for c in between)
