"""The parts of the evaluation report: figures by kind, genre and region, the costliest errors, the learning curve.

All are made from what cross-validation wrote down: articles that were read by models learned without them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from rich import box
from rich.table import Table

from extract.models.curve import promised
from extract.models.learning_curve import Measured
from extract.models.outcomes import KINDS, Outcome, Tally
from schemas.claim import Claim
from schemas.explanation import Origin, Part

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


def ruled(claims: Sequence[Claim], gold: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, bool]]:
    """Yield for each claim whose kind a hard rule gave the rule, and whether the annotation has that kind there."""
    for claim in claims:
        start, end = claim.span.start, claim.span.end
        rules = [g.rule for g in claim.explanation if g.part is Part.KIND and g.origin is Origin.RULE]
        there = [one["kind"] for one in gold if one["start"] < end and start < one["end"]]
        yield from ((rule, claim.kind.value in there) for rule in rules)


def rules_table(rules: Counter[tuple[str, bool]]) -> Table:
    """Return how often each hard rule overruled the models, and how often the annotation agrees."""
    table = Table("overruled by", "times", "right", box=box.SIMPLE_HEAD, header_style="bold")
    for name in sorted({name for name, _ in rules}):
        table.add_row(name, str(rules[name, True] + rules[name, False]), str(rules[name, True]))
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
    """Return the learning curve of the chain alone and what more articles promise, a row for each figure."""
    sizes = (f"{size} articles" for size in measured.sizes)
    promises = (f"{size} promised" for size in LOOKED_AT)
    table = Table("chain alone", *sizes, *promises, box=box.SIMPLE_HEAD, header_style="bold")
    for name, by_fold in measured.by_fold.items():
        means = (f"{sum(values) / len(values):.3f}" for values in zip(*by_fold, strict=True))
        table.add_row(name, *means, *_promises(measured.sizes, by_fold))
    for name, values in measured.sample.items():
        table.add_row(f"{name}, sample article", *(f"{value:.3f}" for value in values))
    table.caption = (
        "By fit of a - b/n^c to the folds' means; in brackets where four of five draws of the folds lie. It holds for "
        f"articles like these. The sample article's last column is of {measured.sample_sizes[-1]}, measured."
    )
    return table


def _promises(sizes: Sequence[int], by_fold: Sequence[Sequence[float]]) -> Iterator[str]:
    for articles in LOOKED_AT:
        promise = promised(sizes, by_fold, articles)
        yield f"{promise.value:.3f} ({promise.low:.3f}–{promise.high:.3f})"
