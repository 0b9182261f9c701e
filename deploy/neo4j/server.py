"""Put together, start and stop a Neo4j Community server on this machine, for development and tests.

    python deploy/neo4j/server.py start     fetch it once (about 130 MB), start it, wait until it answers
    python deploy/neo4j/server.py status    say where it answers; exit code 3 where none runs
    python deploy/neo4j/server.py stop      stop it; the data stay

It needs Java 17 or 21 and Maven 3, answers on loopback alone and keeps everything below `.neo4j/`
(another folder with --home). The first start sets the password of the user neo4j: the one in
KAOZHENG_NEO4J_PASSWORD, else a made one that is printed once.
"""

import argparse
import hashlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

POM: Final = Path(__file__).with_name("pom.xml")
DEFAULT_HOME: Final = Path(__file__).parents[2] / ".neo4j"
GOAL: Final = "org.apache.maven.plugins:maven-dependency-plugin:copy-dependencies"
HOST: Final = "127.0.0.1"
PASSWORD_VARIABLE: Final = "KAOZHENG_NEO4J_PASSWORD"  # noqa: S105 - the name of a variable, not a password
SHORTEST_PASSWORD: Final = 8
"""Characters; Neo4j refuses less."""
JAVA_VERSIONS: Final = (17, 21)
"""What Neo4j 5.26 is tested on by its makers."""
START_SECONDS: Final = 180
"""It takes about 9 s on two cores; a loaded machine may need far longer."""
STOP_SECONDS: Final = 60
POLL_SECONDS: Final = 0.2
NOT_RUNNING: Final = 3
"""Exit code of `status`, as the Linux Standard Base has it."""

JAVA_OPTIONS: Final = (
    "-Xms256m", "-Xmx1g", "-XX:+UseG1GC", "-XX:-OmitStackTraceInFastThrow", "-XX:+UnlockExperimentalVMOptions",
    "-XX:+TrustFinalNonStaticFields", "-XX:+DisableExplicitGC", "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true", "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED", "-Dlog4j2.disable.jmx=true",
)  # fmt: skip


class ServerError(Exception):
    """What went wrong and what to do next, in one line."""


@dataclass(frozen=True)
class Server:
    """Where one server lives and answers; `lib` may be shared by several homes."""

    home: Path
    lib: Path
    bolt_port: int = 7687
    http_port: int = 7474
    guide_url: str = "http://127.0.0.1:8000/neo4j/guide.html"
    has_auth: bool = True

    @property
    def uri(self) -> str:
        """Where drivers connect."""
        return f"neo4j://{HOST}:{self.bolt_port}"

    @property
    def browser_url(self) -> str:
        """The page that connects by itself once the password is typed, or at once without one."""
        method = "PASSWORD" if self.has_auth else "NO_AUTH"
        return (
            f"http://{HOST}:{self.http_port}/browser/?dbms=bolt://{HOST}:{self.bolt_port}&preselectAuthMethod={method}"
        )

    @property
    def pid_file(self) -> Path:
        """Holds the process id of the running server."""
        return self.home / "run" / "neo4j.pid"

    @property
    def console(self) -> Path:
        """What the server writes to standard output."""
        return self.home / "logs" / "console.log"

    @property
    def settings(self) -> str:
        """The content of neo4j.conf; validation is strict, a name it does not know stops the server."""
        return "\n".join(
            (
                f"server.default_listen_address={HOST}",
                f"server.bolt.listen_address={HOST}:{self.bolt_port}",
                f"server.http.listen_address={HOST}:{self.http_port}",
                "server.https.enabled=false",
                f"dbms.security.auth_enabled={str(self.has_auth).lower()}",
                "dbms.usage_report.enabled=false",
                "client.allow_telemetry=false",
                "browser.remote_content_hostname_whitelist=127.0.0.1,localhost",
                f"browser.post_connect_cmd=play {self.guide_url}",
                "server.memory.heap.max_size=1g",
                "server.memory.pagecache.size=512m",
                "",
            )
        )


def say(line: str, *, end: str = "\n") -> None:
    """Write a line for the person who started this; standard output is kept for answers."""
    sys.stderr.write(line + end)
    sys.stderr.flush()


def program(name: str, package: str) -> str:
    """Return the path of a program, or say what to install."""
    path = shutil.which(name)
    if path is None:
        raise ServerError(
            f"{name} is not on the PATH: install it (Debian, Ubuntu: apt install {package}) and start again"
        )
    return path


