"""When a country is spoken of as a state or an economy, and when it is only part of a label."""

import re
from collections.abc import Iterator
from typing import Final

from extract.actors.candidates import Candidate, Source
from extract.actors.text import ActorText
from extract.reading import Word
from schemas.actor import ActorType

_SINGLE: Final = {
    "美": "united-states", "中": "china", "日": "japan", "英": "united-kingdom", "俄": "russia", "韩": "south-korea",
    "台": "taiwan", "印": "india", "欧": "europe", "加": "canada", "墨": "mexico", "陆": "china",
}  # fmt: skip
PAIRS: Final = frozenset(["美中", "中美", "美日", "日美", "美韩", "中日", "中欧", "中印", "台美"])
"""Two countries of one character each that are written together."""
_PAIR: Final = re.compile(
    rf"(?:{'|'.join(sorted(PAIRS))})"
    r"(?= ?(?:贸易|关系|双方|两国|关税|协议|经贸|谈判|科技|冲突|对抗|角力|博弈|之间|AI|竞争|争霸))"
)
_ALONE: Final = re.compile(
    r"(?<!打)(?:对|向|与|输|赴|访|让)(?P<country>[美中日俄台陆英韩])(?=[,。、;的加课征出施制发设投经]|$)"
)
_NO_ACT: Final = re.compile(r" ?\d|报道|报导|时间|电|涨|跌|升|降")
_GOES_TO: Final = frozenset("在于赴访抵飞驻从自往至到")
_ACTS: Final = frozenset({"TIME", "v", "d", "c", "p", "vd", "ad"})


def is_label(text: ActorText, place: Candidate) -> bool:
    """Return whether the country at this place is a nationality, an office, or a part of an instrument's name."""
    offset = place.end + (text.after(place.end) == " ")
    if text.mentions.after_place.match(text.folded, offset) or text.mentions.office.match(text.folded, offset):
        return True
    return text.before(place.start, 4) in {"MSCI", "FTSE"} or text.before(place.start, 5) == "MSCI "


def find_capitals(text: ActorText) -> Iterator[Candidate]:
    """Yield capitals that stand for their governments: as subject of what follows, not as where something is."""
    for word in text.reading.words:
        name = text.folded[word.start : word.end]
        if name not in text.mentions.capitals or not acts(text, word):
            continue
        yield Candidate(word.start, word.end, ActorType.GOVERNMENT, Source.BASE, text.mentions.capitals[name])


def acts(text: ActorText, word: Word) -> bool:
    """Return whether the place at this word does something: a verb or an adverb follows it."""
    if text.before(word.start) in _GOES_TO or _NO_ACT.match(text.folded, word.end):
        return False
    if text.folded.startswith(("方面", "当局"), word.end):
        return True
    following = text.words.at(word.end)
    return following is not None and following.pos in _ACTS and _starts_clause(text, word.start)


def _starts_clause(text: ActorText, offset: int) -> bool:
    before = text.before(offset)
    return not before or not before.isalnum() or text.before(offset, 2).endswith(("若", "但", "果", "而", "对"))


def single_characters(text: ActorText) -> Iterator[Candidate]:
    """Yield countries of one character: in pairs (美中貿易) and alone after a preposition (對俄)."""
    for match in _PAIR.finditer(text.folded):
        if not text.words.is_edge(match.start()):
            continue
        for start, character in enumerate(match[0], match.start()):
            yield Candidate(start, start + 1, ActorType.PLACE, Source.BASE, _SINGLE[character])
    for match in _ALONE.finditer(text.folded):
        yield Candidate(*match.span("country"), ActorType.PLACE, Source.BASE, _SINGLE[match["country"]])
