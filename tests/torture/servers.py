"""Kills of a Neo4j server while a process mirrors a store into it, and what must be true after each."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final, Self

from kg.neo4j.connection import address_of, open_driver
from kg.neo4j.mirror import differences
from kg.store.neo4j import Neo4jStore, open_neo4j
from kg.store.sqlite import SqliteStore, open_sqlite
from tests.neo4j_server import LIB, ROOT, SERVER, free_ports
from tests.torture import victims
from tests.torture.files import Tally
from tests.torture.histories import Batches
from tests.torture.killing import LossError, Victim, victim

QUICK_JAVA: Final = "-XX:TieredStopAtLevel=1"
"""A server that lives for seconds is not worth compiling well: measured, it starts a third sooner."""
START_SECONDS: Final = 180
AHEAD: Final = 1500
"""Changes that the source is ahead of its mirror when a round begins: more than it takes in a round."""
LONGEST_TRANSACTION_SECONDS: Final = 1.0
LOST_CODES: Final = ("neo4j.unreachable", "neo4j.failed")
"""What a mirror may say when its server is killed."""

_STANDS: Final = """
OPTIONAL MATCH (l:Ledger) WITH coalesce(max(l.sequence), 0) AS there
OPTIONAL MATCH (c:Change) RETURN there, count(c) AS rows
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A throw-away server that may be killed at any time."""

    home: Path
    bolt_port: int
    http_port: int

    @property
    def uri(self) -> str:
        """Where it answers."""
        return f"neo4j://127.0.0.1:{self.bolt_port}"

    def start(self) -> None:
        """Start it, again after a kill, and return when it answers."""
        options = ["--home", self.home, "--lib", LIB, "--no-auth"]
        ports = ["--bolt-port", self.bolt_port, "--http-port", self.http_port]
        done = subprocess.run(
            [sys.executable, str(SERVER), "start", *map(str, options + ports)],
            capture_output=True, text=True, check=False, timeout=START_SECONDS,
            env=os.environ | {"JAVA_TOOL_OPTIONS": QUICK_JAVA},
        )  # fmt: skip
        if done.returncode:
            raise LossError(f"the server does not start again: {done.stderr.strip()}")

    def kill(self) -> None:
        """Kill it as a power cut would."""
        os.kill(int((self.home / "run" / "neo4j.pid").read_text(encoding="ascii")), signal.SIGKILL)


@contextmanager
def running(home: Path) -> Iterator[Server]:
    """Start a server; it is dead when this is left."""
    server = Server(home, *free_ports(2))
    server.start()
    try:
        yield server
    finally:
        server.kill()


class TorturedServer:
    """A server under torture, the store that it mirrors, and what the mirroring processes acknowledged."""

    def __init__(self, server: Server, path: Path) -> None:
        self.server = server
        self.path = path
        self.acknowledged = 0
        self._steps = 0
        self._script = Batches()
        self._follower: Victim | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def torture(self, random: Random, tally: Tally) -> None:
        """Kill the server at a random moment of mirroring, start it again and check what is left.

        Half of the time the mirroring process is killed too; else it has to get over the loss by itself.

        Raises:
            LossError: a change that the mirror acknowledged is gone, or is there twice.
        """
        self._run_ahead()
        follower = self._following()
        said = len(follower.said)
        while len(follower.said) < said + 2 and follower.hear():
            pass
        follower.hear_for(random.uniform(0, LONGEST_TRANSACTION_SECONDS))
        if random.random() < 0.5:
            follower.kill()
        self.server.kill()
        self._take(follower, tally)
        self.server.start()
        self._check_acknowledged()
        tally.kills += 1

    def _following(self) -> Victim:
        """Return the process that mirrors; a new one where the last was killed or has given up."""
        if self._follower is None or not self._follower.process.is_alive():
            self._open.close()
            self._follower = self._open.enter_context(victim(victims.mirror, self.path, self.server.uri))
        return self._follower

    def finish(self) -> None:
        """Let the mirror catch up by the command that users run, and compare both to the last change.

        Raises:
            LossError: they differ.
        """
        self._open.close()
        places = ("--to", self.server.uri, "--store", str(self.path))
        done = subprocess.run(
            [sys.executable, "-c", "from api.cli import main; main()", "mirror", *places],
            capture_output=True, text=True, check=False, cwd=ROOT,
        )  # fmt: skip
        if done.returncode:
            raise LossError(f"kaozheng mirror: {done.stderr.strip().splitlines()[-1]}")
        with self._source(read_only=True) as source, self._mirror() as mirror:
            if found := differences(source, mirror):
                raise LossError(f"the mirror is not its source: {'; '.join(found)}")
            if list(source.log()) != list(mirror.log()):
                raise LossError("the log of the mirror is not that of its source")

    def _run_ahead(self) -> None:
        with self._source() as source:
            while source.last_sequence < self.acknowledged + AHEAD:
                self._script.write(source, self._steps)
                self._steps += 1

    def _take(self, follower: Victim, tally: Tally) -> None:
        while follower.hear(0):
            pass
        reached = max([self.acknowledged, *follower.numbers()])
        tally.acknowledged += reached - self.acknowledged
        self.acknowledged = reached
        said = [word.decode() for word in follower.said if not word.isdigit() and word != victims.BEGUN]
        if wrong := [line for line in said if not line.startswith(LOST_CODES)]:
            raise LossError(f"the mirror ended for another reason than a lost server: {wrong[0]}")

    def _check_acknowledged(self) -> None:
        with open_driver(address_of(self.server.uri)) as driver:
            there, rows = driver.execute_query(_STANDS).records[0].values()
        if there < self.acknowledged:
            raise LossError(f"{self.acknowledged} changes were acknowledged, the server has {there}")
        if there != rows:
            raise LossError(f"the server stands at change {there} with {rows} changes")

    def _source(self, *, read_only: bool = False) -> SqliteStore:
        return open_sqlite(self.path, fold=str, read_only=read_only)

    def _mirror(self) -> Neo4jStore:
        return open_neo4j(address_of(self.server.uri), fold=str)
