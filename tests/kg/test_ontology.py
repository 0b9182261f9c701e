import re

import pytest
from pydantic import JsonValue

from kg.ontology import MODEL_OF, Ontology, ontology, parse, problems, values_at
from schemas.errors import InputError
from schemas.graph import EdgeType, NodeLabel


def test_every_label_and_every_edge_type_is_named_once() -> None:
    assert set(ontology().nodes) == set(NodeLabel) == set(MODEL_OF)
    assert set(ontology().edges) == set(EdgeType)


def test_every_gloss_is_chinese_and_no_two_labels_share_one() -> None:
    glosses = [entry.gloss for entry in (*ontology().nodes.values(), *ontology().edges.values())]
    glosses += [p.gloss for entry in ontology().nodes.values() for p in entry.properties.values()]
    assert all(re.search("[\u4e00-\u9fff]", gloss) for gloss in glosses)
    assert len({entry.gloss for entry in ontology().nodes.values()}) == len(NodeLabel)


def test_no_two_rdf_classes_and_no_two_edge_properties_coincide() -> None:
    assert len({entry.iri for entry in ontology().nodes.values()}) == len(NodeLabel)
    assert len({entry.iri for entry in ontology().edges.values()}) == len(EdgeType)


def without(part: str, member: str) -> Ontology:
    found = ontology().model_dump()
    del found[part][member]
    return Ontology.model_validate(found)


def test_the_lint_finds_a_missing_label_and_a_missing_edge_type() -> None:
    assert problems(without("nodes", NodeLabel.VERDICT)) == ("no entry for Verdict",)
    assert problems(without("edges", EdgeType.CHECKS)) == ("no entry for CHECKS",)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"type": "string", "gloss": "無", "path": "span.middle"}, "Claim.text: no field span.middle"),
        ({"type": "string", "gloss": "無", "path": "span"}, "Claim.text: no field span"),
        ({"type": "string", "gloss": "無", "also": ["dc:title"]}, "no prefix for dc:title"),
    ],
)
def test_the_lint_finds_a_path_or_a_prefix_that_leads_nowhere(change: dict[str, JsonValue], complaint: str) -> None:
    found = ontology().model_dump()
    found["nodes"][NodeLabel.CLAIM]["properties"]["text"] = change
    assert problems(Ontology.model_validate(found)) == (complaint,)


@pytest.mark.parametrize("source", ["nodes: [", "nodes: {}", "prefixes: {}\nnodes: {}\nedges: {}"])
def test_a_broken_file_is_refused_with_its_name(source: str) -> None:
    with pytest.raises(InputError, match=r"kg/ontology\.yaml") as caught:
        parse(source)
    assert caught.value.code == "ontology.invalid"


def test_a_path_that_ends_early_gives_nothing() -> None:
    assert list(values_at({"prediction": None}, ["prediction", "window", "start"])) == []
    assert list(values_at({"span": {"start": 1}}, ["span"])) == []
