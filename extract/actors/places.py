"""When a country is spoken of as a state or an economy, and when it is only part of a label."""

import re
from collections.abc import Iterator
from typing import Final

from extract.actors.candidates import Candidate, Source
from extract.actors.text import ActorText
from schemas.actor import ActorType

_PAIRS: Final = {"美": "united-states", "中": "china", "日": "japan", "英": "united-kingdom", "俄": "russia", "韩": "south-korea",
                 "台": "taiwan", "印": "india", "欧": "europe", "加": "canada", "墨": "mexico", "德": "germany", "法": "france", "陆": "china"}  # fmt: skip
_PAIR: Final = re.compile(
    r"(?<![\u4e00-\u9fff])(?:美中|中美|美日|日美|美韩|中日|中欧|中印|台美)(?=贸易|关系|双方|两国|关税|协议|经贸|谈判|科技|冲突|对抗|角力|博弈)"
)
_ALONE: Final = re.compile(r"(?:对|向|与|输|赴|访)(?P<country>[美中日俄台陆英韩])(?=[,。、;的加课征出施制发]|$)")


def is_label(text: ActorText, place: Candidate) -> bool:
    """Return whether the country at this place is a nationality, an office, or a part of an instrument's name."""
    offset = place.end + (text.after(place.end) == " ")
    if text.rules.after_place.match(text.folded, offset):
        return True
    return text.before(place.start, 4) in {"MSCI", "FTSE"} or text.before(place.start, 5) == "MSCI "


def single_characters(text: ActorText) -> Iterator[Candidate]:
    """Yield countries of one character: in pairs (美中貿易) and alone after a preposition (對俄)."""
    for match in _PAIR.finditer(text.folded):
        for offset, character in enumerate(match[0]):
            start = match.start() + offset
            yield Candidate(start, start + 1, ActorType.PLACE, Source.BASE, _PAIRS[character])
    for match in _ALONE.finditer(text.folded):
        yield Candidate(*match.span("country"), ActorType.PLACE, Source.BASE, _PAIRS[match["country"]])
