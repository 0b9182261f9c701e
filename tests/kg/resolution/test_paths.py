from datetime import date, timedelta

import pytest

from kg.indicators import read_catalogue
from kg.resolution.resolver import resolve
from schemas.claim import Claim
from schemas.evidence import Observation, Outcome, Reason
from schemas.quantity import Bound, Quantity
from tests.kg.resolution.cases import forecast, observed, quantity

YIELD = "us.treasury.10y.daily"
APRIL = ("2025-04-01", "2025-04-30")
LATE = date(2025, 6, 1)
EARLY = date(2024, 12, 30)


def yields(**changed: str) -> tuple[Observation, ...]:
    """Every working day from 2025-03-17 to 2025-05-09 at 4.30, but for the days given as d0401="5.01"."""
    start = date(2025, 3, 17)
    days = [start + timedelta(days=n) for n in range(54)]
    values = {day: changed.get(f"d{day:%m%d}", "4.30") for day in days if day.weekday() < 5}
    return tuple(observed(YIELD, day.isoformat(), value) for day, value in values.items())


def about(direction: str, value: Quantity | None = None, window: tuple[str | None, str | None] | None = APRIL) -> Claim:
    return forecast("us.treasury.10y", direction, value=value, window=window)


@pytest.mark.parametrize(("peak", "expected"), [("4.998", "true"), ("5.00", "false"), ("5.01", "false")])
def test_one_day_decides_whether_five_percent_was_reached(peak: str, expected: str) -> None:
    found = resolve(about("not-occurs", quantity("5")), yields(d0416=peak), as_of=LATE)
    assert found.outcome == expected
    assert peak in found.explanation


def test_a_yield_that_reaches_the_threshold_settles_it_before_the_window_ends() -> None:
    found = resolve(about("not-occurs", quantity("5")), yields(d0416="5.01"), as_of=date(2025, 4, 16))
    assert (found.outcome, found.due_on) == (Outcome.FALSE, None)


def test_a_threshold_not_reached_so_far_is_pending_until_the_last_figure_is_out() -> None:
    for as_of, reason in ((date(2025, 4, 30), Reason.WINDOW_OPEN), (date(2025, 5, 2), Reason.DATA_NOT_RELEASED)):
        found = resolve(about("not-occurs", quantity("5")), yields(), as_of=as_of)
        assert (found.outcome, found.reason, found.due_on) == (Outcome.PENDING, reason, date(2025, 5, 3))


@pytest.mark.parametrize("day", ["d0328", "d0502"])
def test_days_outside_the_window_do_not_count(day: str) -> None:
    assert resolve(about("not-occurs", quantity("5")), yields(**{day: "5.2"}), as_of=LATE).outcome is Outcome.TRUE


def test_a_day_before_the_statement_does_not_count_though_it_lies_in_the_window() -> None:
    claim = forecast("us.treasury.10y", "not-occurs", value=quantity("5"), window=APRIL, said_on=date(2025, 4, 14))
    assert resolve(claim, yields(d0402="5.2"), as_of=LATE).outcome is Outcome.TRUE


def test_without_a_window_it_can_be_proved_wrong_but_never_right() -> None:
    claim = about("not-occurs", quantity("5"), None)
    assert resolve(claim, yields(), as_of=LATE).reason is Reason.NO_WINDOW
    assert resolve(claim, yields(d0508="5.3"), as_of=LATE).outcome is Outcome.FALSE


def test_a_stretch_without_figures_is_no_proof_that_nothing_happened() -> None:
    holes = tuple(o for o in yields() if not date(2025, 4, 8) <= o.period_start <= date(2025, 4, 16))
    found = resolve(about("not-occurs", quantity("5")), holes, as_of=LATE)
    assert (found.outcome, found.reason) == (Outcome.UNRESOLVABLE, Reason.DATA_MISSING)
    assert "2025-04-08" in found.explanation


@pytest.mark.parametrize(
    ("direction", "value", "low_day", "expected"),
    [
        ("occurs", quantity("4"), "3.95", "true"),
        ("occurs", quantity("4"), "4.10", "false"),
        ("not-occurs", quantity("4"), "3.95", "false"),
        ("not-occurs", quantity("4", bound=Bound.LESS), "4.00", "true"),
        ("down", quantity("4"), "4.00", "true"),
        ("up", quantity("4"), "3.95", "true"),
    ],
)
def test_a_threshold_below_the_present_yield_is_reached_by_falling(
    direction: str, value: Quantity, low_day: str, expected: str
) -> None:
    assert resolve(about(direction, value), yields(d0416=low_day), as_of=LATE).outcome == expected


