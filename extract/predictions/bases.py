"""How the figure of a forecast is meant: annual average, year on year, at an annual rate, at the end of a period."""

import re

from extract.phrases import Hit
from extract.predictions.context import Context
from extract.predictions.indicators import IndicatorEntry, Measure
from extract.predictions.lexicon import entry_of
from extract.predictions.wording import NOTHING, WITH_BEFORE, forecast_words
from schemas.claim import Direction, Prediction
from schemas.evidence import Frequency
from schemas.period import Period, Precision
from schemas.prediction import Basis, FigureBasis
from schemas.quantity import QuantityTag
from schemas.text import Span

_UPTO_FIGURE = re.compile(r"[^,;:。\d]{0,8}$")  # what may stand between 年增率 and its figure (約為)
_BEHIND_FIGURE = re.compile(r"\s*\(?的?$")  # and between a figure and such a word behind it (3%的年增率)
_REACH = 20  # characters looked at before a figure, the word itself included
_REACH_BEHIND = 8
_CHANGES = (Basis.YEAR_ON_YEAR, Basis.MONTH_ON_MONTH, Basis.QUARTER_ON_QUARTER, Basis.YEAR_TO_DATE)
_STEPS = frozenset({"bp", "pp", "count", "x"})
_MOVES = frozenset({Direction.UP, Direction.DOWN})


def basis_of(
    context: Context, prediction: Prediction, measure: Measure | None, value: QuantityTag | None
) -> FigureBasis | None:
    """Return how the figure of a forecast is meant; None where nothing tells it.

    Words beside the figure decide (年增, 環比, 折年率), then words in its clause (全年平均, 年底). Without any it is
    what is usual for the indicator: for a whole year that of the annual average, for growth of a quarter an annual rate
    where the statistics office quotes it so.

    Args:
        context: the proposition.
        prediction: its target, direction and window.
        measure: what is forecast, where the lexicon knows it.
        value: the forecast figure; without one only words in the clause count, and only of a percentage.
    """
    entry = entry_of(measure) if measure else None
    unit = value.quantity.unit if value else "%" if entry and entry.unit == "%" else None
    if unit is None:
        return None
    around = _in_clause(context, entry, unit)
    is_firm = around is not None and around.category == Basis.FOURTH_QUARTERS
    hit = around if is_firm or value is None else _beside(context, value) or around
    if hit is not None:
        basis = _with_before(entry, prediction.window) if hit.category == WITH_BEFORE else Basis(hit.category)
        return FigureBasis(basis=basis, unit=unit, span=Span(start=hit.start, end=hit.end))
    if value is None or entry is None or unit in _STEPS:
        return None
    is_year = prediction.window is not None and prediction.window.precision is Precision.YEAR
    if _is_change(prediction, entry, unit):
        usual = _usual_change(entry) if is_year else None
    else:
        usual = _usual(entry, prediction.target.subject, is_year=is_year)
    return FigureBasis(basis=usual, unit=unit) if usual else None


def _beside(context: Context, value: QuantityTag) -> Hit | None:
    """Return the word of comparing that belongs to the figure: right before it, else right behind it."""
    if value.quantity.unit not in ("%", "pp", "bp"):
        return None
    shadow, (start, end), words = context.reading.shadow, context.core, forecast_words().bases
    near = list(words.find(shadow, max(start, value.span.start - _REACH), value.span.start))
    if near and _UPTO_FIGURE.fullmatch(shadow[near[-1].end : value.span.start]):
        return near[-1]
    behind = next(words.find(shadow, value.span.end, min(end, value.span.end + _REACH_BEHIND)), None)
    return behind if behind and _BEHIND_FIGURE.fullmatch(shadow[value.span.end : behind.start]) else None


def _in_clause(context: Context, entry: IndicatorEntry | None, unit: str) -> Hit | None:
    """Return words anywhere in the proposition; the end of a period says nothing of growth, which spans one.

    Of what is no indicator they may say when something happens, not how a figure is meant.
    """
    if entry is None:
        return None
    found = [h for h in forecast_words().anywhere.find(context.reading.shadow, *context.core) if h.category != NOTHING]
    is_growth = entry.bases[0] is not Basis.LEVEL and unit == "%"
    fitting = [h for h in found if h.category != Basis.PERIOD_END or (not is_growth and unit not in _STEPS)]
    return next((h for h in fitting if h.category != Basis.PERIOD_END), None) or next(iter(fitting), None)


def _with_before(entry: IndicatorEntry | None, window: Period | None) -> Basis:
    """Return what 環比 compares with: the month before, or the quarter before where figures are quarterly."""
    is_quarter = window is not None and window.precision is Precision.QUARTER
    if is_quarter or (entry is not None and entry.frequency is Frequency.QUARTERLY):
        return Basis.QUARTER_ON_QUARTER
    return Basis.MONTH_ON_MONTH


def _is_change(prediction: Prediction, entry: IndicatorEntry, unit: str) -> bool:
    """Return whether a percentage is the size of a change of something that is itself no percentage."""
    return unit == "%" and entry.unit != "%" and prediction.direction in _MOVES


def _usual_change(entry: IndicatorEntry) -> Basis | None:
    return next((basis for basis in entry.bases if basis in _CHANGES), None)


def _usual(entry: IndicatorEntry, subject: str, *, is_year: bool) -> Basis | None:
    if is_year and Basis.ANNUAL_AVERAGE in entry.bases:
        return Basis.ANNUAL_AVERAGE
    is_annualised = subject in forecast_words().annualised
    return next((b for b in entry.bases if b is not Basis.ANNUALISED_QUARTER or is_annualised), None)
