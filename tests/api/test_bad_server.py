"""A real Neo4j that wants a password and dies at the wrong moment, as commands and REST meet it."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.neo4j.connection import address_of, open_driver
from kg.store.sqlite import open_sqlite
from tests.api.commands import MAIN, WIRE, kaozheng
from tests.contracts.graphs import actor, create
from tests.neo4j_server import LIB, RealServer, free_ports, run_server

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

PASSWORD = "correct-horse"  # noqa: S105 -- of a throw-away server
MANY = 12_000


@dataclass(frozen=True)
class Guarded:
    """A server of our own that wants a password."""

    home: Path
    bolt_port: int
    http_port: int

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.bolt_port}"

    def uri(self, password: str = PASSWORD) -> str:
        return f"neo4j://neo4j:{password}@{self.address}"

    def start(self) -> None:
        ports = ("--bolt-port", str(self.bolt_port), "--http-port", str(self.http_port))
        run_server("start", "--home", str(self.home), "--lib", str(LIB), *ports)

    def kill(self) -> None:
        os.kill(int((self.home / "run" / "neo4j.pid").read_text(encoding="ascii")), signal.SIGKILL)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, neo4j_server: RealServer) -> Iterator[Guarded]:
    if neo4j_server.browser_port is None or not (LIB / "complete").is_file():
        pytest.skip("KAOZHENG_TEST_NEO4J_URI is set: there are no jars to start a server with a password from")
    server = Guarded(tmp_path_factory.mktemp("guarded"), *free_ports(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KAOZHENG_NEO4J_PASSWORD", PASSWORD)
        server.start()
        patch.delenv("KAOZHENG_NEO4J_PASSWORD")
        yield server
        server.kill()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an article and then enough to be mirrored in many batches."""
    path = tmp_path_factory.mktemp("source") / "ledger.db"
    assert kaozheng("ingest", WIRE, store=path).returncode == 0
    with open_sqlite(path, fold=str) as store:
        store.apply(create(*(actor(f"actor-{number}", f"機構{number}") for number in range(MANY))))
    return path


def the_error(stderr: str) -> str:
    lines = [line for line in stderr.splitlines() if line and not line.startswith("store: ")]
    assert len(lines) == 1, stderr
    return lines[0]


@pytest.mark.parametrize("login", ["neo4j:wrong-password@", "nobody:correct-horse@", ""])
@pytest.mark.parametrize("command", ["claims", "mirror"])
def test_wrong_credentials_are_one_line_without_the_password(
    guarded: Guarded, source: Path, login: str, command: str
) -> None:
    uri = f"neo4j://{login}{guarded.address}"
    arguments = ("claims", "--store", uri) if command == "claims" else ("mirror", "--to", uri, "--store", source)
    done = kaozheng(*arguments)
    assert done.returncode == 3
    error = the_error(done.stderr)
    assert "[neo4j.auth]" in error
    assert guarded.address in error
    assert "wrong-password" not in done.stderr + done.stdout
    assert "correct-horse" not in done.stderr + done.stdout


def follower(guarded: Guarded, source: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", MAIN, "mirror", "--to", guarded.uri(), "--store", str(source)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def mirrored(guarded: Guarded) -> int:
    with open_driver(address_of(guarded.uri())) as driver:
        return int(driver.execute_query("MATCH (c:Change) RETURN count(c) AS n").records[0]["n"])


def test_a_server_that_dies_in_mid_batch_is_told_and_the_mirror_goes_on_from_there(
    guarded: Guarded, source: Path
) -> None:
    with follower(guarded, source) as running:
        while not mirrored(guarded):
            assert running.poll() is None, running.communicate()
        guarded.kill()
        said = running.communicate()
    assert running.returncode == 3
    error = the_error(said[1])
    assert "[neo4j.unreachable]" in error
    assert "run this again" in error
    guarded.start()
    assert 0 < mirrored(guarded) < MANY
    done = kaozheng("mirror", "--to", guarded.uri(), store=source)
    assert done.returncode == 0, done.stderr
    assert "both hold the same" in done.stdout
    again = kaozheng("mirror", "--to", guarded.uri(), store=source)
    assert again.stdout.startswith("0 changes new")


def test_a_mirror_ahead_and_a_source_with_a_gap_are_told_and_left_as_they_are(
    guarded: Guarded, source: Path, tmp_path: Path
) -> None:
    assert kaozheng("mirror", "--to", guarded.uri(), store=source).returncode == 0
    before = mirrored(guarded)
    younger, holed = tmp_path / "younger.db", tmp_path / "holed.db"
    with open_sqlite(younger, fold=str) as store:
        store.apply(create(actor("fed", "聯準會")))
    ahead = kaozheng("mirror", "--to", guarded.uri(), store=younger)
    assert (ahead.returncode, "[mirror.ahead]" in the_error(ahead.stderr)) == (1, True)
    assert kaozheng("store", "backup", holed, store=source).returncode == 0
    with open_sqlite(holed, fold=str) as store:
        store.apply(create(*(actor(f"late-{number}") for number in range(3))))
    with closing(sqlite3.connect(holed)) as connection, connection:
        connection.execute("DELETE FROM log WHERE sequence = (SELECT max(sequence) - 1 FROM log)")
    gap = kaozheng("mirror", "--to", guarded.uri(), store=holed)
    assert (gap.returncode, "[mirror.gap]" in the_error(gap.stderr)) == (1, True)
    assert mirrored(guarded) == before
