"""What is forecast and measured, as a SKOS concept scheme: measures with their names, series with their sources.

A measure (`gdp.growth`) is what a text forecasts of somebody; a series is what a publisher counts of it, and stands
below its measure. Where a source gives the very figure, the series matches it exactly; where it gives levels that we
work the figure out from, or a table that holds the figure among others, it matches closely.

Source: SKOS, https://www.w3.org/TR/skos-reference/
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rdflib import RDF, SKOS, Graph, Literal, URIRef

from kg.nodes import indicator_node_id
from kg.rdf.terms import SCHEMA, iri_of
from kg.rdf.writing import empty_graph
from schemas.evidence import Indicator

SCHEME: Final = URIRef("urn:kaozheng:indicators")
SERIES: Final = "urn:kaozheng:series:"
"""Before the id of a series at a source that gives its series no address."""
ADDRESSES: Final = {
    "fred": "https://fred.stlouisfed.org/series/",
    "bls": "https://data.bls.gov/timeseries/",
    "eurostat": "https://ec.europa.eu/eurostat/databrowser/view/",
}
TABLES: Final = frozenset({"eurostat", "censtatd", "fiscaldata", "imf"})
"""Sources whose ids name a table of many series."""
HAN: Final = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class NamedMeasure:
    """Something that is forecast, and how it is called.

    Attributes:
        measure_id: its id behind its subject (`gdp.growth`); with the subject where it can have one only.
        traditional: its names in Traditional script, the usual one first; those for search alone, as 升半碼, too.
        mainland: those that only the mainland uses, in Traditional script as well.
    """

    measure_id: str
    traditional: tuple[str, ...]
    mainland: tuple[str, ...] = ()


def concept_scheme(
    measures: Iterable[NamedMeasure], indicators: Iterable[Indicator], *, simplified: Callable[[str], str]
) -> Graph:
    """Return the scheme of measures and series.

    Args:
        measures: what is forecast.
        indicators: the series.
        simplified: brings a text into Simplified script.

    Example:
        >>> growth = NamedMeasure("gdp.growth", ("GDP", "經濟成長率"))
        >>> graph = concept_scheme([growth], [], simplified=lambda text: text)
        >>> sorted(graph.objects(measure_iri("gdp.growth"), SKOS.prefLabel), key=lambda label: label.language)
        [rdflib.term.Literal('gdp growth', lang='en'), rdflib.term.Literal('經濟成長率', lang='zh-Hans'), \
rdflib.term.Literal('經濟成長率', lang='zh-Hant')]
    """
    graph = empty_graph()
    graph.add((SCHEME, RDF.type, SKOS.ConceptScheme))
    graph.add((SCHEME, SKOS.prefLabel, Literal("指標", lang="zh-Hant")))
    graph.add((SCHEME, SKOS.prefLabel, Literal(simplified("指標"), lang="zh-Hans")))
    graph.add((SCHEME, SKOS.prefLabel, Literal("Indicators", lang="en")))
    known = {measure.measure_id: measure for measure in measures}
    for measure in known.values():
        _add_measure(graph, measure, simplified)
    for indicator in indicators:
        _add_series(graph, indicator, known, simplified)
    return graph


def measure_iri(measure_id: str) -> URIRef:
    """Return the concept of a measure.

    Example:
        >>> str(measure_iri("gdp.growth"))
        'urn:kaozheng:id:measure%3Agdp.growth'
    """
    return iri_of(f"measure:{measure_id}")


def series_match(series_id: str, *, is_derived: bool) -> tuple[URIRef, URIRef]:
    """Return how closely a series of ours matches one at a source, and which that is.

    Args:
        series_id: the id with its source first, as `fred:DGS10`.
        is_derived: whether our figures are worked out from the source's.

    Example:
        >>> predicate, series = series_match("fred:DGS10", is_derived=False)
        >>> predicate == SKOS.exactMatch, str(series)
        (True, 'https://fred.stlouisfed.org/series/DGS10')
    """
    source, _, name = series_id.partition(":")
    address = URIRef(ADDRESSES[source] + name if source in ADDRESSES else SERIES + series_id)
    return SKOS.closeMatch if is_derived or source in TABLES else SKOS.exactMatch, address


def _add_measure(graph: Graph, measure: NamedMeasure, simplified: Callable[[str], str]) -> None:
    concept = measure_iri(measure.measure_id)
    _add_concept(graph, concept, measure.measure_id)
    graph.add((concept, SKOS.topConceptOf, SCHEME))
    english = measure.measure_id.replace(".", " ").replace("-", " ")
    names = {
        "zh-Hant": measure.traditional or measure.mainland,
        "zh-Hans": tuple(map(simplified, (*measure.mainland, *measure.traditional))),
        "en": (english,),
    }
    for language, forms in names.items():
        shown = next(filter(HAN.search, forms), forms[0])
        graph.add((concept, SKOS.prefLabel, Literal(shown, lang=language)))
        for form in set(forms) - {shown}:
            graph.add((concept, SKOS.hiddenLabel, Literal(form, lang=language)))


def _add_series(
    graph: Graph, indicator: Indicator, known: Mapping[str, NamedMeasure], simplified: Callable[[str], str]
) -> None:
    concept = iri_of(indicator_node_id(indicator.indicator_id))
    _add_concept(graph, concept, indicator.indicator_id)
    graph.add((concept, SKOS.prefLabel, Literal(indicator.title_zh, lang="zh-Hant")))
    graph.add((concept, SKOS.prefLabel, Literal(simplified(indicator.title_zh), lang="zh-Hans")))
    graph.add((concept, SKOS.prefLabel, Literal(indicator.title, lang="en")))
    graph.add((concept, SCHEMA.unitText, Literal(indicator.unit)))
    for series_id in indicator.series_ids:
        graph.add((concept, *series_match(series_id, is_derived=indicator.derivation is not None)))
    target_id = indicator.forecast_as or ""
    broader = next((m for m in (target_id, target_id.partition(".")[2]) if m in known), None)
    if broader is not None:
        graph.add((concept, SKOS.broader, measure_iri(broader)))


def _add_concept(graph: Graph, concept: URIRef, notation: str) -> None:
    graph.add((concept, RDF.type, SKOS.Concept))
    graph.add((concept, SKOS.inScheme, SCHEME))
    graph.add((concept, SKOS.notation, Literal(notation)))
