"""What was judged of claims, what is due, what is worth checking, which series it is about, when it was said."""

from datetime import date

import pytest

from kg.store.protocol import Store
from schemas.claim import ClaimKind
from schemas.evidence import Outcome, VerdictValue
from schemas.graph import NodeLabel, Order, Query, Review
from tests.contracts.graphs import (
    all_pages,
    claim,
    create,
    days,
    document,
    ids,
    indicator,
    observation,
    remove,
    replace,
    resolution,
    verdict,
    worth,
    year,
)

NEXT_DAY = date(2026, 1, 2)


def claims(store: Store, **filters: object) -> list[str]:
    return ids(store.find(Query.model_validate({"label": NodeLabel.CLAIM, **filters})))


@pytest.fixture
def judged(store: Store) -> Store:
    """Three predictions and two statements: one of each is not judged, two predictions wait or are decided."""
    store.apply(
        create(
            document(),
            *(claim(f"forecast-{n}", target="us.gdp", window=year(2025)) for n in (1, 2, 3)),
            *(claim(f"statement-{n}") for n in (1, 2)),
            resolution("r-1", "forecast-1", Outcome.TRUE),
            resolution("r-2", "forecast-2", Outcome.PENDING, due_on=date(2026, 1, 29)),
            verdict("v-1", "statement-1", VerdictValue.REFUTED),
        )
    )
    return store


@pytest.mark.parametrize(
    ("outcome", "expected"), [("true", ["forecast-1"]), ("pending", ["forecast-2"]), ("refuted", ["statement-1"])]
)
def test_claims_are_found_by_what_was_judged_of_them(judged: Store, outcome: str, expected: list[str]) -> None:
    assert claims(judged, outcome=outcome) == expected


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        (Review.UNREVIEWED, ["forecast-3", "statement-2"]),
        (Review.OPEN, ["forecast-2"]),
        (Review.DECIDED, ["forecast-1", "statement-1"]),
    ],
)
def test_claims_are_found_by_how_far_they_were_judged(judged: Store, review: Review, expected: list[str]) -> None:
    assert claims(judged, review=review) == expected


def test_the_last_day_decides_what_was_judged(judged: Store) -> None:
    judged.apply(create(resolution("r-0", "forecast-2", Outcome.FALSE, NEXT_DAY)))
    judged.apply(create(resolution("r-9", "forecast-1", Outcome.UNRESOLVABLE, date(2025, 12, 31))))
    assert claims(judged, outcome="false") == ["forecast-2"]
    assert claims(judged, outcome="true") == ["forecast-1"]


def test_of_two_judgements_of_one_day_the_greater_id_decides(judged: Store) -> None:
    judged.apply(create(verdict("v-2", "statement-1", VerdictValue.MIXED)))
    judged.apply(create(verdict("v-0", "statement-1", VerdictValue.SUPPORTED)))
    assert claims(judged, outcome="mixed") == ["statement-1"]


def test_a_judgement_may_come_before_its_claim(store: Store) -> None:
    store.apply(create(verdict("v", "late", VerdictValue.SUPPORTED)))
    store.apply(create(claim("late")))
    assert claims(store, outcome="supported") == ["late"]


def test_a_claim_that_is_changed_stays_judged(judged: Store) -> None:
    judged.apply([replace(claim("statement-1"), claim("statement-1", "台股收低"))])
    assert claims(judged, outcome="refuted", text="收低") == ["statement-1"]


def test_without_its_judgement_a_claim_is_unreviewed_again(judged: Store) -> None:
    judged.apply([remove(verdict("v-1", "statement-1", VerdictValue.REFUTED))])
    assert "statement-1" in claims(judged, review=Review.UNREVIEWED)
    judged.apply([remove(resolution("r-1", "forecast-1", Outcome.TRUE))])
    assert claims(judged, due_by=date(2025, 12, 31)) == ["forecast-1", "forecast-3"]


def test_a_judgement_that_turns_to_another_claim_leaves_the_first(judged: Store) -> None:
    before = verdict("v-1", "statement-1", VerdictValue.REFUTED)
    judged.apply([replace(before, verdict("v-1", "statement-2", VerdictValue.REFUTED))])
    assert claims(judged, outcome="refuted") == ["statement-2"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 12, 30), []),
        (date(2025, 12, 31), ["forecast-3"]),
        (date(2026, 1, 28), ["forecast-3"]),
        (date(2026, 1, 29), ["forecast-2", "forecast-3"]),
    ],
)
def test_what_is_undecided_falls_due_on_its_day(judged: Store, day: date, expected: list[str]) -> None:
    assert claims(judged, kind=ClaimKind.PREDICTION, due_by=day) == expected


