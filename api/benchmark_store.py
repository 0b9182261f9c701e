"""`make bench-store`: how fast a large store is loaded, asked and shared, each figure against its limit.

The graph is made up (`api.benchmark_graph`). Machines are noisy: run it while nothing else does, and compare ratios
within one run rather than seconds across runs. At full size it takes some 8 GB of memory. Exits with 1 where a limit
is not kept.
"""

import argparse
import gc
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

from rich import box
from rich.console import Console
from rich.table import Table

from api.benchmark_bare import BareLoad, BareStore
from api.benchmark_graph import AT, DAYS, FIRST_DAY, MEASURES, REASONS, SEED, TRADES, Size, changes_of
from extract.normalize import shadow_of
from kg.store.loading import load_sqlite
from kg.store.protocol import Store
from kg.store.sqlite import open_sqlite
from schemas.claim import ClaimKind
from schemas.graph import Change, Node, NodeLabel, Order, Query, change_of

ROOT: Final = Path(__file__).parents[1]
ROUNDS: Final = 300
"""Questions of each kind; the median counts."""
READERS: Final = 3
SHARED_SECONDS: Final = 10.0
"""How long processes read beside one that writes."""
WAL_BYTES: Final = 64 * 1024 * 1024 + 16 * 1024 * 1024
"""The limit of the write-ahead log, and what one batch may add to it."""
PAGE: Final = 50
WANTED_A_SECOND: Final = 40_000
"""Claims that were asked for of a bulk load; whether with or without their edges was left open, so both are shown."""
APPLIED: Final = 10_000
"""Claims that go through `apply`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value with its limit; None where it has none."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    bound: Literal["at most", "at least"] = "at most"

    @property
    def is_kept(self) -> bool:
        """Whether the limit is kept."""
        if self.limit is None:
            return True
        return self.value <= self.limit if self.bound == "at most" else self.value >= self.limit


@dataclass(frozen=True, slots=True)
class Question:
    """One kind of question, asked of the store and in bare SQL, and how long the store may take."""

    name: str
    milliseconds: float
    ask: Callable[[Store, random.Random], object]
    ask_bare: Callable[[BareStore, random.Random], object]


def main() -> None:
    """Load, measure, print, write the figures as JSON beside."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=Size().claims, help="edges and predictions in proportion")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "bench-store.json", help="write the figures here")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.read:
        _read_until_told(arguments.read)
        return
    whole = Size()
    share = arguments.claims / whole.claims
    size = Size(arguments.claims, round(whole.predictions * share), round(whole.edges * share))
    with TemporaryDirectory(prefix="bench-store-") as folder:
        figures = list(measured(Path(folder) / "store.db", size))
    console = Console()
    console.print(_table(figures))
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps([asdict(f) for f in figures], indent=1) + "\n", encoding="utf-8")
    missed = [figure.name for figure in figures if not figure.is_kept]
    if missed:
        console.print(f"not kept: {', '.join(missed)}", style="red", markup=False)
        sys.exit(1)


def measured(path: Path, size: Size) -> Iterator[Figure]:
    """Yield all figures of a graph of this size, kept at a path."""
    yield from _loading(path, size)
    questions = _questions(size)
    with open_sqlite(path, fold=shadow_of, read_only=True) as store, BareStore(path) as bare:
        for question in questions:
            yield from _asked(question, store, bare)
    yield from _shared(path, size)


