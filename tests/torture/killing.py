"""Real processes, and the moment at which they are killed."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedWriter
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from random import Random
from typing import Any, Final

PATIENCE_SECONDS: Final = 60.0
"""How long a victim may say nothing before it counts as hung."""

# Forked from a process that has loaded everything: a victim begins its work at once.
_CONTEXT: Final = get_context("forkserver")
_CONTEXT.set_forkserver_preload(["__main__", "tests.torture.victims"])


class LossError(Exception):
    """Something acknowledged is gone, or is there twice, or a store is not sound: what torture looks for."""


@dataclass(slots=True)
class Victim:
    """A process that is to be killed, and all that it said through its pipe."""

    process: BaseProcess
    pipe: Connection
    kept: BufferedWriter | None = None
    said: list[bytes] = field(default_factory=list)

    def hear(self, seconds: float = PATIENCE_SECONDS) -> bool:
        """Wait for one more word, and keep it on disk; False where none came in time, or it has ended."""
        try:
            if not self.pipe.poll(seconds):
                return False
            self.said.append(self.pipe.recv_bytes())
        except EOFError:
            return False
        if self.kept is not None:
            self.kept.write(self.said[-1] + b"\n")
            self.kept.flush()
            os.fsync(self.kept.fileno())
        return True

    def hear_for(self, seconds: float) -> None:
        """Listen until the time is up or it has ended."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self.hear(left):
            pass

    def kill(self) -> None:
        """Kill it, then hear what it had said before."""
        self.process.kill()
        self.process.join()
        while self.hear(0):
            pass

    def numbers(self) -> list[int]:
        """Return the numbers it acknowledged."""
        return [int(word) for word in self.said if word.isdigit()]


@contextmanager
def victim(work: Callable[..., None], *arguments: Any, kept: BufferedWriter | None = None) -> Iterator[Victim]:
    """Start a process; it is dead when this is left."""
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=work, args=(theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    started = Victim(process, ours, kept)
    try:
        yield started
    finally:
        started.kill()
        ours.close()


def kill_at_random(one: Victim, random: Random, *, most_words: int, most_seconds: float) -> None:
    """Let a victim say some words, work a moment longer, then kill it."""
    for _ in range(1 + random.randrange(most_words + 1)):
        if not one.hear():
            break
    one.hear_for(random.uniform(0, most_seconds))
    one.kill()
