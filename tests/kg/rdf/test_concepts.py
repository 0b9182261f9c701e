"""Indicators as SKOS: labels in both scripts, series below their measures, matches as close as they are."""

from typing import Final

from rdflib import SKOS, Graph, Literal, URIRef

from kg.indicators import catalogue
from kg.nodes import indicator_node_id
from kg.rdf import iri_of
from kg.rdf.concepts import SCHEME, NamedMeasure, concept_scheme, measure_iri, series_match
from schemas.evidence import Frequency, Indicator

RATE: Final = NamedMeasure("policy-rate", ("利率", "升半碼", "重貼現率"), ("基準利率",))
OWN: Final = NamedMeasure("us.fed-funds.rate", ("聯邦資金利率",))


def series(indicator_id: str, forecast_as: str | None, *series_ids: str, derivation: str | None = None) -> Indicator:
    return Indicator(
        indicator_id=indicator_id, title="A series", title_zh="重貼現率（月）", unit="%", frequency=Frequency.MONTHLY,
        publisher="a bank", source_url="https://example.org/", series_ids=series_ids, forecast_as=forecast_as,
        derivation=derivation,
    )  # fmt: skip


def scheme(*indicators: Indicator) -> Graph:
    return concept_scheme([RATE, OWN], indicators, simplified=lambda text: text.replace("貼現", "贴现"))


def test_each_concept_is_named_in_both_scripts_and_in_english() -> None:
    graph = scheme(series("a", None))
    for concept in graph.subjects(SKOS.inScheme, SCHEME):
        labels = [label.language for label in graph.objects(concept, SKOS.prefLabel) if isinstance(label, Literal)]
        assert sorted(filter(None, labels)) == ["en", "zh-Hans", "zh-Hant"]
    assert Literal("重贴现率（月）", lang="zh-Hans") in set(graph.objects(iri_of(indicator_node_id("a"))))


def test_other_names_are_for_search_and_what_only_the_mainland_says_is_simplified_alone() -> None:
    hidden = set(scheme().objects(measure_iri("policy-rate"), SKOS.hiddenLabel))
    assert {Literal("升半碼", lang="zh-Hant"), Literal("重贴现率", lang="zh-Hans")} <= hidden
    assert Literal("基準利率", lang="zh-Hant") not in hidden
    assert str(scheme().value(measure_iri("policy-rate"), SKOS.notation)) == "policy-rate"


def test_a_series_stands_below_the_measure_with_its_subject_or_else_below_the_general_one() -> None:
    graph = scheme(series("a", "taiwan.policy-rate"), series("b", "us.fed-funds.rate"), series("c", "us.gdp"))
    broader = {name: graph.value(iri_of(indicator_node_id(name)), SKOS.broader) for name in "abc"}
    assert broader == {"a": measure_iri("policy-rate"), "b": measure_iri("us.fed-funds.rate"), "c": None}


def test_only_the_very_figure_matches_exactly() -> None:
    graph = scheme(series("a", None, "fred:X", "cbc:y"), series("b", None, "fred:Z", derivation="yoy"))
    a, b = iri_of(indicator_node_id("a")), iri_of(indicator_node_id("b"))
    assert set(graph.objects(a, SKOS.exactMatch)) == {
        URIRef("https://fred.stlouisfed.org/series/X"), URIRef("urn:kaozheng:series:cbc:y"),
    }  # fmt: skip
    assert set(graph.objects(b, SKOS.exactMatch)) == set()
    assert set(graph.objects(b, SKOS.closeMatch)) == {URIRef("https://fred.stlouisfed.org/series/Z")}


def test_a_table_of_many_series_is_no_exact_match() -> None:
    assert series_match("eurostat:une_rt_m", is_derived=False)[0] == SKOS.closeMatch


def test_every_series_of_the_catalogue_has_a_source_that_is_an_iri() -> None:
    graph = concept_scheme([], catalogue().indicators.values(), simplified=str)
    for predicate in (SKOS.exactMatch, SKOS.closeMatch):
        assert all(iri.n3() == f"<{iri}>" for iri in graph.objects(None, predicate) if isinstance(iri, URIRef))
    assert len(list(graph.subject_objects(SKOS.exactMatch))) > 50
