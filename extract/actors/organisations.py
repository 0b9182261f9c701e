"""Names of organisations: by what they end in, by the tagger, mended and sieved."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from extract.actors.candidates import Candidate, Source
from extract.actors.latin import acts
from extract.actors.places import PAIRS
from extract.actors.text import ActorText
from extract.reading import Word
from schemas.actor import ActorType

_CORE_WORDS: Final = frozenset({"nz", "ORG", "PER", "LOC", "nw"})
"""Parts of speech of the words that name an organisation before its ending."""
_BEFORE_BRACKET: Final = _CORE_WORDS | {"n", "vn", "an", "a", "s", "c", "v"}
_LONGEST: Final = 16
_LONGEST_ACRONYM: Final = 5
_LONGEST_CORE: Final = 3
"""Words that may stand before the ending word."""
_LONGEST_DEPARTMENT: Final = 4
"""A name in 部 is a ministry (財政部); longer ones are departments (亞太區住宅部)."""
_GOES_ON: Final = re.compile("大臣|部长|经理|支出|市场|利得|额|管道|业务|股|期货价|登记|月供|余额|体系|家(?![居电])")
"""What makes the ending a part of another word (資本支出, 基金經理)."""
_MAKER: Final = re.compile("(?:[\u3400-\u9fff]{1,6}厂|工厂|商(?=[\u3400-\u9fff]{4}))(?=[\u3400-\u9fff]{2,})")
"""What a company makes, which the tagger joins to its name (軸承廠某某工業)."""
_STATE: Final = re.compile("(?:政府|国会|议会|央行|部|署|局)$")
_OFFICE: Final = re.compile("[\u3400-\u9fff]{1,6}[局署处司厅]")
_CENTRE: Final = re.compile("[\u3400-\u9fff]{2,12}(?:中心|研究所|研究院)")
_COUNTED: Final = re.compile("[0-9一二三四五六七八九十两几多][家间所大类]?|[该本这某各]")
"""Names that count or point: 九家壽險公司, 該行能源."""
_SEVERAL: Final = re.compile("[0-9一二三四五六七八九十两几多]+[家间所]")
_ONE_OF: Final = re.compile("[一两几某多数][家位名间]")
"""What counts in the middle of a name: 寧波一家貨代公司 is one of many."""
_QUOTED: Final = re.compile("[「『“]([^「『“」』”。,]{4,24})[」』”]$")
_ACRONYM: Final = re.compile(r" ?\(([A-Z][A-Za-z&]{1,7})\)")


def find_organisations(text: ActorText) -> Iterator[Candidate]:
    """Yield the organisations of the tagger that name somebody, and names that end in a strong suffix."""
    for index, word in enumerate(text.reading.words):
        if word.entity == "ORG" and names_somebody(text, word):
            yield Candidate(start_after_class(text, word), word.end, kind_of(text, word), Source.TAGGER)
        span = span_by_suffix(text, index)
        if span is not None:
            yield Candidate(*span, ActorType.ORGANISATION, Source.SUFFIX)
    yield from _before_acronyms(text)


def start_after_class(text: ActorText, word: Word) -> int:
    """Return where the name in the tagger's word begins: after the class of companies it joined (新創公司晟鼎光)."""
    match = text.mentions.classes.match(text.folded, word.start, word.end) or _MAKER.match(
        text.folded, word.start, word.end
    )
    is_cut = match is not None and match.end() < word.end - 1
    is_makers_tail = is_cut and match is not None and match[0] == "商" and text.words.at(word.start - 1) is None
    return match.end() if match is not None and is_cut and not is_makers_tail else word.start


def kind_of(text: ActorText, word: Word) -> ActorType:
    """Return whether the name is one of the state or of anybody else."""
    is_state = _STATE.search(text.folded, word.start, word.end) is not None
    return ActorType.GOVERNMENT if is_state else ActorType.ORGANISATION


def names_somebody(text: ActorText, word: Word) -> bool:
    """Return whether the tagger's organisation has the form of a name, not of a class of companies."""
    name = text.folded[word.start : word.end]
    if len(name) < 2 or _COUNTED.match(name):
        return False
    if name.isascii():
        return is_latin_name(text, name, word.end)
    suffix = text.mentions.any_suffix.search(name)
    if suffix is None or _GOES_ON.match(text.folded, word.end):
        return False
    is_department = name.endswith("部") and len(name) > _LONGEST_DEPARTMENT
    return not is_department and is_proper(text, name, suffix.start())


def is_proper(text: ActorText, name: str, suffix_start: int) -> bool:
    """Return whether the name tells one organisation from others of its kind (美國智庫 and AI科技 don't)."""
    core = name[:suffix_start]
    is_pair = text.is_place(core) or core[:2] in PAIRS
    is_class = (
        _ONE_OF.search(name) is not None
        or name in text.mentions.nobody
        or core in text.mentions.acronyms
        or is_pair
        or _SEVERAL.match(name) is not None
    )
    return core != "" and not is_class and not name.endswith("型基金")


