"""How figures, forecasts and changes read in an explanation, said once for all rules."""

from decimal import Decimal

from kg.resolution.evidence import Figure
from schemas.quantity import Bound, Quantity

BOUNDS = {
    Bound.AT_LEAST: "at least ",
    Bound.AT_MOST: "at most ",
    Bound.MORE: "more than ",
    Bound.LESS: "less than ",
    Bound.APPROXIMATE: "about ",
}


def named(figure: Figure) -> str:
    """Return a figure with its period, its vintage and its day of release."""
    o = figure.observation
    period = str(o.period_end) if o.period_start == o.period_end else f"{o.period_start} to {o.period_end}"
    return f"{o.value} {o.unit} for {period} ({o.vintage}, released {o.released_at})"


def stated(quantity: Quantity, *, tolerance: Decimal = Decimal(0)) -> str:
    """Return what was forecast, with its bound and the tolerance it is held to.

    Example:
        >>> stated(Quantity(low=Decimal("1.7"), high=Decimal("1.7"), unit="%"), tolerance=Decimal("0.3"))
        'the forecast of 1.7 % (± 0.3)'
        >>> stated(Quantity(low=Decimal(2), high=Decimal(3), unit="count"))
        'the forecast of 2 to 3'
    """
    unit = "" if quantity.unit == "count" else f" {quantity.unit}"
    if quantity.low != quantity.high:
        return f"the forecast of {quantity.low} to {quantity.high}{unit}"
    bound = BOUNDS.get(quantity.bound, "")
    is_point = quantity.bound in {Bound.EQUAL, Bound.APPROXIMATE}
    margin = f" (± {tolerance})" if is_point and tolerance else ""
    return f"the forecast of {bound}{quantity.low}{unit}{margin}"


def threshold(quantity: Quantity, *, downward: bool) -> str:
    """Return the value to be reached, from which side it is reached."""
    value = quantity.high if downward else quantity.low
    beyond = quantity.bound in {Bound.MORE, Bound.LESS}
    side = ("below " if downward else "above ") if beyond else ""
    return f"{side}{value} {quantity.unit}"


def changed(figure: Figure, base: Figure) -> str:
    """Return by how much a figure differs from an earlier one.

    Both are named, because the vintage of the earlier one matters as much.
    """
    change = figure.value - base.value
    told = f"a change of {change:+}" if change else "no change"
    return f"{named(figure)} after {named(base)}: {told}"
