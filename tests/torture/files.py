"""Kills of processes that write, copy and rebuild a store file, and what must be true after each."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from kg.store.migrating import MIGRATIONS
from kg.store.sqlite import open_sqlite
from kg.store.upkeep import backup, migrate, rebuild, restore
from kg.store.verifying import verify
from schemas.graph import Change
from tests.torture import victims
from tests.torture.histories import HISTORIES, History, present
from tests.torture.killing import LossError, Victim, kill_at_random, victim

ROUNDS_OF_A_STORE: Final = 20
"""Then a new one: checking reads a store whole, so it must stay small."""
SMALL_LOG_BYTES: Final = 0
"""Makes the writer empty the log ahead after each commit: most kills then fall into that."""
LARGE_LOG_BYTES: Final = 64 * 1024 * 1024
LONGEST_COMMIT_SECONDS: Final = 0.02
"""About as long as a commit takes on a busy machine: a kill within it hits any part of one."""
LONGEST_UPKEEP_SECONDS: Final = 0.06


@dataclass(slots=True)
class Tally:
    """What was done so far."""

    kills: int = 0
    acknowledged: int = 0
    in_the_midst: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Tortured:
    """A store under torture, with what its writers acknowledged."""

    path: Path
    history: str
    script: History
    acknowledged: int = 0
    """Steps: all below this number were acknowledged."""

    @classmethod
    def fresh(cls, folder: Path, history: str) -> "Tortured":
        """Return a store that is not there yet."""
        folder.mkdir()
        return cls(folder / "store.db", history, HISTORIES[history]())

    @property
    def words(self) -> Path:
        """The file that keeps what was acknowledged."""
        return self.path.with_name("acknowledged")

    def check(self) -> None:
        """Open the store again and compare it with what was acknowledged.

        Raises:
            LossError: it holds less, or more, or something twice, or tables and log disagree.
        """
        steps = _check_whole(self.path, self.script)
        if steps < self.acknowledged:
            raise LossError(f"{self.path}: {self.acknowledged} steps were acknowledged, {steps} are there")
        if steps > self.acknowledged + 1:
            raise LossError(f"{self.path}: {steps} steps are there, only {self.acknowledged} were acknowledged")
        self.acknowledged = steps


def torture_file(store: Tortured, kind: str, random: Random, tally: Tally) -> None:
    """Kill one process at a random moment and check what it leaves.

    Args:
        store: what it works on.
        kind: one of `KINDS`.
        random: the moment.
        tally: counts what was done.

    Raises:
        LossError: see `Tortured.check`.
    """
    KINDS[kind](store, random, tally)
    store.check()
    tally.kills += 1
    tally.by_kind[kind] = tally.by_kind.get(kind, 0) + 1


def _write(store: Tortured, random: Random, tally: Tally) -> None:
    _kill_writer(store, random, tally, most_words=25)


def _empty_log(store: Tortured, random: Random, tally: Tally) -> None:
    """Kill a writer that empties the log ahead after each commit."""
    _kill_writer(store, random, tally, most_words=25, wal_bytes=SMALL_LOG_BYTES)


def _open(store: Tortured, random: Random, tally: Tally) -> None:
    """Kill a writer while it opens the store and recovers what the one before it left."""
    _kill_writer(store, random, tally, most_words=0)


def _kill_writer(
    store: Tortured, random: Random, tally: Tally, *, most_words: int, wal_bytes: int = LARGE_LOG_BYTES
) -> None:
    with _writing(store, wal_bytes) as writer:
        kill_at_random(writer, random, most_words=most_words, most_seconds=LONGEST_COMMIT_SECONDS)
        _take(store, writer, tally)
    tally.in_the_midst += 1


@contextmanager
def _writing(store: Tortured, wal_bytes: int) -> Iterator[Victim]:
    arguments = (store.path, store.history, store.acknowledged, wal_bytes)
    with store.words.open("ab") as kept, victim(victims.write, *arguments, kept=kept) as writer:
        yield writer


def _take(store: Tortured, writer: Victim, tally: Tally) -> None:
    numbers = writer.numbers()
    fresh = max([0, *(number + 1 for number in numbers)]) - store.acknowledged
    store.acknowledged += max(0, fresh)
    tally.acknowledged += max(0, fresh)


def _back_up(store: Tortured, random: Random, tally: Tally) -> None:
    """Kill a process that copies the store while another writes; then the writer."""
    target = store.path.with_name(f"copy-{tally.kills}.db")
    with _writing(store, LARGE_LOG_BYTES) as writer:
        writer.hear()
        _kill_upkeep(victims.back_up, store.path, target, random=random, tally=tally)
        kill_at_random(writer, random, most_words=5, most_seconds=LONGEST_COMMIT_SECONDS)
        _take(store, writer, tally)
    if not target.exists():
        backup(store.path, target)
    _check_whole(target, store.script)


def _bring_back(store: Tortured, random: Random, tally: Tally) -> None:
    copy, target = (store.path.with_name(f"{name}-{tally.kills}.db") for name in ("source", "restored"))
    backup(store.path, copy)
    _kill_upkeep(victims.bring_back, copy, target, random=random, tally=tally)
    if not target.exists():
        restore(copy, target)
    _check_whole(target, store.script)


def _build_anew(store: Tortured, random: Random, tally: Tally) -> None:
    _kill_upkeep(victims.build_anew, store.path, random=random, tally=tally)
    store.check()
    rebuild(store.path, fold=str)


def _bring_up(store: Tortured, random: Random, tally: Tally) -> None:
    """Kill a process that migrates a copy; run again it must end at the next version, with nothing missing."""
    copy = store.path.with_name(f"older-{tally.kills}.db")
    backup(store.path, copy)
    _kill_upkeep(victims.bring_up, copy, random=random, tally=tally)
    if migrate(copy, victims.NEXT_VERSION)[1] != len(victims.NEXT_VERSION):
        raise LossError(f"{copy}: a migration that was killed can't be taken up again")
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    _check_whole(copy, store.script)


def _kill_upkeep(work: Callable[..., None], *arguments: Path, random: Random, tally: Tally) -> None:
    with victim(work, *arguments) as keeper:
        kill_at_random(keeper, random, most_words=0, most_seconds=LONGEST_UPKEEP_SECONDS)
        tally.in_the_midst += victims.DONE not in keeper.said


KINDS: Final[dict[str, Callable[[Tortured, Random, Tally], None]]] = {
    "write": _write,
    "open": _open,
    "checkpoint": _empty_log,
    "backup": _back_up,
    "restore": _bring_back,
    "rebuild": _build_anew,
    "migrate": _bring_up,
}
SCHEDULE: Final = (
    "write", "checkpoint", "migrate", "write", "backup", "open", "restore", "checkpoint", "rebuild", "write",
)  # fmt: skip
"""The kinds of rounds, again and again."""


def _check_whole(path: Path, script: History) -> int:
    """Return how many steps of its history a store holds.

    Raises:
        LossError: it holds no whole number of steps, or something else than they say.
    """
    with open_sqlite(path, fold=str) as store:
        logged = list(store.log())
        there = {node.node_id: node for node in store.all_nodes()} | {e.edge_id: e for e in store.all_edges()}
    changes = [entry.change for entry in logged]
    expected: list[Change] = []
    steps = 0
    while len(expected) < len(changes):
        expected += script.step(steps)
        steps += 1
    _compare_logs(path, changes, expected)
    if [entry.sequence for entry in logged] != list(range(1, len(logged) + 1)):
        raise LossError(f"{path}: the log has a gap")
    if there != present(expected):
        raise LossError(f"{path}: what is there is not what the log folds to")
    if problems := verify(path, fold=str).problems:
        raise LossError(f"{path}: {problems[0]}")
    return steps


def _compare_logs(path: Path, changes: list[Change], expected: list[Change]) -> None:
    if changes == expected:
        return
    ids = [change.change_id for change in changes]
    twice = {change_id for change_id in ids if ids.count(change_id) > 1}
    if twice:
        raise LossError(f"{path}: applied twice: {', '.join(sorted(twice))}")
    if changes == expected[: len(changes)]:
        raise LossError(f"{path}: a step was written in part: {len(changes)} changes of {len(expected)}")
    raise LossError(f"{path}: the log is not what was written")