def java() -> str:
    """Return the path of a Java that Neo4j runs on."""
    path = program("java", "openjdk-17-jre-headless")
    banner = subprocess.run([path, "-version"], capture_output=True, text=True, check=False).stderr  # noqa: S603 - found on the PATH
    found = re.search(r'version "(\d+)', banner)
    if found is None or int(found[1]) < min(JAVA_VERSIONS):
        wanted = " or ".join(map(str, JAVA_VERSIONS))
        raise ServerError(f"{path} is Java {found[1] if found else 'of unknown version'}: Neo4j needs Java {wanted}")
    return path


def assemble(server: Server) -> None:
    """Fetch the jars that the POM names, unless those of this very POM are there in full."""
    mark = server.lib / "complete"
    wanted = hashlib.sha256(POM.read_bytes()).hexdigest()
    if mark.is_file() and mark.read_text(encoding="ascii") == wanted:
        return
    maven = program("mvn", "maven")
    java()
    say("fetching Neo4j with Maven: about 130 MB once, half a minute on a quick line")
    server.lib.parent.mkdir(parents=True, exist_ok=True)
    # Fetched beside and moved when whole, so that nobody ever starts a server on half of its jars.
    with tempfile.TemporaryDirectory(dir=server.lib.parent, prefix="fetching-") as folder:
        fetched = Path(folder) / "lib"
        run_maven([maven, "-B", "-f", str(POM), GOAL, "-DincludeScope=runtime", f"-DoutputDirectory={fetched}"])
        (fetched / "complete").write_text(wanted, encoding="ascii")
        shutil.rmtree(server.lib, ignore_errors=True)
        fetched.replace(server.lib)
    say(f"put {len(list(server.lib.glob('*.jar')))} jars into {server.lib}")


def run_maven(command: list[str]) -> None:
    """Run Maven, counting its downloads on one line; raise with its own words where it fails."""
    errors, fetched = [], 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as maven:  # noqa: S603
        for line in maven.stdout or ():
            if line.startswith("Downloaded") or "] Downloaded" in line:
                fetched += 1
                if sys.stderr.isatty():
                    say(f"\r{fetched} files", end="")
            elif line.startswith("[ERROR]"):
                errors.append(line.removeprefix("[ERROR]").strip())
    if fetched and sys.stderr.isatty():
        say("")
    if maven.returncode:
        reason = errors[0] if errors else f"exit code {maven.returncode}"
        raise ServerError(f"Maven failed: {reason}. Check that it reaches its repository, then start again")


def prepare(server: Server) -> None:
    """Write the folders and the settings of a server."""
    for folder in ("conf", "data", "logs", "run", "plugins", "import"):
        (server.home / folder).mkdir(parents=True, exist_ok=True)
    (server.home / "conf" / "neo4j.conf").write_text(server.settings, encoding="utf-8")


