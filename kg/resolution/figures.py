"""The family `figure`: forecasts about the one published figure of a quarter, a month or a year."""

from decimal import Decimal

from kg.indicators import VintagePolicy
from kg.resolution.case import Case, Finding, Window, days_later, last_day, pending, refused, verdict
from kg.resolution.comparing import CHANGES, Realised, agrees, in_points, is_downward, measured, reaches
from kg.resolution.evidence import Figure
from kg.resolution.wording import changed, named, stated, threshold
from schemas.claim import Direction
from schemas.evidence import Frequency, Indicator, Reason

MONTHS_OF = {1: Frequency.MONTHLY, 3: Frequency.QUARTERLY, 12: Frequency.ANNUAL}


def resolve_figure(case: Case) -> Finding:
    """Return what the figure published for exactly the window says of a forecast."""
    window = case.window
    if window is None:
        return refused(Reason.NO_WINDOW, "No period with an end is stated, so no published figure answers it.")
    frequency = frequency_of(window)
    series = next((i for i in case.indicators if i.frequency is frequency), None)
    if series is None:
        known = " or ".join(i.frequency for i in case.indicators)
        return refused(Reason.WINDOW_UNMATCHED, f"No figure is published for exactly {window}: the series are {known}.")
    figure = case.evidence.figure(series.indicator_id, (window.start, window.end), case.rule.vintage)
    if figure is None:
        return _without_figure(case, series, window)
    if figure.released_at < case.said_on:
        why = f"{named(figure)} was out on {figure.released_at}, before the statement of {case.said_on}."
        return refused(Reason.KNOWN_BEFORE, why, figure.observation)
    return _judged(case, series, figure)


def frequency_of(window: Window) -> Frequency | None:
    """Return the frequency of which the window is exactly one calendar period; None where it is none.

    Example:
        >>> from datetime import date
        >>> frequency_of(Window(date(2025, 1, 1), date(2025, 3, 31))).value
        'quarterly'
        >>> frequency_of(Window(date(2025, 2, 1), date(2025, 4, 30))) is None
        True
    """
    start, end = window.start, window.end
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    is_whole = start.day == 1 and end == last_day(end.year, end.month)
    is_aligned = (start.month - 1) % months == 0 if 0 < months <= 12 else False
    return MONTHS_OF.get(months) if is_whole and is_aligned else None


def _without_figure(case: Case, series: Indicator, window: Window) -> Finding:
    due = days_later(window.end, case.rule.lag_days)
    patience = days_later(due, case.rule.grace_days)
    if case.as_of <= window.end:
        return pending(Reason.WINDOW_OPEN, due, f"{series.title} for {window} is due about {due}.")
    cancelled = case.evidence.cancelled(series.indicator_id, (window.start, window.end))
    told = f" ({cancelled[-1].vintage} of {cancelled[-1].released_at} was not published)" if cancelled else ""
    if case.as_of <= due:
        return pending(Reason.DATA_NOT_RELEASED, due, f"{series.title} for {window} is due about {due}{told}.")
    if case.as_of <= patience:
        late = f"{series.title} for {window} was due about {due} and is not out{told}; we wait until {patience}."
        return pending(Reason.DATA_NOT_RELEASED, patience, late)
    if cancelled:
        return refused(Reason.DATA_MISSING, f"{series.title} for {window} was never published{told}.", *cancelled)
    return refused(
        Reason.DATA_MISSING,
        f"No figure of {series.indicator_id} for {window} is in the store: import its observations and resolve again.",
    )


def _judged(case: Case, series: Indicator, figure: Figure) -> Finding:
    prediction = case.prediction
    quantity, direction = prediction.value, prediction.direction
    if quantity is None or quantity.unit in CHANGES or direction is Direction.FLAT:
        return _judged_by_change(case, series, figure)
    if quantity.unit != series.unit:
        return refused(Reason.UNIT_DISAGREES, f"Stated in {quantity.unit}, published in {series.unit}.")
    realised = Realised(figure.value)
    tolerance = case.rule.tolerance.get(series.frequency, Decimal(0))
    if direction in {Direction.LEVEL, Direction.RANGE}:
        is_true = agrees(quantity, realised, tolerance=tolerance)
        told = f"{named(figure)} against {stated(quantity, tolerance=tolerance)}."
        return verdict(told, figure, is_true=is_true, measured=measured(quantity, realised))
    base = _figure_before(case, series, figure)
    downward = is_downward(quantity, direction, base.value if base else None)
    has_reached = reaches(quantity, figure.value, downward=downward)
    is_true = has_reached is not (direction is Direction.NOT_OCCURS)
    word = "reached" if has_reached else "not reached"
    told = f"{named(figure)}: {threshold(quantity, downward=downward)} was {word}."
    return verdict(told, figure, is_true=is_true)


def _judged_by_change(case: Case, series: Indicator, figure: Figure) -> Finding:
    direction, quantity = case.prediction.direction, case.prediction.value
    if direction not in {Direction.UP, Direction.DOWN, Direction.FLAT}:
        return refused(Reason.NO_THRESHOLD, f"{series.title} is published for any period: the forecast needs a value.")
    base = _figure_before(case, series, figure)
    if base is None:
        return refused(Reason.DATA_MISSING, f"{named(figure)}, but the figure before it is not in the store.")
    change = figure.value - base.value
    tolerance = case.rule.tolerance.get(series.frequency, Decimal(0))
    told = f"{changed(figure, base)}."
    if direction is Direction.FLAT:
        return verdict(told, figure, base, is_true=abs(change) <= tolerance)
    towards = change if direction is Direction.UP else -change
    if quantity is None:
        return verdict(told, figure, base, is_true=towards > 0)
    points, size = in_points(quantity), Realised(towards)
    is_true = agrees(points, size, tolerance=tolerance)
    return verdict(told, figure, base, is_true=is_true, measured=measured(points, size))


def _figure_before(case: Case, series: Indicator, figure: Figure) -> Figure | None:
    eve = days_later(figure.start, -1)
    seen = case.evidence.figures(series.indicator_id, VintagePolicy.LATEST, by=figure.released_at)
    return next((f for f in seen if f.end == eve), None)