@pytest.mark.parametrize(
    ("direction", "value", "expected"),
    [
        ("level", quantity("4.5"), "true"),
        ("level", quantity("4.9"), "false"),
        ("level", quantity("4.5", bound=Bound.AT_LEAST), "true"),
        ("level", quantity("4.5", bound=Bound.MORE), "false"),
        ("up", None, "true"),
        ("down", None, "false"),
        ("flat", None, "true"),
        ("up", quantity("20", "bp"), "true"),
        ("up", quantity("1", "pp"), "false"),
    ],
)
def test_levels_and_movements_are_read_off_the_last_day_of_the_window(
    direction: str, value: Quantity | None, expected: str
) -> None:
    assert resolve(about(direction, value), yields(d0430="4.50"), as_of=LATE).outcome == expected


@pytest.mark.parametrize(("day", "expected"), [("4.74", "true"), ("4.76", "false"), ("3.99", "false")])
def test_a_range_must_hold_on_every_day(day: str, expected: str) -> None:
    claim = about("range", quantity("4", high="4.75"))
    assert resolve(claim, yields(d0410=day), as_of=LATE).outcome == expected


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (about("level", quantity("4.5"), None), Reason.NO_WINDOW),
        (about("occurs"), Reason.NO_THRESHOLD),
        (about("level", quantity("4.5", "USD")), Reason.UNIT_DISAGREES),
        (about("level", quantity("50", "bp")), Reason.NO_RULE),
        (about("up", None, ("2025-02-01", "2025-02-28")), Reason.KNOWN_BEFORE),
        (about("level", quantity("4.5"), ("2025-05-01", "2025-05-31")), Reason.DATA_MISSING),
    ],
)
def test_what_daily_figures_cannot_answer_is_refused_with_its_reason(claim: Claim, reason: Reason) -> None:
    found = resolve(claim, yields(), as_of=date(2025, 7, 1))
    assert (found.outcome, found.reason) == (Outcome.UNRESOLVABLE, reason)


def test_a_movement_without_the_figure_it_starts_from_is_refused() -> None:
    late = tuple(o for o in yields() if o.period_start >= date(2025, 4, 1))
    assert resolve(about("up"), late, as_of=LATE).reason is Reason.DATA_MISSING


MONTHLY = """
indicators:
  - {indicator_id: x.jobless, title: Jobless rate, title_zh: 失業率, unit: "%", frequency: monthly, publisher: P,
     source_url: "https://p.example"}
rules:
  - {rule_id: x.jobless/1, family: path, statement: any month of the window, targets: [x.jobless],
     indicator_ids: [x.jobless], tolerance: {monthly: "0.1"}, lag_days: 20, gap_days: 35}
"""


def monthly(*values: str | None) -> tuple[Observation, ...]:
    """The months of 2025 from January on; None where no figure was ever published."""
    ends = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return tuple(
        observed("x.jobless", f"2025-{m:02}-01", value, end=f"2025-{m:02}-{ends[m - 1]}")
        for m, value in enumerate(values, 1)
    )


def test_a_month_never_published_is_no_gap_but_a_month_not_imported_is() -> None:
    rules = read_catalogue(MONTHLY)
    claim = forecast("x.jobless", "not-occurs", value=quantity("5"), window=("2025-01-01", "2025-05-31"), said_on=EARLY)
    never_published = monthly("4.1", "4.1", None, "4.2", "4.2")
    assert resolve(claim, never_published, as_of=LATE, rules=rules).outcome is Outcome.PENDING
    as_of = date(2025, 6, 20)
    assert resolve(claim, never_published, as_of=as_of, rules=rules).outcome is Outcome.TRUE
    not_imported = tuple(o for o in never_published if o.value is not None)
    found = resolve(claim, not_imported, as_of=as_of, rules=rules)
    assert found.reason is Reason.DATA_MISSING
    assert "for 2025-03-01 to 2025-04-29" in found.explanation


def test_a_window_in_which_nothing_was_ever_published_proves_nothing() -> None:
    claim = forecast("x.jobless", "not-occurs", value=quantity("5"), window=("2025-01-01", "2025-02-28"), said_on=EARLY)
    found = resolve(claim, monthly(None, None), as_of=LATE, rules=read_catalogue(MONTHLY))
    assert found.reason is Reason.DATA_MISSING
