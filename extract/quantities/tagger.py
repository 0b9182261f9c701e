"""From a reading to its quantities: read, join, refuse, and say what each number bounds, plays and measures."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extract.quantities.amounts import Amount
from extract.quantities.binding import measures_of
from extract.quantities.bounds import bound_of
from extract.quantities.exclusions import refusal_of
from extract.quantities.grammar import read_amounts
from extract.quantities.implied import with_implied_units
from extract.quantities.numerals import EXACT, malformed_runs
from extract.quantities.pairs import roles_of
from extract.quantities.pauses import split_numbers
from extract.quantities.ranges import join_ranges
from extract.quantities.rates import with_changes
from extract.quantities.units import own_currency, unit_book
from extract.quantities.wordless import wordless_in
from extract.reading import Reading, skipped
from schemas.extraction import Refusal, Skipped
from schemas.period import PeriodTag
from schemas.quantity import Quantity, QuantityTag
from schemas.text import Span

STAGE = "quantities"


def tag_quantities(
    reading: Reading, periods: Sequence[PeriodTag]
) -> tuple[tuple[QuantityTag, ...], tuple[Skipped, ...]]:
    """Return the quantities of a text in order, and every number left out with its reason.

    A multiple told without a numeral (翻倍, 腰斬) is among those left out.

    Args:
        reading: a document with its shadow; its locale says whose money a bare 元 is.
        periods: the periods found before, in any order: a number inside one is no quantity.
    """
    shadow, locale = split_numbers(reading.document.text, reading.shadow), reading.document.locale
    amounts = join_ranges(read_amounts(shadow, unit_book(locale)), shadow)
    own = own_currency(locale)
    kept: list[Amount] = []
    left_out: list[Skipped] = []
    for amount, is_date in zip(amounts, _within(amounts, periods), strict=True):
        reason = Refusal.QUANTITY_IS_DATE if is_date else refusal_of(amount, shadow)
        if reason is None:
            kept.append(amount)
        else:
            left_out.append(skipped(reason, amount.start, amount.end, STAGE))
    found: list[Amount] = []
    for amount in with_implied_units(kept, shadow, locale):
        if amount.unit is None:
            left_out.append(skipped(Refusal.UNIT_UNKNOWN, amount.start, amount.end, STAGE))
        else:
            found.append(with_changes(amount, shadow, own))
    left_out += [skipped(Refusal.NUMBER_MALFORMED, start, end, STAGE) for start, end in malformed_runs(shadow)]
    left_out += [skipped(Refusal.NUMBER_WORDLESS, start, end, STAGE) for start, end in wordless_in(shadow, amounts)]
    return _tags(found, replace(reading, shadow=shadow)), tuple(sorted(left_out, key=lambda item: item.span.start))


def _tags(amounts: Sequence[Amount], reading: Reading) -> tuple[QuantityTag, ...]:
    roles, measures = roles_of(amounts, reading.shadow), measures_of(amounts, reading)
    return tuple(
        QuantityTag(
            span=Span(start=amount.start, end=amount.end),
            quantity=_quantity(amount, reading.shadow),
            role=role,
            measures=measured,
        )
        for amount, role, measured in zip(amounts, roles, measures, strict=True)
    )


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


def _quantity(amount: Amount, shadow: str) -> Quantity:
    low, high = _plain(amount.low), _plain(amount.high)
    return Quantity(low=low, high=high, unit=amount.unit_name or "", bound=bound_of(amount, shadow))


def _plain(value: Decimal) -> Decimal:
    """Return the value without idle noughts: 35, not 35.0, and not 3.5E+1."""
    return value.quantize(Decimal(1), context=EXACT) if value == value.to_integral_value() else value.normalize(EXACT)
