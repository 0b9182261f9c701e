"""The report on outcomes made by hand."""

import io

import pytest
from rich.console import Console
from rich.table import Table

from api.evaluation_genres import GENRES, genre_of
from api.evaluation_report import (
    by_group,
    by_kind,
    confusions,
    confusions_table,
    curve_table,
    overrulings,
    rules_table,
    sample_table,
    splits_table,
)
from extract.models.curve import Curve
from extract.models.learning_curve import Measured
from extract.models.outcomes import Error, Outcome, Overruling, Tally

EMPTY = Tally(gold=0, ours=0, found=0, right=0, full=0)
SLIP = "opinion taken for fact"


def outcome(facts: Tally, *errors: Error) -> Outcome:
    return Outcome(tallies={"fact": facts, "prediction": EMPTY, "opinion": EMPTY}, errors=errors)


OUTCOMES = {
    "a1": outcome(Tally(gold=4, ours=4, found=4, right=3, full=2), Error(SLIP, "timeless", 3, 9)),
    "b1": outcome(
        Tally(gold=6, ours=2, found=2, right=1, full=1),
        Error(SLIP, "timeless", 5, 8),
        Error(SLIP, "timeless", 20, 30),
        Error("fact not seen", "past", 40, 44),
    ),
}


def printed(*tables: Table) -> str:
    console = Console(width=160, file=io.StringIO())
    for table in tables:
        console.print(table)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_figures_of_a_kind_pool_its_claims_over_articles() -> None:
    facts = by_kind(OUTCOMES)[0]
    assert (facts.name, facts.articles, facts.claims) == ("fact", 2, 10)
    assert facts.span == pytest.approx(6 / 10)
    assert (facts.kind, facts.full) == (pytest.approx(2 * 4 / 16), pytest.approx(2 * 3 / 16))


def test_groups_come_with_the_one_of_most_claims_first() -> None:
    assert [(split.name, split.claims) for split in by_group(OUTCOMES, lambda name: name[0])] == [("b", 6), ("a", 4)]


def test_errors_are_counted_by_class_with_a_place_in_the_article_that_has_most() -> None:
    first, second = confusions(OUTCOMES)
    assert (first.sort, first.count, first.document, first.start, first.end) == (SLIP, 3, "b1", 5, 8)
    assert (second.sort, second.count) == ("fact not seen", 1)


def test_tables_hold_what_was_found() -> None:
    curve = tuple(Curve(0.8, 1.0, 0.5).at(size) for size in (15, 30, 60))
    measured = Measured(
        sizes=(15, 30, 60), by_fold={"claim.kind": (curve, curve)},
        sample_sizes=(15, 30, 60), sample={"claim.kind": (0.1, 0.2, 0.3)},
    )  # fmt: skip
    text = printed(
        splits_table("kind", by_kind(OUTCOMES)),
        confusions_table(confusions(OUTCOMES), 4),
        curve_table(measured),
        rules_table({"rule.target_price": Overruling(3, 2)}),
        sample_table(measured),
    )
    assert "b1 [5, 8)" in text
    assert "4 of 4 errors" in text
    assert "0.754" in text  # of 480 articles, 0.8 - 1 / sqrt(480)
    assert "0.300" in text
    assert "rule.target_price" in text


def test_overrulings_are_summed_over_articles() -> None:
    first = OUTCOMES["a1"].model_copy(update={"rules": {"rule.withdrawn": Overruling(2, 1)}})
    second = first.model_copy(update={"rules": {"rule.withdrawn": Overruling(1, 1), "rule.in_force": Overruling(1, 0)}})
    total = overrulings({"a1": first, "b1": second})
    assert total == {"rule.in_force": (1, 0), "rule.withdrawn": (3, 2)}


@pytest.mark.parametrize(
    ("text", "narrated", "opinions", "genre"),
    [
        ("王：漲。\n李：跌。\n王：漲。\n李：跌。", 0, 0, "interview"),
        ("要聞：\n・甲\n・乙\n・丙", 4, 0, "list"),
        ("通篇議論。", 4, 3, "commentary"),
        ("各家說法。", 1, 0, "voices"),
        ("一則消息。", 4, 0, "report"),
    ],
)
def test_genres_are_told_by_form(text: str, narrated: int, opinions: int, genre: str) -> None:
    claims = [
        {"kind": "opinion" if i < opinions else "fact", "speakers": ["author" if i < narrated else "bank"]}
        for i in range(4)
    ]
    assert genre_of(text, claims) == genre
    assert genre in GENRES
