"""The shape of a forecast: an event, a movement or a stated level."""

import re

from extract.phrases import Hit
from extract.predictions.context import Context
from extract.predictions.indicators import Measure, Shape
from extract.predictions.lexicon import target_words
from schemas.claim import Direction
from schemas.quantity import Quantity, QuantityTag

_REACHED = re.compile(
    r"(?:[至到为于在达破上看]|[下上]探|挑战|上攻|[回测试][测探])(?:约|近|逾|超过|大约|接近|大概|只剩|仅|只)?\s*$"
)
_GROWTH = frozenset({"成长", "增长"})
_SIZE = re.compile("跌幅|降幅|减幅|涨幅|升幅|增幅|年增率|季增率|月增率")
_REVISION = "revision"  # an event that has a way: the forecast goes up or down
_FAR = 14  # characters between the name of a change and its size
_JUST_BEFORE = 8  # characters between a movement and its amount
_NEAR = re.compile(r"(?:约|近|逾|超过|大约|接近|至少|最多|多达|再|个|了|掉|出|上|一口气|幅度|幅|率|\s)*$")
_BY = re.compile(r"^(?:以上|左右|上下)?(?:的)?(?:跌幅|涨幅|升幅|降幅|增幅)")


def direction_of(context: Context, measure: Measure | None, value: QuantityTag | None) -> Direction:
    """Return the direction of a forecast.

    A change of stated size is `up` or `down`; a stated figure is `level`, or `range` where it has two ends; what is
    denied is `not-occurs`; without a figure the last word of movement decides, and an event `occurs`.
    """
    if value is not None:
        return _with_value(context, measure, value)
    denied, moved = _denied(context), _movement(context)
    if measure is not None and measure.shape is Shape.EVENT:
        if measure.id == _REVISION and moved is not None:
            return moved
        return Direction.NOT_OCCURS if denied else Direction.OCCURS
    if moved is Direction.FLAT:
        return Direction.FLAT
    if denied:
        return Direction.NOT_OCCURS
    return moved if moved is not None and measure is not None else Direction.OCCURS


def _with_value(context: Context, measure: Measure | None, value: QuantityTag) -> Direction:
    changed, quantity = _change(context, value), value.quantity
    if quantity.unit == "count" and measure is not None and measure.shape is Shape.EVENT:
        return _level(context, quantity)
    if changed is not None and not _is_growth(measure, quantity):
        return changed
    if quantity.unit in ("bp", "pp"):
        return changed or _movement(context) or _movement_before(context) or Direction.UP
    return _level(context, quantity)


def _level(context: Context, value: Quantity) -> Direction:
    if _denied(context):
        return Direction.NOT_OCCURS
    return Direction.LEVEL if value.low == value.high else Direction.RANGE


def _is_growth(measure: Measure | None, value: Quantity) -> bool:
    """Return whether a figure is the level of a rate, whatever word of growth stands beside it (成長 3%)."""
    return measure is not None and measure.shape is Shape.RATE and value.unit == "%"


def _change(context: Context, value: QuantityTag) -> Direction | None:
    """Return the movement whose size the figure is (再漲 5%), None where it is a level that is reached (漲至 5%)."""
    shadow, (start, _) = context.reading.shadow, context.core
    before = shadow[max(start, value.span.start - _JUST_BEFORE) : value.span.start]
    sized = _SIZE.findall(shadow[max(start, value.span.start - _FAR) : value.span.start])
    if sized and value.quantity.unit == "%":
        return Direction.DOWN if sized[-1][0] in "跌降减" else Direction.UP
    if _REACHED.search(before):
        return None
    hits = _moves(before, 0, len(before))
    if hits and _NEAR.match(before, hits[-1].end):
        return Direction(hits[-1].category) if hits[-1].category != "flat" else None
    amounts = [hit for hit in target_words().amounts.find(before) if _NEAR.match(before, hit.end)]
    if amounts:
        return Direction(amounts[-1].category) if amounts[-1].category != "none" else None
    after = shadow[value.span.end : value.span.end + 6]
    match = _BY.match(after)
    if match:
        return Direction.DOWN if match.group()[-2] in "跌降" else Direction.UP
    return None


def _movement(context: Context) -> Direction | None:
    """Return where the last word of movement points; growth as a thing (抑制成長) only in want of another."""
    start, end = context.core
    hits = _moves(context.reading.shadow, start, end)
    telling = [hit for hit in hits if hit.phrase not in _GROWTH] or hits
    return Direction(telling[-1].category) if telling else None


def _movement_before(context: Context) -> Direction | None:
    """Return where the last word of movement before the clause points, in its sentence (降息兩次, 每次25個基點)."""
    hits = _moves(context.reading.shadow, context.sentence.start, context.core[0])
    return Direction(hits[-1].category) if hits else None


def _denied(context: Context) -> bool:
    start, end = context.core
    return any(hit.category == "denial" for hit in target_words().denial.find(context.reading.shadow, start, end))


def _moves(shadow: str, start: int, end: int) -> list[Hit]:
    return [hit for hit in target_words().movement.find(shadow, start, end) if hit.category != "assent"]
