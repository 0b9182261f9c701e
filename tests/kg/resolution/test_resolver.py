from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.indicators import catalogue
from kg.resolution.resolver import resolve, resolve_all
from schemas.claim import Claim, ClaimKind, Direction
from schemas.errors import DomainError
from schemas.evidence import Observation, Outcome, Reason
from schemas.quantity import Bound
from tests.kg.resolution.cases import SAID, YEAR_2025, forecast, observed, quantity

AS_OF = date(2025, 9, 30)
Q2 = ("2025-04-01", "2025-06-30")
ADVANCE = observed("us.gdp.growth.quarterly", Q2[0], "3.0", end=Q2[1], released="2025-07-30", vintage="advance")
SECOND = observed("us.gdp.growth.quarterly", Q2[0], "3.3", end=Q2[1], released="2025-08-28", vintage="second")
Q1 = observed("us.gdp.growth.quarterly", "2025-01-01", "-0.5", end="2025-03-31", released="2025-06-26", vintage="third")
CLAIMS = (
    forecast("us.gdp.growth", "level", value=quantity("2.8"), window=Q2, place=0),
    forecast("us.gdp.growth", "up", window=Q2, chance="0.7", place=10),
    forecast("us.treasury.10y", "not-occurs", value=quantity("5"), window=YEAR_2025, chance="0.9", place=20),
    forecast("us.treasury.10y", "up", window=Q2, place=25),
    forecast("us.fed-funds.cuts", "occurs", window=YEAR_2025, chance=("0.6", "0.7"), place=30),
    forecast("us.fed-funds.rate", "level", value=quantity("4.25"), window=YEAR_2025, place=40),
    forecast("us.recession", "occurs", window=YEAR_2025, chance="0.6", place=50),
    forecast("us.recession", "occurs", chance="0.5", place=60),
    forecast("nvidia.moat", "down", place=70),
)
SERIES = st.sampled_from(
    ["us.gdp.growth.quarterly", "us.treasury.10y.daily", "us.fed-funds.upper", "us.recession.nber"]
)
DAYS = st.dates(date(2024, 6, 1), date(2027, 12, 31))


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    """Any figure of a quarter or of a day, released within two years after it."""
    series, start = draw(SERIES), draw(DAYS)
    is_day = series in {"us.treasury.10y.daily", "us.fed-funds.upper"}
    end = start if is_day else start + timedelta(days=29)
    value = draw(st.none() | st.sampled_from(["0", "1", "3.1", "4.25", "4.5", "5.01"]))
    released = end + timedelta(days=draw(st.integers(0, 700)))
    vintage = draw(st.sampled_from(["advance", "second", "final"]))
    return observed(
        series, start.isoformat(), value, end=end.isoformat(), released=released.isoformat(), vintage=vintage
    )


