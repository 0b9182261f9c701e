"""Work shared out between two threads: in order, no further ahead than it may be, and spared when nobody asks."""

import threading
from collections.abc import Callable

import pytest

from extract.sharing import AHEAD, shared_out

SECONDS = 20.0  # to wait for another thread at most


def test_results_come_in_the_order_of_their_tasks() -> None:
    assert list(shared_out(lambda task: task * task, range(200))) == [task * task for task in range(200)]


def test_without_tasks_there_is_no_result() -> None:
    assert list(shared_out(str, [])) == []


def test_the_second_thread_begins_before_anybody_asks() -> None:
    begun = threading.Event()
    results = shared_out(lambda _: begun.set(), [0])
    assert begun.wait(SECONDS)
    assert list(results) == [None]


def test_who_asks_lends_a_hand_while_the_second_thread_is_busy() -> None:
    hindered, here = threading.Event(), threading.get_ident()

    def work(task: int) -> int:
        if threading.get_ident() == here:
            hindered.set()
        else:
            assert hindered.wait(SECONDS)  # until who asks has done a task
        return threading.get_ident()

    assert {here} < set(shared_out(work, range(4)))


@pytest.mark.parametrize("wrong", [0, 3, 2 * AHEAD])
def test_what_goes_wrong_in_a_task_is_raised_where_its_result_is_asked_for(wrong: int) -> None:
    def work(task: int) -> int:
        if task == wrong:
            raise ValueError(f"task {task}")
        return task

    with pytest.raises(ValueError, match=f"task {wrong}"):
        list(shared_out(work, range(3 * AHEAD)))


def test_no_more_tasks_are_begun_than_may_wait() -> None:
    done: list[int] = []
    results = shared_out(done.append, range(10 * AHEAD))
    _wait_until(lambda: len(done) == AHEAD)
    next(results)
    _wait_until(lambda: len(done) == AHEAD + 1)
    assert done == list(range(AHEAD + 1))


def test_who_stops_asking_spares_the_tasks_that_are_not_begun() -> None:
    may_go_on = threading.Event()
    begun: list[int] = []
    before = set(threading.enumerate())

    def work(task: int) -> None:
        begun.append(task)
        if task:
            may_go_on.wait(SECONDS)

    results = shared_out(work, range(AHEAD))
    _wait_until(lambda: begun == [0, 1])
    next(results)
    results.close()
    may_go_on.set()
    _wait_until(lambda: set(threading.enumerate()) <= before)
    assert begun == [0, 1]


def _wait_until(holds: Callable[[], bool]) -> None:
    waiting = threading.Event()
    for _ in range(int(SECONDS * 100)):
        if holds():
            return
        waiting.wait(0.01)
    raise AssertionError("waited in vain")
