"""The measure that a prediction is about, among those its text names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from extract.phrases import Hit, Phrases
from extract.placing import starting_in, touching
from extract.predictions.context import Context
from extract.predictions.indicators import Measure, Shape
from extract.predictions.lexicon import target_words
from schemas.quantity import Quantity, QuantityTag
from schemas.text import Span

_SHARES = frozenset({"%", "bp", "pp"})  # units that any measure may have
_COUNTS = frozenset({"count", "tonnes", "barrels", "x"})
_GROWTH = "gdp.growth"
_INDEX, _INDICES = "指数", ("equities.", "dollar.index", "vix", "pmi", "index.futures", "freight-rate")
_ALIKE = 3  # how many times as large a figure of the same measure may be; percentage points apart for rates
_BARE_PRICES = frozenset({"price", "selling.price", "contract.price"})
_ECONOMY = "economy"
_POLICY_RATE = "policy-rate"
_STATE, _STATES = "国", frozenset("美中英德法韩俄泰各")
_PARTS = ("其中", "当中")
_PART_REACH = 5  # characters before a share in which 其中 stands
_STEPS = {"升": "升息", "加": "升息", "降": "降息", "减": "降息"}


@dataclass(frozen=True, slots=True)
class Named:
    """A measure where the text names it: [start, end) and the name, folded."""

    measure: Measure
    start: int
    end: int
    name: str


def measure_of(context: Context, value: QuantityTag | None) -> Named | None:
    """Return the measure of a prediction; None where its text names none.

    Behind its condition: of a figure the last one named before it, else the first one; then what a bare word of
    growth stands for.

    Args:
        context: the proposition.
        value: the forecast figure, None where there is none.
    """
    words = target_words()
    core = Span(start=context.core[0], end=context.core[1])
    for phrases in (words.names, words.weak):
        found = heads(named(context, core, phrases))
        if found:
            chosen = _outcome(context, found) if value is None else _chosen(context, found, value)
            return _sharpened(chosen, context, value)
    if value is not None and _is_step(context, value):
        return Named(
            _measure_called(words.measures, _POLICY_RATE), value.span.start, value.span.end, _step(context, value)
        )
    if value is not None and value.quantity.unit in _SHARES:
        return next(iter(named(context, core, words.bare_growth)), None)
    return None


def _is_step(context: Context, value: QuantityTag) -> bool:
    """Return whether a figure is a move of a policy rate: in 碼, or so many times up or down (再降兩次)."""
    written = value.span.of(context.reading.shadow)
    return written.endswith("码") or (written.endswith("次") and _step(context, value) != "")


def _step(context: Context, value: QuantityTag) -> str:
    """Return the word that moves a policy rate by a figure: 升息 or 降息; empty without one."""
    before = context.reading.shadow[max(context.core[0], value.span.start - 3) : value.span.start]
    found = [(before.rfind(mark), name) for mark, name in _STEPS.items() if mark in before]
    return max(found)[1] if found else ""


def carried_measure(context: Context, value: QuantityTag | None) -> Named | None:
    """Return the measure that a proposition without one takes over from its condition or from what stands before.

    A figure goes with the last figure before it that is of its unit and size and whose measure is named; else with the
    last measure that it can belong to. A part of what stands before (其中六成) goes with the last measure at once.
    """
    amount = value.quantity if value else None
    inside = [one for one in _named_at(context, context.span) if fits(one.measure, amount)]
    if inside:
        return inside[0]
    for place in context.setting.earlier(context.span.start):
        found = [one for one in heads(_named_at(context, place)) if _may_be_meant(context, one)]
        is_whole = value is not None and _INDEX not in context.text and not _is_part(context, value)
        alike = _of_alike(context, found, place, value.quantity) if value and is_whole else None
        fitting = [one for one in found if fits(one.measure, amount)]
        if alike is not None or fitting:
            return alike or fitting[-1]
    return None


def _is_part(context: Context, value: QuantityTag) -> bool:
    """Return whether a figure is a share of what stands before it (其中六成, 當中約三成)."""
    before = context.reading.shadow[max(context.sentence.start, value.span.start - _PART_REACH) : value.span.start]
    return any(word in before for word in _PARTS)


def _may_be_meant(context: Context, one: Named) -> bool:
    """Return whether a measure can be what is taken up: an index where the proposition speaks of one (該指數)."""
    return _INDEX not in context.text or one.measure.id.startswith(_INDICES)


def _named_at(context: Context, place: Span) -> list[Named]:
    return named(context, place, target_words().names)


def _of_alike(context: Context, found: list[Named], place: Span, amount: Quantity) -> Named | None:
    """Return the measure named last before the last figure of the same unit and size."""
    for tag in reversed(starting_in(context.layers.quantities, place.start, place.end)):
        if not is_alike(tag.quantity, amount):
            continue
        behind = [one for one in found if place.start <= one.start < tag.span.start]
        if behind and fits(behind[-1].measure, amount):
            return behind[-1]
    return None


def is_alike(one: Quantity, other: Quantity) -> bool:
    """Return whether two figures may be of one measure: their unit is the same, and so is their size by and large.

    Example:
        >>> from decimal import Decimal
        >>> small, large = (Quantity(low=Decimal(n), high=Decimal(n), unit="points") for n in (105, 24000))
        >>> is_alike(small, large), is_alike(large, large)
        (False, True)
    """
    if one.unit != other.unit:
        return False
    small, large = sorted((abs(one.high), abs(other.high)))
    return large <= _ALIKE * small or (one.unit in _SHARES and large - small <= _ALIKE)


def event_of(context: Context) -> Named | None:
    """Return the event that a proposition names: in the first clause with one the last, its predicate (談判破局)."""
    start, end = context.core
    found = named(context, Span(start=start, end=end), target_words().events)
    if not found:
        return None
    comma = context.reading.shadow.find(",", found[0].end, end)
    return [one for one in found if comma < 0 or one.start < comma][-1]


def is_release(context: Context) -> bool:
    """Return whether a proposition says when figures are published."""
    return target_words().releases.occurs(context.reading.shadow, *context.core)


def fits(measure: Measure, value: Quantity | None) -> bool:
    """Return whether a figure in that unit can be one of the measure.

    Example:
        >>> from decimal import Decimal
        >>> rate = Measure(id="gdp.growth", subject="country", shape=Shape.RATE, names=("GDP",))
        >>> fits(rate, Quantity(low=Decimal(3), high=Decimal(3), unit="USD"))
        False
    """
    if value is None or value.unit in _SHARES:
        return True
    if value.unit == "points":
        return measure.id.startswith(("equities", "index", "pmi"))
    if value.unit in _COUNTS:
        return measure.shape in (Shape.PRICE, Shape.POLICY)
    return measure.shape is Shape.PRICE


def named(context: Context, place: Span, names: Phrases) -> list[Named]:
    """Return the measures named in a place, in text order; none inside a quantity (100 美元) or a country (歐元區)."""
    words, shadow = target_words(), context.reading.shadow
    taken = [tag.span for tag in touching(context.layers.quantities, place.start, place.end)]
    taken += [Span(start=hit.start, end=hit.end) for hit in words.places.find(shadow, place.start, place.end)]
    return [
        Named(words.measures[int(hit.category)], hit.start, hit.end, hit.phrase)
        for hit in _untrapped(names, shadow, place)
        if not any(span.start < hit.end and hit.start < span.end for span in taken)
    ]


def _untrapped(names: Phrases, shadow: str, place: Span) -> Iterator[Hit]:
    """Yield the names in a place; none that begins with the end of a country's name (美國債務 holds no 國債)."""
    at = place.start
    while (hit := next(names.find(shadow, at, place.end), None)) is not None:
        trapped = hit.phrase[0] == _STATE and shadow[hit.start - 1 : hit.start] in _STATES
        if not trapped:
            yield hit
        at = hit.start + 1 if trapped else hit.end


