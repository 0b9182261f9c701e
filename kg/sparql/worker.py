"""The process that holds the graph: it is fed with steps, and forks for each question.

It has one thread, so that forking is safe. The child has all the graph at once, without a copy, and only one question
to answer; the system's timer ends it, whatever it is doing.
"""

import gc
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from pathlib import Path
from typing import Final

from rdflib import Dataset

from kg.sparql.answers import Answer
from kg.sparql.asking import ask
from kg.sparql.holding import Holding
from kg.sparql.messages import TOO_LARGE, Message, Question, Refused
from schemas.errors import DomainError, InputError, KaozhengError

PAGES_TAKEN: Final = Path("/proc/self/statm")


def serve(control: Connection) -> None:
    """Take messages until the other end is closed."""
    holding = Holding()
    while True:
        try:
            message: Message = control.recv()
        except EOFError:
            return
        if isinstance(message, Question):
            reply = Connection(recv_handle(control), readable=False)
            _fork(holding.settle(), message, reply)
            reply.close()
        else:
            holding.take(message)


def _fork(dataset: Dataset, question: Question, reply: Connection) -> None:
    gc.freeze()  # what is there already is not gone through again, and so stays shared
    if os.fork() == 0:
        try:
            _answer(dataset, question, reply)
        finally:
            os._exit(0)


def _answer(dataset: Dataset, question: Question, reply: Connection) -> None:
    """Say when we begin, by the clock that all processes share, then answer; the timer ends us where we stand."""
    begun = time.monotonic()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, question.limits.seconds)
    reply.send(begun)
    limit_memory(question.limits.query_bytes)
    reply.send(_outcome(lambda: ask(dataset, question.text, question.accepted, question.limits)))


def _outcome(work: Callable[[], Answer]) -> Answer | Refused:
    """Return what came of a question; whatever goes wrong in it must reach who asked."""
    try:
        return work()
    except KaozhengError as error:
        return Refused.by(error)
    except MemoryError:
        return Refused.by(DomainError("sparql.too_large", "this query needs more memory than it may: ask for less"))
    except Exception as error:  # noqa: BLE001 - rdflib raises many kinds while it evaluates; none may be lost
        reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        return Refused.by(InputError("sparql.failed", f"this query can't be evaluated ({reason}): change it"))


def limit_memory(more_bytes: int) -> None:
    """Let this process take so much more memory than it has; where nobody tells how much that is, do nothing."""
    if not PAGES_TAKEN.exists():
        return
    taken = int(PAGES_TAKEN.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + more_bytes, resource.RLIM_INFINITY))


def main(arguments: Sequence[str]) -> int:
    """Serve the connection of a number; returns the exit code.

    Args:
        arguments: the number of the file that is the connection, and how much memory the graph may take.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started us ends us, by closing the connection
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children
    limit_memory(int(arguments[1]))
    try:
        serve(Connection(int(arguments[0])))
    except MemoryError:
        return TOO_LARGE
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
