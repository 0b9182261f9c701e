"""What goes out as RDF comes back as it was, whatever its texts hold, in every format."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue
from rdflib import Dataset, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.nodes import actor_node, claim_node, claim_of, document_node
from kg.ontology import MODEL_OF
from kg.rdf import RdfFormat, elements_of, id_of, iri_of, json_ld, n_quads, parsed, turtle
from kg.rdf.surroundings import Surroundings
from kg.rdf.terms import graph_name_of
from schemas.actor import Actor, ActorType, Name
from schemas.claim import Attribution, Claim, ClaimKind, Direction, Prediction, Speech, Target
from schemas.errors import InputError
from schemas.graph import Edge, EdgeType, Node, NodeLabel, edge_of
from schemas.period import Period, PeriodTag, Precision
from schemas.quantity import Quantity, QuantityTag
from schemas.text import Document, Publication, Span
from tests.kg.samples import DOCUMENT, FORECAST, STATEMENT, VERDICT, sample_edges, sample_nodes


def quads(nodes: Iterable[Node], edges: Iterable[Edge]) -> str:
    nodes = tuple(nodes)
    return "".join(n_quads(nodes, edges, Surroundings.among(nodes, {})))


WRITERS: Final = {RdfFormat.TURTLE: turtle, RdfFormat.JSON_LD: json_ld, RdfFormat.N_QUADS: quads}
Writer = Callable[[Iterable[Node], Iterable[Edge]], str]
each_format = pytest.mark.parametrize(("rdf_format", "write"), WRITERS.items(), ids=[f.value for f in WRITERS])


def by_id(nodes: tuple[Node, ...]) -> dict[str, tuple[NodeLabel, str, object]]:
    return {n.node_id: (n.label, n.caption, MODEL_OF[n.label].model_validate(n.data)) for n in nodes}


@each_format
def test_nothing_is_lost_on_the_way_to_rdf_and_back(rdf_format: RdfFormat, write: Writer) -> None:
    nodes, edges = elements_of(parsed(write(sample_nodes(), sample_edges()), rdf_format))
    assert by_id(nodes) == by_id(sample_nodes())
    assert edges == tuple(sorted(sample_edges(), key=lambda edge: edge.edge_id))


@each_format
def test_the_order_of_arrival_does_not_show(rdf_format: RdfFormat, write: Writer) -> None:
    back, forth = write(sample_nodes()[::-1], sample_edges()[::-1]), write(sample_nodes(), sample_edges())
    if rdf_format is RdfFormat.N_QUADS:  # a stream of elements, in the order in which they come
        back, forth = "".join(sorted(back.splitlines())), "".join(sorted(forth.splitlines()))
    assert back == forth


PRINT_ALL = """
from tests.kg.rdf.test_round_trip import WRITERS
from tests.kg.samples import sample_edges, sample_nodes
for write in WRITERS.values():
    print(write(sample_nodes(), sample_edges()))
"""


def test_the_text_is_the_same_in_every_process() -> None:
    texts = {
        subprocess.run(
            [sys.executable, "-c", PRINT_ALL],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(texts) == 1


def test_what_was_read_from_a_document_stands_in_its_graph_and_what_we_found_does_not() -> None:
    dataset = Dataset()
    dataset.parse(data=quads(sample_nodes(), sample_edges()), format="nquads")
    homes = {(s, g) for s, _, _, g in dataset.quads() if isinstance(s, URIRef)}
    here = graph_name_of(DOCUMENT.document_id)
    assert {(iri_of(claim.claim_id), here) for claim in (FORECAST, STATEMENT)} <= homes
    assert (iri_of(DOCUMENT.document_id), here) in homes
    assert (iri_of(VERDICT.verdict_id), DATASET_DEFAULT_GRAPH_ID) in homes
    assert {g for s, g in homes if s == iri_of("central-bank-of-taiwan")} == {DATASET_DEFAULT_GRAPH_ID}


def test_json_ld_nests_what_a_node_consists_of() -> None:
    document = json.loads(json_ld(sample_nodes(), sample_edges()))
    assert not [member for member in document["@graph"] if set(member) == {"@id"}]
    claim = next(m for m in document["@graph"] if m["@id"] == str(iri_of(FORECAST.claim_id)))
    quantity = claim["kd:quantities"]["@list"][0]["kd:quantity"]
    assert Decimal(quantity["kd:low"]["@value"]) == 40


def test_an_empty_graph_and_a_single_node_are_json_ld_too() -> None:
    assert json.loads(json_ld([], []))["@graph"] == []
    assert len(json.loads(json_ld(sample_nodes()[3:4], []))["@graph"]) == 1


HOSTILE: Final = (
    '"', "'''", '"""', "\\", "\\u0041", "\\n", "\n\r\t", "\x00", "\x07\x7f\x85", "\u2028", "\u202e總統\u202c",
    "שלום", "🀄️👩‍👩‍👧", "\ufffe", "</script><script>", "]]>", "<!--", "} UNION { ?s ?p ?o", "; DROP ALL #",
    "_:b0", "@zh", "^^xsd:integer", "<urn:x>", "{{7*7}}", "${x}", "%00", "@id", "@context", " ", "",
)  # fmt: skip
"""Marks of every syntax we write, controls, both directions of writing, joined emoji, queries."""

