"""What became of the claims of an annotated article: how many were right, and each error by its class and place.

Places are offsets: the text of annotated articles stays outside the project.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, Final, NamedTuple

from pydantic import Field

from extract.gold import gold_of
from extract.models.examples import Article
from extract.models.features import DocumentView, times_of, view_of
from extract.placing import touching
from schemas.actor import AUTHOR
from schemas.base import Model
from schemas.claim import Claim, ClaimKind
from schemas.explanation import Origin, Part
from schemas.extraction import Extraction

Annotated = Mapping[str, Any]
"""A claim in the format of the annotation: start, end, kind, speakers."""
KINDS: Final = tuple(kind.value for kind in ClaimKind)


class Tally(Model):
    """Claims of one kind in one article.

    Attributes:
        gold: annotated.
        ours: found by us, right or wrong.
        found: annotated ones whose span we have.
        right: those of the same kind on both sides.
        full: those with the same speakers too.
    """

    gold: int
    ours: int
    found: int
    right: int
    full: int


class Error(NamedTuple):
    """What went wrong, under which circumstances, and where [start, end)."""

    sort: str
    circumstance: str
    start: int
    end: int


class Overruling(NamedTuple):
    """How often a hard rule gave a claim its kind, and how often the annotation has that kind there."""

    times: int
    right: int


class Outcome(Model):
    """Tallies by kind, the errors in text order, and how often each hard rule overruled the models."""

    tallies: dict[str, Tally]
    errors: tuple[Error, ...]
    rules: dict[str, Overruling] = Field(default_factory=dict)


def outcome_of(article: Article, extraction: Extraction, scorer: ModuleType) -> Outcome:
    """Return what became of the claims of an article.

    Args:
        article: with its annotation.
        extraction: what we made of it.
        scorer: pairs claims and compares speakers (`score.py` of the gold).
    """
    system = gold_of(extraction)
    gold, ours = article.gold["claims"], system["claims"]
    pairs = dict(scorer.match(gold, ours, lambda a, b: a["kind"] == b["kind"]))
    names = scorer.Names(article.gold, system)
    right = {i for i, j in pairs.items() if gold[i]["kind"] == ours[j]["kind"]}
    full = {i for i in right if names.same_set(gold[i]["speakers"], ours[pairs[i]]["speakers"])}
    tallies = {
        kind: Tally(
            gold=sum(claim["kind"] == kind for claim in gold),
            ours=sum(claim["kind"] == kind for claim in ours),
            found=sum(gold[i]["kind"] == kind for i in pairs),
            right=sum(gold[i]["kind"] == kind for i in right),
            full=sum(gold[i]["kind"] == kind for i in full),
        )
        for kind in KINDS
    }
    wrong = {i: j for i, j in pairs.items() if i not in full}
    view = view_of(article.reading, article.layers, article.frames)
    found = [*_misjudged(view, gold, ours, wrong), *_miscut(view, gold, ours, pairs)]
    return Outcome(
        tallies=tallies,
        errors=tuple(sorted(found, key=lambda error: (error.start, error.end))),
        rules=_overrulings(extraction.claims, gold),
    )


def _overrulings(claims: Sequence[Claim], gold: Sequence[Annotated]) -> dict[str, Overruling]:
    times: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for claim in claims:
        there = [one["kind"] for one in gold if one["start"] < claim.span.end and claim.span.start < one["end"]]
        for ground in claim.explanation:
            if ground.part is Part.KIND and ground.origin is Origin.RULE:
                times[ground.rule] += 1
                right[ground.rule] += claim.kind.value in there
    return {rule: Overruling(times[rule], right[rule]) for rule in sorted(times)}


def _misjudged(
    view: DocumentView, gold: list[Annotated], ours: list[Annotated], wrong: Mapping[int, int]
) -> Iterator[Error]:
    """Yield the claims that were cut right and have another kind, else another speaker."""
    for i, j in wrong.items():
        if gold[i]["kind"] != ours[j]["kind"]:
            yield _error(f"{gold[i]['kind']} taken for {ours[j]['kind']}", view, gold[i])
        else:
            yield _error(f"{_owner(gold[i])}'s claim given to {_owner(ours[j], other='another')}", view, gold[i])


def _miscut(
    view: DocumentView, gold: list[Annotated], ours: list[Annotated], pairs: Mapping[int, int]
) -> Iterator[Error]:
    """Yield the annotated claims that have no counterpart, and ours that have none."""
    for i, claim in enumerate(gold):
        if i not in pairs:
            yield _error(f"{claim['kind']} {'cut otherwise' if _meets(claim, ours) else 'not seen'}", view, claim)
    for j in sorted(set(range(len(ours))) - set(pairs.values())):
        if not _meets(ours[j], gold):
            yield _error(f"{ours[j]['kind']} found where none is", view, ours[j])
        elif not any(i not in pairs for i in range(len(gold)) if _meets(ours[j], [gold[i]])):
            yield _error(f"{ours[j]['kind']} split off another claim", view, ours[j])


def _meets(claim: Annotated, others: list[Annotated]) -> bool:
    return any(claim["start"] < other["end"] and other["start"] < claim["end"] for other in others)


def _owner(claim: Annotated, *, other: str = "a speaker") -> str:
    return "the narrator" if claim["speakers"] == [AUTHOR] else other


def _error(sort: str, view: DocumentView, claim: Annotated) -> Error:
    """Return the error with what its circumstances are: the time spoken of, whether there is a figure, who speaks."""
    start, end = claim["start"], claim["end"]
    figure = "a figure" if touching(view.layers.quantities, start, end) else "no figure"
    time = times_of(view, start, start, end)[0]
    return Error(sort, f"{time}, {figure}, {_owner(claim)}", start, end)
