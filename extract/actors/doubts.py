"""Organisations of the tagger whose form proves nothing: the trained tagger of names is asked about them.

LAC alone is right too rarely on words without an ending such as 公司 or 銀行. Where the trained tagger, which sees the
whole sentence, draws the same edges and says organisation too, the word names one. It is asked about these stretches
only, for it takes longer than all rules together.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from extract.actors.candidates import Candidate, Source
from extract.actors.organisations import kind_of, start_after_class
from extract.actors.rules import ordinary_words
from extract.actors.text import ActorText
from extract.models.names.protocol import Known, NameTagger
from extract.models.names.shipped import best_name_tagger
from extract.reading import Word, skipped
from extract.tagging.stretches import stretches_of
from schemas.extraction import Refusal, Skipped
from schemas.text import Span

_CLASS: Final = re.compile("(?:厂|业|商|股|汽车|系|车|市场|债|币|元|所|队)$")
"""What a class of companies, a market or a department ends in."""
_LONGEST_PLACE: Final = 4


def confirm(
    text: ActorText, settled: Sequence[Candidate], names: NameTagger | None
) -> tuple[list[Candidate], list[Skipped]]:
    """Return the doubtful organisations that the trained tagger confirms, and those that nobody could be asked about.

    Args:
        text: the text with its words.
        settled: the mentions that stand already.
        names: whom to ask; the shipped tagger where None.
    """
    doubtful = list(doubtful_words(text, settled))
    if not doubtful:
        return [], []
    asked = best_name_tagger() if names is None else names
    if asked.is_fallback:
        return [], [skipped(Refusal.TAGGER_ABSENT, word.start, word.end, "names") for word in doubtful]
    known = [Known(c.start, c.end, c.actor_type) for c in settled]
    found = asked.names(text.reading, known, list(_stretches_with(text, doubtful)))
    sure = {(name.start, name.end) for name in found if name.name_type == "ORG"}
    return [_candidate(text, word) for word in doubtful if (word.start, word.end) in sure], []


def doubtful_words(text: ActorText, settled: Sequence[Candidate]) -> Iterator[Word]:
    """Yield the tagger's organisations and persons that no rule settled and that may name an organisation."""
    taken = {offset for mention in settled for offset in range(mention.start, mention.end)}
    for word in text.reading.words:
        if word.entity in {"ORG", "PER"} and taken.isdisjoint(range(word.start, word.end)) and may_name(text, word):
            yield word


def may_name(text: ActorText, word: Word) -> bool:
    """Return whether the word has no form of which we know that it names nobody (昆山廠, 美國銀行業, 跨國集團).

    After a slash in a byline stands where it was written (記者某某/台北報導).
    """
    name = text.folded[word.start : word.end]
    if len(name) < 2 or name.isascii() or _CLASS.search(name) or text.before(word.start) == "/":
        return False
    if name in text.mentions.nobody or name in text.persons.not_persons or name in ordinary_words():
        return False
    return not any(text.is_place(name[:length]) for length in range(2, _LONGEST_PLACE + 1))


def _stretches_with(text: ActorText, words: Sequence[Word]) -> Iterator[Span]:
    reading = text.reading
    for stretch in stretches_of(reading.shadow, reading.sentences, reading.clauses):
        if any(stretch.start <= word.start < stretch.end for word in words):
            yield stretch


def _candidate(text: ActorText, word: Word) -> Candidate:
    return Candidate(start_after_class(text, word), word.end, kind_of(text, word), Source.TAGGER)
