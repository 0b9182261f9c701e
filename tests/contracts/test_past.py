"""As of an earlier change or moment, a store answers as it did then."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from kg.store.past import as_of
from kg.store.protocol import Store
from schemas.errors import DomainError, InputError
from schemas.evidence import Outcome
from schemas.graph import Change, EdgeType, NodeLabel, Query, Review, edge_of
from tests.contracts.engines import fold
from tests.contracts.graphs import NOON, claim, create, document, ids, remove, replace, resolution, year

HOUR = timedelta(hours=1)
STATED = edge_of(EdgeType.STATED_IN, "claim-1", "document-1")
BEFORE = claim("claim-1", "聯準會降息", target="us.rate", window=year(2025))
AFTER = claim("claim-1", "聯準會升息", target="us.rate", window=year(2025))
STEPS: list[list[Change]] = [
    create(document(), BEFORE, STATED, at=NOON),  # 1, 2, 3
    [replace(document(), document(publisher="晚報"), at=NOON + HOUR)],  # 4
    [replace(BEFORE, AFTER, at=NOON + 2 * HOUR)],  # 5
    create(resolution("r-1", "claim-1", Outcome.TRUE), at=NOON + 3 * HOUR),  # 6
    [remove(STATED, at=NOON + 4 * HOUR), remove(AFTER, at=NOON + 4 * HOUR)],  # 7, 8
]


@pytest.fixture
def lived(store: Store) -> Store:
    for step in STEPS:
        store.apply(step)
    return store


def claims(store: Store, **filters: object) -> list[str]:
    return ids(store.find(Query.model_validate({"label": NodeLabel.CLAIM, **filters})))


def test_each_change_has_the_state_it_led_to(lived: Store) -> None:
    texts = []
    for sequence in range(9):
        with as_of(lived, sequence, fold=fold) as past:
            texts.append([node.data["text"] for node in past.nodes(["claim-1"])])
            assert past.last_sequence == sequence
    assert texts == [[], [], *[["聯準會降息"]] * 3, *[["聯準會升息"]] * 3, []]


def test_filters_and_full_text_see_the_past(lived: Store) -> None:
    with as_of(lived, 3, fold=fold) as past:
        assert claims(past, text="联准会降息") == ["claim-1"]
        assert claims(past, publisher="晨報") == ["claim-1"]
        assert claims(past, review=Review.UNREVIEWED) == ["claim-1"]
        assert past.edges("claim-1") == (STATED,)
    with as_of(lived, 6, fold=fold) as past:
        assert claims(past, text="降息") == []
        assert claims(past, publisher="晚報", outcome="true") == ["claim-1"]
    assert claims(lived) == []


def test_a_moment_counts_what_was_recorded_by_then(lived: Store) -> None:
    with as_of(lived, NOON + HOUR, fold=fold) as past:
        assert past.last_sequence == 4
    with as_of(lived, NOON + HOUR - timedelta(microseconds=1), fold=fold) as past:
        assert past.last_sequence == 3
    with as_of(lived, (NOON + HOUR).astimezone(timezone(HOUR * 8)), fold=fold) as past:
        assert past.last_sequence == 4


def test_what_was_logged_behind_a_later_change_was_not_known_by_then(store: Store) -> None:
    store.apply(create(document(), at=NOON + HOUR))
    store.apply(create(claim("early"), at=NOON))
    with as_of(store, NOON, fold=fold) as past:
        assert past.counts() == {}


def test_the_history_of_the_past_ends_there(lived: Store) -> None:
    with as_of(lived, 5, fold=fold) as past:
        assert [logged.sequence for logged in past.history("claim-1")] == [2, 5]
        assert list(past.log()) == list(lived.log())[:5]


def test_a_future_moment_is_the_present(lived: Store) -> None:
    with as_of(lived, 10**9, fold=fold) as past:
        assert list(past.all_nodes()) == list(lived.all_nodes())
        assert list(past.all_edges()) == list(lived.all_edges())


def test_the_past_is_not_written_to(lived: Store) -> None:
    with as_of(lived, 1, fold=fold) as past, pytest.raises(DomainError) as refused:
        past.apply(create(claim("claim-2")))
    assert refused.value.code == "store.read_only"


@pytest.mark.parametrize("moment", [-1, datetime(2026, 1, 2)])  # noqa: DTZ001 -- what is refused
def test_a_moment_that_is_none_is_refused(store: Store, moment: int | datetime) -> None:
    with pytest.raises(InputError) as refused, as_of(store, moment, fold=fold):
        pass
    assert refused.value.code == "store.moment"


def test_before_all_changes_there_was_nothing(lived: Store) -> None:
    with as_of(lived, datetime(2020, 1, 1, tzinfo=UTC), fold=fold) as past:
        assert past.counts() == {}