def heads(found: list[Named]) -> list[Named]:
    """Return the measures that head their compound: of names written without a gap the last one (美元營收).

    A price of no goods in particular only says that the goods before it are meant by their price (布蘭特原油均價).
    """
    said = [one for before, one in zip([None, *found], found, strict=False) if not _repeats_price(before, one)]
    kept = [one for one, after in pairwise(said) if after.start != one.end or after.measure.id == _GROWTH]
    return [*kept, *said[-1:]]


def _repeats_price(before: Named | None, one: Named) -> bool:
    is_joined = before is not None and before.end == one.start
    return is_joined and before is not None and one.measure.id in _BARE_PRICES and before.measure.id.endswith(".price")


def _chosen(context: Context, found: list[Named], value: QuantityTag) -> Named:
    fitting = [one for one in found if fits(one.measure, value.quantity)] or found
    clause = max(context.reading.shadow.rfind(mark, 0, value.span.start) for mark in ",;:")
    same = [one for one in fitting if clause < one.start < value.span.start]
    before = [one for one in fitting if one.start < value.span.start]
    return (same or before[::-1] or fitting)[0]


def _outcome(context: Context, found: list[Named]) -> Named:
    """Return the first measure behind a word of causing (關稅將推高通膨), else the first one."""
    words, (_, end) = target_words(), context.core
    cause = next(words.causing.find(context.reading.shadow, found[0].end, end), None)
    if cause is None:
        return found[0]
    behind = [one for one in found if one.start >= cause.end]
    rest = Span(start=cause.end, end=end)
    return (behind or named(context, rest, words.weak) or named(context, rest, words.events) or found)[0]


def _sharpened(chosen: Named, context: Context, value: QuantityTag | None) -> Named:
    """Return growth of output for an economy that grows or shrinks by a rate."""
    if chosen.measure.id != _ECONOMY:
        return chosen
    grows = target_words().growing.occurs(context.reading.shadow, *context.core)
    if (value is not None and value.quantity.unit in _SHARES) or grows:
        return Named(_measure_called(target_words().measures, _GROWTH), chosen.start, chosen.end, chosen.name)
    return chosen


def _measure_called(measures: Iterable[Measure], measure_id: str) -> Measure:
    return next(measure for measure in measures if measure.id == measure_id)
