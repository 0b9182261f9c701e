"""Bodies whose names no tagger knows: of those who joined, of a nation, behind what they make or are."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from extract.actors.candidates import Candidate, Source
from extract.actors.latin import acts
from extract.actors.text import ActorText, is_han
from extract.reading import Word
from schemas.actor import ActorType

_ASSOCIATION: Final = re.compile("(?:协会|公会|商会|联合会|总会|学会|协进会|促进会)$")
_TRADES: Final = frozenset({"n", "vn", "nz", "an", "a"})
_LONGEST_TRADE: Final = 6
"""Words of place and trade before the word for those who joined."""
_SHORTEST_TRADE: Final = 4
"""Characters of trade before it where no place stands in front."""
_SHORT: Final = 2
"""Characters of a name that its trade makes whole; the trade has as many, or one more."""
_REPEATED: Final = 2
_NATIONAL: Final = re.compile("(?:国家|中央|全国)[\u3400-\u9fff]{2,8}?(?:中心|署|局|委员会|研究院|联合会|工会)")
_QUOTED: Final = re.compile(
    "(?:智库|机构|组织|团体|协会|公司|平台|媒体|网站|基金会|联盟)[「『“](?P<name>[^「」『』“”,。:;!?\\s]{4,16})[」』”]"
)


def find_bodies(text: ActorText) -> Iterator[Candidate]:
    """Yield the bodies that the form of their names or what stands before them gives away."""
    yield from _associations(text)
    yield from _with_trades(text)
    for match in _NATIONAL.finditer(text.folded):
        if text.words.is_edge(match.start()) and text.words.is_edge(match.end()) and acts(text.folded, match.end()):
            yield Candidate(*match.span(), ActorType.ORGANISATION, Source.SUFFIX)
    for match in text.mentions.maker.finditer(text.folded):
        if text.words.is_edge(match.end()):
            yield Candidate(*match.span(), ActorType.ORGANISATION, Source.SUFFIX)
    for match in _QUOTED.finditer(text.folded):
        if text.mentions.any_suffix.search(match["name"]) is not None:
            yield Candidate(*match.span("name"), ActorType.ORGANISATION, Source.BRACKET)


def _with_trades(text: ActorText) -> Iterator[Candidate]:
    """Yield what a short name and the noun behind it make, where the text has the name only so (恒豐/冷鏈, twice)."""
    for name, trade in pairwise(text.reading.words):
        is_pair = name.entity == "ORG" and trade.start == name.end and trade.pos in _TRADES
        is_short = name.end - name.start == _SHORT and _SHORT <= trade.end - trade.start <= _SHORT + 1
        if is_pair and is_short and _is_always_so(text, name, trade):
            yield Candidate(name.start, trade.end, ActorType.ORGANISATION, Source.SUFFIX)


def _is_always_so(text: ActorText, name: Word, trade: Word) -> bool:
    """Return whether the text has the name twice or more, always with the trade, and opens a clause with both."""
    whole, core = text.folded[name.start : trade.end], text.folded[name.start : name.end]
    is_class = text.is_place(core) or whole in text.mentions.nobody or text.mentions.any_suffix.search(whole)
    count = text.folded.count(whole)
    opens = not is_han(text.before(name.start) or " ")
    return not is_class and opens and count >= _REPEATED and text.folded.count(core) == count


def _associations(text: ActorText) -> Iterator[Candidate]:
    """Yield a place, a trade and the word for those who joined (台灣機械工業公會): a body, though no word is a name."""
    words = text.reading.words
    for index, word in enumerate(words):
        suffix = _ASSOCIATION.search(text.folded, word.start, word.end)
        if suffix is None:
            continue
        start, has_place = _start_of(text, words, index)
        length = suffix.start() - start
        if (has_place and length > 1) or (length >= _SHORTEST_TRADE and _is_alone(text, start, word.end)):
            yield Candidate(start, word.end, ActorType.ORGANISATION, Source.SUFFIX)


def _start_of(text: ActorText, words: Sequence[Word], index: int) -> tuple[int, bool]:
    """Return where place and trade before the word for those who joined begin, and whether a place is there."""
    start = words[index].start
    for before in reversed(words[max(0, index - _LONGEST_TRADE) : index]):
        if before.end != start or before.pos not in (_TRADES | {"LOC", "PER", "ORG"}):
            break
        start = before.start
        if before.pos == "LOC":
            return start, words[index].start > before.end or words[index].end - before.end > 2
    return start, False


def _is_alone(text: ActorText, start: int, end: int) -> bool:
    """Return whether the trade opens a clause and a title or a verb of saying follows."""
    goes_on = text.persons.title.match(text.folded, end) or text.persons.says.match(text.folded, end)
    return not is_han(text.before(start) or " ") and (goes_on is not None or acts(text.folded, end))