def _loading(path: Path, size: Size) -> Iterator[Figure]:
    shadow_of("暖")  # reads the folding's dictionaries, which is start-up
    # Made beforehand: were they made meanwhile, the process that writes would catch up in time that is not counted.
    changes = list(changes_of(size))
    # What the benchmark holds is no work of the garbage collector's.
    gc.freeze()
    busy, seconds = _processor_seconds(), _load_seconds(path, changes)
    busy = _processor_seconds() - busy
    yield Figure(
        "bulk load: claims with their edges, log, filters and full text",
        size.claims / seconds,
        "claims/s",
        WANTED_A_SECOND,
        "at least",
    )
    yield Figure("the same in nodes and edges", len(changes) / seconds, "elements/s")
    yield Figure("processor time of it, both processes", 1e6 * busy / size.claims, "µs a claim")
    yield Figure("store", path.stat().st_size / 2**20, "MiB")
    bare = path.with_name("bare.db")
    with BareLoad(path, bare) as load:
        os.sync()
        bare_seconds = load.seconds()
    yield Figure("bare SQL, handed the same rows made ready", size.claims / bare_seconds, "claims/s")
    yield Figure("bulk load, ratio to bare SQL", seconds / bare_seconds, "×", 2)
    bare.unlink()
    claims = [c for c in changes if isinstance(c.after, Node) and c.after.label is NodeLabel.CLAIM]
    alone = path.with_name("claims.db")
    seconds = _load_seconds(alone, claims)
    alone.unlink()
    yield Figure(
        "bulk load: claims alone, with log, filters and full text",
        len(claims) / seconds,
        "claims/s",
        WANTED_A_SECOND,
        "at least",
    )
    gc.unfreeze()
    yield _applying(path.with_name("applied.db"))


