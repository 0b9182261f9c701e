"""Real processes share a store: any number read, one writes and alone empties the log ahead, which stays short."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from kg.store.opening import Limits
from kg.store.sqlite import open_sqlite
from kg.store.verifying import verify
from schemas.graph import NodeLabel
from tests.contracts.graphs import claim, create, document

READERS = 3
BATCHES = 40
READER = """
import json, select, sys
from kg.store.sqlite import open_sqlite
from schemas.graph import NodeLabel, Query
reads, errors, seen = 0, [], []
with open_sqlite(sys.argv[1], fold=str, read_only=True) as store:
    print("open", flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        try:
            page = store.find(Query(label=NodeLabel.CLAIM, text="台股", limit=1000))
            store.neighbourhood("document-1")
            seen.append(len(page.items))
        except Exception as error:
            errors.append(repr(error))
        reads += 1
print(json.dumps({"reads": reads, "errors": errors, "seen": sorted(set(seen)), "is_ordered": seen == sorted(seen)}))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    with open_sqlite(path, fold=str) as store:
        store.apply(create(document()))
    return path


@contextmanager
def reading(path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", READER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process


def test_processes_read_without_an_error_while_one_writes_and_the_log_ahead_stays_short(path: Path) -> None:
    wal, sizes = path.with_name("store.db-wal"), []
    with ExitStack() as running:
        readers = [running.enter_context(reading(path)) for _ in range(READERS)]
        with open_sqlite(path, fold=str, limits=Limits(wal_bytes=200_000)) as store:
            for batch in range(BATCHES):
                store.apply(create(*(claim(f"claim-{batch:02}-{number:02}") for number in range(20))))
                sizes.append(wal.stat().st_size)
            told = [json.loads(reader.communicate("stop\n")[0]) for reader in readers]
    assert [one["errors"] for one in told] == [[]] * READERS
    assert all(one["reads"] > 0 and one["is_ordered"] for one in told)
    # Each reader saw whole batches only.
    assert all(count % 20 == 0 for one in told for count in one["seen"])
    assert max(sizes) < 2_000_000
    assert min(sizes[10:]) < 200_000
    assert verify(path, fold=str).problems == []


def test_a_process_that_reads_leaves_the_log_ahead_to_the_writer(path: Path) -> None:
    wal = path.with_name("store.db-wal")
    with open_sqlite(path, fold=str) as store:
        store.apply(create(*(claim(f"claim-{number}") for number in range(50))))
        length, stored = wal.stat().st_size, path.stat().st_size
        assert length > 0
        with reading(path) as reader:
            told = json.loads(reader.communicate("stop\n")[0])
        assert told["errors"] == []
        assert (wal.stat().st_size, path.stat().st_size) == (length, stored)
    assert not wal.exists()


def test_a_process_that_reads_outlives_the_writer_and_sees_the_next_one(path: Path) -> None:
    with reading(path) as reader:
        for batch in range(3):
            with open_sqlite(path, fold=str) as store:
                store.apply(create(claim(f"claim-{batch}")))
        told = json.loads(reader.communicate("stop\n")[0])
    assert told["errors"] == []
    with open_sqlite(path, fold=str, read_only=True) as store:
        assert store.counts() == {NodeLabel.DOCUMENT: 1, NodeLabel.CLAIM: 3}
