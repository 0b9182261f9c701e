"""Names of persons: the tagger's, mended, and those that stand by a title."""

import re
from collections.abc import Iterator
from typing import Final

from extract.actors.candidates import Candidate, Source
from extract.actors.name_edges import is_behind_title, is_lost, mended_end, mended_start
from extract.actors.scripts import DOT
from extract.actors.text import ActorText, is_han
from extract.reading import Word
from schemas.actor import ActorType

_GIVEN_NAME: Final = 2
"""A Chinese given name has one or two characters."""
_LONGEST_FOREIGN_PART: Final = 7
_THINGS: Final = frozenset("股市债汇率价盘币元油金指")
"""What two characters end in that name a market or a good (陸股, 金價), not a person."""
_LONGEST_CONFIRMED: Final = 6
_HAN: Final = r"[\u3400-\u9fff]"
_FUNCTION_WORDS: Final = frozenset({"d", "v", "p", "c", "r", "m", "q", "f", "u", "TIME", "ad", "vd"})
_PEN_NAME: Final = re.compile(
    r"(?:作家|网红|达人|博主|版主|粉专|部落客|直播主|主播|笔名|大V|UP主|操盘手)[「『“](?P<name>[^「」『』“”,。:;!?\s]{2,8})[」』”](?=[\u3400-\u9fff])"
)
"""A name that somebody goes by in public, quoted behind what they are."""
_JOINT: Final = re.compile(rf"(?<={_HAN})[{DOT}-](?={_HAN})")


def find_persons(text: ActorText) -> list[Candidate]:
    """Return persons by title or school, dotted name, pen name, and by the tagger, mended where it cut wrongly."""
    return [*by_title(text), *by_school(text), *by_dot(text), *by_tagger(text), *by_pen_name(text)]


def by_pen_name(text: ActorText) -> Iterator[Candidate]:
    """Yield the names in quotation marks right behind what somebody is (財經作家「阿土伯」)."""
    for match in _PEN_NAME.finditer(text.folded):
        yield Candidate(*match.span("name"), ActorType.PERSON, Source.TITLE)


def by_title(text: ActorText) -> Iterator[Candidate]:
    """Yield the names right after a title (董事長方略, 首席經濟學家陸挺)."""
    for match in text.persons.title.finditer(text.folded):
        start = match.end() + (text.after(match.end()) == " ")
        end = name_end(text, start) or _foreign_end(text, start)
        if end is not None:
            yield Candidate(start, end, ActorType.PERSON, Source.TITLE)


def by_school(text: ActorText) -> Iterator[Candidate]:
    """Yield full names between a university or an institute and a verb of saying or a view (某大某某某的看法是).

    The tagger's words count for nothing there: it knows neither name nor where the school's ends.
    """
    rules = text.persons
    for match in _SCHOOLED.finditer(text.folded):
        start, end = match.span("name")
        is_name = text.folded[start] in rules.surnames and text.folded[start] not in rules.weak_surnames
        is_word = text.folded[start : start + 2] in rules.not_persons or rules.title.search(text.folded, start, end)
        is_cut = text.folded[end - 1] in rules.follows or rules.follow.match(text.folded, start + 1) is not None
        if (
            is_name
            and not (is_word or is_cut)
            and (rules.says.match(text.folded, end) or _VIEW.match(text.folded, end))
        ):
            yield Candidate(start, end, ActorType.PERSON, Source.TITLE)


_VIEW: Final = re.compile("的?(?:看法|判断|说法|结论|观点|估计|主张)是")
_SCHOOLED: Final = re.compile(f"(?:大学|科大|学院|研究院|研究所|智库)(?P<name>{_HAN}{{3}})(?={_HAN})")


def _foreign_end(text: ActorText, start: int) -> int | None:
    """Return where a transliterated name of one part ends that begins at the offset, where the tagger agrees."""
    end = start
    while end - start < _LONGEST_FOREIGN_PART and text.after(end) in text.persons.transliteration:
        end += 1
    for stop in range(end, start + 2, -1):
        word = text.words.at(stop - 1)
        if word is not None and word.entity == "PER" and word.end == stop and text.ends_name(stop):
            return stop
    return None


