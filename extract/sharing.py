"""Share work out between the thread that asks for its results and one beside it."""

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Final, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
AHEAD: Final = 24
"""Tasks at most that are handed out before the result of the first is asked for: what waits takes memory."""


def shared_out(work: Callable[[Task], Result], tasks: Sequence[Task]) -> Generator[Result, None, None]:
    """Return the results of all tasks in order; a second thread works ahead from now on.

    Whoever asks for a result that is not ready does some of the tasks rather than wait, so that two threads are busy
    and never three: more threads than cores push each other out of the caches. The work should leave Python's lock to
    others most of the time, as networks do. Whoever stops asking spares the tasks that are not begun.

    Args:
        work: what is done for each task; on either thread.
        tasks: for which.

    Example:
        >>> list(shared_out(str.upper, ["a", "b", "c"]))
        ['A', 'B', 'C']
    """
    aside = ThreadPoolExecutor(max_workers=1)
    handed = deque((task, aside.submit(work, task)) for task in tasks[:AHEAD])
    return _in_order(work, handed, iter(tasks[AHEAD:]), aside)


def _in_order(
    work: Callable[[Task], Result],
    handed: deque[tuple[Task, Future[Result]]],
    following: Iterator[Task],
    aside: ThreadPoolExecutor,
) -> Generator[Result, None, None]:
    try:
        while handed:
            while not handed[0][1].done() and _has_helped(work, handed):
                pass
            _, future = handed.popleft()
            handed.extend((task, aside.submit(work, task)) for task in islice(following, 1))
            yield future.result()
    finally:
        for _, future in handed:
            future.cancel()
        aside.shutdown(wait=False)


def _has_helped(work: Callable[[Task], Result], handed: deque[tuple[Task, Future[Result]]]) -> bool:
    """Do the first task that is not begun; returns whether there was one."""
    for place, (task, future) in enumerate(handed):
        if future.cancel():
            done: Future[Result] = Future()
            done.set_result(work(task))
            handed[place] = (task, done)
            return True
    return False
