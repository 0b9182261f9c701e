"""The parts of the evaluation report: figures by kind, genre and region, the costliest errors, the learning curve.

All are made from what cross-validation wrote down: articles that were read by models learned without them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from rich import box
from rich.table import Table

from extract.models.curve import promised
from extract.models.learning_curve import Measured
from extract.models.outcomes import KINDS, Outcome, Overruling, Tally

COSTLIEST: Final = 30
LOOKED_AT: Final = (120, 240, 480)
"""Numbers of articles for which the learning curve says what they promise: all there are, twice, four times."""


@dataclass(frozen=True, slots=True)
class Split:
    """Figures of a group of articles or claims: F1 of spans, with the kind, with kind and speakers."""

    name: str
    articles: int
    claims: int
    span: float
    kind: float
    full: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """A class of error under one circumstance: how often, and one place, document with offsets."""

    sort: str
    circumstance: str
    count: int
    document: str
    start: int
    end: int


def by_kind(outcomes: Mapping[str, Outcome]) -> list[Split]:
    """Return the figures of each kind; `span` is the share of its claims whose span was found, whatever their kind."""
    found = []
    for kind in KINDS:
        tallies = [outcome.tallies[kind] for outcome in outcomes.values()]
        whole = _split(kind, len(outcomes), tallies)
        recall = sum(tally.found for tally in tallies) / max(1, whole.claims)
        found.append(Split(kind, whole.articles, whole.claims, recall, whole.kind, whole.full))
    return found


def by_group(outcomes: Mapping[str, Outcome], group_of: Callable[[str], str]) -> list[Split]:
    """Return the figures of each group of articles, the largest first.

    Args:
        outcomes: by the names of articles.
        group_of: gives the group of a name.
    """
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for name, outcome in outcomes.items():
        groups[group_of(name)].append(outcome)
    splits = [
        _split(name, len(members), chain.from_iterable(member.tallies.values() for member in members))
        for name, members in groups.items()
    ]
    return sorted(splits, key=lambda split: (-split.claims, split.name))


def _split(name: str, articles: int, tallies: Iterable[Tally]) -> Split:
    known = list(tallies)
    gold, ours = sum(tally.gold for tally in known), sum(tally.ours for tally in known)
    span, kind, full = (
        2 * sum(values) / max(1, gold + ours)
        for values in ((t.found for t in known), (t.right for t in known), (t.full for t in known))
    )
    return Split(name, articles, gold, span, kind, full)


def confusions(outcomes: Mapping[str, Outcome]) -> list[Confusion]:
    """Return the costliest classes of error, most frequent first: each occurrence costs one claim.

    The place that is shown is the first one of the article that has most of them.
    """
    places: dict[tuple[str, str], list[tuple[str, int, int]]] = defaultdict(list)
    for name, outcome in outcomes.items():
        for error in outcome.errors:
            places[error.sort, error.circumstance].append((name, error.start, error.end))
    ordered = sorted(places.items(), key=lambda item: (-len(item[1]), item[0]))
    found = []
    for (sort, circumstance), where in ordered[:COSTLIEST]:
        document, start, end = _example(where)
        found.append(Confusion(sort, circumstance, len(where), document, start, end))
    return found


def _example(places: Sequence[tuple[str, int, int]]) -> tuple[str, int, int]:
    names = [name for name, _, _ in places]
    return min(places, key=lambda place: (-names.count(place[0]), place))


def overrulings(outcomes: Mapping[str, Outcome]) -> dict[str, Overruling]:
    """Return how often each hard rule overruled the models, and how often the annotation agrees."""
    total: dict[str, Overruling] = {}
    for outcome in outcomes.values():
        for rule, made in outcome.rules.items():
            before = total.get(rule, Overruling(0, 0))
            total[rule] = Overruling(before.times + made.times, before.right + made.right)
    return dict(sorted(total.items()))


def rules_table(rules: Mapping[str, Overruling]) -> Table:
    """Return how often each hard rule overruled the models, a row each."""
    table = Table("overruled by", "times", "right", box=box.SIMPLE_HEAD, header_style="bold")
    for name, made in rules.items():
        table.add_row(name, str(made.times), str(made.right))
    return table


def splits_table(title: str, splits: Sequence[Split], *, span: str = "span") -> Table:
    """Return figures of groups, a row each."""
    table = Table(title, "articles", "claims", span, "kind", "full", box=box.SIMPLE_HEAD, header_style="bold")
    for split in splits:
        figures = (f"{value:.3f}" for value in (split.span, split.kind, split.full))
        table.add_row(split.name, str(split.articles), str(split.claims), *figures)
    return table


def confusions_table(found: Sequence[Confusion], total: int) -> Table:
    """Return the costliest errors, a row each; `total` is the number of all."""
    table = Table("error", "of claims about", "times", "for example", box=box.SIMPLE_HEAD, header_style="bold")
    for one in found:
        table.add_row(one.sort, one.circumstance, str(one.count), f"{one.document} [{one.start}, {one.end})")
    table.caption = (
        f"{sum(one.count for one in found)} of {total} errors; past, open and future are against publication"
    )
    return table


def curve_table(measured: Measured) -> Table:
    """Return the learning curve of the chain alone, a row for each number of articles, and what more promise."""
    table = Table("articles", *measured.by_fold, box=box.SIMPLE_HEAD, header_style="bold")
    for place, size in enumerate(measured.sizes):
        values = [[fold[place] for fold in by_fold] for by_fold in measured.by_fold.values()]
        table.add_row(str(size), *(f"{sum(one) / len(one):.3f}" for one in values))
    for size in LOOKED_AT:
        promises = [promised(measured.sizes, by_fold, size) for by_fold in measured.by_fold.values()]
        table.add_row(f"{size}, promised", *(f"{p.value:.3f} ({p.low:.3f}–{p.high:.3f})" for p in promises))
    table.caption = (
        "The chain alone, articles held out. By fit of a - b/n^c to the folds' means; in brackets where four of five "
        "draws of the folds lie. It holds for articles like these."
    )
    return table


def sample_table(measured: Measured) -> Table:
    """Return how the chain alone does on the sample article, a row for each number of articles learned from."""
    table = Table("articles", *measured.sample, box=box.SIMPLE_HEAD, header_style="bold")
    for place, size in enumerate(measured.sample_sizes):
        table.add_row(str(size), *(f"{values[place]:.3f}" for values in measured.sample.values()))
    table.caption = "The chain alone on the sample article, which is unlike most of the others."
    return table
