"""The generated RDF files: our ontology, the shapes of a graph, and the indicators as a SKOS concept scheme."""

from collections.abc import Iterator
from pathlib import Path

from extract import lexicon
from extract.normalize import shadow_of
from extract.predictions.indicators import IndicatorEntry, IndicatorLexicon, Subject
from kg.indicators import catalogue
from kg.rdf.concepts import HAN, NamedMeasure, concept_scheme
from kg.rdf.formats import turtle_text
from kg.rdf.shaping import shapes_graph
from kg.rdf.vocabulary import ontology_graph


def vocabularies(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file below the root with what it must hold."""
    yield root / "kg" / "ontology.ttl", turtle_text(ontology_graph())
    yield root / "kg" / "rdf" / "node_shapes.ttl", turtle_text(shapes_graph())
    measures = map(measure_of, lexicon.load("indicators", IndicatorLexicon).indicators)
    scheme = concept_scheme(measures, catalogue().indicators.values(), simplified=simplified)
    yield root / "kg" / "rdf" / "indicators.ttl", turtle_text(scheme)


def measure_of(entry: IndicatorEntry) -> NamedMeasure:
    """Return an indicator of the lexicon as a measure; one of a fixed subject carries it in its id."""
    is_general = entry.subject in set(Subject)
    names = entry.names
    return NamedMeasure(
        measure_id=entry.id if is_general else f"{entry.subject}.{entry.id}",
        traditional=tuple(dict.fromkeys((*names.tw, *names.all, *names.hk))),
        mainland=names.cn,
    )


def simplified(text: str) -> str:
    """Return a text in Simplified script, its punctuation as it was.

    Example:
        >>> simplified("經濟成長率（全年）")
        '经济成长率（全年）'
    """
    return "".join(folded if HAN.match(one) else one for one, folded in zip(text, shadow_of(text), strict=True))
