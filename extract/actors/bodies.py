"""Bodies whose names no tagger knows: of those who joined, of a nation, behind what they make or are."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from extract.actors.candidates import Candidate, Source
from extract.actors.latin import acts
from extract.actors.text import ActorText, is_han
from extract.reading import Word
from schemas.actor import ActorType

ASSOCIATIONS: Final = "协会|公会|商会|学会|协进会|促进会"
"""Words for those who joined that follow the name of a trade as they are (漆料公會)."""
_ASSOCIATION: Final = re.compile(f"(?P<short>{ASSOCIATIONS})|联合会|总会")
_TRADES: Final = frozenset({"n", "vn", "nz", "an", "a"})
_LONGEST_TRADE: Final = 6
"""Words of place and trade before the word for those who joined."""
_SHORTEST_TRADE: Final = 4
"""Characters of trade before it where no place stands in front; fewer before a short word, where it speaks."""
_ANY_TRADE: Final = re.compile(
    "产业|行业|同业|业界|职业|专业|民间|相关|有关|各|当地|地方|本地|在地|全国|国际|外国|外商|社会|工商|商业"
)
"""What tells no association from another (相關公會)."""
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
    yield from _houses(text)
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
    for match in _ASSOCIATION.finditer(text.folded):
        index = text.words.index_at(match.start())
        if index is None or not text.words.is_edge(match.end()):
            continue
        start, has_place = _start_of(text, index, match.end())
        length = match.start() - start
        is_long = length >= _SHORTEST_TRADE and _is_alone(text, start, match.end())
        if (has_place and length > 1) or is_long or _speaks_for_trade(text, start, match):
            yield Candidate(start, match.end(), ActorType.ORGANISATION, Source.SUFFIX)


def _speaks_for_trade(text: ActorText, start: int, match: re.Match[str]) -> bool:
    """Return whether a trade of two or three characters and a short word open a clause and speak (漆料公會說)."""
    length = match.start() - start
    is_trade = match["short"] is not None and _SHORT <= length < _SHORTEST_TRADE and _speaks(text, match.end())
    return is_trade and not _ANY_TRADE.match(text.folded, start) and not is_han(text.before(start) or " ")


def _start_of(text: ActorText, index: int, end: int) -> tuple[int, bool]:
    """Return where place and trade before the word for those who joined begin, and whether a place is there."""
    words = text.reading.words
    start = words[index].start
    if text.is_place(text.folded[start : start + _SHORT]):
        return start, True
    for before in reversed(words[max(0, index - _LONGEST_TRADE) : index]):
        if before.end != start or before.pos not in (_TRADES | {"LOC", "PER", "ORG"}):
            break
        start = before.start
        if before.pos == "LOC":
            return start, words[index].start > before.end or end - before.end > _SHORT
    return start, False


def _is_alone(text: ActorText, start: int, end: int) -> bool:
    """Return whether the trade opens a clause and a title or a verb of saying follows."""
    goes_on = text.persons.title.match(text.folded, end) is not None or _speaks(text, end)
    return not is_han(text.before(start) or " ") and goes_on


def _speaks(text: ActorText, end: int) -> bool:
    """Return whether what ends there says or publishes something, a date or an adverb between."""
    match = _BETWEEN.match(text.folded, end)
    begin = match.end() if match else end
    says = text.persons.says.match(text.folded, begin) or _PUBLISHES.match(text.folded, begin)
    return says is not None or acts(text.folded, begin)


_PUBLISHES: Final = re.compile("发布|发表|出具")


_BETWEEN: Final = re.compile(r"(?:则|也|还|并|今天|昨天|今日|昨日|昨|今|日前|\d+日|\(\d+\)日?|上周|本周|最新)*")


def _houses(text: ActorText) -> Iterator[Candidate]:
    """Yield houses with a name of two characters that open a clause and speak or rate (景安證券把…目標價)."""
    for match in _HOUSE.finditer(text.folded):
        core = match["core"]
        is_class = text.is_place(core) or match[0] in text.mentions.nobody or _ANY_HOUSE.search(core) is not None
        opens = not is_han(text.before(match.start()) or " ") and text.words.is_edge(match.start())
        acting = _speaks(text, match.end()) or _RATES.match(text.folded, match.end()) is not None
        if opens and acting and not is_class:
            yield Candidate(*match.span(), ActorType.ORGANISATION, Source.SUFFIX)


_HOUSE: Final = re.compile("(?P<core>[\u3400-\u9fff]{2})(?:证券|投顾|投信|期货|不动产|人力银行)")
_ANY_HOUSE: Final = re.compile(
    "本土|[外内]资|国内|国外|大型|中小|民营|公股|官股|[各多几数某该家间大的]|[美日欧港陆台中亚韩]系|综合|专业|其他|部分|商业|住宅|传统|上市|海外"
)
"""What tells no house from another (本土投顧)."""
_RATES: Final = re.compile("[将把][^,。;:]{1,12}(?:目标价|评等|评级)|首次|(?:给予|维持)[「“]?[买中卖增减]")
