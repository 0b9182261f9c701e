"""Relations in real stores: what reading articles one by one leaves is what working them all out anew would."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kg.ledger import Note, changes_of_extraction
from kg.linking.recording import changes_of_judgement, read_identities
from kg.relations import recording
from kg.relations.recording import changes_beside
from kg.relations.renewing import RELATIONS, changes_of_all
from kg.store.protocol import Store
from schemas.actor import JudgementValue, judgement_of
from schemas.extraction import Extraction
from schemas.graph import Change, Edge, EdgeType, change_of, element_id
from schemas.text import Publication
from tests.contracts.engines import ENGINES
from tests.kg.relations.cases import CASES, OUTLET, case_named, extractions_of, person

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with closing(ENGINES[request.param](tmp_path)) as opened:
        yield opened


def note(minute: int = 0) -> Note:
    return Note("test", NOW + timedelta(minutes=minute), "relate claims")


def read_in(store: Store, extraction: Extraction, minute: int) -> list[Change]:
    """Read a document into a store, as the service does; return what related it."""
    identities = read_identities(store)
    reading = changes_of_extraction(extraction, store, who="test", at=NOW + timedelta(minutes=minute))
    related = changes_beside(extraction, reading, store=store, identities=identities, note=note(minute))
    store.apply([*reading, *related])
    return related


def merge(store: Store, first: str, second: str, value: JudgementValue = JudgementValue.SAME, minute: int = 0) -> None:
    at = NOW + timedelta(minutes=minute)
    judgement = judgement_of((first, second), value, who="test", why="one man", at=at)
    new = [person(actor_id) for actor_id in judgement.pair if not store.nodes([actor_id])]
    store.apply(changes_of_judgement(judgement, new=new))


def relations_in(store: Store) -> set[tuple[str, str, str, str]]:
    edges = [edge for edge in store.all_edges() if edge.edge_type in recording.AMONG_CLAIMS]
    return {
        (e.source_id, e.edge_type.value, e.target_id, str(e.data["reason"]).removeprefix("relation.")) for e in edges
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_reading_one_by_one_leaves_the_relations_of_all(store: Store, case: dict[str, Any]) -> None:
    for pair in case.get("same", ()):
        merge(store, *pair)
    for minute, extraction in enumerate(extractions_of(case)):
        read_in(store, extraction, minute)
    assert relations_in(store) == {tuple(expected) for expected in case["expect"]}
    assert changes_of_all(store, identities=read_identities(store), note=note()) == []


@pytest.mark.parametrize("case", [c for c in CASES if len(c["expect"]) > 1], ids=lambda case: case["name"])
def test_what_no_longer_holds_goes_when_an_older_article_is_read_last(store: Store, case: dict[str, Any]) -> None:
    for minute, extraction in enumerate(reversed(extractions_of(case))):
        read_in(store, extraction, minute)
    assert relations_in(store) == {tuple(expected) for expected in case["expect"]}
    assert changes_of_all(store, identities=read_identities(store), note=note()) == []


def is_contradiction(change: Change) -> bool:
    return isinstance(change.after, Edge) and change.after.edge_type is EdgeType.CONTRADICTS


def test_a_relation_that_is_taken_back_stays_in_the_log(store: Store) -> None:
    held = case_named("what was replaced is not contradicted any more")
    first, second, dissent = extractions_of({**held, "claims": held["claims"]})
    read_in(store, first, 0)
    contradiction = next(c.after for c in read_in(store, dissent, 1) if c.after is not None and is_contradiction(c))
    read_in(store, second, 2)
    assert [logged.change.after for logged in store.history(element_id(contradiction))] == [contradiction, None]


def test_a_merge_counts_when_relations_are_worked_out_anew_and_so_does_a_split(store: Store) -> None:
    for minute, extraction in enumerate(extractions_of(case_named("without a merge they are two"))):
        read_in(store, extraction, minute)
    assert relations_in(store) == set()
    for minute, (value, expected) in enumerate(
        ((JudgementValue.SAME, {("b", "RESTATES", "a", "repeated")}), (JudgementValue.NONE, set()))
    ):
        merge(store, "wang-daming", "王大明", value, minute)
        store.apply(changes_of_all(store, identities=read_identities(store), note=note(10 + minute)))
        assert relations_in(store) == expected


def test_working_out_anew_mends_what_was_lost_and_removes_what_never_held(store: Store) -> None:
    for minute, extraction in enumerate(extractions_of(case_named("two ranges apart"))):
        read_in(store, extraction, minute)
    (right,) = [edge for edge in store.all_edges() if edge.edge_type is EdgeType.CONTRADICTS]
    wrong = Edge(edge_id="edge-wrong", edge_type=EdgeType.RESTATES, source_id="a", target_id="b")
    store.apply([change_of(old, new, who="x", why="y", at=NOW) for old, new in ((right, None), (None, wrong))])
    changes = changes_of_all(store, identities=read_identities(store), note=note())
    assert sorted([(c.before, c.after) for c in changes], key=str) == sorted([(None, right), (wrong, None)], key=str)
    store.apply(changes)
    assert changes_of_all(store, identities=read_identities(store), note=note()) == []


def test_a_question_that_too_many_answer_is_left_to_working_out_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "CROWD", 0)
    for minute, extraction in enumerate(extractions_of(case_named("two ranges apart"))):
        read_in(store, extraction, minute)
    assert relations_in(store) == set()
    store.apply(changes_of_all(store, identities=read_identities(store), note=note()))
    assert relations_in(store) == {("a", "CONTRADICTS", "b", "disjoint_values")}


def relays_in(store: Store) -> dict[str, dict[str, Any]]:
    return {e.source_id: e.data for e in store.all_edges() if e.edge_type is EdgeType.RELAYS and e.target_id == OUTLET}


def test_a_quoted_speaker_reaches_readers_through_the_publisher_from_the_first_day_to_the_last(store: Store) -> None:
    for minute, extraction in enumerate(extractions_of(case_named("there and back is two revisions"))[::-1]):
        read_in(store, extraction, minute)
    assert relays_in(store) == {"world-desk": {"first_on": "2025-03-20", "last_on": "2025-07-10"}}


def test_neither_authors_nor_analysts_nor_the_market_are_relayed(store: Store) -> None:
    for name in ("the authors of two articles are two voices", "unnamed analysts of two articles are two voices"):
        for minute, extraction in enumerate(extractions_of(case_named(name))):
            read_in(store, extraction, minute)
    assert relays_in(store) == {}


def test_a_relay_without_a_day_says_none(store: Store) -> None:
    (extraction, _) = extractions_of(case_named("two ranges apart"))
    undated = extraction.document.model_copy(update={"publication": Publication(publisher=OUTLET)})
    read_in(store, extraction.model_copy(update={"document": undated}), 0)
    assert relays_in(store) == {"harbor-bank": {}}
    assert {edge.edge_type for edge in store.all_edges()} & RELATIONS == {EdgeType.RELAYS}
