"""The made-up graph of the benchmark: as large as asked, sound, the same every time."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from api.benchmark_bare import BareStore
from api.benchmark_graph import FIRST_DAY, TARGETS, Size, changes_of
from extract.normalize import shadow_of
from kg.nodes import claim_of, resolution_of
from kg.store.loading import load_sqlite
from kg.store.sqlite import open_sqlite
from kg.store.verifying import verify
from schemas.graph import Edge, Node, NodeLabel, Order, Query

SMALL = Size(claims=400, predictions=120, edges=1600)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "store.db"
    load_sqlite(path, changes_of(SMALL), fold=shadow_of)
    return path


def test_it_is_as_large_as_asked() -> None:
    elements = [change.after for change in changes_of(SMALL)]
    labels = Counter(e.label for e in elements if isinstance(e, Node))
    claims = [claim_of(e) for e in elements if isinstance(e, Node) and e.label is NodeLabel.CLAIM]
    assert labels[NodeLabel.CLAIM] == 400
    assert sum(claim.prediction is not None for claim in claims) == 120
    assert sum(isinstance(e, Edge) for e in elements) == 1600
    assert len({change.change_id for change in changes_of(SMALL)}) == len(elements)


def test_its_nodes_are_models_of_ours() -> None:
    nodes = [change.after for change in changes_of(SMALL) if isinstance(change.after, Node)]
    claims = [claim_of(node) for node in nodes if node.label is NodeLabel.CLAIM]
    resolutions = [resolution_of(node) for node in nodes if node.label is NodeLabel.RESOLUTION]
    assert {r.claim_id for r in resolutions} <= {c.claim_id for c in claims if c.prediction is not None}
    assert len(resolutions) == SMALL.resolutions
    assert len(TARGETS) == sum(node.label is NodeLabel.TARGET for node in nodes)


def test_a_store_of_it_is_sound(path: Path) -> None:
    assert verify(path, fold=shadow_of).problems == []


WHOLE = {"label": NodeLabel.CLAIM, "limit": 1000}
NEWEST = {**WHOLE, "order": Order.PUBLISHED_DESCENDING}
DAY = date(2020, 1, 1)


@pytest.mark.parametrize(
    ("filters", "ask_bare"),
    [
        (
            {**NEWEST, "actor_id": "actor-0", "published_from": FIRST_DAY, "published_to": DAY},
            lambda bare: bare.by_actor("actor-0", FIRST_DAY, DAY, limit=1000),
        ),
        (
            {**WHOLE, "kind": "prediction", "due_by": DAY, "order": Order.DUE},
            lambda bare: bare.due(DAY, limit=1000),
        ),
        ({**NEWEST, "text": "航運"}, lambda bare: bare.text("航运", limit=1000)),
    ],
    ids=["actor", "due", "text"],
)
def test_sql_written_by_hand_finds_what_the_store_finds(
    path: Path, filters: dict[str, object], ask_bare: Callable[[BareStore], list[dict[str, str]]]
) -> None:
    with open_sqlite(path, fold=shadow_of, read_only=True) as store, BareStore(path) as bare:
        found = [node.node_id for node in store.find(Query.model_validate(filters)).items]
        assert ids(ask_bare(bare)) == found != []


def test_sql_written_by_hand_reaches_what_the_store_reaches(path: Path) -> None:
    with open_sqlite(path, fold=shadow_of, read_only=True) as store, BareStore(path) as bare:
        near = store.neighbourhood("claim-7", depth=2, limit=1000)
        found = bare.two_hops("claim-7", limit=1000)
    assert {e["edge_id"] for e in found if e["element"] == "edge"} == {e.edge_id for e in near.edges}
    assert {e["node_id"] for e in found if e["element"] == "node"} == {n.node_id for n in near.nodes}


def ids(rows: list[dict[str, str]]) -> list[str]:
    return [row["node_id"] for row in rows]
