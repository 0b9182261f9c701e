"""Thin spaCy components: each hands the reading to one tagger and keeps what it finds on the `Doc`.

Layers stand in `doc._` with exact spans; `doc.spans` shows them to spaCy's own tools, widened to whole tokens.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup
from spacy.vocab import Vocab

from extract.actors import tag_actors
from extract.models.attributor import best_attributor
from extract.models.segmenter import best_segmenter
from extract.periods import tag_periods
from extract.propositions import Layers, claims_of
from extract.quantities import tag_quantities
from extract.reading import Reading
from schemas.extraction import Skipped
from schemas.text import Span

STAGES: Final = ("periods", "quantities", "actors", "claims")
"""Our components in the order in which they need each other."""

_EXTENSIONS: Final = ("reading", "actor_base", "periods", "quantities", "actors", "claims")


def register_extensions() -> None:
    """Declare the attributes that our components read and write; may be called again."""
    for name in _EXTENSIONS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    if not Doc.has_extension("skipped"):
        Doc.set_extension("skipped", default=())


def doc_of(vocab: Vocab, reading: Reading) -> Doc:
    """Return the `Doc` over a reading: its words as tokens, its text to the last character.

    Example:
        >>> from extract.reading import Word
        >>> from schemas.text import Document
        >>> document = Document(document_id="d", text=" 台股 漲！")
        >>> words = (Word(1, 3, "台股", "n"), Word(4, 5, "漲", "v"))
        >>> doc = doc_of(Vocab(), Reading(document, " 台股 漲!", words=words))
        >>> doc.text == document.text, [token.text for token in doc]
        (True, [' ', '台股', '漲', '！'])
    """
    tokens: list[str] = []
    spaces: list[bool] = []
    for piece in _pieces(reading):
        if piece == " " and tokens and not spaces[-1]:
            spaces[-1] = True
        else:
            tokens.append(piece)
            spaces.append(False)
    doc = Doc(vocab, words=tokens, spaces=spaces)
    register_extensions()
    doc._.reading = reading
    return doc


def _pieces(reading: Reading) -> Iterator[str]:
    """Yield words and what lies between them, so that together they are the text."""
    text, done = reading.document.text, 0
    for word in reading.words:
        if word.start > done:
            yield text[done : word.start]
        yield word.text
        done = word.end
    if done < len(text):
        yield text[done:]


@Language.component("periods", requires=["doc._.reading"], assigns=["doc._.periods", "doc._.skipped", "doc.spans"])
def mark_periods(doc: Doc) -> Doc:
    """Keep the periods."""
    doc._.periods, refused = tag_periods(doc._.reading)
    _keep(doc, "periods", ((tag.span, tag.period.precision.value) for tag in doc._.periods), refused)
    return doc


@Language.component(
    "quantities",
    requires=["doc._.reading", "doc._.periods"],
    assigns=["doc._.quantities", "doc._.skipped", "doc.spans"],
)
def mark_quantities(doc: Doc) -> Doc:
    """Keep the quantities; periods come first, because the digits of a date are no amount."""
    doc._.quantities, refused = tag_quantities(doc._.reading, doc._.periods)
    _keep(doc, "quantities", ((tag.span, tag.quantity.unit) for tag in doc._.quantities), refused)
    return doc


@Language.component("actors", requires=["doc._.reading"], assigns=["doc._.actors", "doc._.skipped", "doc.spans"])
def mark_actors(doc: Doc) -> Doc:
    """Keep the mentions of actors of `doc._.actor_base`, the shipped base where there is none, and of new ones."""
    layer = tag_actors(doc._.reading, base=doc._.actor_base)
    doc._.actors = layer
    _keep(doc, "actors", ((tag.span, tag.actor_type.value) for tag in layer.tags), layer.skipped)
    return doc


@Language.component(
    "claims",
    requires=["doc._.reading", "doc._.periods", "doc._.quantities", "doc._.actors"],
    assigns=["doc._.claims", "doc._.skipped", "doc.spans"],
)
def mark_claims(doc: Doc) -> Doc:
    """Keep the claims."""
    layers = Layers(quantities=doc._.quantities, periods=doc._.periods, actors=doc._.actors)
    doc._.claims, refused = claims_of(doc._.reading, layers, segmenter=best_segmenter(), attributor=best_attributor())
    _keep(doc, "claims", ((claim.span, claim.kind.value) for claim in doc._.claims), refused)
    return doc


def _keep(doc: Doc, key: str, labelled: Iterable[tuple[Span, str]], refused: Iterable[Skipped]) -> None:
    spans = (doc.char_span(span.start, span.end, label=label, alignment_mode="expand") for span, label in labelled)
    doc.spans[key] = SpanGroup(doc, name=key, spans=[span for span in spans if span is not None])
    doc._.skipped = (*doc._.skipped, *refused)


def layers_of(doc: Doc) -> dict[str, Any]:
    """Return the layers as `Extraction` names them."""
    return {
        "periods": doc._.periods,
        "quantities": doc._.quantities,
        "claims": doc._.claims,
        "actor_tags": doc._.actors.tags,
        "actors": doc._.actors.actors,
        "employments": doc._.actors.employments,
        "skipped": doc._.skipped,
    }