texts = st.lists(
    st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=4
).map("".join)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=6)
days = st.dates(min_value=date(1000, 1, 1))


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    span = Span(start=3, end=5)
    low, start = draw(decimals), draw(days)
    period = Period(start=draw(st.sampled_from([start, None])), end=start, precision=Precision.RANGE)
    quantity = Quantity(low=low, high=low, unit=draw(texts))
    prediction = Prediction(
        target=Target(target_id=draw(texts), subject=draw(texts), measure=draw(texts)),
        direction=Direction.LEVEL, value=quantity, window=period,
    )  # fmt: skip
    return Claim(
        claim_id=draw(texts), document_id=draw(texts), span=span, text=draw(texts), kind=ClaimKind.PREDICTION,
        attribution=Attribution(
            speakers=tuple(draw(st.lists(texts, min_size=1, max_size=3))), speech=Speech.DIRECT, cue=draw(texts)
        ),
        sentence_index=0,
        quantities=(QuantityTag(span=span, quantity=quantity, measures=draw(texts)),),
        periods=(PeriodTag(span=span, period=period),),
        mentions=tuple(draw(st.lists(texts, max_size=2))),
        prediction=prediction, said_on=start, check_worthiness=draw(st.none() | st.floats(0, 1)),
    )  # fmt: skip


@settings(max_examples=25)
@given(claims())
def test_a_claim_comes_back_whole_whatever_stands_in_its_texts(claim: Claim) -> None:
    for rdf_format, write in WRITERS.items():
        (node,), _ = elements_of(parsed(write([claim_node(claim)], []), rdf_format))
        assert claim_of(node) == claim


@settings(max_examples=25)
@given(texts, texts, texts, texts)
def test_documents_and_actors_come_back_whole_whatever_stands_in_their_texts(
    text: str, title: str, url: str, name: str
) -> None:
    publication = Publication(title=title, url=url, publisher=title, author=name)
    document = document_node(Document(document_id="d", text=text, publication=publication))
    actor = actor_node(
        Actor(actor_id=name + "1", actor_type=ActorType.PERSON, names=(Name(text=name, script="zh-Hant"),))
    )
    edge = edge_of(EdgeType.PUBLISHED_BY, "d", name + "1", note=text)
    for rdf_format, write in WRITERS.items():
        nodes, edges = elements_of(parsed(write([document, actor], [edge]), rdf_format))
        assert {n.node_id: n.data for n in nodes} == {n.node_id: n.data for n in (document, actor)}
        assert edges == (edge,)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_id_has_a_valid_iri_that_leads_back(element_id: str) -> None:
    iri = iri_of(element_id)
    assert str(iri).isascii()
    assert URIRef(str(iri)).n3() == f"<{iri}>"
    assert id_of(iri) == element_id


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("aé\x00'\" <>", max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=40)
@given(st.dictionaries(st.text("a甲\x00'\" <>%", max_size=5), JSON, max_size=4))
def test_data_of_any_other_form_comes_back_as_it_was(data: dict[str, JsonValue]) -> None:
    node = Node(node_id="n", label=NodeLabel.CLAIM, caption='"\\\n\r\t\x00<>', data={"free": data})
    edge = edge_of(EdgeType.MENTIONS, "n", "n", **data)
    for rdf_format, write in WRITERS.items():
        assert elements_of(parsed(write([node], [edge]), rdf_format)) == ((node,), (edge,))


@each_format
def test_half_a_character_is_refused_by_name(rdf_format: RdfFormat, write: Writer) -> None:
    broken = STATEMENT.model_copy(update={"text": "升\ud83d息"})
    with pytest.raises(InputError, match=r"U\+D83D") as caught:
        write([claim_node(broken)], [])
    assert caught.value.code == "rdf.text_malformed"


@pytest.mark.parametrize(
    ("text", "rdf_format", "code"),
    [
        ("<urn:a> <urn:b>", RdfFormat.TURTLE, "rdf.malformed"),
        ("@prefix a: <", RdfFormat.TURTLE, "rdf.malformed"),
        ("<urn:a> <urn:b> <urn:c> <urn:d> <urn:e> .", RdfFormat.N_QUADS, "rdf.malformed"),
        ("{", RdfFormat.JSON_LD, "rdf.malformed"),
        ("[" * 100_000, RdfFormat.JSON_LD, "rdf.malformed"),
        ('{"@context": "https://example.org/context.jsonld"}', RdfFormat.JSON_LD, "rdf.context_remote"),
        ('[{"a": {"@context": [{}, "other.jsonld"]}}]', RdfFormat.JSON_LD, "rdf.context_remote"),
        ('{"@context": {"@import": "https://example.org/"}}', RdfFormat.JSON_LD, "rdf.context_remote"),
    ],
)  # fmt: skip
def test_what_is_no_rdf_is_refused_and_nothing_is_fetched(text: str, rdf_format: RdfFormat, code: str) -> None:
    with pytest.raises(InputError) as caught:
        parsed(text, rdf_format)
    assert caught.value.code == code
