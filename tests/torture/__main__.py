"""Kill writers and servers at random moments and look whether anything acknowledged is lost or applied twice.

    python -m tests.torture                               200 kills of file writers, 20 of a Neo4j server
    python -m tests.torture --kills 50 --server-kills 0   without Java
    python -m tests.torture --seed 4711                   the same rounds as another run

Exit code 0: all rounds run, nothing lost; 1: something is lost; 2: the time was up before all rounds were run.
A kill (SIGKILL) is the death of a process, not of the machine: what the system had taken, it keeps.
"""

import argparse
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from tests.neo4j_server import missing_program
from tests.torture.files import ROUNDS_OF_A_STORE, SCHEDULE, Tally, Tortured, torture_file
from tests.torture.histories import HISTORIES
from tests.torture.killing import LossError
from tests.torture.servers import TorturedServer, running

MINUTES: Final = 10.0
CLEAN_EXIT: Final = 0
LOSS_EXIT: Final = 1
UNFINISHED_EXIT: Final = 2
TOLD_EVERY: Final = 20
"""Rounds after which progress is told."""


@dataclass(slots=True)
class Part:
    """One of the two halves: how many kills are wanted, how many were done, what was found."""

    name: str
    wanted: int
    tally: Tally = field(default_factory=Tally)
    loss: str | None = None

    def summary(self) -> str:
        """Return what became of it, in a line."""
        state = f"LOST: {self.loss}" if self.loss else "nothing lost, nothing twice"
        return (
            f"{self.name}: {self.tally.kills} of {self.wanted} kills, {self.tally.acknowledged} acknowledged: {state}"
        )


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def moments(seed: int, what: str) -> Random:
    """Return what draws the moments of one round, the same for the same seed."""
    return Random(f"{seed} {what}")  # noqa: S311 -- a moment to kill at is no secret


def torture_files(part: Part, folder: Path, seed: int, is_over: Callable[[], bool]) -> None:
    """Run the rounds over files; the histories take turns from store to store."""
    names = sorted(HISTORIES)
    store = None
    while part.tally.kills < part.wanted and not is_over():
        number = part.tally.kills
        life, place = divmod(number, ROUNDS_OF_A_STORE)
        if store is None or place == 0:
            store = Tortured.fresh(folder / f"store-{life}", names[(life + 1) % len(names)])
        torture_file(store, SCHEDULE[number % len(SCHEDULE)], moments(seed, f"file {number}"), part.tally)
        if part.tally.kills % TOLD_EVERY == 0:
            say(f"{part.name}: {part.tally.kills} of {part.wanted} kills, {part.tally.acknowledged} steps acknowledged")
    say(f"{part.name}: by kind {part.tally.by_kind}; {part.tally.in_the_midst} hit work in the midst")


def torture_server(part: Part, folder: Path, seed: int, is_over: Callable[[], bool]) -> None:
    """Run the rounds over one server, then compare its graph and log with those of the store it mirrors."""
    if not part.wanted:
        return
    with running(folder / "neo4j") as server, TorturedServer(server, folder / "mirrored.db") as mirrored:
        while part.tally.kills < part.wanted and not is_over():
            mirrored.torture(moments(seed, f"server {part.tally.kills}"), part.tally)
            say(f"{part.name}: {part.tally.kills} of {part.wanted} kills, {part.tally.acknowledged} changes mirrored")
        mirrored.finish()


def run(part: Part, work: Callable[..., None], *arguments: object) -> None:
    """Run one half and keep what it found; the other half goes on."""
    try:
        work(part, *arguments)
    except Exception as error:  # noqa: BLE001 -- whatever goes wrong is the finding, and must not end as success
        part.loss = str(error) if isinstance(error, LossError) else f"{type(error).__name__}: {error}"
        say(f"{part.name}: LOST: {part.loss}")


def torture(*, kills: int, server_kills: int, seed: int, minutes: float) -> int:
    """Run both halves at once and return the exit code."""
    deadline = time.monotonic() + minutes * 60
    parts = Part("SQLite", kills), Part("Neo4j", server_kills)
    say(f"seed {seed}: {kills} kills of processes on SQLite files, {server_kills} of a Neo4j server, {minutes:g} min")
    with tempfile.TemporaryDirectory(prefix="torture-", ignore_cleanup_errors=True) as name:
        arguments = (Path(name), seed, lambda: time.monotonic() > deadline)
        beside = threading.Thread(target=run, args=(parts[1], torture_server, *arguments))
        beside.start()
        run(parts[0], torture_files, *arguments)
        beside.join()
    return verdict(parts, seed)


def verdict(parts: tuple[Part, ...], seed: int) -> int:
    """Say what was found and return the exit code."""
    for part in parts:
        say(part.summary())
    if any(part.loss for part in parts):
        say(f"FAILED: something is lost; --seed {seed} runs the same rounds again")
        return LOSS_EXIT
    if any(part.tally.kills < part.wanted for part in parts):
        say("FAILED: not all rounds were run in the time: give --minutes more, or a machine with less to do")
        return UNFINISHED_EXIT
    say("PASSED: no acknowledged change lost, none applied twice")
    return CLEAN_EXIT


def main() -> int:
    """Read the options and run."""
    top = argparse.ArgumentParser(description="Kill writers and servers; look for losses.")
    top.add_argument("--kills", type=int, default=200, help="of processes that write SQLite files")
    top.add_argument("--server-kills", type=int, default=20, help="of a Neo4j server; 0 needs no Java")
    top.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="of the moments")
    top.add_argument("--minutes", type=float, default=MINUTES, help="no round begins after this time")
    options = top.parse_args()
    missing = missing_program() if options.server_kills else None
    if missing:
        say(f"{missing} is not installed, which a Neo4j server needs: give --server-kills 0 to torture files alone")
        return UNFINISHED_EXIT
    return torture(kills=options.kills, server_kills=options.server_kills, seed=options.seed, minutes=options.minutes)


if __name__ == "__main__":
    sys.exit(main())
