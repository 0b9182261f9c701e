"""From a reading to its quantities: read, join, refuse, and say what each number bounds, plays and measures."""

from collections.abc import Sequence

from extract.quantities.amounts import Amount
from extract.quantities.bounds import bound_of
from extract.quantities.exclusions import refusal_of
from extract.quantities.grammar import read_amounts
from extract.quantities.ranges import join_ranges
from extract.quantities.units import unit_book
from extract.reading import Reading, skipped
from schemas.extraction import Refusal, Skipped
from schemas.period import PeriodTag
from schemas.quantity import Quantity, QuantityTag
from schemas.text import Span

STAGE = "quantities"


def tag_quantities(
    reading: Reading, periods: Sequence[PeriodTag]
) -> tuple[tuple[QuantityTag, ...], tuple[Skipped, ...]]:
    """Return the quantities of a text in order, and every number left out with its reason."""
    shadow = reading.shadow
    amounts = join_ranges(read_amounts(shadow, unit_book(reading.document.locale)), shadow)
    tags: list[QuantityTag] = []
    left_out: list[Skipped] = []
    for amount, is_date in zip(amounts, _within(amounts, periods), strict=True):
        reason = Refusal.QUANTITY_IS_DATE if is_date else refusal_of(amount, shadow)
        if reason is None and amount.unit is None:
            reason = Refusal.UNIT_UNKNOWN
        if reason is not None:
            left_out.append(skipped(reason, amount.start, amount.end, STAGE))
        else:
            tags.append(_tag(amount, shadow))
    return tuple(tags), tuple(left_out)


def _within(amounts: Sequence[Amount], periods: Sequence[PeriodTag]) -> list[bool]:
    """Return for each amount whether a period covers some of it; both lists stand in text order."""
    found: list[bool] = []
    i = 0
    spans = sorted((tag.span.start, tag.span.end) for tag in periods)
    for amount in amounts:
        while i < len(spans) and spans[i][1] <= amount.start:
            i += 1
        found.append(i < len(spans) and spans[i][0] < amount.end)
    return found


def _tag(amount: Amount, shadow: str) -> QuantityTag:
    quantity = Quantity(low=amount.low, high=amount.high, unit=amount.unit_name or "", bound=bound_of(amount, shadow))
    return QuantityTag(span=Span(start=amount.start, end=amount.end), quantity=quantity)
