"""Steps by which a forecast was changed, and the figure that they lead back to: 上修 0.2 個百分點至 2.1%, so 1.9%."""

import re
from dataclasses import dataclass

from extract.placing import starting_in
from extract.predictions.context import Context
from extract.predictions.wording import forecast_words
from schemas.quantity import Quantity, QuantityTag

_POINTS = frozenset({"pp", "bp"})
_BASIS_POINTS = 100  # in a percentage point
_ARRIVES = re.compile(r"(?:/[日月年桶股])?[,\s]*(?:至|到|为|成|来到|达到|达)(?:约|近)?\s*")
_VERB_REACH = 3  # characters of the longest verb of revising, 向上修正 aside
_COMPARED = re.compile(
    r"[较比][^。;]{0,16}?(?:预测|预估|预期|预计|估计|原估)[^,。;]{0,6}?"
    r"(?:(?P<up>上修|上调|调高|调升|提高|增加|增|高|多)|(?P<down>下修|下调|调低|调降|降低|减少|减|低|少))(?:了|约|出)?$"
)


@dataclass(frozen=True, slots=True)
class Step:
    """By how much a forecast was changed, and which way; `is_raised` None where only its verb tells."""

    tag: QuantityTag
    is_raised: bool | None = None


def step_to(context: Context, tag: QuantityTag) -> QuantityTag | None:
    """Return the step by which a figure is arrived at (上修0.2個百分點至2.1%, 下調10萬桶至130萬桶); None without one.

    Points lead to a percentage, a percentage to any other figure, and a figure to one of its own unit where a verb of
    revising stands right before it.
    """
    before = [one for one in context.quantities if one.span.end <= tag.span.start]
    if not before or not _ARRIVES.fullmatch(context.reading.shadow, before[-1].span.end, tag.span.start):
        return None
    step, unit, own = before[-1], before[-1].quantity.unit, tag.quantity.unit
    if own in _POINTS:
        return None
    leads = unit in _POINTS if own == "%" else unit == "%" or (unit == own and _follows_verb(context, step))
    return step if leads else None


def _follows_verb(context: Context, step: QuantityTag) -> bool:
    words, at = forecast_words(), step.span.start
    start = max(context.span.start, at - _VERB_REACH)
    hits = [
        hit
        for verbs in (words.of_forecasts, words.of_what_is_set)
        for hit in verbs.find(context.reading.shadow, start, at)
    ]
    return any(hit.end == at for hit in hits)


def step_of(context: Context, new: QuantityTag) -> Step | None:
    """Return the step between an earlier forecast and the new figure: before it or behind it (較前次預測下調…)."""
    before = step_to(context, new)
    if before is not None:
        return Step(before)
    shadow = context.reading.shadow
    for tag in starting_in(context.layers.quantities, new.span.end, context.core[1]):
        found = _COMPARED.search(shadow, new.span.end, tag.span.start)
        if found and (tag.quantity.unit in _POINTS or tag.quantity.unit == new.quantity.unit):
            return Step(tag, is_raised=found["up"] is not None)
    return None


def before_step(new: Quantity, step: Quantity, *, is_raised: bool) -> Quantity | None:
    """Return the figure that a step led from; None where it cannot be added (a percentage of a price).

    Example:
        >>> from decimal import Decimal
        >>> def amount(number: str, unit: str) -> Quantity:
        ...     return Quantity(low=Decimal(number), high=Decimal(number), unit=unit)
        >>> before_step(amount("2.1", "%"), amount("20", "bp"), is_raised=True).low
        Decimal('1.9')
    """
    if step.unit not in _POINTS and (step.unit != new.unit or new.unit == "%"):
        return None
    size = step.low / (_BASIS_POINTS if step.unit == "bp" else 1)
    way = -size if is_raised else size
    return Quantity(low=new.low + way, high=new.high + way, unit=new.unit)
