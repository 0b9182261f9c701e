from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.scoring import absolute_error, brier, error_score, logarithmic, probability_scores
from schemas.claim import Probability
from schemas.errors import DomainError
from schemas.evidence import ScoreRule

CHANCES = st.integers(0, 1000).map(lambda n: Decimal(n) / 1000)
MODERATE = st.integers(10, 990).map(lambda n: Decimal(n) / 1000)


@given(CHANCES, CHANCES)
def test_nobody_expects_a_better_brier_score_by_stating_other_than_what_he_believes(
    belief: Decimal, stated: Decimal
) -> None:
    def expected(p: Decimal) -> Decimal:
        return belief * brier(p, occurred=True) + (1 - belief) * brier(p, occurred=False)

    assert expected(belief) <= expected(stated)
    assert (expected(belief) == expected(stated)) == (belief == stated)


@given(MODERATE, CHANCES)
def test_nor_a_better_logarithmic_score_where_the_clamp_does_not_reach(belief: Decimal, stated: Decimal) -> None:
    def expected(p: Decimal) -> Decimal:
        return belief * logarithmic(p, occurred=True) + (1 - belief) * logarithmic(p, occurred=False)

    assert expected(belief) <= expected(stated) + Decimal("0.000001")


@given(CHANCES, st.booleans())
def test_scores_lie_in_their_range(chance: Decimal, occurred: bool) -> None:  # noqa: FBT001
    assert 0 <= brier(chance, occurred=occurred) <= 1
    assert 0 < logarithmic(chance, occurred=occurred) < Decimal("4.6052")


@pytest.mark.parametrize(
    ("low", "high", "expected"), [("0.6", "0.6", "0.36"), ("0.3", "0.35", "0.105625"), ("0", "0", "0")]
)
def test_known_forecasts_of_what_did_not_happen_have_their_known_scores(low: str, high: str, expected: str) -> None:
    scores = probability_scores(Probability(low=Decimal(low), high=Decimal(high)), occurred=False)
    assert [s.rule for s in scores] == [ScoreRule.BRIER, ScoreRule.LOG]
    assert scores[0].value == Decimal(expected)


@pytest.mark.parametrize("chance", ["-0.1", "1.1", "NaN", "Infinity"])
def test_what_is_no_chance_is_refused(chance: str) -> None:
    for score in (brier, logarithmic):
        with pytest.raises(DomainError) as caught:
            score(Decimal(chance), occurred=True)
        assert caught.value.code == "score.probability"


@given(st.decimals(-1000, 1000, places=3), st.decimals(-1000, 1000, places=3))
def test_an_absolute_error_is_the_same_both_ways_and_never_negative(a: Decimal, b: Decimal) -> None:
    assert absolute_error(a, b) == absolute_error(b, a) >= 0
    assert (absolute_error(a, b) == 0) == (a == b)
    assert error_score(a, b).value == absolute_error(a, b)


def test_an_error_of_no_number_is_refused() -> None:
    with pytest.raises(DomainError) as caught:
        absolute_error(Decimal("NaN"), Decimal(1))
    assert caught.value.code == "score.value"
