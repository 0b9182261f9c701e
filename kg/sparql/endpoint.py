"""Where queries are asked: over one store, with a worker that is started when it is first needed."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from threading import BoundedSemaphore, Lock
from typing import Final, Self

from kg.sparql.answers import Answer
from kg.sparql.holding import Step, steps_of
from kg.sparql.limits import Limits
from kg.sparql.messages import STARTED, TOO_LARGE, Question, Refused
from kg.store.protocol import Store
from schemas import errors
from schemas.errors import BackendError, BusyError, DomainError, InputError, KaozhengError

STEPS_AT_ONCE: Final = 500
"""Changes in one message to the worker."""
GRACE_SECONDS: Final = 5.0
"""How much longer than the timer we wait for the end of a child; the system may be busy."""
NO_LIMITS: Final = Limits()


class Endpoint:
    """Answers SPARQL queries over a store; may be asked by several threads at once.

    Args:
        store: whose graph it is.
        limits: what a query may cost.
    """

    def __init__(self, store: Store, limits: Limits = NO_LIMITS) -> None:
        self._store = store
        self._limits = limits
        self._places = BoundedSemaphore(limits.at_once)
        self._feeding = Lock()
        self._worker: _Worker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, text: str, accepted: Sequence[str] = ()) -> Answer:
        """Return the answer to a query over the graph as it is now.

        Args:
            text: SELECT, ASK, CONSTRUCT or DESCRIBE; our prefixes need not be declared.
            accepted: media types for the answer, the dearest first; none for the usual one.

        Raises:
            InputError: the query is too long, not understood or fails, codes "sparql.too_long", "sparql.malformed",
                "sparql.failed"; no media type fits, code "sparql.not_acceptable".
            DomainError: it would write, look elsewhere, codes "sparql.update", "sparql.service", "sparql.dataset",
                or costs too much, codes "sparql.timeout", "sparql.too_large".
            BusyError: too many run already, code "sparql.busy".
            BackendError: the graph is too large to be held, code "sparql.graph_too_large", or the worker is gone,
                code "sparql.worker_gone".
        """
        if len(text) > self._limits.characters:
            most = self._limits.characters
            raise InputError("sparql.too_long", f"a query may have {most} characters, this has {len(text)}: shorten it")
        if not self._places.acquire(timeout=self._limits.seconds):
            raise BusyError("sparql.busy", f"{self._limits.at_once} queries run already: ask again in a while")
        try:
            return _answer_from(self._put(Question(text, tuple(accepted), self._limits)), self._limits)
        finally:
            self._places.release()

    def close(self) -> None:
        """End the worker; the next query starts another."""
        with self._feeding:
            if self._worker is not None:
                self._worker.close()
                self._worker = None

    def _put(self, question: Question) -> Connection:
        """Bring the worker up to the store and give it a question; returns where its answer comes from."""
        with self._feeding:
            worker = self._worker
            if worker is None or worker.sequence > self._store.last_sequence:
                if worker is not None:
                    worker.close()
                worker = self._worker = _Worker(self._limits)
            try:
                with worker.watched():
                    worker.feed(self._store)
                    return worker.put(question)
            except BackendError:
                worker.close()
                self._worker = None
                raise


class _Worker:
    """The other process, and the change it knows last."""

    def __init__(self, limits: Limits) -> None:
        self.sequence = 0
        self._control, theirs = Pipe()
        with theirs:
            number = theirs.fileno()
            self._process = subprocess.Popen(  # noqa: S603 - our own module, with numbers
                [sys.executable, "-m", "kg.sparql.worker", str(number), str(limits.graph_bytes)],
                pass_fds=[number],
                stdin=subprocess.DEVNULL,
            )

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Say what became of the worker where it can't be reached."""
        try:
            yield
        except OSError as error:
            raise _gone(self._process.wait()) from error

    def feed(self, store: Store) -> None:
        """Tell of every change since the last."""
        if store.last_sequence == self.sequence:
            return
        log = store.log(self.sequence)
        while chunk := list(islice(log, STEPS_AT_ONCE)):
            steps: list[Step] = list(steps_of(chunk))
            self._control.send(steps)
            self.sequence = chunk[-1].sequence

    def put(self, question: Question) -> Connection:
        """Ask, and return the connection that the answer comes from."""
        ours, theirs = Pipe(duplex=False)
        with theirs:
            self._control.send(question)
            send_handle(self._control, theirs.fileno(), self._process.pid)
        return ours

    def close(self) -> None:
        """Close the connection, at which the worker ends, and see it end."""
        self._control.close()
        self._process.wait()


def _answer_from(reply: Connection, limits: Limits) -> Answer:
    """Wait for an answer; the time before the query starts is not counted, the graph may have to be read first."""
    with reply:
        try:
            if reply.recv() != STARTED:
                raise _gone(None)
        except EOFError as error:
            raise _gone(None) from error
        begun = time.monotonic()
        try:
            outcome = reply.recv() if reply.poll(limits.seconds + GRACE_SECONDS) else None
        except EOFError:
            outcome = None
        if outcome is None and time.monotonic() - begun < limits.seconds:
            raise DomainError(
                "sparql.too_large", "this query was ended by the system, for want of memory: ask for less"
            )
        if outcome is None:
            raise DomainError(
                "sparql.timeout", f"this query ran for more than {limits.seconds:g} seconds and was stopped: narrow it"
            )
    if isinstance(outcome, Refused):
        raise _error_of(outcome)
    answer: Answer = outcome
    return answer


def _error_of(refused: Refused) -> KaozhengError:
    kind: type[KaozhengError] = getattr(errors, refused.kind)
    return kind(refused.code, refused.message)


def _gone(exit_code: int | None) -> BackendError:
    if exit_code == TOO_LARGE:
        message = "the graph is too large for SPARQL here: export it as N-Quads and load that into a triple store"
        return BackendError("sparql.graph_too_large", message)
    return BackendError("sparql.worker_gone", "the process that answers queries ended unasked: ask again")
