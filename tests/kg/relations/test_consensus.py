"""What is held together: each voice once, the last it said, apart by window, shape, basis and unit."""

from datetime import date
from decimal import Decimal
from typing import Any

from kg.relations.consensus import Consensus, consensus_of
from kg.relations.reading import stated_of
from schemas.claim import Direction
from tests.kg.relations.cases import claim_of_case

YEAR = ["2025-01-01", "2025-12-31"]


def forecast(name: str, by: str, value: list[str] | None = None, *, said: str = "2025-03-20", **more: Any) -> Any:
    given = {"id": name, "by": by, "target": "us.gdp.growth", "direction": "level", "window": YEAR, "said": said}
    return claim_of_case({**given, **({"value": value} if value else {}), **more})


def percent(low: str, high: str | None = None, bound: str = "eq") -> list[str]:
    return [low, high or low, "%", bound]


def held(*claims: Any, as_of: date | None = None, houses: frozenset[tuple[str, str]] = frozenset()) -> list[Consensus]:
    stated = [found for claim in claims if (found := stated_of(claim, lambda actor: actor)) is not None]
    return list(consensus_of(stated, is_house=lambda *pair: pair in houses, as_of=as_of))


def test_the_median_lies_among_the_last_figure_of_each_voice() -> None:
    (item,) = held(
        forecast("a", "harbor", percent("9.9")),
        forecast("b", "harbor", percent("1.7"), said="2025-04-01"),
        forecast("c", "north", percent("2.0"), said="2025-04-02"),
        forecast("d", "river", percent("2.2", "2.6"), said="2025-04-03"),
    )
    assert item.values is not None
    assert (item.values.median, item.values.low, item.values.high) == (Decimal("2.0"), Decimal("1.7"), Decimal("2.4"))
    assert item.values.model_dump()["spread"] == Decimal("0.7")
    assert (item.count, [h.claim_id for h in item.held]) == (3, ["d", "c", "b"])
    assert item.as_of == date(2025, 4, 3)


def test_a_figure_that_leaves_a_side_open_is_listed_and_not_averaged() -> None:
    (item,) = held(forecast("a", "harbor", percent("1.7")), forecast("b", "north", percent("3", bound="ge")))
    assert item.values is not None
    assert (item.count, item.values.median) == (2, Decimal("1.7"))


def test_nobody_is_averaged_with_another_window_basis_or_unit() -> None:
    items = held(
        forecast("a", "harbor", percent("1.7")),
        forecast("b", "north", percent("1.7"), window=["2026-01-01", "2026-12-31"]),
        forecast("c", "river", percent("1.7"), basis="yoy"),
        forecast("d", "delta", ["300", "300", "USD"]),
    )
    assert [item.count for item in items] == [1, 1, 1, 1]


def test_basis_points_and_percentage_points_are_averaged() -> None:
    step = {"target": "us.fed-funds.rate", "direction": "down"}
    (item,) = held(
        forecast("a", "harbor", ["25", "25", "bp"], **step), forecast("b", "north", ["0.5", "0.5", "pp"], **step)
    )
    assert item.values is not None
    assert (item.unit, item.values.median) == ("pp", Decimal("-0.375"))
    assert item.directions == {Direction.DOWN: 2}


def test_chances_are_averaged_and_directions_counted() -> None:
    event = {"target": "us.recession", "direction": "occurs"}
    (item,) = held(
        forecast("a", "harbor", chance=["0.6", "0.6"], **event),
        forecast("b", "north", chance=["0.3", "0.4"], **event),
        forecast("c", "river", **{**event, "direction": "not-occurs"}),
    )
    assert item.chances is not None
    assert (item.chances.median, item.values) == (Decimal("0.475"), None)
    assert item.directions == {Direction.OCCURS: 2, Direction.NOT_OCCURS: 1}


def test_as_of_a_day_nothing_later_counts_and_nothing_long_past() -> None:
    claims = (
        forecast("a", "harbor", percent("1.7"), said="2025-01-10"),
        forecast("b", "north", percent("2.0"), said="2025-06-01"),
    )
    assert [[h.claim_id for h in item.held] for item in held(*claims, as_of=date(2025, 3, 1))] == [["a"]]
    assert [[h.claim_id for h in item.held] for item in held(*claims, as_of=date(2025, 9, 1))] == [["b"]]
    assert held(*claims, as_of=date(2025, 1, 1)) == []
    assert held(*claims, as_of=date(2026, 9, 1)) == []


def test_a_person_and_his_house_are_one_voice() -> None:
    claims = (forecast("a", "harbor", percent("1.7")), forecast("b", "lin", percent("2.0"), said="2025-04-01"))
    (item,) = held(*claims, houses=frozenset({("lin", "harbor")}))
    assert [h.claim_id for h in item.held] == ["b"]
    assert [item.count for item in held(*claims)] == [2]


def test_a_forecast_under_a_condition_is_held_by_nobody_for_sure() -> None:
    assert held(forecast("a", "harbor", percent("1.7"), condition="若關稅全面實施")) == []