@given(st.lists(observations(), max_size=40), DAYS)
def test_nothing_released_after_the_day_changes_what_is_found(found: list[Observation], as_of: date) -> None:
    visible = [o for o in found if o.released_at <= as_of]
    with_future, without = (resolve_all(CLAIMS, given_, as_of=as_of) for given_ in (found, visible))
    assert with_future == without
    known = {o.observation_id for o in visible}
    assert all(set(r.observation_ids) <= known for r in with_future.resolutions)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Any prediction about a target that has a rule, however odd; windows reach to the ends of the calendar."""
    target = draw(st.sampled_from([t for rule in catalogue().rules for t in rule.targets]))
    start, end = sorted((draw(st.dates()), draw(st.dates())))
    ends = draw(st.sampled_from([(start, end), (None, end), (start, None), (end, end), (date.min, date.max)]))
    values = sorted((draw(st.decimals(-100, 100, places=2)), draw(st.decimals(-100, 100, places=2))))
    low, high = draw(st.sampled_from([(values[0], values[0]), (values[0], values[1])]))
    unit, bound = draw(st.sampled_from(["%", "pp", "bp", "count", "USD"])), draw(st.sampled_from(Bound))
    return forecast(
        target,
        draw(st.sampled_from(Direction)),
        value=draw(st.sampled_from([None, quantity(str(low), unit, high=str(high), bound=bound)])),
        window=draw(st.sampled_from([None, tuple(day.isoformat() if day else None for day in ends)])),
        chance=draw(st.sampled_from([None, "0", "0.35", "1"])),
        said_on=draw(DAYS | st.sampled_from([date.min, date.max])),
    )


@given(claims(), st.lists(observations(), max_size=20), DAYS | st.sampled_from([date.min, date.max]))
def test_any_prediction_at_all_gets_an_outcome_with_its_reason(
    claim: Claim, found: list[Observation], as_of: date
) -> None:
    resolution = resolve(claim, found, as_of=as_of)
    assert resolution.explanation.endswith(".")
    assert (resolution.outcome in {Outcome.TRUE, Outcome.FALSE}) == (
        resolution.reason in {Reason.RULE_MET, Reason.RULE_FAILED}
    )


@given(st.lists(observations(), max_size=20, unique_by=lambda o: o.observation_id), DAYS, st.randoms())
def test_the_order_of_the_observations_does_not_matter(found: list[Observation], as_of: date, random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve_all(CLAIMS, found, as_of=as_of) == resolve_all(CLAIMS, shuffled, as_of=as_of)


@given(st.lists(observations(), max_size=40), DAYS)
def test_every_prediction_is_counted_once_with_an_outcome_and_a_reason(found: list[Observation], as_of: date) -> None:
    report = resolve_all(CLAIMS, found, as_of=as_of)
    assert report.total == sum(report.outcomes.values()) == sum(report.reasons.values()) == len(CLAIMS)
    for resolution in report.resolutions:
        assert resolution.explanation
        assert (resolution.outcome is Outcome.PENDING) == (resolution.due_on is not None)
        assert not resolution.scores or resolution.outcome in {Outcome.TRUE, Outcome.FALSE}


def test_the_report_counts_what_was_refused_as_well_as_what_was_decided() -> None:
    report = resolve_all(CLAIMS, (ADVANCE, SECOND, Q1), as_of=AS_OF)
    assert report.outcomes == {Outcome.TRUE: 2, Outcome.PENDING: 4, Outcome.UNRESOLVABLE: 3}
    assert report.reasons[Reason.NO_INDICATOR] == 1
    assert (report.total, report.scored) == (9, 2)


def test_claims_of_other_kinds_are_passed_over_by_the_report_and_refused_one_by_one() -> None:
    fact = CLAIMS[0].model_copy(update={"kind": ClaimKind.FACT, "prediction": None})
    assert resolve_all([fact], (), as_of=AS_OF).total == 0
    with pytest.raises(DomainError) as caught:
        resolve(fact, (), as_of=AS_OF)
    assert caught.value.code == "resolution.no_prediction"


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (forecast("nvidia.moat", "down"), Reason.NO_INDICATOR),
        (forecast("us.recession", "occurs", said_on=None), Reason.NO_STATEMENT_DATE),
        (forecast("us.recession", "occurs", said_on=date(2025, 10, 1)), Reason.PUBLISHED_LATER),
        (forecast("us.recession", "occurs", window=YEAR_2025, is_conditional=True), Reason.CONDITION_UNCHECKED),
    ],
)
def test_what_no_rule_may_decide_says_why(claim: Claim, reason: Reason) -> None:
    found = resolve(claim, (), as_of=AS_OF)
    assert (found.outcome, found.reason, found.scores) == (Outcome.UNRESOLVABLE, reason, ())


def test_a_prediction_made_on_the_day_itself_is_seen() -> None:
    claim = forecast("us.recession", "occurs", window=YEAR_2025, said_on=AS_OF)
    assert resolve(claim, (), as_of=AS_OF).outcome is Outcome.PENDING


def test_a_stated_chance_is_scored_and_an_interval_at_its_middle_said_so() -> None:
    up = resolve(forecast("us.gdp.growth", "up", window=Q2, chance=("0.60", "0.70")), (ADVANCE, Q1), as_of=AS_OF)
    brier, log = up.scores
    assert (brier.value, brier.forecast, brier.outcome) == (Decimal("0.1225"), Decimal("0.65"), Decimal(1))
    assert log.value == Decimal("0.430783")
    assert "middle of 0.60 to 0.70" in up.explanation


def test_the_chance_of_a_denial_is_the_chance_that_it_does_not_happen() -> None:
    denied = forecast("us.gdp.growth", "not-occurs", value=quantity("4"), window=Q2, chance="0.8")
    found = resolve(denied, (ADVANCE, Q1), as_of=AS_OF)
    assert (found.outcome, found.scores[0].value) == (Outcome.TRUE, Decimal("0.04"))


def test_the_same_question_on_the_same_evidence_has_the_same_id_and_another_has_not() -> None:
    claim = CLAIMS[0]
    first = resolve(claim, (ADVANCE,), as_of=AS_OF)
    assert resolve(claim, (ADVANCE, SECOND), as_of=AS_OF).resolution_id == first.resolution_id
    corrected = ADVANCE.model_copy(update={"value": Decimal("2.9")})
    others = (
        resolve(claim, (ADVANCE,), as_of=AS_OF + timedelta(days=1)),
        resolve(claim, (corrected,), as_of=AS_OF),
        resolve(claim, (), as_of=AS_OF),
        resolve(claim.model_copy(update={"said_on": SAID + timedelta(days=1)}), (ADVANCE,), as_of=AS_OF),
    )
    assert len({first.resolution_id, *(r.resolution_id for r in others)}) == 5


def test_a_resolution_names_its_rule_and_the_vintage_it_used() -> None:
    found = resolve(CLAIMS[0], (ADVANCE, SECOND), as_of=AS_OF)
    assert (found.rule_id, found.observation_ids) == ("us.gdp.growth/1", (ADVANCE.observation_id,))
    assert "advance, released 2025-07-30" in found.explanation
