"""Which claims an editor should look at first, and the reasons that a score is made of."""

from importlib import resources

import pytest

from extract import lexicon
from extract.checkworthiness import weighed
from extract.checkworthiness.scoring import Surroundings
from extract.checkworthiness.weights import Weights, weights
from schemas.actor import ActorType
from schemas.checkworthiness import CheckReason
from schemas.claim import Claim, ClaimKind
from schemas.errors import DomainError
from schemas.text import Sentence, Span
from tests.kg.samples import FORECAST, STATEMENT

SENTENCES = tuple(
    Sentence(span=Span(start=i, end=i + 1), section_index=0, paragraph_index=p, is_heading=p == 0)
    for i, p in enumerate((0, 1, 2, 2, 2, 2))
)
SURROUNDINGS = Surroundings(SENTENCES, 1, {"morning-post": ActorType.MEDIA})
HEADING, LEAD, BODY, END = 0, 1, 2, 5


def score(claim: Claim, sentence: int = BODY, *, is_unsettled: bool = False, **changes: object) -> float:
    placed = claim.model_copy(update={"sentence_index": sentence, **changes})
    found = weighed(placed, SURROUNDINGS, is_unsettled=is_unsettled).check_worthiness
    assert found is not None
    return found


def said_by(*speakers: str) -> dict[str, object]:
    return {"attribution": FORECAST.attribution.model_copy(update={"speakers": speakers})}


def test_a_score_is_the_sum_of_its_shares() -> None:
    found = weighed(FORECAST, SURROUNDINGS)
    assert found.check_worthiness == pytest.approx(sum(one.share for one in found.check_shares))
    assert CheckReason.CONTRADICTION not in [one.reason for one in found.check_shares]


def test_reasons_that_add_nothing_are_left_out() -> None:
    bare = weighed(STATEMENT.model_copy(update={"periods": ()}), SURROUNDINGS)
    assert [one.reason for one in bare.check_shares] == [CheckReason.CHECKABLE_KIND, CheckReason.PROMINENCE]


def test_a_score_never_leaves_its_range() -> None:
    best = score(STATEMENT, HEADING, quantities=FORECAST.quantities, periods=FORECAST.periods, **said_by("lin"))
    worst = score(STATEMENT, END, kind=ClaimKind.OPINION, periods=())
    assert best == pytest.approx(1.0)
    assert 0 <= worst < 0.05


def test_a_fact_comes_before_a_forecast_and_both_before_an_opinion() -> None:
    fact = score(STATEMENT)
    forecast = score(STATEMENT, kind=ClaimKind.PREDICTION)
    opinion = score(STATEMENT, kind=ClaimKind.OPINION)
    assert fact > forecast > opinion


def test_a_forecast_that_nothing_could_prove_comes_behind_one_that_something_could() -> None:
    assert score(FORECAST) > score(FORECAST, is_unsettled=True)


def test_figures_names_dates_and_places_each_count() -> None:
    whole = score(FORECAST, LEAD, **said_by("lin"))
    assert whole > score(FORECAST, LEAD, quantities=(), **said_by("lin"))
    assert whole > score(FORECAST, BODY, **said_by("lin")) > score(FORECAST, END, **said_by("lin"))
    by = [score(FORECAST, LEAD, **said_by(one)) for one in ("lin", "morning-post", "analysts", "author")]
    assert by == sorted(by, reverse=True)
    assert len(set(by)) == 4


def test_a_count_says_less_than_a_measure() -> None:
    tag = FORECAST.quantities[0]
    counted = tag.model_copy(update={"quantity": tag.quantity.model_copy(update={"unit": "count"})})
    assert score(FORECAST) > score(FORECAST, quantities=(counted,)) > score(FORECAST, quantities=())


def test_the_weights_are_a_whole() -> None:
    assert sum(weights().shares.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("quantity: 0.25", "quantity: 0.35", "add up to 1.100"),
        ("quantity: 0.25", "contradiction: 0.25", "exactly"),
        ("opinion: 0.4}", "}", "factor lacks opinion"),
        ("counted: 0.6", "counted: 1.6", "less than or equal to 1"),
    ],
)
def test_weights_that_make_no_sense_are_refused(written: str, instead: str, message: str) -> None:
    source = resources.files("extract.lexicon").joinpath("checkworthiness.yaml").read_text(encoding="utf-8")
    assert written in source
    with pytest.raises(DomainError, match=message):
        lexicon.parse(source.replace(written, instead, 1), Weights, name="checkworthiness")