def set_first_password(server: Server) -> None:
    """Set the password before the very first start; a made one is printed, once.

    The password reaches Java through a file that only we may read, since any user can list the
    arguments of a process.
    """
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None and len(given) < SHORTEST_PASSWORD:
        raise ServerError(f"{PASSWORD_VARIABLE} is too short: Neo4j wants {SHORTEST_PASSWORD} characters or more")
    password = given or secrets.token_urlsafe(12)
    quoted = password.replace("\\", "\\\\").replace('"', '\\"')
    arguments = server.home / "run" / "password.arguments"
    with private_file(arguments, f'-cp "{server.lib}/*" -Dapp.name=neo4j "-Dbasedir={server.home}" '
                      f'org.neo4j.cli.AdminTool dbms set-initial-password "{quoted}"'):  # fmt: skip
        paths = {"NEO4J_HOME": str(server.home), "NEO4J_CONF": str(server.home / "conf")}
        done = subprocess.run(  # noqa: S603 - found on the PATH
            [java(), f"@{arguments}"], env=os.environ | paths, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise ServerError(f"the first password could not be set: {(done.stderr or done.stdout).strip()}")
    if given is None:
        say(f"user neo4j, password {password} (shown once: keep it, or set {PASSWORD_VARIABLE} to it)")


@contextmanager
def private_file(path: Path, content: str) -> Iterator[None]:
    """Keep a file that only its owner can read, for the length of a with block."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def process_id(server: Server) -> int | None:
    """Return the id of the running server of this home; None where it is not running.

    The command line is compared, since after a restart of the machine the id may be somebody else's.
    """
    if not server.pid_file.is_file():
        return None
    pid = server.pid_file.read_text(encoding="ascii").strip()
    command = [program("ps", "procps"), "-ww", "-p", pid, "-o", "command="]
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
    return int(pid) if f"--home-dir={server.home}" in shown else None


def as_started(server: Server) -> Server:
    """Return the server with the ports it was started on, which the caller need not repeat."""
    conf = (server.home / "conf" / "neo4j.conf").read_text(encoding="utf-8")
    bolt, http = (int(port) for port in re.findall(r"^server\.(?:bolt|http)\.listen_address=.*:(\d+)$", conf, re.M))
    return replace(server, bolt_port=bolt, http_port=http)


def refuse_taken_ports(server: Server) -> None:
    """Raise where another program listens already: Neo4j itself would say so only in its log."""
    for port, option in ((server.bolt_port, "--bolt-port"), (server.http_port, "--http-port")):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError as error:
                raise ServerError(
                    f"port {port} can't be had ({error.strerror}): give another one with {option}"
                ) from error


def launch(server: Server) -> subprocess.Popen[bytes]:
    """Start the server in a session of its own, so that it outlives this script."""
    command = [
        java(), *JAVA_OPTIONS, "-cp", f"{server.lib}/*:{server.home}/plugins/*",
        "org.neo4j.server.CommunityEntryPoint", f"--home-dir={server.home}",
        f"--config-dir={server.home}/conf", "--console-mode",
    ]  # fmt: skip
    with server.console.open("wb") as console:
        process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT, start_new_session=True
        )
    server.pid_file.write_text(str(process.pid), encoding="ascii")
    return process


def answers(server: Server) -> bool:
    """Return whether a driver can talk to the server; being asked for a password is an answer."""
    try:
        with neo4j.GraphDatabase.driver(f"bolt://{HOST}:{server.bolt_port}") as driver:
            driver.verify_connectivity()
    except AuthError:
        return True
    except (DriverError, Neo4jError):
        return False
    return True


def wait_until(is_done: Callable[[], bool], seconds: float) -> bool:
    """Ask until it is done or the time is up; return whether it is done."""
    deadline = time.monotonic() + seconds
    while not is_done():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def start(server: Server) -> int:
    """Start the server and return when it answers; a running one is left as it is."""
    if process_id(server) is not None:
        say(f"already running: {as_started(server).uri}")
        return 0
    assemble(server)
    prepare(server)
    refuse_taken_ports(server)
    if server.has_auth and not (server.home / "data" / "dbms").exists():
        set_first_password(server)
    say("starting Neo4j, about 10 seconds")
    process = launch(server)
    wait_until(lambda: process.poll() is not None or answers(server), START_SECONDS)
    if process.poll() is not None:
        last = server.console.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
        raise ServerError(f"Neo4j stopped while starting: {' '.join(last)} (all of it: {server.console})")
    if not answers(server):
        process.terminate()
        raise ServerError(f"Neo4j did not answer within {START_SECONDS} s and was stopped: see {server.console}")
    say(f"Neo4j answers at {server.uri}")
    say(f"Browser: {server.browser_url}")
    return 0


def stop(server: Server) -> int:
    """Ask the server to end (SIGTERM) and return when it is gone."""
    pid = process_id(server)
    if pid is None:
        say("not running")
    else:
        os.kill(pid, signal.SIGTERM)
        if not wait_until(lambda: process_id(server) is None, STOP_SECONDS):
            raise ServerError(f"Neo4j (process {pid}) still runs after {STOP_SECONDS} s: see {server.console}")
        say("stopped")
    server.pid_file.unlink(missing_ok=True)
    return 0


def status(server: Server) -> int:
    """Say whether the server runs and answers."""
    pid = process_id(server)
    if pid is None:
        say("not running")
        return NOT_RUNNING
    running = as_started(server)
    say(f"process {pid}, {running.uri}, {'answers' if answers(running) else 'does not answer yet'}")
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(description="A Neo4j Community server for development, on loopback.")
    top.add_argument("command", choices=["start", "stop", "status"])
    top.add_argument("--home", type=Path, default=DEFAULT_HOME, help="folder of settings, data and logs")
    top.add_argument("--lib", type=Path, help="folder of the jars, default HOME/lib; several homes may share it")
    top.add_argument("--bolt-port", type=int, default=7687, help="for drivers")
    top.add_argument("--http-port", type=int, default=7474, help="for Neo4j Browser")
    top.add_argument("--guide-url", default=Server.guide_url, help="the guide that Browser opens first")
    top.add_argument("--no-auth", action="store_true", help="ask for no password: throw-away servers only")
    return top


def main() -> int:
    """Run one sub-command; errors are one line on standard error."""
    options = parser().parse_args()
    home = options.home.resolve()
    server = Server(
        home=home,
        lib=(options.lib or home / "lib").resolve(),
        bolt_port=options.bolt_port,
        http_port=options.http_port,
        guide_url=options.guide_url,
        has_auth=not options.no_auth,
    )
    try:
        return {"start": start, "stop": stop, "status": status}[options.command](server)
    except (ServerError, OSError) as error:
        say(f"neo4j: {error}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
