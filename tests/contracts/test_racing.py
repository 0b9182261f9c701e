"""Many at once: of two who change one claim one wins, and who reads is neither kept out nor misled."""

import threading
from collections.abc import Callable

import pytest

from kg.store.protocol import Store
from schemas.errors import ConflictError, KaozhengError
from schemas.graph import NodeLabel, Query
from tests.contracts.graphs import claim, create, document, ids, replace

ROUNDS = 5


def together(*works: Callable[[], object]) -> list[object]:
    """Do all at once; return what each gave back or was refused with."""
    results: list[object] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(number: int) -> None:
        gate.wait()
        try:
            results[number] = works[number]()
        except KaozhengError as error:
            results[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_who_race_for_one_claim_the_second_gets_a_conflict(store: Store) -> None:
    now = claim("claim-1", "起點")
    store.apply(create(document(), now))
    for number in range(ROUNDS):
        rivals = [claim("claim-1", f"{side}{number}") for side in ("甲", "乙")]
        changes = [replace(now, rival) for rival in rivals]
        results = together(*(lambda change=change: store.apply([change]) for change in changes))
        refused = [result for result in results if isinstance(result, ConflictError)]
        assert [error.code for error in refused] == ["store.conflict"]
        now = store.node("claim-1")
        assert now == rivals[results.index(refused[0]) - 1]
    assert store.last_sequence == 2 + ROUNDS


def test_of_two_who_make_one_claim_otherwise_one_is_refused_whole(store: Store) -> None:
    batches = [create(document(f"document-{side}"), claim("claim-1", f"第{side}版")) for side in "12"]
    results = together(*(lambda batch=batch: store.apply(batch) for batch in batches))
    assert sum(isinstance(result, ConflictError) for result in results) == 1
    assert store.counts() == {NodeLabel.DOCUMENT: 1, NodeLabel.CLAIM: 1}
    assert [logged.sequence for logged in store.log()] == [1, 2]


def test_two_who_make_the_same_make_it_once(store: Store) -> None:
    changes = create(document(), claim("claim-1"))
    results = together(*(lambda: store.apply(changes) for _ in range(2)))
    assert not [result for result in results if isinstance(result, KaozhengError)]
    assert store.last_sequence == 2


@pytest.mark.parametrize("readers", [3])
def test_readers_go_on_while_one_writes_and_pages_stay_in_order(store: Store, readers: int) -> None:
    store.apply(create(document(), *(claim(f"claim-{n:03}") for n in range(20))))
    stop = threading.Event()

    def read() -> list[list[str]]:
        pages = []
        while not stop.is_set():
            pages.append(ids(store.find(Query(label=NodeLabel.CLAIM, text="台股", limit=30))))
        return pages

    def write() -> None:
        try:
            for batch in range(5):
                store.apply(create(*(claim(f"claim-{100 + 10 * batch + n}") for n in range(10))))
        finally:
            stop.set()

    *read_pages, _ = together(*(read for _ in range(readers)), write)
    for pages in read_pages:
        assert isinstance(pages, list), pages
        assert all(page == sorted(page) and len(page) >= 20 for page in pages)
    assert len(ids(store.find(Query(label=NodeLabel.CLAIM, text="台股", limit=100)))) == 70
