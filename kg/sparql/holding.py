"""The graph of a store as triples, kept up to its change log."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from rdflib import Dataset, Graph

from kg.rdf.provenance import Provenance, activity_triples
from kg.rdf.surroundings import Surroundings
from kg.rdf.terms import Triple, graph_name_of
from kg.rdf.writing import Part, parts_of_element
from kg.sparql.triples import HeldTriples
from schemas.graph import Edge, LoggedChange, Node

VOCABULARIES: Final = ("ontology.ttl", "rdf/indicators.ttl")
"""What stands in the default graph whatever the store holds."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a change leaves: an element, None where it is gone, and who made it, where it is a new node."""

    element_id: str
    after: Node | Edge | None
    made: Provenance | None


def steps_of(log: Iterable[LoggedChange]) -> Iterator[Step]:
    """Yield what each change of a log leaves."""
    for logged in log:
        change = logged.change
        is_new = change.before is None and isinstance(change.after, Node)
        made = Provenance(change.who, change.recorded_at, change.why) if is_new else None
        yield Step(change.element_id, change.after, made)


class Holding:
    """The elements of a store and their triples.

    Steps are only noted; `settle` brings the triples up to them, when all that an element's triples depend on is there.
    """

    def __init__(self) -> None:
        self._elements: dict[str, Node | Edge] = {}
        self._made: dict[str, Provenance] = {}
        self._told: set[Provenance] = set()
        self._shown: dict[str, Node | Edge | None] = {}
        self._missed: set[str] = set()
        self._surroundings = Surroundings(node=self._node, provenance=self._made.get)
        self._triples = _with_vocabularies()

    def take(self, steps: Iterable[Step]) -> None:
        """Note what changes."""
        for step in steps:
            before = self._elements.get(step.element_id)
            self._shown.setdefault(step.element_id, before)
            if step.made is not None:
                self._made.setdefault(step.element_id, step.made)
            if step.after is None:
                self._elements.pop(step.element_id, None)
            else:
                self._elements[step.element_id] = step.after

    def settle(self) -> Dataset:
        """Return the graph as it is now, named graphs and all, to be queried as their union."""
        if any(self._is_quoted_anew(*change) for change in self._shown.items()):
            self._triples = _with_vocabularies()
            self._told.clear()
            self._missed.clear()
            self._shown = dict.fromkeys(self._elements)
        for shown in self._shown.values():
            if shown is not None:
                for part in parts_of_element(shown, self._surroundings):
                    self._triples.release(part.triples)
        for element_id in self._shown:
            for part in self._parts_now(element_id):
                home = graph_name_of(part.home) if part.home is not None else None
                self._triples.hold(part.triples, home)
        self._shown = {}
        return Dataset(store=self._triples, default_union=True)

    def _is_quoted_anew(self, element_id: str, shown: Node | Edge | None) -> bool:
        """Whether a text that others quote is another now: then their triples are no longer what they were."""
        if element_id in self._missed and element_id in self._elements:
            return True
        if not isinstance(shown, Node) or "text" not in shown.data:
            return False
        present = self._elements.get(element_id)
        return not isinstance(present, Node) or present.data.get("text") != shown.data["text"]

    def _parts_now(self, element_id: str) -> Iterator[Part]:
        element = self._elements.get(element_id)
        if element is None:
            return
        yield from parts_of_element(element, self._surroundings)
        made = self._made.get(element_id)
        if made is not None and made not in self._told:
            self._told.add(made)
            yield Part(None, tuple(activity_triples(made)))

    def _node(self, node_id: str) -> Node | None:
        found = self._elements.get(node_id)
        if isinstance(found, Node):
            return found
        self._missed.add(node_id)
        return None


def _with_vocabularies() -> HeldTriples:
    triples = HeldTriples()
    triples.hold(_vocabularies(), None)
    return triples


@cache
def _vocabularies() -> tuple[Triple, ...]:
    graph = Graph(bind_namespaces="none")
    for name in VOCABULARIES:
        graph.parse(data=files("kg").joinpath(name).read_text(encoding="utf-8"), format="turtle")
    return tuple(graph)
