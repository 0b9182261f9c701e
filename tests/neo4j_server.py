"""A real Neo4j for tests: a throw-away server on free ports, or the empty one of KAOZHENG_TEST_NEO4J_URI."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from neo4j import Driver

from kg.neo4j.connection import address_of, open_driver

ROOT = Path(__file__).parents[1]
SERVER = ROOT / "deploy" / "neo4j" / "server.py"
LIB = ROOT / ".neo4j" / "lib"


def free_ports(count: int) -> list[int]:
    """Return ports that are all free at once."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def missing_program() -> str | None:
    needed = ["java"] if (LIB / "complete").is_file() else ["java", "mvn"]
    return next((name for name in needed if shutil.which(name) is None), None)


def run_server(command: str, *options: str) -> None:
    done = subprocess.run([sys.executable, str(SERVER), command, *options], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"server.py {command} {' '.join(options)}: {done.stderr}", pytrace=False)


@dataclass(frozen=True)
class RealServer:
    """Where it answers; the ports of Browser and of the guide it plays are known only of our own."""

    uri: str
    browser_port: int | None = None
    guide_port: int | None = None


VERSION: Final = pytest.StashKey[str]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the server that the tests ran against, as it names itself."""
    version = terminalreporter.config.stash.get(
        VERSION, "none was asked for, or none could be had: see what is skipped"
    )
    terminalreporter.write_line(f"real Neo4j: {version}")


def version_of(uri: str) -> str:
    """Return what a server says that it is."""
    with open_driver(address_of(uri)) as driver:
        found = driver.execute_query("CALL dbms.components() YIELD name, versions, edition").records[0]
    return f"{found['name']} {', '.join(found['versions'])} {found['edition']}"


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[RealServer]:
    with started(tmp_path_factory) as server:
        pytestconfig.stash[VERSION] = version_of(server.uri)
        yield server


@contextmanager
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    given = os.environ.get("KAOZHENG_TEST_NEO4J_URI")
    if given:
        refuse_used_database(given)
        yield RealServer(given)
        return
    missing = missing_program()
    if missing:
        pytest.skip(f"no real Neo4j: {missing} is not installed, and KAOZHENG_TEST_NEO4J_URI is not set")
    home, (bolt, http, guide) = tmp_path_factory.mktemp("neo4j"), free_ports(3)
    ports = ("--bolt-port", str(bolt), "--http-port", str(http))
    guide_url = f"http://127.0.0.1:{guide}/neo4j/guide.html"
    run_server("start", "--home", str(home), "--lib", str(LIB), "--no-auth", *ports, "--guide-url", guide_url)
    yield RealServer(f"neo4j://127.0.0.1:{bolt}", browser_port=http, guide_port=guide)
    run_server("stop", "--home", str(home))


@pytest.fixture(scope="session")
def neo4j_uri(neo4j_server: RealServer) -> str:
    return neo4j_server.uri


def refuse_used_database(uri: str) -> None:
    """Tests empty the database, so it must not be one that somebody needs."""
    address = address_of(uri)
    with open_driver(address) as driver:
        count = driver.execute_query("MATCH (n) RETURN count(n) AS n", database_=address.database).records[0]["n"]
    if count:
        pytest.fail(f"KAOZHENG_TEST_NEO4J_URI holds {count} nodes: give an empty database, tests delete everything")


@pytest.fixture
def neo4j_driver(neo4j_uri: str) -> Iterator[Driver]:
    """A driver on an empty database."""
    with open_driver(address_of(neo4j_uri)) as driver:
        empty(driver)
        yield driver
        empty(driver)


def empty(driver: Driver) -> None:
    driver.execute_query("MATCH (n) DETACH DELETE n")
