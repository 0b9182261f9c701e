"""The graph as RDF, and back: our own terms hold everything, other vocabularies say it once more.

Every field of a node's data becomes a property `kd:<field>`, nested data blank nodes and lists, so that nothing
is lost and `elements_of` gives back what went in. The properties of the ontology stand beside it, flat and typed, as
`kp:<name>`, and so do the terms that other tools read: schema.org Claim and ClaimReview, PROV, SKOS, and a Web
Annotation that ties a claim to its place in the article.

Blank nodes are named after their place and all is sorted: the same graph gives the same bytes.
"""

from kg.rdf.formats import json_ld, n_quads, turtle
from kg.rdf.parsing import RdfFormat, parsed
from kg.rdf.reading import elements_of
from kg.rdf.terms import id_of, iri_of
from kg.rdf.writing import graph_of

__all__ = ["RdfFormat", "elements_of", "graph_of", "id_of", "iri_of", "json_ld", "n_quads", "parsed", "turtle"]
