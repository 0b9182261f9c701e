"""Contradictions raise what a claim is worth checking, in the store itself, and take it back where they go."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ledger import Note
from kg.nodes import claim_node, claim_of, document_node
from kg.store.protocol import Store
from kg.store.sqlite import open_sqlite
from kg.worth import changes_of_all_worth, changes_of_worth, contradicted, share_of
from schemas.checkworthiness import CheckReason, CheckShare
from schemas.claim import Claim
from schemas.graph import Change, EdgeType, NodeLabel, Order, Query, change_of, edge_of
from tests.kg.samples import DOCUMENT, FORECAST, STATEMENT

NOTE = Note("test", datetime(2026, 1, 2, tzinfo=UTC), "relate claims")
SCORED = STATEMENT.model_copy(
    update={
        "check_worthiness": 0.6,
        "check_shares": (
            CheckShare(reason=CheckReason.CHECKABLE_KIND, share=0.3),
            CheckShare(reason=CheckReason.QUANTITY, share=0.3),
        ),
    }
)
CONFLICT = edge_of(EdgeType.CONTRADICTS, FORECAST.claim_id, SCORED.claim_id)
NODES = tuple(
    change_of(None, node, who=NOTE.who, why=NOTE.why, at=NOTE.at)
    for node in (document_node(DOCUMENT), claim_node(FORECAST), claim_node(SCORED))
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_sqlite(tmp_path / "worth.db", fold=str)) as opened:
        yield opened


def conflict(*, is_made: bool) -> Change:
    ends = (None, CONFLICT) if is_made else (CONFLICT, None)
    return change_of(*ends, who=NOTE.who, why=NOTE.why, at=NOTE.at)


def scores(store: Store) -> dict[str, float | None]:
    page = store.find(Query(label=NodeLabel.CLAIM, order=Order.CHECK_WORTHINESS))
    return {node.node_id: claim_of(node).check_worthiness for node in page.items}


def test_contradicted_claims_rise_in_the_batch_that_relates_them(store: Store) -> None:
    batch = [*NODES, conflict(is_made=True)]
    store.apply([*batch, *changes_of_worth(batch, store=store, note=NOTE)])
    assert scores(store) == {FORECAST.claim_id: 0.95, SCORED.claim_id: 0.8}
    assert claim_of(store.node(SCORED.claim_id)).check_shares[-1].reason is CheckReason.CONTRADICTION


def test_a_contradiction_that_goes_takes_its_share_along(store: Store) -> None:
    made = [*NODES, conflict(is_made=True)]
    store.apply([*made, *changes_of_worth(made, store=store, note=NOTE)])
    gone = [conflict(is_made=False)]
    store.apply([*gone, *changes_of_worth(gone, store=store, note=NOTE)])
    assert claim_of(store.node(SCORED.claim_id)) == SCORED


def test_working_out_the_whole_store_agrees_and_doing_it_twice_changes_nothing(store: Store) -> None:
    store.apply([*NODES, conflict(is_made=True)])
    store.apply(changes_of_all_worth(store, note=NOTE))
    assert scores(store) == {FORECAST.claim_id: 0.95, SCORED.claim_id: 0.8}
    assert changes_of_all_worth(store, note=NOTE) == []


def test_other_edges_move_no_score(store: Store) -> None:
    store.apply(NODES)
    edge = edge_of(EdgeType.RESTATES, FORECAST.claim_id, SCORED.claim_id)
    change = change_of(None, edge, who=NOTE.who, why=NOTE.why, at=NOTE.at)
    assert changes_of_worth([change], store=store, note=NOTE) == []


def test_a_claim_without_a_score_gets_none_and_the_data_of_an_old_store_keep_their_form(store: Store) -> None:
    node = claim_node(SCORED)
    lean = {name: value for name, value in node.data.items() if not name.startswith("check") and name != "explanation"}
    old = node.model_copy(update={"data": lean})
    changes = [change_of(None, n, who="x", why="y", at=NOTE.at) for n in (document_node(DOCUMENT), old)]
    store.apply([*changes, NODES[1], conflict(is_made=True)])
    assert [change.element_id for change in changes_of_all_worth(store, note=NOTE)] == [FORECAST.claim_id]


@given(st.integers(0, 1000), st.integers(0, 50))
def test_more_contradictions_never_lower_a_score_and_never_lift_it_over_one(thousandths: int, count: int) -> None:
    before = thousandths / 1000
    assert 0 <= share_of(before, count) <= share_of(before, count + 1)
    assert before + share_of(before, count + 1) <= 1.0005


def test_a_share_is_replaced_not_added_up() -> None:
    twice = contradicted(contradicted(SCORED, 1), 1)
    assert twice == contradicted(SCORED, 1)
    assert contradicted(twice, 0) == SCORED
    assert Claim.model_validate(twice.model_dump()) == twice
