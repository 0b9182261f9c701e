"""Bodies that belong to others: unions and caucuses behind a name, offices and centres called without their parent."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from extract.actors.bodies import ASSOCIATIONS
from extract.actors.candidates import Candidate, Source
from extract.actors.text import ActorText, is_han
from schemas.actor import ActorType

_UNION: Final = re.compile("(?:企业|产业)?工会")
_CAUCUS: Final = re.compile("(?:立院|立法院)?(?:党团|(?<=党)团)")
_NATIONAL: Final = "全国"
_PART: Final = re.compile("[\u3400-\u9fff]{2,10}(?:[局署处]|(?<!公)司|中心|研究所|研究院)")
"""What an office or a centre is called within its parent (統計處, 台灣經濟發展研究中心)."""
_SHORTENED: Final = {"研究中心": "中心", "中心": "中心", "研究所": "所", "研究院": "院"}
_JOINED: Final = re.compile(f"(?:{ASSOCIATIONS}|工会|党团|联盟)$")
_SHORTEST_PARENT: Final = 2
_LONGEST_SHORT: Final = 3
"""Characters of a shortened name before its ending (台經 of 台經中心)."""


def belonging(text: ActorText, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the unions of companies and the caucuses of parties: actors of their own behind a name of the base.

    Before a title (民眾黨團幹事長) the party is who employs.
    """
    for owner in found:
        if owner.actor_type is not ActorType.ORGANISATION:
            continue
        union, caucus = _UNION.match(text.folded, owner.end), _CAUCUS.match(text.folded, owner.end)
        match = union or caucus
        if match is None or not text.words.is_edge(match.end()):
            continue
        if union is not None or text.persons.title.match(text.folded, match.end()) is None:
            is_national = text.before(owner.start, len(_NATIONAL)) == _NATIONAL
            start = owner.start - is_national * len(_NATIONAL)
            yield Candidate(start, match.end(), ActorType.ORGANISATION, Source.BASE)


def forms_without_parent(text: ActorText, body: Candidate) -> Iterator[str]:
    """Yield what a text may call an office or a centre later: without its parent, and shortened (台經中心)."""
    name = body.of(text.folded)
    ends = (n for n in range(len(name) - 1, _SHORTEST_PARENT - 1, -1) if _is_parent(text, name[:n]))
    parent = next(ends, None)
    part = None if parent is None else _PART.fullmatch(name, parent)
    if part is not None:
        yield part[0]
        yield from _shortened(text, part[0])


def _is_parent(text: ActorText, name: str) -> bool:
    return name in text.base.entries or name.endswith("政府")


def _shortened(text: ActorText, part: str) -> Iterator[str]:
    """Yield the names in the text that begin and end as the part does and leave out characters of it."""
    ending = next((e for e in _SHORTENED if part.endswith(e)), None)
    if ending is None:
        return
    core, tail = part.removesuffix(ending), _SHORTENED[ending]
    pattern = f"{core[0]}[\u3400-\u9fff]{{1,{_LONGEST_SHORT - 1}}}?{tail}"
    for name in dict.fromkeys(re.findall(pattern, text.folded)):
        kept = iter(core)
        if name not in text.base.entries and all(character in kept for character in name.removesuffix(tail)):
            yield name


def joined_again(text: ActorText, named: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield where those who joined are called by that word alone (公會說): they were named before, or in the text.

    The word opens a clause; it means those of that kind who were named last, else those named first.
    """
    by_kind: dict[str, list[Candidate]] = {}
    for body in sorted(named, key=lambda c: c.start):
        kind = _JOINED.search(body.of(text.folded)) if body.actor_type is ActorType.ORGANISATION else None
        if kind is not None and kind.start() > 0:
            by_kind.setdefault(kind[0], []).append(body)
    for word, bodies in by_kind.items():
        for match in re.finditer(word, text.folded):
            if is_han(text.before(match.start()) or " ") or not _goes_on(text, match.end()):
                continue
            owner = next((b for b in reversed(bodies) if b.start < match.start()), bodies[0])
            yield Candidate(*match.span(), ActorType.ORGANISATION, Source.PROPAGATED, owner.actor_id)


def _goes_on(text: ActorText, end: int) -> bool:
    """Return whether the word is the subject of what follows: a colon, a verb, an adverb or a title."""
    following = text.words.at(end)
    if text.after(end) == ":" or text.persons.title.match(text.folded, end):
        return True
    return text.words.is_edge(end) and following is not None and following.pos in {"v", "d", "ad", "p", "TIME"}