def name_end(text: ActorText, start: int) -> int | None:
    """Return where a Chinese or Japanese name that begins at the offset ends, None where none begins there.

    Of the lengths that a name may have, the one wins whose end the text confirms best: by a mark or a
    verb of saying after it, and by the tagger's words.
    """
    lengths = _lengths(text, start)
    best = max(((_score(text, start, start + n), n) for n in lengths), default=None)
    if best is None or best[0] < 2:
        return None
    end = start + best[1]
    return end + 1 if best[1] == 2 and is_lost(text, start, end) else end


def _lengths(text: ActorText, start: int) -> list[int]:
    folded, rules = text.folded, text.persons
    if folded[start : start + 3] in rules.japanese_surnames:
        surname, given = 3, 2
    elif folded[start : start + 2] in rules.japanese_surnames:
        surname, given = 2, 3
    elif folded[start : start + 2] in rules.long_surnames:
        surname, given = 2, _GIVEN_NAME
    elif folded[start : start + 1] in rules.surnames:
        surname, given = 1, _GIVEN_NAME
    else:
        return []
    lengths = [surname + n for n in range(1, given + 1)]
    return [n for n in lengths if len(folded) >= start + n and all(map(is_han, folded[start : start + n]))]


def _score(text: ActorText, start: int, end: int) -> float:
    """Return how well a name is confirmed that ends at `end`: 2 is enough.

    Most weight lies on a verb of saying or a mark after it, then on the tagger's words. A last character
    that belongs to no given name (說, 則) counts against it.
    """
    if _is_words(text, start, end) or text.folded[start : start + 2] in text.persons.not_persons:
        return 0.0
    score = 2.0 if text.ends_name(end) else 0.0
    score += 1.5 * (text.persons.says.match(text.folded, end) is not None)
    word = text.words.at(start)
    if word is not None and word.entity == "PER" and (word.start, word.end) == (start, end):
        score += 1.0 + (end - start == 3)
    elif text.words.is_edge(end):
        score += 0.5
    last = text.folded[end - 1]
    if last in text.persons.follows and last not in text.persons.name_tails and end - start > 2:
        score -= 3.0
    return score + 0.25 * (end - start == 3)


def _is_words(text: ActorText, start: int, end: int) -> bool:
    """Return whether ordinary words stand there: 時已經 after a title is no name."""
    if text.persons.follow.match(text.folded, start) and text.words.is_edge(start + 1):
        return True
    inner = [word for offset in range(start + 1, end) if (word := text.words.at(offset)) and word.start > start]
    if any(word.end - word.start > 1 and word.pos in _FUNCTION_WORDS for word in inner):
        return True
    first = text.words.at(start)
    is_weak = text.folded[start] in text.persons.weak_surnames
    return is_weak and first is not None and first.entity != "PER" and first.end - start != 1


def by_dot(text: ActorText) -> Iterator[Candidate]:
    """Yield transliterated names in several parts (揚‧哈丘斯), cut out of the characters around them."""
    done = 0
    for match in _JOINT.finditer(text.folded):
        if match.start() < done or (match[0] == "-" and not _is_person_word(text, match.end())):
            continue
        last = _last_joint(text, match.start())
        start = _left_edge(text, done, match.start())
        end = _right_edge(text, last + 1)
        if start is not None and end > last + 1:
            done = end
            yield Candidate(start, end, ActorType.PERSON, Source.DOTTED)


def _last_joint(text: ActorText, joint: int) -> int:
    """Return the last dot of a name: between two dots stand transliterating characters only."""
    following = _JOINT.search(text.folded, joint + 1, joint + 2 + _LONGEST_FOREIGN_PART)
    if following is None or not set(text.folded[joint + 1 : following.start()]) <= text.persons.transliteration:
        return joint
    return _last_joint(text, following.start())


def _is_person_word(text: ActorText, offset: int) -> bool:
    word = text.words.at(offset)
    return word is not None and word.entity == "PER"


