"""Triples in memory, for rdflib to query: a sixth of the memory of its own store, and as much of the time.

Each subject belongs to one named graph or to the default graph, so that the graph is kept once for each subject and not
for each triple. Terms are numbered; most places in the index hold one number, the others a set.
"""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from typing import Final, TypeAlias

from rdflib import Graph, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.store import Store
from rdflib.term import Node as Term

from kg.rdf.terms import Triple

Members: TypeAlias = int | set[int]
Index: TypeAlias = dict[int, dict[int, Members]]
Numbers: TypeAlias = tuple[int, int, int]
Pattern: TypeAlias = tuple[int | None, int | None, int | None]

NOTHING: Final[set[int]] = set()
UNKNOWN: Final = -1
"""The number of a term that no triple holds."""


class HeldTriples(Store):
    """A store of rdflib; filled by `hold` and `release`, not by rdflib.

    A triple that is held twice must be released twice: two elements may say the same.
    """

    context_aware = True
    graph_aware = True

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[Term, int] = {}
        self._terms: list[Term] = []
        self._objects: Index = {}
        self._subjects: Index = {}
        self._holders: dict[int, Members] = {}
        self._again: Counter[Numbers] = Counter()
        self._home: dict[int, int] = {}
        self._inhabitants: dict[int, set[int]] = {}
        self._length = 0

    def hold(self, triples: Iterable[Triple], home: URIRef | None) -> None:
        """Add triples whose subjects belong to a named graph, None for the default graph."""
        graph = self._number(home) if home is not None else None
        for triple in triples:
            subject, predicate, value = numbers = self._numbered(triple)
            if value in _set_of(self._objects.get(subject, {}).get(predicate)):
                self._again[numbers] += 1
                continue
            _put(self._objects.setdefault(subject, {}), predicate, value)
            _put(self._subjects.setdefault(predicate, {}), value, subject)
            _put(self._holders, value, subject)
            self._length += 1
            if graph is not None and subject not in self._home:
                self._home[subject] = graph
                self._inhabitants.setdefault(graph, set()).add(subject)

    def release(self, triples: Iterable[Triple]) -> None:
        """Take away triples that were held."""
        for triple in triples:
            numbers = self._numbered(triple)
            if self._again[numbers]:
                self._again[numbers] -= 1
            else:
                del self._again[numbers]
                self._drop(*numbers)

    def triples(
        self, triple_pattern: tuple[Term | None, ...], context: Graph | None = None
    ) -> Iterator[tuple[Triple, Iterator[Graph]]]:
        """Yield the triples that match; those of one graph only, where a context is given."""
        subject, predicate, value = (self._sought(term) for term in triple_pattern)
        if UNKNOWN in (subject, predicate, value):
            return
        terms = self._terms
        for s, p, o in self._matches((subject, predicate, value), context):
            yield (terms[s], terms[p], terms[o]), iter(())

    def contexts(self, triple: Triple | None = None) -> Generator[Graph, None, None]:
        """Yield the named graphs; of a triple, the one it belongs to."""
        graphs: Iterable[int] = self._inhabitants
        if triple is not None:
            home = self._home.get(self._numbers.get(triple[0], UNKNOWN))
            graphs = [home] if home is not None and next(self.triples(triple), None) else []
        for graph in graphs:
            yield Graph(store=self, identifier=str(self._terms[graph]))

    def add_graph(self, graph: Graph) -> None:
        """Do nothing: graphs come with their triples."""

    def __len__(self, context: Graph | None = None) -> int:
        """Return how many triples there are."""
        return self._length if context is None else sum(1 for _ in self.triples((None, None, None), context))

    def _matches(self, pattern: Pattern, context: Graph | None) -> Iterator[Numbers]:
        """Yield what matches; a named graph is gone through subject by subject, for it has few."""
        if context is None:
            yield from self._all_matches(pattern)
        elif context.identifier == DATASET_DEFAULT_GRAPH_ID:
            yield from (found for found in self._all_matches(pattern) if found[0] not in self._home)
        else:
            subject, predicate, value = pattern
            inhabitants = self._inhabitants.get(self._numbers.get(context.identifier, UNKNOWN), NOTHING)
            for one in list(inhabitants) if subject is None else {subject} & inhabitants:
                yield from self._all_matches((one, predicate, value))

    def _all_matches(self, pattern: Pattern) -> Iterator[Numbers]:
        subject, predicate, value = pattern
        if subject is not None:
            yield from self._of_subject(subject, predicate, value)
        elif predicate is not None:
            yield from self._of_predicate(predicate, value)
        elif value is not None:
            for holder in _set_of(self._holders.get(value)):
                yield from self._of_subject(holder, None, value)
        else:
            for holder in self._objects:
                yield from self._of_subject(holder, None, None)

    def _of_subject(self, subject: int, predicate: int | None, value: int | None) -> Iterator[Numbers]:
        found = self._objects.get(subject, {})
        for one in found if predicate is None else (predicate,):
            for member in _set_of(found.get(one)):
                if value is None or member == value:
                    yield subject, one, member

    def _of_predicate(self, predicate: int, value: int | None) -> Iterator[Numbers]:
        found = self._subjects.get(predicate, {})
        for one in found if value is None else (value,):
            for member in _set_of(found.get(one)):
                yield member, predicate, one

    def _drop(self, subject: int, predicate: int, value: int) -> None:
        _take(self._objects[subject], predicate, value)
        _take(self._subjects[predicate], value, subject)
        if not any(value in _set_of(members) for members in self._objects[subject].values()):
            _take(self._holders, value, subject)
        if not self._objects[subject]:
            del self._objects[subject]
            self._leave(subject)
        self._length -= 1

    def _leave(self, subject: int) -> None:
        home = self._home.pop(subject, None)
        if home is not None:
            self._inhabitants[home].discard(subject)
            if not self._inhabitants[home]:
                del self._inhabitants[home]

    def _numbered(self, triple: Triple) -> Numbers:
        return self._number(triple[0]), self._number(triple[1]), self._number(triple[2])

    def _number(self, term: Term) -> int:
        number = self._numbers.get(term)
        if number is None:
            number = self._numbers[term] = len(self._terms)
            self._terms.append(term)
        return number

    def _sought(self, term: Term | None) -> int | None:
        return None if term is None else self._numbers.get(term, UNKNOWN)


def _set_of(members: Members | None) -> Iterable[int] | set[int]:
    if members is None:
        return NOTHING
    return (members,) if isinstance(members, int) else members


def _put(places: dict[int, Members], place: int, number: int) -> None:
    there = places.get(place)
    if there is None:
        places[place] = number
    elif isinstance(there, set):
        there.add(number)
    elif there != number:
        places[place] = {there, number}


def _take(places: dict[int, Members], place: int, number: int) -> None:
    there = places[place]
    if isinstance(there, set) and len(there) > 1:
        there.discard(number)
    else:
        del places[place]
