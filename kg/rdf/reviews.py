"""What checking a claim found, as schema.org ClaimReview: in the graph, and as markup for the page of a fact check.

Only what was decided is a review: a forecast that is pending, annulled or can't be settled has none. Ratings run
from 1 (false) over 2 (in part) to 3 (true); evidence that does not suffice has a word and no number.

Source: https://schema.org/ClaimReview; Google, Fact check structured data, required and recommended properties,
https://developers.google.com/search/docs/appearance/structured-data/factcheck
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from pydantic import JsonValue, ValidationError
from rdflib import RDF, Literal

from kg.captions import OUTCOMES, VERDICTS
from kg.rdf.fields import blank
from kg.rdf.terms import SCHEMA, Triple, iri_of
from schemas.actor import Actor, ActorType
from schemas.claim import Claim
from schemas.evidence import Outcome, Resolution, Verdict, VerdictValue
from schemas.graph import Node, NodeLabel
from schemas.text import Document

Finding: TypeAlias = Verdict | Resolution

WORST, BEST = 1, 3
RATINGS: Final[dict[VerdictValue | Outcome, int]] = {
    VerdictValue.SUPPORTED: BEST,
    VerdictValue.MIXED: 2,
    VerdictValue.REFUTED: WORST,
    Outcome.TRUE: BEST,
    Outcome.FALSE: WORST,
}
CONTEXT: Final = "https://schema.org"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes fact checks, and below which address their pages stand."""

    name: str | None
    site: str

    def page_of(self, claim_id: str) -> str:
        """Return the address of the page about a claim.

        Example:
            >>> Publisher("島嶼查核", "https://example.org/").page_of("claim-1")
            'https://example.org/v1/claims/claim-1'
        """
        return f"{self.site.rstrip('/')}/v1/claims/{claim_id}"


def value_of(finding: Finding) -> VerdictValue | Outcome:
    """Return what a finding says in a word."""
    return finding.value if isinstance(finding, Verdict) else finding.outcome


def is_review(finding: Finding) -> bool:
    """Return whether a finding is a review: a verdict, or a forecast found true or false."""
    return isinstance(finding, Verdict) or finding.outcome in RATINGS


def finding_of(node: Node) -> Finding | None:
    """Return the verdict or resolution that a node holds, None for other nodes and for data of another form."""
    try:
        if node.label is NodeLabel.VERDICT:
            return Verdict.model_validate(node.data)
        return Resolution.model_validate(node.data) if node.label is NodeLabel.RESOLUTION else None
    except ValidationError:
        return None


def review_triples(node: Node, finding: Finding, claim: Node | None) -> list[Triple]:
    """Return what makes the node of a finding a review of its claim; nothing where it is none.

    Args:
        node: the node of the verdict or resolution.
        finding: what it holds.
        claim: the node of the claim, where it is there.
    """
    if not is_review(finding):
        return []
    review, rating, value = iri_of(node.node_id), blank((node.node_id, "rating")), value_of(finding)
    triples: list[Triple] = [
        (review, RDF.type, SCHEMA.ClaimReview),
        (review, SCHEMA.itemReviewed, iri_of(finding.claim_id)),
        (review, SCHEMA.reviewRating, rating),
        (rating, RDF.type, SCHEMA.Rating),
        (rating, SCHEMA.alternateName, Literal(_word(value), lang="zh-Hant")),
        (rating, SCHEMA.alternateName, Literal(value.value, lang="en")),
    ]
    if claim is not None:
        triples.append((review, SCHEMA.claimReviewed, Literal(str(claim.data.get("text", "")))))
    if value in RATINGS:
        for name, number in (("ratingValue", RATINGS[value]), ("bestRating", BEST), ("worstRating", WORST)):
            triples.append((rating, SCHEMA[name], Literal(number)))
    return triples


def markup_of(
    finding: Finding, claim: Claim, document: Document, *, speakers: Sequence[Actor], publisher: Publisher
) -> dict[str, JsonValue] | None:
    """Return the JSON-LD that a page about a claim embeds, so that search engines show its rating.

    Args:
        finding: what was found of the claim.
        claim: what somebody says.
        document: where it was said.
        speakers: those who say it; an author without a name is left out.
        publisher: who publishes the review.

    Returns:
        A ClaimReview with all properties that Google requires; None where the finding is no review.
    """
    if not is_review(finding):
        return None
    value = value_of(finding)
    rating: dict[str, JsonValue] = {"@type": "Rating", "alternateName": _word(value)}
    if value in RATINGS:
        rating |= {"ratingValue": RATINGS[value], "bestRating": BEST, "worstRating": WORST}
    author: JsonValue = {"@type": "Organization", "name": publisher.name, "url": publisher.site}
    return _told(
        {
            "@context": CONTEXT,
            "@type": "ClaimReview",
            "url": publisher.page_of(claim.claim_id),
            "claimReviewed": claim.text,
            "datePublished": finding.as_of.isoformat(),
            "author": author if publisher.name else None,
            "reviewRating": rating,
            "reviewBody": finding.explanation,
            "itemReviewed": _told(
                {
                    "@type": "Claim",
                    "text": claim.text,
                    "datePublished": claim.said_on.isoformat() if claim.said_on else None,
                    "author": [_party(actor) for actor in speakers if actor.names],
                    "appearance": _appearance(document),
                }
            ),
        }
    )


def _appearance(document: Document) -> dict[str, JsonValue]:
    told = document.publication
    publisher: JsonValue = {"@type": "Organization", "name": told.publisher}
    return _told(
        {
            "@type": "Article",
            "headline": told.title,
            "url": told.url,
            "datePublished": told.published.isoformat() if told.published else None,
            "publisher": publisher if told.publisher else None,
            "inLanguage": document.locale.value,
        }
    )


def _party(actor: Actor) -> dict[str, JsonValue]:
    sort = "Person" if actor.actor_type is ActorType.PERSON else "Organization"
    same = f"https://www.wikidata.org/entity/{actor.wikidata_id}" if actor.wikidata_id else None
    return _told({"@type": sort, "name": actor.caption, "sameAs": same})


def _told(properties: dict[str, JsonValue]) -> dict[str, JsonValue]:
    return {name: value for name, value in properties.items() if value is not None and value != []}


def _word(value: VerdictValue | Outcome) -> str:
    return VERDICTS[value] if isinstance(value, VerdictValue) else OUTCOMES[value]
