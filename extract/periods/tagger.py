"""The periods of a reading: scan, parse, resolve, in text order."""

from bisect import bisect_right
from collections.abc import Sequence

from extract.periods.outcomes import Ambiguous, NoReference, NotAPeriod
from extract.periods.passage import Passage
from extract.periods.phrases import Parser, Phrase
from extract.periods.resolving import Resolver
from extract.periods.scanning import scan
from extract.reading import Reading, skipped
from schemas.extraction import Refusal, Skipped
from schemas.period import PeriodTag
from schemas.text import Sentence, Span

STAGE = "periods"


def tag_periods(reading: Reading) -> tuple[tuple[PeriodTag, ...], tuple[Skipped, ...]]:
    """Return the periods that a text names, and what looked like one and was refused.

    Relative periods count from the publication date; without one they are refused, and absolute ones still hold.

    Args:
        reading: the document with its shadow; sentences decide how far a named year carries.

    Returns:
        The tags in text order, and the refusals with their reasons.

    Example:
        >>> from datetime import date
        >>> from extract.normalize import shadow_of
        >>> from schemas.text import Document, Publication
        >>> text = "去年第四季營收年增一成"  # revenue in the fourth quarter of last year
        >>> document = Document(document_id="d", text=text, publication=Publication(published=date(2025, 3, 20)))
        >>> tags, refused = tag_periods(Reading(document, shadow_of(text)))
        >>> tags[0].span.of(text), str(tags[0].period.start), str(tags[0].period.end)
        ('去年第四季', '2024-10-01', '2024-12-31')
    """
    document = reading.document
    passage = Passage(reading.shadow, document.published, document.locale, sentence_end=len(reading.shadow))
    resolver = Resolver(passage)
    turns = _Turns(reading.sentences, passage)
    tags: list[PeriodTag] = []
    refused: list[Skipped] = []
    for phrase in Parser(reading.shadow, tuple(scan(reading.shadow))).phrases():
        turns.reach(phrase.start)
        result = _resolved(resolver, phrase)
        if isinstance(result, PeriodTag) and tags and phrase.start < tags[-1].span.end:
            # 2024年前年底: the same 前 can end one period or begin the next.
            result = Refusal.PERIOD_AMBIGUOUS
        if isinstance(result, PeriodTag):
            tags.append(result)
        elif result is not None:
            refused.append(skipped(result, phrase.start, phrase.end, STAGE))
    return tuple(tags), tuple(refused)


def _resolved(resolver: Resolver, phrase: Phrase) -> PeriodTag | Refusal | None:
    try:
        period = resolver.resolve(phrase).period()
    except NotAPeriod:
        return None
    except NoReference:
        return Refusal.NO_REFERENCE_DATE
    except Ambiguous:
        return Refusal.PERIOD_AMBIGUOUS
    except (ValueError, OverflowError):
        return Refusal.PERIOD_IMPOSSIBLE
    return PeriodTag(span=Span(start=phrase.start, end=phrase.end), period=period)


class _Turns:
    """Tells the passage when a new sentence or paragraph begins."""

    def __init__(self, sentences: Sequence[Sentence], passage: Passage) -> None:
        self.sentences = sentences
        self.starts = [sentence.span.start for sentence in sentences]
        self.passage = passage
        self.current = -1

    def reach(self, place: int) -> None:
        """Move on to the sentence around a place."""
        index = bisect_right(self.starts, place) - 1
        if index < 0 or index == self.current:
            return
        sentence = self.sentences[index]
        before = self.sentences[self.current].paragraph_index if self.current >= 0 else -1
        self.current = index
        self.passage.start_sentence(
            sentence.span.start, sentence.span.end, is_new_paragraph=sentence.paragraph_index != before
        )
