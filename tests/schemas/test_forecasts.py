"""What a prediction says besides its target, and claims that were kept before it could say so."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from schemas.claim import Claim
from schemas.explanation import Ground, Origin, Part
from schemas.prediction import Basis, FigureBasis, Likelihood, LikelihoodLevel
from schemas.text import Span
from tests.kg.samples import FORECAST

PLACE = Span(start=0, end=2)


@pytest.mark.parametrize(("low", "high"), [("0.5", "0.5"), ("0.6", "0.4"), ("0.5", "1.1"), ("-0.1", "0.5")])
def test_a_chance_in_words_is_never_a_point_and_never_backwards(low: str, high: str) -> None:
    with pytest.raises(ValidationError):
        Likelihood(level=LikelihoodLevel.EVEN, low=Decimal(low), high=Decimal(high), span=PLACE)


def test_a_basis_that_no_words_state_is_not_stated() -> None:
    usual = FigureBasis(basis=Basis.YEAR_ON_YEAR, unit="%")
    assert not usual.is_stated
    assert usual.model_copy(update={"span": PLACE}).is_stated


def test_a_margin_is_not_negative() -> None:
    with pytest.raises(ValidationError):
        Ground(part=Part.KIND, origin=Origin.MODEL, rule="model", margin=-0.1)


def test_a_claim_kept_before_it_explained_itself_is_still_read() -> None:
    kept = FORECAST.model_dump(mode="json", exclude={"explanation", "check_worthiness", "check_shares"})
    later = ("basis", "revision", "likelihood", "hedges", "window_origin", "condition_target", "condition_value")
    kept["prediction"] = {name: value for name, value in kept["prediction"].items() if name not in later}
    claim = Claim.model_validate(kept)
    assert (claim.claim_id, claim.explanation, claim.check_worthiness) == (FORECAST.claim_id, (), None)
    assert claim.prediction is not None
    assert (claim.prediction.basis, claim.prediction.hedges, claim.prediction.revision) == (None, (), None)


def test_a_score_lies_between_nought_and_one() -> None:
    with pytest.raises(ValidationError):
        Claim.model_validate(FORECAST.model_dump() | {"check_worthiness": 1.2})
