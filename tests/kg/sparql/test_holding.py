"""The triples follow the elements, in whatever order and pieces the changes come."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import SKOS, Literal
from rdflib.term import Node as Term

from kg.rdf import iri_of
from kg.rdf.terms import OA, PROV, SCHEMA, graph_name_of
from kg.sparql.holding import Holding, Step, steps_of
from schemas.graph import Edge, LoggedChange, Node, NodeLabel, change_of, element_id
from tests.kg.rdf.test_writing import READING
from tests.kg.samples import DOCUMENT, FORECAST, STATEMENT, VERDICT, node_of, sample_edges, sample_nodes

ELEMENTS: tuple[Node | Edge, ...] = (*sample_nodes(), *sample_edges())


def step(element: Node | Edge, *, is_there: bool = True) -> Step:
    made = READING if isinstance(element, Node) else None
    return Step(element_id(element), element if is_there else None, made)


def triples(holding: Holding) -> set[tuple[Term, ...]]:
    return set(holding.settle().triples((None, None, None)))


def fresh(elements: Iterable[Node | Edge]) -> set[tuple[Term, ...]]:
    holding = Holding()
    holding.take(map(step, elements))
    return triples(holding)


@settings(max_examples=20)
@given(st.permutations(ELEMENTS), st.integers(1, 9))
def test_order_and_pieces_do_not_matter(elements: list[Node | Edge], size: int) -> None:
    holding = Holding()
    for start in range(0, len(elements), size):
        holding.take(map(step, elements[start : start + size]))
        holding.settle()
    assert triples(holding) == fresh(ELEMENTS)


@settings(max_examples=20)
@given(st.sets(st.sampled_from(range(len(ELEMENTS)))))
def test_what_goes_takes_its_triples_along_and_no_others(gone: set[int]) -> None:
    holding = Holding()
    holding.take(map(step, ELEMENTS))
    holding.settle()
    holding.take(step(ELEMENTS[i], is_there=False) for i in gone)
    holding.settle()
    holding.take(step(ELEMENTS[i]) for i in gone)
    assert triples(holding) == fresh(ELEMENTS)


def test_a_changed_node_is_what_it_is_now() -> None:
    holding = Holding()
    holding.take(map(step, ELEMENTS))
    holding.settle()
    verdict = node_of(NodeLabel.VERDICT, VERDICT.verdict_id, "屬實", VERDICT)
    other = verdict.model_copy(update={"data": verdict.data | {"value": "refuted"}})
    holding.take([step(other)])
    assert triples(holding) == fresh(other if e == verdict else e for e in ELEMENTS)


def test_what_quotes_a_text_follows_it() -> None:
    holding = Holding()
    holding.take(map(step, ELEMENTS))
    holding.settle()
    text = DOCUMENT.text.replace("央行", "本行")
    changed = DOCUMENT.model_copy(update={"text": text})
    holding.take([step(node_of(NodeLabel.DOCUMENT, DOCUMENT.document_id, "疑雲", changed))])
    prefixes = [str(o) for o in holding.settle().objects(None, OA.prefix)]
    assert any("本行" in prefix for prefix in prefixes)
    assert not any("央行" in prefix for prefix in prefixes)


def test_a_review_that_came_before_its_claim_quotes_it_all_the_same() -> None:
    holding = Holding()
    holding.take([step(node_of(NodeLabel.VERDICT, VERDICT.verdict_id, "屬實", VERDICT))])
    holding.settle()
    holding.take(map(step, ELEMENTS))
    assert holding.settle().value(iri_of(VERDICT.verdict_id), SCHEMA.claimReviewed) == Literal(STATEMENT.text)


def test_a_claim_stands_in_the_graph_of_its_document_and_the_vocabulary_in_none() -> None:
    holding = Holding()
    holding.take(map(step, ELEMENTS))
    dataset = holding.settle()
    graph = dataset.get_context(graph_name_of(DOCUMENT.document_id))
    assert graph.value(iri_of(FORECAST.claim_id), PROV.generatedAtTime) == Literal(READING.at)
    assert list(graph.subjects(SKOS.topConceptOf)) == []
    assert len(list(dataset.subjects(SKOS.topConceptOf))) > 100


def test_steps_of_a_log_name_who_made_a_node_first() -> None:
    made_by, later = "command line", "編輯"
    first = node_of(NodeLabel.DOCUMENT, DOCUMENT.document_id, "疑雲", DOCUMENT)
    second = first.model_copy(update={"caption": "疑雲二"})
    changes = [
        change_of(None, first, who=made_by, why="read", at=READING.at),
        change_of(first, second, who=later, why="renamed", at=READING.at),
        change_of(second, None, who=later, why="gone", at=READING.at),
    ]
    steps = list(steps_of(LoggedChange(sequence=n, change=c) for n, c in enumerate(changes, 1)))
    assert [s.after for s in steps] == [first, second, None]
    assert [s.made.who if s.made else None for s in steps] == [made_by, None, None]