def _left_edge(text: ActorText, lowest: int, joint: int) -> int | None:
    """Go left from the first dot while the characters transliterate, but not into a title."""
    start, lowest = joint, max(lowest, joint - _LONGEST_FOREIGN_PART)
    while start > lowest and text.folded[start - 1] in text.persons.transliteration:
        start -= 1
    for match in text.persons.title.finditer(text.folded, max(0, joint - 2 * _LONGEST_FOREIGN_PART), joint):
        start = max(start, match.end())
    word = text.words.at(joint - 1)
    if word is not None and word.entity == "PER" and lowest <= word.start < joint:
        start = word.start
    return start if start < joint else None


def _right_edge(text: ActorText, start: int) -> int:
    """Go right from the last dot to the end of the tagger's person, else while the characters transliterate."""
    word = text.words.at(start)
    if word is not None and word.entity == "PER" and word.end > start + 1:
        return mended_end(text, word)
    end = start
    while text.after(end) in text.persons.transliteration and end - start < _LONGEST_FOREIGN_PART:
        if end > start + 1 and text.ends_name(end) and text.words.is_edge(end):
            break
        end += 1
    return end


def by_tagger(text: ActorText) -> Iterator[Candidate]:
    """Yield the tagger's persons that look like a name, mended at their ends."""
    for word in text.reading.words:
        if word.entity != "PER":
            continue
        if not is_han(text.folded[word.start]):
            yield from _latin_surname(text, word)
            continue
        start, end = mended_start(text, word), mended_end(text, word)
        if text.folded[start] == "老" and end - start > 2 and text.folded[start + 1] in text.persons.surnames:
            end = start + 2
        end = _end_of_office(text, start, end)
        if is_name_like(text, start, end) or is_nickname(text, start, end) or is_confirmed(text, start, end):
            yield Candidate(start, end, ActorType.PERSON, Source.TAGGER)


def _end_of_office(text: ActorText, start: int, end: int) -> int:
    """Return where the office behind a surname ends, of which the tagger's name has the beginning (黎總/經理)."""
    office = text.persons.title.match(text.folded, start + 1)
    if office is None or text.folded[start] not in text.persons.surnames or not text.words.is_edge(office.end()):
        return end
    return max(end, office.end())


def _latin_surname(text: ActorText, word: Word) -> Iterator[Candidate]:
    """Yield a person whom the text calls by a Latin surname alone, after an employer or a title (大摩的Wilson)."""
    name = text.folded[word.start : word.end]
    is_form = re.fullmatch(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)?", name) is not None
    if (
        is_form
        and len(name) > 2
        and name not in text.mentions.acronyms
        and text.before(word.start) in {"的", "师", "长"}
    ):
        yield Candidate(word.start, word.end, ActorType.PERSON, Source.TAGGER)


def is_name_like(text: ActorText, start: int, end: int) -> bool:
    """Return whether a stretch has the form of a Chinese, Japanese or transliterated name."""
    name = text.folded[start:end]
    if len(name) < 2 or {name, name[:2]} & text.persons.not_persons or (len(name) == 2 and name[1] in _THINGS):
        return False
    if not all(is_han(c) or c in DOT + "-" for c in name):
        return False
    if all(c in text.persons.transliteration or c in DOT + "-" for c in name):
        return True
    longest = 4 if name[:2] in text.persons.long_surnames else 3
    if {name[:2], name[:3]} & text.persons.japanese_surnames:
        return len(name) <= 6
    return name[0] in text.persons.surnames and len(name) <= longest


def is_nickname(text: ActorText, start: int, end: int) -> bool:
    """Return whether the tagger's person is called by a familiar name (阿傑, 魚姐, 老周)."""
    name = text.folded[start:end]
    is_form = (len(name) == 2 and name[0] in "阿老") or (len(name) in {2, 3} and name[-1] in "姐哥叔姊董嫂")
    return is_form and name not in text.persons.not_persons


def is_confirmed(text: ActorText, start: int, end: int) -> bool:
    """Return whether a title leads to the tagger's person of a rare surname, or a verb of saying follows."""
    name = text.folded[start:end]
    if not 2 <= len(name) <= _LONGEST_CONFIRMED or name in text.persons.not_persons or not all(map(is_han, name)):
        return False
    if name[0] in text.persons.surnames and text.persons.title.fullmatch(name, 1):
        return True
    speaks = len(name) > 2 and text.persons.says.match(text.folded, end) is not None
    return speaks or (text.ends_name(end) and is_behind_title(text, start))
