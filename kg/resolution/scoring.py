"""Scores of forecasts whose outcome is known: checked wrappers over one-line formulas; lower is better.

`Decimal` throughout, so that 0.36 is 0.36 on any machine.
"""

from decimal import Decimal
from typing import Final

from schemas.claim import Probability
from schemas.errors import DomainError
from schemas.evidence import Score, ScoreRule

LOG_FLOOR: Final = Decimal("0.01")
"""Stated chances are clamped to [floor, 1 - floor] before the logarithm: a stated 0 would cost infinity."""
PLACES: Final = Decimal("0.000001")
"""What logarithms are rounded to; Brier scores and errors are exact."""


def brier(probability: Decimal, *, occurred: bool) -> Decimal:
    """Return the Brier score (p - o)^2, 0 at best and 1 at worst.

    Args:
        probability: the stated chance p of what was forecast; 0 <= p <= 1.
        occurred: whether it came true (o = 1) or not (o = 0).

    Raises:
        DomainError: p lies outside, code "score.probability".

    Source:
        Brier (1950), Monthly Weather Review 78(1), 1-3, for two classes in the form of Gneiting and
        Raftery (2007), JASA 102(477), 359-378, section 3; proper.

    Example:
        A stated 60% of something that didn't happen: 0.6 * 0.6.

        >>> brier(Decimal("0.6"), occurred=False)
        Decimal('0.36')
    """
    return (_checked(probability) - _outcome(occurred=occurred)) ** 2


def logarithmic(probability: Decimal, *, occurred: bool) -> Decimal:
    """Return the logarithmic score -ln(p of what came), with p clamped to [0.01, 0.99].

    Args:
        probability: the stated chance p of what was forecast; 0 <= p <= 1.
        occurred: whether it came true.

    Raises:
        DomainError: p lies outside, code "score.probability".

    Source:
        Good (1952), Journal of the Royal Statistical Society B 14(1), 107-114; proper inside the clamp.

    Example:
        60% of something that didn't happen leaves 40%; -ln 0.4 = 0.916291. A stated 0 counts as 1%.

        >>> logarithmic(Decimal("0.6"), occurred=False)
        Decimal('0.916291')
        >>> logarithmic(Decimal(0), occurred=True)
        Decimal('4.605170')
    """
    clamped = min(max(_checked(probability), LOG_FLOOR), 1 - LOG_FLOOR)
    return (-(clamped if occurred else 1 - clamped).ln()).quantize(PLACES)


def absolute_error(forecast: Decimal, actual: Decimal) -> Decimal:
    """Return |x - y|, in the unit of both.

    It is the continuous ranked probability score of a forecast without spread, so that point forecasts
    and distributions can stand in one table.

    Source:
        Gneiting and Raftery (2007), JASA 102(477), 359-378, section 4.2.

    Example:
        1.4% was forecast, -0.3% came: 1.7 points.

        >>> absolute_error(Decimal("1.4"), Decimal("-0.3"))
        Decimal('1.7')
    """
    for name, value in (("forecast", forecast), ("actual", actual)):
        if not value.is_finite():
            raise DomainError("score.value", f"the {name} value {value} is no finite number", value=str(value))
    return abs(forecast - actual)


def midpoint(probability: Probability) -> Decimal:
    """Return the middle of a stated chance, which is what gets scored.

    Example:
        >>> midpoint(Probability(low=Decimal("0.30"), high=Decimal("0.35")))
        Decimal('0.325')
    """
    return (probability.low + probability.high) / 2


def probability_scores(probability: Probability, *, occurred: bool) -> tuple[Score, ...]:
    """Return the Brier and the logarithmic score of a stated chance, at its midpoint."""
    forecast, outcome = midpoint(probability), _outcome(occurred=occurred)
    values = {
        ScoreRule.BRIER: brier(forecast, occurred=occurred),
        ScoreRule.LOG: logarithmic(forecast, occurred=occurred),
    }
    return tuple(Score(rule=rule, value=v, forecast=forecast, outcome=outcome) for rule, v in values.items())


def error_score(forecast: Decimal, actual: Decimal) -> Score:
    """Return the absolute error of a stated level as a score."""
    value = absolute_error(forecast, actual)
    return Score(rule=ScoreRule.ABSOLUTE_ERROR, value=value, forecast=forecast, outcome=actual)


def _checked(probability: Decimal) -> Decimal:
    if not (probability.is_finite() and 0 <= probability <= 1):
        raise DomainError("score.probability", f"a chance lies between 0 and 1; {probability} does not")
    return probability


def _outcome(*, occurred: bool) -> Decimal:
    return Decimal(1) if occurred else Decimal(0)
