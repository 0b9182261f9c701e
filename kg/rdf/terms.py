"""Terms: how ids become IRIs, and the namespaces we write in."""

from typing import Final, TypeAlias
from urllib.parse import quote, unquote

from rdflib import Namespace, URIRef
from rdflib.term import Node as Term

from kg.ontology import ontology

Triple: TypeAlias = tuple[Term, Term, Term]

IDS: Final = "urn:kaozheng:id:"
"""Before an id it makes an IRI of it; ids are no addresses, so no host stands in them."""
GRAPHS: Final = "urn:kaozheng:graph:"
"""Before the id of a document it names the graph of what was read from it."""
AGENTS: Final = "urn:kaozheng:agent:"
"""Before the name that a change is recorded under it makes an agent of it."""
FIELDS: Final = ontology().prefixes["kd"]
"""Before a field name it makes a property of it; apart from our other terms, for data may hold any name."""
PROPERTIES: Final = ontology().prefixes["kp"]
"""Before the name of a property of the ontology; its values are flat and typed."""
OA: Final = Namespace(ontology().prefixes["oa"])
PROV: Final = Namespace(ontology().prefixes["prov"])
SCHEMA: Final = Namespace(ontology().prefixes["schema"])
NULL: Final = URIRef(ontology().expand("kz:null"))
"""The object of a field that holds None."""


def iri_of(element_id: str) -> URIRef:
    """Return the IRI of a node or edge; any id gives a valid one, other ids other ones.

    Example:
        >>> str(iri_of("actor 1/甲"))
        'urn:kaozheng:id:actor%201%2F%E7%94%B2'
    """
    return URIRef(IDS + quote(element_id, safe=""))


def id_of(iri: Term) -> str:
    """Return the id that an IRI of ours stands for.

    Example:
        >>> id_of(iri_of("actor 1/甲"))
        'actor 1/甲'
    """
    return unquote(str(iri).removeprefix(IDS))


def graph_name_of(document_id: str) -> URIRef:
    """Return the name of the graph that holds what was read from a document.

    Example:
        >>> str(graph_name_of("document-1"))
        'urn:kaozheng:graph:document-1'
    """
    return URIRef(GRAPHS + quote(document_id, safe=""))


def term_of(compact: str) -> URIRef:
    """Return the IRI of a compact one of the ontology."""
    return URIRef(ontology().expand(compact))


def property_of(name: str) -> URIRef:
    """Return the property of the ontology of that name."""
    return URIRef(PROPERTIES + name)


def field_of(name: str) -> URIRef:
    """Return the property of a data field."""
    return URIRef(FIELDS + quote(name, safe=""))


def name_of(field: Term) -> str:
    """Return the data field that a property stands for."""
    return unquote(str(field).removeprefix(FIELDS))
