"""Where queries are asked: over one store, with a worker that is started when it is first needed."""

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from threading import BoundedSemaphore, Lock
from typing import Final, Self

from kg.sparql.answers import Answer
from kg.sparql.holding import Step, steps_of
from kg.sparql.limits import Limits
from kg.sparql.messages import TOO_LARGE, Question, Refused
from kg.store.protocol import Store
from schemas.errors import BackendError, BusyError, DomainError, InputError

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
            return self._put(Question(text, tuple(accepted), self._limits)).answer()
        finally:
            self._places.release()

    def close(self) -> None:
        """End the worker; the next query starts another."""
        with self._feeding:
            if self._worker is not None:
                self._worker.close()
                self._worker = None

    def _put(self, question: Question) -> "_Asked":
        """Bring the worker up to the store and give it a question."""
        with self._feeding:
            if self._store.last_sequence > self._limits.changes:
                raise _too_large()
            worker = self._worker
            if worker is None or worker.has_ended or worker.sequence > self._store.last_sequence:
                if worker is not None:
                    worker.close()
                worker = self._worker = _Worker(self._limits)
            try:
                worker.feed(self._store)
                return _Asked(worker, worker.put(question), question.limits)
            except OSError as error:
                raise worker.gone() from error


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

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self._process.poll() is not None

    def gone(self) -> BackendError:
        """Return the error that says why the process can't be reached."""
        try:
            code = self._process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            code = None
        if code == TOO_LARGE:
            return _too_large()
        return BackendError("sparql.worker_gone", "the process that answers queries ended unasked: ask again")

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


def _too_large() -> BackendError:
    message = "the graph is too large for SPARQL here: export it as N-Quads and load that into a triple store"
    return BackendError("sparql.graph_too_large", message)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question on its way: the time before it starts is not counted, for the graph may have to be read first."""

    worker: _Worker
    reply: Connection
    limits: Limits

    def answer(self) -> Answer:
        """Wait for the answer."""
        with self.reply:
            try:
                begun: float = self.reply.recv()
            except EOFError as error:
                raise self.worker.gone() from error
            outcome = self._outcome(begun)
        if isinstance(outcome, Refused):
            raise outcome.error
        return outcome

    def _outcome(self, begun: float) -> Answer | Refused:
        seconds = self.limits.seconds
        try:
            if self.reply.poll(seconds + GRACE_SECONDS):
                outcome: Answer | Refused = self.reply.recv()
                return outcome
        except EOFError as error:
            if time.monotonic() - begun < seconds:
                message = "the system ended this query: ask for less at once"
                raise DomainError("sparql.too_large", message) from error
        raise DomainError("sparql.timeout", f"this query was stopped after {seconds:g} seconds: narrow it, add LIMIT")