def _processor_seconds() -> float:
    """Return the processor time of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _load_seconds(path: Path, changes: list[Change]) -> float:
    os.sync()  # what was written before is on its way to the disk no longer, in time that would be counted
    began = time.perf_counter()
    load_sqlite(path, changes, fold=shadow_of)
    return time.perf_counter() - began


def _applying(path: Path) -> Figure:
    """Return how fast a small graph goes through `apply`, to compare the bulk load with."""
    size = Size(APPLIED, APPLIED * 3 // 10, APPLIED * 15 // 4)
    source, seconds = changes_of(size), 0.0
    with open_sqlite(path, fold=shadow_of) as store:
        while batch := list(islice(source, 10_000)):
            began = time.perf_counter()
            store.apply(batch)
            seconds += time.perf_counter() - began
    return Figure(f"through apply, {APPLIED:,} claims", size.claims / seconds, "claims/s")


def _questions(size: Size) -> list[Question]:
    def by_actor(draw: random.Random) -> tuple[str, date, date]:
        first = FIRST_DAY + timedelta(days=draw.randrange(DAYS))
        return f"actor-{int(size.actors * draw.random() ** 3)}", first, first + timedelta(days=365)

    def day(draw: random.Random) -> date:
        return FIRST_DAY + timedelta(days=draw.randrange(DAYS // 4, DAYS))

    def claim_id(draw: random.Random) -> str:
        return f"claim-{draw.randrange(size.claims)}"

    def words(draw: random.Random) -> str:
        """One, two or four neighbours of a sentence, sometimes with a second word."""
        source = draw.choice([*TRADES, *MEASURES.values(), *REASONS])
        length = draw.choice([1, 2, 2, 4])
        start = draw.randrange(max(1, len(source) - length))
        more = f" {draw.choice(TRADES)}" if draw.random() < 0.3 else ""
        return source[start : start + length] + more

    def asked(store: Store, **filters: object) -> object:
        return store.find(Query.model_validate({"label": NodeLabel.CLAIM, "limit": PAGE, **filters}))

    def ask_by_actor(store: Store, draw: random.Random) -> object:
        actor_id, first, last = by_actor(draw)
        newest = Order.PUBLISHED_DESCENDING
        return asked(store, actor_id=actor_id, published_from=first, published_to=last, order=newest)

    return [
        Question(
            "claims by actor and date", 2, ask_by_actor, lambda bare, draw: bare.by_actor(*by_actor(draw), limit=PAGE)
        ),
        Question(
            "due predictions",
            3,
            lambda store, draw: asked(store, kind=ClaimKind.PREDICTION, due_by=day(draw), order=Order.DUE),
            lambda bare, draw: bare.due(day(draw), limit=PAGE),
        ),
        Question(
            "two-hop neighbourhood",
            10,
            lambda store, draw: store.neighbourhood(claim_id(draw), depth=2),
            lambda bare, draw: bare.two_hops(claim_id(draw), limit=100),
        ),
        Question(
            "full text",
            25,
            lambda store, draw: asked(store, text=words(draw), order=Order.PUBLISHED_DESCENDING),
            lambda bare, draw: bare.text(shadow_of(words(draw)).lower(), limit=PAGE),
        ),
    ]


def _asked(question: Question, store: Store, bare: BareStore) -> Iterator[Figure]:
    """Ask the same questions of both, in turn, after a round that fills the caches."""
    taken: dict[str, list[float]] = {"store": [], "bare": []}
    for is_counted in (False, True):
        draws = {name: random.Random(SEED) for name in taken}  # noqa: S311 - a question is no secret
        for _ in range(ROUNDS):
            asks = {"store": partial(question.ask, store), "bare": partial(question.ask_bare, bare)}
            for name, ask in asks.items():
                began = time.perf_counter()
                ask(draws[name])
                if is_counted:
                    taken[name].append(1000 * (time.perf_counter() - began))
    median, bare_median = statistics.median(taken["store"]), statistics.median(taken["bare"])
    yield Figure(f"{question.name}, p50", median, "ms", question.milliseconds)
    yield Figure(f"{question.name}, p95", statistics.quantiles(taken["store"], n=20)[-1], "ms")
    yield Figure(f"{question.name}, ratio to bare SQL", median / bare_median, "×", 2)


def _shared(path: Path, size: Size) -> Iterator[Figure]:
    """Let processes read while this one writes."""
    command = [sys.executable, "-m", "api.benchmark_store", "--read", str(path)]
    readers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own code
        for _ in range(READERS)
    ]
    wal, written, largest = path.with_name(path.name + "-wal"), 0, 0
    with open_sqlite(path, fold=shadow_of) as store:
        until = time.perf_counter() + SHARED_SECONDS
        for number in range(size.claims):
            if time.perf_counter() > until:
                break
            written += store.apply([_touched(node, number) for node in store.nodes(_some(size, number))]).applied
            largest = max(largest, wal.stat().st_size)
        told = [json.loads(reader.communicate("stop\n")[0] or '{"reads": 0, "errors": 1}') for reader in readers]
    yield Figure("reads while one writes", sum(t["reads"] for t in told) / SHARED_SECONDS, "/s")
    yield Figure("changes written meanwhile", written / SHARED_SECONDS, "/s")
    yield Figure(f"errors of {READERS} reading processes", sum(t["errors"] for t in told), "", 0)
    yield Figure("largest write-ahead log", largest / 2**20, "MiB", WAL_BYTES / 2**20)


def _some(size: Size, number: int) -> list[str]:
    return [f"claim-{(number * 7919 + k) % size.claims}" for k in range(20)]


def _touched(node: Node, number: int) -> Change:
    after = node.model_copy(update={"data": {**node.data, "check_worthiness": number % 1000 / 1000}})
    return change_of(node, after, who="bench", why="written while others read", at=AT + timedelta(seconds=number))


def _read_until_told(path: Path) -> None:
    """Ask one question after the other until a line comes in; print how many, and how many failed."""
    stop = threading.Event()

    def listen() -> None:
        sys.stdin.readline()
        stop.set()

    threading.Thread(target=listen, daemon=True).start()
    draw, reads, errors = random.Random(path.name), 0, 0  # noqa: S311 - a question is no secret
    with open_sqlite(path, fold=shadow_of, read_only=True) as store:
        questions = _questions(Size(store.counts()[NodeLabel.CLAIM]))
        while not stop.is_set():
            try:
                questions[reads % len(questions)].ask(store, draw)
            except Exception as error:  # noqa: BLE001 - any failure is what is counted here
                errors += 1
                sys.stderr.write(f"{error!r}\n")
            reads += 1
    sys.stdout.write(json.dumps({"reads": reads, "errors": errors}))


def _table(figures: list[Figure]) -> Table:
    table = Table("what", "figure", "limit", "", box=box.SIMPLE_HEAD, header_style="bold")
    for figure in figures:
        limit = f"{figure.bound} {figure.limit:,g}" if figure.limit is not None else ""
        mark = "" if figure.limit is None else ("kept" if figure.is_kept else "NOT KEPT")
        value = f"{figure.value:,.2f}" if figure.value < 100 else f"{figure.value:,.0f}"
        table.add_row(figure.name, f"{value} {figure.unit}".strip(), limit, mark)
    return table


if __name__ == "__main__":
    main()