def is_latin_name(text: ActorText, name: str, end: int) -> bool:
    """Return whether the tagger's Latin organisation is more than a measure, a ticker or a technique."""
    if name in text.mentions.acronyms or name in text.base.tickers or text.after(end) == "-":
        return False
    return not (name.isupper() and len(name) <= _LONGEST_ACRONYM) or acts(text.folded, end)


def span_by_suffix(text: ActorText, index: int) -> tuple[int, int] | None:
    """Return the name whose last word, at the index, is or ends in a strong suffix; None where there is none.

    A title that the tagger joined to the name (昇曜投顧分析師) is cut off first.
    """
    word = text.reading.words[index]
    end = _end_before_title(text, word)
    suffix = text.mentions.strong_suffix.search(text.folded, word.start, end)
    if suffix is None or _GOES_ON.match(text.folded, end):
        return None
    start = start_after_class(text, word)
    if suffix.start() == word.start:
        start = _core_start(text, index, followed_by_title=text.persons.title.match(text.folded, end) is not None)
    elif word.pos not in _CORE_WORDS:
        return None
    name = text.folded[start:end]
    is_long_enough = suffix.start() - start >= 2 and len(name) <= _LONGEST
    return (start, end) if is_long_enough and is_proper(text, name, suffix.start() - start) else None


def extended(text: ActorText, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the tagger's longer names around names of the base that are actors of their own.

    An office below a ministry (交通部航港局), a centre of a university, a ministry with a longer name than
    ours (企劃財政部), and a company of a group (信達國際) are not the one that the base knows by the shorter name.
    """
    by_word: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in found:
        index = text.words.index_at(candidate.start)
        if index is not None and text.reading.words[index].entity == "ORG":
            by_word[index].append(candidate)
    for index, inside in by_word.items():
        word = text.reading.words[index]
        if len(inside) == 1 and _is_another(text, word, inside[0]):
            yield Candidate(word.start, word.end, inside[0].actor_type, Source.BASE)


def _is_another(text: ActorText, word: Word, part: Candidate) -> bool:
    if part.end > word.end or part.length >= word.end - word.start:
        return False
    head, tail = text.folded[word.start : part.start], text.folded[part.end : word.end]
    is_state = part.actor_type is ActorType.GOVERNMENT
    is_office = is_state and head == "" and _OFFICE.fullmatch(tail) is not None
    is_other = is_state and tail == "" and len(head) > 1 and _is_bare(text, part) and not text.is_place(head)
    is_unit = part.actor_type is ActorType.ORGANISATION and head == "" and _is_unit(text, part, tail)
    return is_office or is_other or is_unit


def _is_unit(text: ActorText, part: Candidate, tail: str) -> bool:
    """Return whether the tail makes another one of the group's name; of centres only those of universities are so."""
    is_centre = part.of(text.folded).endswith("大学") and _CENTRE.fullmatch(tail) is not None
    return is_centre or tail in text.mentions.units


def _is_bare(text: ActorText, part: Candidate) -> bool:
    """Return whether every country has one of that name (財政部), so that a longer name means another's."""
    return any(entry.alias.locales for entry in text.base.entries.get(part.of(text.folded), ()))


def _end_before_title(text: ActorText, word: Word) -> int:
    for offset in range(word.start + 4, word.end - 1):
        rest = text.folded[offset : word.end]
        is_tail = text.persons.title.fullmatch(rest) is not None or (rest.endswith("业") and len(rest) == 3)
        if is_tail and text.mentions.strong_suffix.search(text.folded, word.start, offset):
            return offset
    return word.end


def _core_start(text: ActorText, index: int, *, followed_by_title: bool) -> int:
    words = text.reading.words
    start = words[index].start
    for before in reversed(words[max(0, index - _LONGEST_CORE) : index]):
        is_plain = followed_by_title and before.pos == "n" and before.end - before.start == 2
        if before.end != start or not (before.pos in _CORE_WORDS or is_plain):
            break
        start = start_after_class(text, before)
        if before.pos in {"ORG", "PER", "nz", "n"}:
            break
    return start


def _before_acronyms(text: ActorText) -> Iterator[Candidate]:
    """Yield what an acronym in brackets abbreviates, when it ends as organisations do."""
    for match in _ACRONYM.finditer(text.folded):
        index = text.words.index_at(match.start() - 1)
        if match[1] in text.mentions.acronyms or index is None:
            continue
        start = end = match.start()
        quoted = _QUOTED.search(text.folded, max(0, end - 2 * _LONGEST), end)
        if quoted is not None and text.mentions.any_suffix.search(quoted[1]):
            yield Candidate(*quoted.span(1), ActorType.ORGANISATION, Source.BRACKET)
            continue
        for word in reversed(text.reading.words[max(0, index - 6) : index + 1]):
            if word.end != start or word.pos not in _BEFORE_BRACKET or end - word.start > _LONGEST:
                break
            start = word.start
        if end - start > 3 and text.mentions.any_suffix.search(text.folded, start, end):
            yield Candidate(start, end, ActorType.ORGANISATION, Source.BRACKET)
