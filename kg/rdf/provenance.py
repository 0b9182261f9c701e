"""Who read or recorded what, with which version, and when: the change log as PROV.

Source: W3C PROV-O, https://www.w3.org/TR/prov-o/
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

from rdflib import RDF, RDFS, Literal, URIRef

from kg.ontology import ontology
from kg.rdf.terms import AGENTS, PROV, SCHEMA, Triple, graph_name_of, iri_of
from schemas.graph import LoggedChange, Node, NodeLabel
from schemas.ids import content_id

PROGRAM: Final = re.compile(r"^kaozheng (?P<version>\d\S*)")
"""How changes that a program made name it, with its version; all others name a person or a way in."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who made something, when, and why: the same for all that was made at once."""

    who: str
    at: datetime
    why: str

    @property
    def activity(self) -> URIRef:
        """The activity it was."""
        return iri_of(content_id("activity", self.who, self.at.isoformat(), self.why))

    @property
    def agent(self) -> URIRef:
        """Who did it."""
        return URIRef(AGENTS + quote(self.who, safe=""))


def provenances_of(log: Iterable[LoggedChange]) -> dict[str, Provenance]:
    """Return the provenance of every node that the changes make, by its id."""
    found: dict[str, Provenance] = {}
    for logged in log:
        change = logged.change
        if isinstance(change.after, Node) and change.before is None:
            found.setdefault(change.element_id, Provenance(change.who, change.recorded_at, change.why))
    return found


def activity_triples(made: Provenance) -> list[Triple]:
    """Return what is to be said of an activity and its agent; a program is one with its version.

    Example:
        >>> from datetime import UTC
        >>> reading = Provenance("kaozheng 0.1.0 (REST)", datetime(2026, 1, 2, tzinfo=UTC), "read document-1")
        >>> (reading.agent, SCHEMA.softwareVersion, Literal("0.1.0")) in activity_triples(reading)
        True
    """
    activity, agent = made.activity, made.agent
    triples: list[Triple] = [
        (activity, RDF.type, PROV.Activity),
        (activity, RDFS.label, Literal(made.why)),
        (activity, PROV.wasAssociatedWith, agent),
        (activity, PROV.endedAtTime, Literal(made.at)),
        (agent, RDFS.label, Literal(made.who)),
        (agent, RDF.type, PROV.Agent),
    ]
    program = PROGRAM.match(made.who)
    if program is not None:
        triples.append((agent, RDF.type, PROV.SoftwareAgent))
        triples.append((agent, SCHEMA.softwareVersion, Literal(program["version"])))
    return triples


def provenance_triples(node: Node, made: Provenance | None) -> list[Triple]:
    """Return by which activity a node was made and when; nothing for a document, which we only read."""
    is_made = node.label is not NodeLabel.DOCUMENT and "prov:Entity" in ontology().nodes[node.label].also
    if made is None or not is_made:
        return []
    subject = iri_of(node.node_id)
    return [
        (subject, PROV.wasGeneratedBy, made.activity),
        (subject, PROV.generatedAtTime, Literal(made.at)),
    ]


def reading_triples(document: Node, made: Provenance | None) -> list[Triple]:
    """Return that the graph of a document is a bundle drawn from it, and which activity read it."""
    graph, subject = graph_name_of(document.node_id), iri_of(document.node_id)
    triples: list[Triple] = [(graph, RDF.type, PROV.Bundle), (graph, PROV.wasDerivedFrom, subject)]
    if made is not None:
        triples.append((graph, PROV.wasGeneratedBy, made.activity))
        triples.append((made.activity, PROV.used, subject))
    return triples
