"""`make bench`: characters a second of the whole pipeline, of each stage and of bare LAC, start-up time, peak memory.

Machines are noisy: compare ratios within one run, never seconds across runs. The text is the sample article beside
the checkout where it is there, else the articles of `fixtures`.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from api.articles import SUFFIXES, document_of_article, read_article
from api.composition import pipeline
from extract.tagging.lac import tag_bare
from schemas.text import Document, Publication

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT.parent / "shared" / "gold" / "seed.txt"
SAMPLE_PUBLISHED = date(2025, 3, 20)
GRAMMARS = ("periods", "quantities")
START_UP = """
from api.composition import extract
from schemas.text import Document
extract(Document(document_id="d", text="台股漲3%。"))
"""


def corpus(console: Console) -> list[Document]:
    """Return what is read: the sample article, else our own ones."""
    if SAMPLE.exists():
        return [document_of_article(read_article(SAMPLE, Publication(published=SAMPLE_PUBLISHED)))]
    console.print(f"no sample at {SAMPLE}: measuring on fixtures/articles", markup=False)
    folder = ROOT / "fixtures" / "articles"
    paths = sorted(p for p in folder.iterdir() if p.suffix in SUFFIXES)
    return [document_of_article(read_article(path, Publication())) for path in paths]


def seconds_of(work: Callable[[], object]) -> float:
    """Return the wall time that a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measured(documents: Sequence[Document], rounds: int) -> tuple[float, float, dict[str, float]]:
    """Return the median seconds of bare LAC, of the whole pipeline, and of each stage, interleaved in one run."""
    bare, whole, stages = [], [], defaultdict(list)
    for _ in range(rounds):
        taken: dict[str, float] = defaultdict(float)

        def watch(stage: str, seconds: float, taken: dict[str, float] = taken) -> None:
            taken[stage] += seconds

        bare.append(seconds_of(lambda: [tag_bare(document.text) for document in documents]))
        whole.append(seconds_of(lambda: [pipeline().extract(d, watch=watch) for d in documents]))
        for stage, seconds in taken.items():
            stages[stage].append(seconds)
    medians = {stage: statistics.median(times) for stage, times in stages.items()}
    return statistics.median(bare), statistics.median(whole), medians


def start_up_seconds(rounds: int) -> float:
    """Return how long a new process takes until it has read its first sentence, the median of some rounds.

    As for everybody who starts us a second time, Python has compiled our modules before; where the environment forbids
    it to keep what it compiles, that is lifted.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def start() -> float:
        return seconds_of(lambda: subprocess.run([sys.executable, "-c", START_UP], check=True, env=environment))  # noqa: S603 - our own code

    start()
    return statistics.median(start() for _ in range(rounds))


def peak_megabytes() -> float:
    """Return the largest resident memory of this process so far (Linux counts it in kB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print, and write the figures as JSON beside."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often; the median counts")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "bench.json", help="write the figures here too")
    arguments = parser.parse_args()
    console = Console()
    documents = corpus(console)
    characters = sum(len(document.text) for document in documents)
    pipeline().extract(documents[0])  # loads the models, which is start-up and not speed
    bare, whole, stages = measured(documents, arguments.rounds)
    start_up = start_up_seconds(arguments.rounds)

    table = Table("what", "characters/s", "share of the whole", box=box.SIMPLE_HEAD, header_style="bold")
    table.add_row("bare LAC tagging", f"{characters / bare:,.0f}", "")
    table.add_row("whole pipeline", f"{characters / whole:,.0f}", "100%")
    grammars = sum(stages[stage] for stage in GRAMMARS)
    for stage, seconds in {**stages, " and ".join(GRAMMARS): grammars}.items():
        table.add_row(f"  {stage}", f"{characters / seconds:,.0f}", f"{seconds / whole:.1%}")
    console.print(table)
    console.print(f"{characters:,} characters in {whole:.2f} s; {bare / whole:.2f} of the speed of bare LAC tagging")
    console.print(f"start-up {start_up:.2f} s; peak memory {peak_megabytes():,.0f} MB")
    figures = {
        "characters": characters,
        "bare_lac_seconds": bare,
        "whole_seconds": whole,
        "stage_seconds": stages,
        "ratio_to_bare_lac": bare / whole,
        "start_up_seconds": start_up,
        "peak_megabytes": peak_megabytes(),
    }
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
