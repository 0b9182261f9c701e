"""The short form of `make torture`, and whether torture itself would see a loss."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from kg.store.sqlite import open_sqlite
from tests.neo4j_server import LIB, RealServer
from tests.torture.__main__ import Part, verdict
from tests.torture.files import KINDS, Tally, Tortured, torture_file
from tests.torture.histories import HISTORIES
from tests.torture.killing import LossError
from tests.torture.servers import TorturedServer, running


@pytest.mark.slow
@pytest.mark.parametrize("history", sorted(HISTORIES))
def test_nothing_acknowledged_is_lost_or_applied_twice_whatever_is_killed(tmp_path: Path, history: str) -> None:
    store, tally = Tortured.fresh(tmp_path / "store", history), Tally()
    for kind in ("write", *KINDS):
        torture_file(store, kind, Random(f"7 {history} {tally.kills}"), tally)  # noqa: S311 -- no secret
    assert tally.kills == len(KINDS) + 1
    assert tally.acknowledged <= store.acknowledged
    assert len(store.words.read_bytes().split()) >= tally.acknowledged > 0


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_mirror_gets_over_the_death_of_its_server(tmp_path: Path, neo4j_server: RealServer) -> None:
    if neo4j_server.browser_port is None or not (LIB / "complete").is_file():
        pytest.skip("KAOZHENG_TEST_NEO4J_URI is set: a server of others is not killed")
    tally = Tally()
    with running(tmp_path / "neo4j") as server, TorturedServer(server, tmp_path / "store.db") as mirrored:
        mirrored.torture(Random(7), tally)  # noqa: S311 -- no secret
        mirrored.finish()
    assert tally.acknowledged > 0


@pytest.fixture
def written(tmp_path: Path) -> Tortured:
    """A store with four steps, all acknowledged."""
    store = Tortured.fresh(tmp_path / "store", "batches")
    with open_sqlite(store.path, fold=str) as opened:
        for number in range(4):
            store.script.write(opened, number)
    store.acknowledged = 4
    store.check()
    return store


def forget_the_last_step(store: Tortured) -> None:
    store.acknowledged += 1


def write_what_nobody_asked_for(store: Tortured) -> None:
    with open_sqlite(store.path, fold=str) as opened:
        store.script.write(opened, 4)
        store.script.write(opened, 5)


def write_half_a_step(store: Tortured) -> None:
    with open_sqlite(store.path, fold=str) as opened:
        opened.apply(store.script.step(4)[:3])


def write_a_step_in_another_order(store: Tortured) -> None:
    with open_sqlite(store.path, fold=str) as opened:
        opened.apply(store.script.step(5)[:4])
        opened.apply(store.script.step(4)[:4])


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (forget_the_last_step, "5 steps were acknowledged, 4 are there"),
        (write_what_nobody_asked_for, "6 steps are there"),
        (write_half_a_step, "in part"),
        (write_a_step_in_another_order, "not what was written"),
    ],
)
def test_torture_sees_a_fault(written: Tortured, fault: Callable[[Tortured], None], words: str) -> None:
    fault(written)
    with pytest.raises(LossError, match=words):
        written.check()


@pytest.mark.parametrize(
    ("kills", "loss", "exit_code", "words"),
    [
        (2, None, 0, "PASSED"),
        (1, None, 2, "not all rounds were run"),
        (2, "change 7 is gone", 1, "change 7 is gone"),
    ],
)
def test_only_a_whole_run_without_loss_passes(
    capsys: pytest.CaptureFixture[str], kills: int, loss: str | None, exit_code: int, words: str
) -> None:
    part = Part("SQLite", 2, Tally(kills=kills), loss)
    assert verdict((part,), 7) == exit_code
    assert words in capsys.readouterr().out
