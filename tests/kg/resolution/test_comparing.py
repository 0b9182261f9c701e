from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.comparing import Realised, agrees, is_downward, measured, reaches
from schemas.claim import Direction
from schemas.quantity import Bound
from tests.kg.resolution.cases import quantity

NUMBERS = st.integers(-1000, 1000).map(lambda n: Decimal(n) / 100)


@pytest.mark.parametrize(
    ("bound", "below", "at", "above"),
    [
        (Bound.AT_LEAST, False, True, True),
        (Bound.MORE, False, False, True),
        (Bound.AT_MOST, True, True, False),
        (Bound.LESS, True, False, False),
        (Bound.EQUAL, False, True, False),
        (Bound.APPROXIMATE, False, True, False),
    ],
)
def test_each_bound_takes_its_side(bound: Bound, below: bool, at: bool, above: bool) -> None:  # noqa: FBT001
    values = [Realised(Decimal(v)) for v in ("2.99", "3", "3.01")]
    assert [agrees(quantity("3", bound=bound), v) for v in values] == [below, at, above]


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_range_holds_exactly_what_lies_between_its_ends(a: Decimal, b: Decimal, value: Decimal) -> None:
    low, high = min(a, b), max(a, b)
    if low == high:
        high += 1
    assert agrees(quantity(str(low), high=str(high)), Realised(value)) == (low <= value <= high)


@given(NUMBERS, NUMBERS, st.integers(0, 100).map(lambda n: Decimal(n) / 100))
def test_a_level_may_miss_by_the_tolerance_and_no_further(stated: Decimal, value: Decimal, tolerance: Decimal) -> None:
    assert agrees(quantity(str(stated)), Realised(value), tolerance=tolerance) == (abs(stated - value) <= tolerance)


@given(NUMBERS, NUMBERS)
def test_a_threshold_is_reached_from_either_side_by_standing_on_it(stated: Decimal, value: Decimal) -> None:
    up, down = (reaches(quantity(str(stated)), value, downward=side) for side in (False, True))
    assert up or down
    assert (up and down) == (stated == value)


@pytest.mark.parametrize(
    ("direction", "bound", "base", "expected"),
    [
        (Direction.DOWN, Bound.AT_LEAST, "1", True),
        (Direction.UP, Bound.LESS, "9", False),
        (Direction.OCCURS, Bound.LESS, "1", True),
        (Direction.OCCURS, Bound.MORE, "9", False),
        (Direction.NOT_OCCURS, Bound.EQUAL, "9", True),
        (Direction.NOT_OCCURS, Bound.EQUAL, "5", False),
        (Direction.NOT_OCCURS, Bound.EQUAL, None, False),
    ],
)
def test_direction_then_bound_then_the_present_level_say_from_which_side(
    direction: Direction,
    bound: Bound,
    base: str | None,
    expected: bool,  # noqa: FBT001
) -> None:
    known = Decimal(base) if base is not None else None
    assert is_downward(quantity("5", bound=bound), direction, known) is expected


def test_an_error_is_taken_from_the_middle_of_a_stated_range_and_not_of_an_open_bound() -> None:
    found = measured(quantity("2", high="3"), Realised(Decimal(3)))
    assert found is not None
    assert (found.forecast, found.actual) == (Decimal("2.5"), Decimal(3))
    assert measured(quantity("2", bound=Bound.AT_LEAST), Realised(Decimal(3))) is None
