"""Our store of triples answers as rdflib's own does, and forgets what is released."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset, Graph, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.rdf.terms import Triple
from kg.sparql.triples import HeldTriples

NAMES = [URIRef(f"urn:{name}") for name in "abcd"]
HOMES = {NAMES[0]: URIRef("urn:g"), NAMES[1]: URIRef("urn:h"), NAMES[2]: None, NAMES[3]: None}
triples = st.tuples(*[st.sampled_from(NAMES)] * 3)
sets = st.lists(triples, max_size=12)


def held(members: list[Triple]) -> HeldTriples:
    store = HeldTriples()
    for triple in members:
        store.hold([triple], HOMES[triple[0]])  # type: ignore[index]
    return store


@given(sets)
def test_every_pattern_finds_what_the_store_of_rdflib_finds(members: list[Triple]) -> None:
    plain = Graph()
    for triple in members:
        plain.add(triple)
    ours = Dataset(store=held(members), default_union=True)
    for pattern in product([None, *NAMES, URIRef("urn:unknown")], repeat=3):
        assert sorted(ours.triples(pattern)) == sorted(plain.triples(pattern))
    assert len(ours.store) == len(plain)


@given(sets, st.sampled_from([URIRef("urn:g"), URIRef("urn:h"), URIRef("urn:nowhere"), DATASET_DEFAULT_GRAPH_ID]))
def test_a_graph_holds_the_triples_of_its_subjects_alone(members: list[Triple], name: URIRef) -> None:
    store = held(members)
    home = None if name == DATASET_DEFAULT_GRAPH_ID else name
    wanted = {t for t in members if HOMES[t[0]] == home}  # type: ignore[index]
    graph = Graph(store=store, identifier=name)
    assert set(graph) == wanted
    assert len(graph) == len(wanted)
    for subject, predicate in product([None, *NAMES], repeat=2):
        found = set(graph.triples((subject, predicate, None)))
        assert found == {t for t in wanted if subject in (None, t[0]) and predicate in (None, t[1])}


@given(sets, sets)
def test_what_is_released_is_gone_and_what_is_held_twice_is_there_until_both_let_go(
    first: list[Triple], second: list[Triple]
) -> None:
    store = held(first + second)
    store.release(first)
    kept = held(second)
    assert set(Graph(store=store).triples((None, None, None))) == set(Graph(store=kept).triples((None, None, None)))
    assert {g.identifier for g in store.contexts()} == {g.identifier for g in kept.contexts()}
    for pattern in product([None, *NAMES], repeat=3):
        assert sorted(t for t, _ in store.triples(pattern)) == sorted(t for t, _ in kept.triples(pattern))
    store.release(second)
    assert len(store) == 0
    assert list(store.contexts()) == []


@given(triples)
def test_a_triple_knows_the_graph_it_is_in(triple: Triple) -> None:
    found = [graph.identifier for graph in held([triple]).contexts(triple)]
    assert found == [home for home in [HOMES[triple[0]]] if home is not None]  # type: ignore[index]
    assert list(HeldTriples().contexts(triple)) == []
