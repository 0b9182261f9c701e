"""Where in its article a claim stands: a Web Annotation with the offsets, and with the words and what is around them.

Source: W3C Web Annotation Data Model, sections 4.2.4 (text quote) and 4.2.5 (text position),
https://www.w3.org/TR/annotation-model/
"""

from typing import Final

from rdflib import RDF, Literal, URIRef

from kg.rdf.fields import blank, position_triples
from kg.rdf.terms import OA, PROV, Triple, iri_of
from schemas.claim import Claim
from schemas.text import Span

CONTEXT_CHARACTERS: Final = 32
"""How much of the text stands before and after a quoted span, so that it is found again in an edited page."""


def passage_triples(claim: Claim, text: str) -> list[Triple]:
    """Return what ties a claim to its passage.

    Args:
        claim: whose place it is.
        text: the whole text of its document; where it is empty, nothing stands around the words.
    """
    subject = iri_of(claim.claim_id)
    annotation, passage = URIRef(f"{subject}#annotation"), URIRef(f"{subject}#passage")
    position, quotation = blank((claim.claim_id, "position")), blank((claim.claim_id, "quotation"))
    span = claim.span
    before = Span(start=max(0, span.start - CONTEXT_CHARACTERS), end=span.start).of(text)
    after = Span(start=span.end, end=span.end + CONTEXT_CHARACTERS).of(text)
    return [
        (subject, PROV.wasQuotedFrom, passage),
        (annotation, RDF.type, OA.Annotation),
        (annotation, OA.hasBody, subject),
        (annotation, OA.hasTarget, passage),
        (passage, RDF.type, OA.SpecificResource),
        (passage, RDF.type, PROV.Entity),
        (passage, OA.hasSource, iri_of(claim.document_id)),
        (passage, OA.hasSelector, position),
        (passage, OA.hasSelector, quotation),
        *position_triples(position, span.start, span.end),
        (quotation, RDF.type, OA.TextQuoteSelector),
        (quotation, OA.exact, Literal(claim.text)),
        (quotation, OA.prefix, Literal(before)),
        (quotation, OA.suffix, Literal(after)),
    ]
