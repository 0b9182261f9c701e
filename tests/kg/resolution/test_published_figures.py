"""The figures we hold, against forecasts anybody could have made: what our series decide."""

import hashlib
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kg.resolution.resolver import resolve
from kg.sources.csv_file import read_observations
from schemas.evidence import Observation, Outcome, Reason
from tests.kg.resolution.cases import YEAR_2025, forecast, quantity

FOLDER = Path(__file__).parents[3] / "fixtures" / "observations"
AS_OF = date(2026, 10, 5)


@cache
def realised() -> tuple[Observation, ...]:
    texts = ((path.read_text(encoding="utf-8"), path.name) for path in sorted(FOLDER.glob("*.csv")))
    return tuple(o for text, name in texts for o in read_observations(text, name=name))


def test_the_readme_names_every_file_with_its_hash_and_number_of_rows() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    listed = {
        name: (int(n), digest) for name, n, digest in re.findall(r"`(\S+\.csv)` .*\| (\d+) \| `(\w{64})`", readme)
    }
    for path in FOLDER.glob("*.csv"):
        rows = len(read_observations(path.read_text(encoding="utf-8"), name=path.name))
        assert listed.pop(path.name) == (rows, hashlib.sha256(path.read_bytes()).hexdigest())
    assert listed == {}


def test_no_two_figures_share_an_id() -> None:
    assert len({o.observation_id for o in realised()}) == len(realised())


def test_a_sixty_percent_recession_of_2025_waits_for_the_end_of_the_hold_out() -> None:
    claim = forecast("us.recession", "occurs", window=YEAR_2025, chance="0.6", said_on=date(2025, 3, 11))
    found = resolve(claim, realised(), as_of=AS_OF)
    assert (found.outcome, found.reason, found.due_on) == (Outcome.PENDING, Reason.HOLD_OUT, date(2026, 12, 31))


@pytest.mark.parametrize(
    ("window", "as_of", "expected"),
    [(YEAR_2025, AS_OF, "true"), (None, AS_OF, "false"), (None, date(2026, 9, 15), "unresolvable")],
)
def test_the_horizon_decides_whether_five_percent_was_reached(
    window: tuple[str, str] | None, as_of: date, expected: str
) -> None:
    claim = forecast("us.treasury.10y", "not-occurs", value=quantity("5"), window=window, said_on=date(2025, 3, 12))
    assert resolve(claim, realised(), as_of=as_of).outcome == expected


@pytest.mark.parametrize(
    ("target", "direction", "value", "window", "said_on", "expected"),
    [
        (
            "us.fed-funds.cuts",
            "range",
            quantity("2", "count", high="3"),
            ("2025-07-01", "2025-12-31"),
            "2025-03-12",
            "true",
        ),
        ("us.fed-funds.cuts", "down", quantity("100", "bp"), ("2024-09-01", "2024-12-31"), "2024-08-01", "true"),
        ("us.fed-funds.hikes", "up", quantity("75", "bp"), ("2022-07-01", "2022-07-31"), "2022-06-20", "true"),
        ("us.fed-funds.cuts", "occurs", None, ("2023-01-01", "2023-12-31"), "2023-03-20", "false"),
        ("us.fed-funds.rate", "level", quantity("3.4"), ("2022-12-01", "2022-12-31"), "2022-06-20", "false"),
        ("us.fed-funds.rate", "flat", None, ("2023-11-01", "2023-11-30"), "2023-10-20", "true"),
        ("us.recession", "occurs", None, ("2023-07-01", "2023-12-31"), "2022-11-02", "false"),
        ("us.recession", "occurs", None, ("2020-03-10", "2021-03-10"), "2020-03-10", "true"),
        ("us.gdp.growth", "level", quantity("-2.4"), ("2025-01-01", "2025-03-31"), "2025-03-15", "false"),
        ("us.gdp.growth", "down", None, YEAR_2025, "2025-03-15", "true"),
        ("us.gdp.growth", "level", quantity("2.5"), ("2024-01-01", "2024-12-31"), "2023-12-01", "true"),
        ("us.treasury.10y", "range", quantity("4", high="4.75"), YEAR_2025, "2024-12-20", "false"),
        ("taiwan.policy-rate", "up", quantity("12.5", "bp"), ("2022-09-01", "2022-09-30"), "2022-09-10", "true"),
        ("taiwan.policy-rate", "flat", None, ("2025-12-01", "2025-12-31"), "2025-12-01", "unresolvable"),
        ("taiwan.policy-rate", "flat", None, ("2025-12-01", "2025-12-18"), "2025-12-01", "true"),
        (
            "taiwan.policy-rate.hikes",
            "level",
            quantity("4", "count"),
            ("2022-01-01", "2022-12-31"),
            "2022-01-05",
            "true",
        ),
        ("taiwan.gdp.growth", "level", quantity("4.55"), YEAR_2025, "2025-09-18", "false"),
        ("taiwan.gdp.growth", "up", None, YEAR_2025, "2025-09-18", "true"),
        ("us.treasury.10y", "level", quantity("4"), ("2025-12-01", "2025-12-31"), "2025-03-15", "true"),
    ],
)
def test_well_known_years_are_decided_as_they_went(
    target: str, direction: str, value: object, window: tuple[str, str], said_on: str, expected: str
) -> None:
    claim = forecast(target, direction, value=value, window=window, said_on=date.fromisoformat(said_on))  # type: ignore[arg-type]
    assert resolve(claim, realised(), as_of=AS_OF).outcome == expected
