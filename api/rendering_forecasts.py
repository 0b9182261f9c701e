"""What a forecast says, in a line or in rows for a terminal."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from api.explaining import ForecastWords
from schemas.claim import Prediction
from schemas.period import Period
from schemas.prediction import Revised
from schemas.quantity import Quantity

SCALES: Final = ((Decimal(10) ** 12, "兆"), (Decimal(10) ** 8, "億"))


def number_text(value: Decimal) -> str:
    """Return a number as Chinese readers take it in: 兆 and 億 for large ones, commas, no idle zeros.

    Example:
        >>> number_text(Decimal("36200000000000")), number_text(Decimal("-2.50")), number_text(Decimal("48000"))
        ('36.2兆', '-2.5', '48,000')
    """
    for scale, sign in SCALES:
        if abs(value) >= scale:
            return _plain(value / scale) + sign
    return _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity_text(quantity: Quantity) -> str:
    """Return a quantity as people write it.

    Example:
        >>> quantity_text(Quantity(low=Decimal(30), high=Decimal(35), unit="%"))
        '30–35 %'
    """
    ends = [number_text(quantity.low)]
    if quantity.high != quantity.low:
        ends.append(number_text(quantity.high))
    sign = {"approx": "≈ ", "ge": "≥ ", "le": "≤ ", "gt": "> ", "lt": "< "}.get(quantity.bound.value, "")
    return f"{sign}{'–'.join(ends)} {quantity.unit}"


def period_text(period: Period | None) -> str:
    """Return a period as short as it can be said; an open end is shown by dots.

    Example:
        >>> from datetime import date
        >>> from schemas.period import Precision
        >>> period_text(Period(start=date(2024, 1, 1), end=date(2024, 12, 31), precision=Precision.YEAR))
        '2024'
        >>> period_text(Period(start=date(2024, 7, 1), end=date(2024, 9, 30), precision=Precision.QUARTER))
        '2024-07 to 2024-09'
    """
    if period is None:
        return ""
    start, end = period.start, period.end
    if start and end and start.day == 1 and (end + timedelta(days=1)).day == 1:
        if (start.month, end.month, start.year) == (1, 12, end.year):
            return str(start.year)
        first, last = f"{start:%Y-%m}", f"{end:%Y-%m}"
    else:
        first, last = str(start or "…"), str(end or "…")
    return first if first == last else f"{first} to {last}"


def forecast_text(prediction: Prediction) -> str:
    """Return what is forecast: target, direction and value."""
    value = f" {quantity_text(prediction.value)}" if prediction.value else ""
    return f"{prediction.target.target_id} {prediction.direction.value}{value}"


def probability_text(prediction: Prediction) -> str:
    """Return the stated chance in percent; empty where none is stated."""
    chance = prediction.probability
    if chance is None:
        return ""
    low, high = number_text(chance.low * 100), number_text(chance.high * 100)
    return f"{low}%" if low == high else f"{low}–{high}%"


def revised_text(prediction: Prediction) -> str:
    """Return what is forecast, and the figure that it replaces where there is one."""
    revision = prediction.revision
    was = f"  (was {quantity_text(revision.old)})" if revision and revision.old else ""
    return f"{forecast_text(prediction)}{was}"


def chance_text(prediction: Prediction) -> str:
    """Return the stated chance in percent, else the level that words give it; empty where nothing tells it."""
    level = prediction.likelihood.level.value.replace("-", " ") if prediction.likelihood else ""
    return probability_text(prediction) or level


BASES: Final = {
    "level": "level",
    "period-end": "at the end of the period",
    "annual-average": "average of the year",
    "ytd": "since the beginning of the year",
    "yoy": "on the year before",
    "mom": "on the month before",
    "qoq": "on the quarter before",
    "saar": "on the quarter before, at an annual rate",
    "q4-q4": "fourth quarter on fourth quarter",
}
"""How a figure may be meant, in words."""
ORIGINS: Final = {
    "stated": "",
    "condition": "  (of its condition)",
    "carried": "  (carried over)",
    "statement": "  (counted from the statement)",
}
"""What is added to a window by where it comes from."""


def forecast_rows(prediction: Prediction | None, words: ForecastWords | None) -> list[tuple[str, str]]:
    """Return a row for each thing that a forecast says; none without a forecast.

    Args:
        prediction: the forecast.
        words: the words of the text behind it, shown beside what was read from them.
    """
    if prediction is None:
        return []
    window, origin = prediction.window, prediction.window_origin
    rows = [
        ("forecast", forecast_text(prediction)),
        ("meant as", _basis_text(prediction, words)),
        ("revised", _revision_text(prediction)),
        ("chance", probability_text(prediction)),
        ("chance in words", _likelihood_text(prediction, words)),
        ("hedged by", "、".join(words.hedges) if words else ""),
        ("window", period_text(window) + (ORIGINS[origin.value] if origin else "")),
        ("if", _condition_text(prediction, words)),
    ]
    return [(name, text) for name, text in rows if text]


def _basis_text(prediction: Prediction, words: ForecastWords | None) -> str:
    basis = prediction.basis
    if basis is None:
        return ""
    source = f"  ({words.basis})" if words and words.basis else "  (usual, not said)"
    return f"{BASES[basis.basis.value]}, in {basis.unit}{source}"


def _revision_text(prediction: Prediction) -> str:
    revision = prediction.revision
    if revision is None:
        return ""
    old, new = (quantity_text(one) if one else "?" for one in (revision.old, revision.new))
    way = {True: ", up", False: ", down", None: ""}[revision.is_raised]
    return f"{'the chance ' if revision.revised is Revised.CHANCE else ''}{old} → {new}{way}"


def _likelihood_text(prediction: Prediction, words: ForecastWords | None) -> str:
    likelihood = prediction.likelihood
    if likelihood is None:
        return ""
    low, high = number_text(likelihood.low * 100), number_text(likelihood.high * 100)
    said = f"  ({words.likelihood})" if words and words.likelihood else ""
    return f"{likelihood.level.value.replace('-', ' ')}, {low}–{high}%{said}"


def _condition_text(prediction: Prediction, words: ForecastWords | None) -> str:
    if not prediction.is_conditional:
        return ""
    target, value = prediction.condition_target, prediction.condition_value
    amount = f" {quantity_text(value)}" if value else ""
    meant = f"{target.target_id}{amount}" if target else "nothing that figures measure"
    return f"{words.condition if words and words.condition else 'stated'}  ({meant})"
