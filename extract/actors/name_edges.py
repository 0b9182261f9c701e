"""Where the name in a tagger's word begins and ends: without a title or verb it swallowed, with what it lost."""

import re
from typing import Final

from extract.actors.text import ActorText, is_han
from extract.reading import Word

_VERBS: Final = frozenset({"v", "vd", "d"})
_LIGHT: Final = frozenset({"d", "v", "u", "c", "p", "r"})
_SAYS: Final = re.compile("[称说指]")
_STOP: Final = re.compile(r"[,。;:!?、「『“(]")
_GIVEN_LAST: Final = frozenset("也一二三之人介郎夫雄男彦树子美助平治司志")
"""What Japanese given names of two characters end in, verbs and adverbs among them."""


def mended_start(text: ActorText, word: Word) -> int:
    """Return where the name in the tagger's word begins: after a title that it swallowed."""
    match = text.persons.title.match(text.folded, word.start, word.end)
    return match.end() if match is not None and match.end() < word.end - 1 else word.start


def mended_end(text: ActorText, word: Word) -> int:
    """Return where the name in the tagger's word ends: without a verb of saying, with a lost last character."""
    start, end, folded = word.start, word.end, text.folded
    if (
        folded[start : start + 2] in text.persons.japanese_surnames
        and end - start == 4
        and folded[end - 1] in _GIVEN_LAST
    ):
        return end
    for length in (2, 1):
        kept, tail = end - start - length, folded[end - length : end]
        is_said = tail in text.persons.follows and tail not in text.persons.name_tails
        if is_said and kept >= 2 and (kept >= 3 or folded[start] in text.persons.surnames):
            return end - length
    is_short = end - start == 2 and folded[start] in text.persons.surnames
    if (is_short and is_lost(text, start, end)) or _is_lost_abroad(text, start, end):
        return end + 1
    return end


def is_lost(text: ActorText, start: int, end: int) -> bool:
    """Return whether the character after a name of two belongs to it: it stands alone, and the name ends after it."""
    following = text.words.at(end)
    if following is None or following.end - following.start != 1 or not is_han(text.folded[end]):
        return False
    after = end + 1 + (text.after(end + 1) == " ")
    goes_on = text.persons.says.match(text.folded, after) or text.persons.title.match(text.folded, after)
    if goes_on and text.folded[end] in text.persons.name_tails:
        return True
    if (
        _STOP.match(text.folded, end + 1)
        and text.persons.says.match(text.folded, end) is None
        and following.pos in _LIGHT
    ):
        return True
    if text.folded[end] in text.persons.name_tails and text.ends_name(end + 1) and is_behind_title(text, start):
        return True
    whole = text.folded.count(text.folded[start : end + 1])
    if whole > 1 and whole == text.folded.count(text.folded[start:end]):
        return True
    if text.persons.follow.match(text.folded, end):
        return False
    return text.ends_name(end + 1) or _is_between_title_and_verb(text, start, end)


def _is_lost_abroad(text: ActorText, start: int, end: int) -> bool:
    """Return whether a Japanese given name (森永哲/也) or a transliterated one (范德海/登) lost its last character."""
    folded = text.folded
    if folded[start : start + 2] in text.persons.japanese_surnames:
        return end - start == 3 and folded[end] in _GIVEN_LAST and text.ends_name(end + 1)
    characters = text.persons.transliteration
    is_foreign = end - start > 2 and set(folded[start : end + 1]) <= characters
    return is_foreign and _SAYS.match(folded, end + 1) is not None


def _is_between_title_and_verb(text: ActorText, start: int, end: int) -> bool:
    """Return whether a title leads to the name and a verb stands behind the character after it (合夥人陸謹行聽完…)."""
    behind = text.words.at(end + 1)
    is_verb = behind is not None and behind.start == end + 1 and behind.pos in _VERBS
    return is_verb and is_behind_title(text, start)


def is_behind_title(text: ActorText, start: int) -> bool:
    """Return whether a title ends right before the offset."""
    return any(text.persons.title.fullmatch(text.folded, start - n, start) for n in _TITLE_LENGTHS if start >= n)


_TITLE_LENGTHS: Final = range(2, 6)
