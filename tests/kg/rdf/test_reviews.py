"""What checking found, as ClaimReview: for what was decided only, with the rating that the finding says."""

from decimal import Decimal

import pytest
from rdflib import RDF, Literal
from rdflib.term import Node as Term

from kg.rdf import graph_of, iri_of
from kg.rdf.reviews import BEST, WORST, Publisher, finding_of, is_review, markup_of
from kg.rdf.terms import SCHEMA
from schemas.evidence import Outcome, Resolution, Verdict, VerdictValue
from schemas.graph import NodeLabel
from tests.kg.samples import DOCUMENT, FORECAST, LIN, RESOLUTION, STATEMENT, VERDICT, node_of, sample_nodes

DESK = Publisher("島嶼查核", "https://example.org")


def resolution(outcome: Outcome) -> Resolution:
    return RESOLUTION.model_copy(update={"outcome": outcome})


def verdict(value: VerdictValue) -> Verdict:
    return VERDICT.model_copy(update={"value": value})


def rating_of(finding: Resolution | Verdict) -> dict[str, list[Term]]:
    label = NodeLabel.VERDICT if isinstance(finding, Verdict) else NodeLabel.RESOLUTION
    graph = graph_of([*sample_nodes()[:3], node_of(label, "finding", "查核", finding)], [])
    rating = graph.value(iri_of("finding"), SCHEMA.reviewRating)
    return {str(p).removeprefix(SCHEMA): sorted(graph.objects(rating, p)) for p in graph.predicates(rating)}


@pytest.mark.parametrize("outcome", [Outcome.PENDING, Outcome.UNRESOLVABLE, Outcome.ANNULLED])
def test_a_forecast_that_is_not_decided_has_no_review(outcome: Outcome) -> None:
    finding = resolution(outcome)
    graph = graph_of([*sample_nodes()[:3], node_of(NodeLabel.RESOLUTION, "finding", "", finding)], [])
    assert (None, RDF.type, SCHEMA.ClaimReview) not in graph
    assert markup_of(finding, FORECAST, DOCUMENT, speakers=[LIN], publisher=DESK) is None
    assert not is_review(finding)


@pytest.mark.parametrize(
    ("finding", "number", "word"),
    [
        (resolution(Outcome.TRUE), BEST, "成真"),
        (resolution(Outcome.FALSE), WORST, "落空"),
        (verdict(VerdictValue.SUPPORTED), BEST, "屬實"),
        (verdict(VerdictValue.MIXED), 2, "部分屬實"),
        (verdict(VerdictValue.REFUTED), WORST, "不實"),
    ],
)
def test_what_was_decided_has_a_rating_in_words_and_on_a_scale(
    finding: Resolution | Verdict, number: int, word: str
) -> None:
    rating = rating_of(finding)
    assert rating["ratingValue"] == [Literal(number)]
    assert (rating["worstRating"], rating["bestRating"]) == ([Literal(WORST)], [Literal(BEST)])
    assert Literal(word, lang="zh-Hant") in rating["alternateName"]


def test_evidence_that_does_not_suffice_has_a_word_and_no_number() -> None:
    rating = rating_of(verdict(VerdictValue.NOT_ENOUGH_EVIDENCE))
    assert Literal("證據不足", lang="zh-Hant") in rating["alternateName"]
    assert set(rating).isdisjoint({"ratingValue", "bestRating", "worstRating"})


def test_a_review_in_the_graph_names_its_claim_and_quotes_it() -> None:
    graph = graph_of(sample_nodes(), [])
    review = iri_of(VERDICT.verdict_id)
    assert graph.value(review, SCHEMA.itemReviewed) == iri_of(STATEMENT.claim_id)
    assert str(graph.value(review, SCHEMA.claimReviewed)) == STATEMENT.text


def test_the_markup_for_a_page_says_who_said_what_where_and_what_was_found() -> None:
    markup = markup_of(RESOLUTION, FORECAST, DOCUMENT, speakers=[LIN], publisher=DESK)
    assert markup == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://example.org/v1/claims/{FORECAST.claim_id}",
        "claimReviewed": "明年衰退機率約四成",
        "datePublished": "2027-02-01",
        "author": {"@type": "Organization", "name": "島嶼查核", "url": "https://example.org"},
        "reviewRating": {
            "@type": "Rating", "alternateName": "落空", "ratingValue": 1, "bestRating": 3, "worstRating": 1,
        },
        "reviewBody": "窗口內沒有衰退月份",
        "itemReviewed": {
            "@type": "Claim",
            "text": "明年衰退機率約四成",
            "datePublished": "2025-03-20",
            "author": [{"@type": "Person", "name": "林經理"}],
            "appearance": {
                "@type": "Article",
                "headline": '衰退"疑雲"再起',
                "url": "https://example.org/a?b=1",
                "datePublished": "2025-03-20",
                "publisher": {"@type": "Organization", "name": "島嶼財經"},
                "inLanguage": "zh-TW",
            },
        },
    }  # fmt: skip


def test_what_is_not_known_is_left_out_of_the_markup() -> None:
    nameless = LIN.model_copy(update={"names": ()})
    markup = markup_of(VERDICT, STATEMENT, DOCUMENT, speakers=[nameless], publisher=Publisher(None, "http://h/"))
    assert markup is not None
    assert "author" not in markup
    assert set(markup["itemReviewed"]) == {"@type", "text", "appearance"}  # type: ignore[arg-type]


def test_data_of_another_form_are_no_finding() -> None:
    broken = node_of(NodeLabel.VERDICT, "v", "", VERDICT).model_copy(update={"data": {"value": "maybe"}})
    assert finding_of(broken) is None
    assert finding_of(node_of(NodeLabel.VERDICT, "v", "", VERDICT)) == VERDICT.model_copy(
        update={"confidence": Decimal("0.9")}
    )