def test_what_nothing_will_settle_is_not_due(judged: Store) -> None:
    judged.apply(create(resolution("r-3", "forecast-3", Outcome.UNRESOLVABLE)))
    assert claims(judged, due_by=date(2030, 1, 1)) == ["forecast-2"]


def test_what_fell_due_first_comes_first_page_by_page(store: Store) -> None:
    ends = {"a": 3, "b": 1, "c": 2, "d": 1}
    windows = {name: days(date(2025, 1, 1), date(2025, 6, day)) for name, day in ends.items()}
    store.apply(create(*(claim(name, target="us.gdp", window=window) for name, window in windows.items())))
    store.apply(create(claim("undated", target="us.gdp")))
    due = Query(label=NodeLabel.CLAIM, due_by=date(2025, 6, 3), order=Order.DUE, limit=2)
    assert all_pages(store, due) == [["b", "d"], ["c", "a"]]
    assert claims(store, order=Order.DUE) == ["undated", "b", "d", "c", "a"]


@pytest.fixture
def worthy(store: Store) -> Store:
    figures = {"a": 0.25, "b": 1.0, "c": 0.0, "d": 0.25}
    store.apply(create(claim("none"), *(worth(claim(name), figure) for name, figure in figures.items())))
    return store


def test_the_most_worth_checking_comes_first_and_the_unknown_last(worthy: Store) -> None:
    pages = all_pages(worthy, Query(label=NodeLabel.CLAIM, order=Order.CHECK_WORTHINESS, limit=2))
    assert pages == [["b", "d"], ["a", "c"], ["none"]]


@pytest.mark.parametrize(("least", "expected"), [(0, ["a", "b", "c", "d"]), (0.25, ["a", "b", "d"]), (1, ["b"])])
def test_claims_below_a_worth_are_left_out(worthy: Store, least: float, expected: list[str]) -> None:
    assert claims(worthy, min_check_worthiness=least) == expected


def test_a_worth_and_an_order_go_together_page_by_page(worthy: Store) -> None:
    query = Query(label=NodeLabel.CLAIM, order=Order.CHECK_WORTHINESS, min_check_worthiness=0.1, limit=1)
    assert all_pages(worthy, query) == [["b"], ["d"], ["a"]]


@pytest.mark.parametrize("malformed", ["high", True, 1.5, -0.1, None, [0.5]])
def test_a_worth_that_is_no_share_counts_as_unknown(store: Store, malformed: object) -> None:
    node = claim("odd")
    store.apply(create(node.model_copy(update={"data": {**node.data, "check_worthiness": malformed}})))
    assert claims(store, min_check_worthiness=0) == []
    assert claims(store, order=Order.CHECK_WORTHINESS) == ["odd"]


@pytest.fixture
def measured(store: Store) -> Store:
    store.apply(
        create(
            indicator("gdp.quarterly", "us.gdp.growth.quarterly", forecast_as="us.gdp.growth"),
            indicator("cpi", "us.cpi"),
            claim("growth", target="us.gdp.growth"),
            claim("quarter", target="us.gdp.growth.quarterly"),
            claim("level", target="us.gdp"),
            claim("prices", target="us.cpi"),
            observation("o-1", "gdp.quarterly"),
            observation("o-2", "cpi"),
        )
    )
    return store


def test_forecasts_of_what_an_indicator_measures(measured: Store) -> None:
    assert claims(measured, indicator_id="gdp.quarterly") == ["growth", "quarter"]
    assert claims(measured, indicator_id="cpi", order=Order.PUBLISHED) == ["prices"]


def test_figures_of_an_indicator(measured: Store) -> None:
    assert ids(measured.find(Query(label=NodeLabel.OBSERVATION, indicator_id="cpi"))) == ["o-2"]


def test_an_indicator_that_nothing_describes_finds_no_forecast(measured: Store) -> None:
    assert claims(measured, indicator_id="us.cpi") == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"said_from": date(2025, 3, 19)}, ["b", "c"]),
        ({"said_to": date(2025, 3, 19)}, ["a", "b"]),
        ({"said_from": date(2025, 3, 19), "said_to": date(2025, 3, 19)}, ["b"]),
        ({"said_from": date(2025, 3, 18), "published_from": date(2025, 3, 21)}, []),
    ],
)
def test_the_date_of_the_statement(store: Store, filters: dict[str, date], expected: list[str]) -> None:
    said = {"a": date(2025, 3, 18), "b": date(2025, 3, 19), "c": date(2025, 3, 20), "undated": None}
    store.apply(create(document(), *(claim(name, said_on=day) for name, day in said.items())))
    assert claims(store, **filters) == expected
