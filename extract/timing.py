"""Seconds by stage, for whoever watches; nothing is measured where nobody does."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
Watch = Callable[[str, float], None]
"""Is told the name of a stage and the seconds it took."""


def timed(watch: Watch | None, stage: str, work: Callable[[], T]) -> T:
    """Return what the work returns, and tell the watch how long it took.

    Example:
        >>> seen = []
        >>> timed(lambda stage, seconds: seen.append(stage), "shadow", lambda: 42), seen
        (42, ['shadow'])
    """
    if watch is None:
        return work()
    began = time.perf_counter()
    result = work()
    watch(stage, time.perf_counter() - began)
    return result
