"""A forecast is settled only by figures that are meant as it is meant."""

from datetime import date

import pytest

from kg.indicators import catalogue
from kg.resolution.resolver import resolve
from schemas.claim import Claim
from schemas.evidence import Observation, Outcome, Reason
from schemas.prediction import Basis, FigureBasis, Hedge, HedgeKind
from schemas.text import Span
from tests.kg.resolution.cases import YEAR_2025, forecast, observed, quantity

LATE = date(2026, 10, 5)
Q1 = ("2025-01-01", "2025-03-31")
FIGURES = (
    observed("us.gdp.growth.quarterly", Q1[0], "1.4", end=Q1[1], released="2025-04-30", vintage="advance"),
    observed("us.gdp.growth.annual", "2025-01-01", "2.2", end="2025-12-31", released="2026-02-20", vintage="advance"),
)
PLACE = Span(start=0, end=1)


def meant_as(claim: Claim, basis: Basis, *, is_stated: bool = True, **more: object) -> Claim:
    assert claim.prediction is not None
    figure_basis = FigureBasis(basis=basis, unit="%", span=PLACE if is_stated else None)
    return claim.model_copy(update={"prediction": claim.prediction.model_copy(update={"basis": figure_basis, **more})})


def outcome_of(claim: Claim, observations: tuple[Observation, ...] = FIGURES) -> tuple[Outcome, Reason]:
    found = resolve(claim, observations, as_of=LATE)
    return found.outcome, found.reason


@pytest.mark.parametrize(
    ("window", "value", "basis"),
    [
        (Q1, "1.4", Basis.ANNUALISED_QUARTER),
        (YEAR_2025, "2.2", Basis.ANNUAL_AVERAGE),
        (YEAR_2025, "2.2", Basis.YEAR_ON_YEAR),
    ],
)
def test_a_forecast_on_the_basis_of_its_rule_is_settled(window: tuple[str, str], value: str, basis: Basis) -> None:
    claim = meant_as(forecast("us.gdp.growth", "level", value=quantity(value), window=window), basis)
    assert outcome_of(claim) == (Outcome.TRUE, Reason.RULE_MET)


@pytest.mark.parametrize(
    ("window", "basis"), [(Q1, Basis.YEAR_ON_YEAR), (Q1, Basis.FOURTH_QUARTERS), (YEAR_2025, Basis.FOURTH_QUARTERS)]
)
def test_a_forecast_that_says_it_is_meant_otherwise_is_not_settled(window: tuple[str, str], basis: Basis) -> None:
    claim = meant_as(forecast("us.gdp.growth", "level", value=quantity("1.4"), window=window), basis)
    found = resolve(claim, FIGURES, as_of=LATE)
    assert (found.outcome, found.reason) == (Outcome.UNRESOLVABLE, Reason.BASIS_DISAGREES)
    assert basis.value in found.explanation


def test_a_basis_that_is_only_usual_refuses_nothing() -> None:
    claim = forecast("us.gdp.growth", "level", value=quantity("1.4"), window=Q1)
    assert outcome_of(meant_as(claim, Basis.YEAR_ON_YEAR, is_stated=False)) == outcome_of(claim)


def test_the_average_of_a_year_is_not_settled_by_the_last_yield_of_it() -> None:
    claim = forecast("us.treasury.10y", "level", value=quantity("4.5"), window=YEAR_2025)
    assert outcome_of(meant_as(claim, Basis.ANNUAL_AVERAGE))[1] is Reason.BASIS_DISAGREES
    assert outcome_of(meant_as(claim, Basis.PERIOD_END))[1] is not Reason.BASIS_DISAGREES


def test_hedges_and_a_usual_basis_leave_the_id_of_a_resolution_as_it_was() -> None:
    claim = forecast("us.gdp.growth", "level", value=quantity("1.4"), window=Q1)
    hedged = meant_as(
        claim, Basis.ANNUALISED_QUARTER, is_stated=False, hedges=(Hedge(kind=HedgeKind.CHANCE, span=PLACE),)
    )
    one, other = (resolve(c, FIGURES, as_of=LATE).resolution_id for c in (claim, hedged))
    assert one == other == "resolution-70749e772f21e932e84187d7"


def test_rules_of_growth_say_what_their_figures_are_meant_as() -> None:
    growth = [rule for rule in catalogue().rules if rule.rule_id.endswith("gdp.growth/1")]
    assert growth
    assert all(set(rule.bases) == set(rule.tolerance) for rule in growth)
