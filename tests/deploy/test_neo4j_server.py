import importlib.util
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.neo4j_server import LIB, SERVER


def run(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SERVER), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | environment)


def test_without_maven_it_says_in_one_line_what_to_install(tmp_path: Path) -> None:
    done = run("start", "--home", str(tmp_path / "home"), PATH=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "neo4j: mvn is not on the PATH: install it (Debian, Ubuntu: apt install maven) and start again"
    ]


def program(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_an_old_java_is_refused_before_anything_is_fetched(tmp_path: Path) -> None:
    program(tmp_path, "mvn", "exit 7")
    program(tmp_path, "java", "echo 'openjdk version \"11.0.2\"' >&2")
    done = run("start", "--home", str(tmp_path / "home"), PATH=f"{tmp_path}:/bin:/usr/bin")
    assert done.returncode == 1
    assert "is Java 11: Neo4j needs Java 17 or 21" in done.stderr


def test_what_maven_complains_of_is_passed_on_and_nothing_half_fetched_stays(tmp_path: Path) -> None:
    program(tmp_path, "mvn", "echo '[ERROR] Could not transfer artifact'; exit 1")
    program(tmp_path, "java", "echo 'openjdk version \"17.0.1\"' >&2")
    done = run("start", "--home", str(tmp_path / "home"), PATH=f"{tmp_path}:/bin:/usr/bin")
    assert done.returncode == 1
    assert "Maven failed: Could not transfer artifact. Check that it reaches its repository" in done.stderr
    assert list((tmp_path / "home").iterdir()) == []


def test_status_and_stop_say_where_nothing_runs(tmp_path: Path) -> None:
    status, stopped = run("status", "--home", str(tmp_path)), run("stop", "--home", str(tmp_path))
    assert (status.returncode, status.stderr) == (3, "not running\n")
    assert (stopped.returncode, stopped.stderr) == (0, "not running\n")


def test_the_process_id_of_a_stranger_is_not_taken_for_the_server(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "neo4j.pid").write_text(str(os.getpid()), encoding="ascii")
    assert run("stop", "--home", str(tmp_path)).stderr == "not running\n"


@pytest.mark.neo4j
def test_a_port_that_is_taken_is_named_with_the_option_for_another(tmp_path: Path, neo4j_uri: str) -> None:
    if not (LIB / "complete").is_file():
        pytest.skip("KAOZHENG_TEST_NEO4J_URI is set: there are no jars to start a server from")
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        done = run("start", "--home", str(tmp_path), "--lib", str(LIB), "--no-auth", "--bolt-port", port)
    assert done.returncode == 1
    assert f"port {port} can't be had" in done.stderr
    assert "--bolt-port" in done.stderr


@pytest.mark.neo4j
@pytest.mark.parametrize("password", ["short", ""])
def test_a_first_password_that_neo4j_would_refuse_is_refused_at_once(
    tmp_path: Path, neo4j_uri: str, password: str
) -> None:
    if not (LIB / "complete").is_file():
        pytest.skip("KAOZHENG_TEST_NEO4J_URI is set: there are no jars to start a server from")
    ports = ("--bolt-port", "0", "--http-port", "0")
    done = run("start", "--home", str(tmp_path), "--lib", str(LIB), *ports, KAOZHENG_NEO4J_PASSWORD=password)
    assert done.returncode == 1
    assert "KAOZHENG_NEO4J_PASSWORD is too short: Neo4j wants 8 characters or more" in done.stderr


def test_the_container_is_set_up_as_our_own_server_is() -> None:
    service = yaml.safe_load((SERVER.parents[1] / "compose.yaml").read_text(encoding="utf-8"))["services"]["neo4j"]
    given = {
        name.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_"): value
        for name, value in service["environment"].items()
        if name != "NEO4J_AUTH"
    }
    spec = importlib.util.spec_from_file_location("neo4j_server_script", SERVER)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, spec.name, script)  # where dataclasses look for what they belong to
        spec.loader.exec_module(script)
    lines = script.Server(home=Path(), lib=Path()).settings.splitlines()
    assert {f"{name}={value}" for name, value in given.items()} <= set(lines)
    assert {port.rpartition(":")[0] for port in service["ports"]} == {"127.0.0.1:7474", "127.0.0.1:7687"}
