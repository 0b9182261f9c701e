"""A writer killed at any moment loses nothing that it acknowledged, and leaves a sound store."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from kg.store.sqlite import open_sqlite
from kg.store.verifying import verify

WRITER = """
import sys
from datetime import UTC, datetime
from kg.store.sqlite import open_sqlite
from schemas.graph import EdgeType, Node, NodeLabel, change_of, edge_of
at = datetime(2026, 1, 1, tzinfo=UTC)
def actor(name):
    return Node(node_id=name, label=NodeLabel.ACTOR, caption=f"機構{name}", data={"names": [{"text": name}]})
def created(element):
    return change_of(None, element, who="test", why="write", at=at)
with open_sqlite(sys.argv[1], fold=str) as store:
    start = store.apply([]).last_sequence
    for batch in range(start, start + 10_000):
        names = [f"node-{batch}-{number}" for number in range(batch % 7 + 1)]
        edges = [edge_of(EdgeType.MENTIONS, names[0], name) for name in names]
        print(store.apply([created(element) for element in (*map(actor, names), *edges)]).last_sequence, flush=True)
"""


def write_and_kill(path: Path, lines: int) -> int:
    """Let a process write until it has acknowledged some batches, kill it, return what it acknowledged last."""
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(lines)]
        writer.kill()
        said += writer.stdout.read().splitlines(keepends=True)
    # A line cut off in the middle was not said.
    return max(int(line) for line in said if line.endswith("\n"))


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_in_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    moments = random.Random(7)  # noqa: S311 -- a moment to kill at is no secret
    for _ in range(6):
        acknowledged = write_and_kill(path, moments.randrange(1, 40))
        with open_sqlite(path, fold=str) as store:
            assert store.apply([]).last_sequence >= acknowledged
        assert verify(path, fold=str).problems == []
