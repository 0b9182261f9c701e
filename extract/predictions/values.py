"""The forecast figure and the stated chance among the quantities of a proposition."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from extract.predictions.context import Context
from extract.predictions.lexicon import target_words
from extract.predictions.odds import stated_chances
from extract.predictions.steps import step_to
from schemas.claim import Probability
from schemas.quantity import QuantityRole, QuantityTag

_FROM = re.compile(r"(?:由|从|自|较|比|高于|低于|优于|原估|原先|先前|此前|上次|原)[^,。;、]{0,12}$")
_FROM_END = re.compile(
    r"^[^,。;]{0,6}?(?:下修|上修|下调|上调|调高|调降|调升|调低|降|升|减|增|改|砍|提高|扩大|收窄|回落|回升|拉|掉|跌|涨|缩|放缓|加快|大幅|小幅|一次|再|微|直接|,?一路|急|至|到|为)"
)
_DENIED = re.compile("(?:不再?是|并非)$")
_BREAK = re.compile("[,;:。、]")
_REACHED = re.compile("(?:至|到|达|为|看|破|上|征|征收|不到|超过|逾)$")
_VERB_REACH = 4  # characters before a figure in which its verb stands
_REACH = 10  # characters between a chance and its figure
_HUNDRED = Decimal(100)
_ASSUMED = re.compile(r"[^,;。]{0,4}为(?:假设|基准|前提|计算基础|基础)|(?:的)?(?:假设|汇率)(?:为基础)?下")
_LASTING = re.compile("延|撑|拖|多活")
_SHRINKING = re.compile(r"(?:萎缩|收缩|负增长|负成长|衰退|倒退|降幅收窄至|降幅收窄到)(?:约|近|逾|达|了|至|到)?$")
_OUTPUT = re.compile("GDP|经济|出口|生产总值|PPI|CPI")


@dataclass(frozen=True, slots=True)
class Figures:
    """The quantities of a proposition: those that may be the forecast, and the stated chance."""

    others: tuple[QuantityTag, ...]
    chance: QuantityTag | None


def figures_of(context: Context) -> Figures:
    """Return the quantities that may be the forecast, and the stated chance: a percentage beside 機率 or 可能性."""
    chances = stated_chances(context)
    others = tuple(tag for tag in context.quantities if tag not in chances)
    current = [tag for tag in chances if not _is_old(context, tag)]
    return Figures(others, next(iter((*current, *chances)), None))


def probability_of(context: Context, chance: QuantityTag | None) -> Probability | None:
    """Return the stated chance; even odds (五五波) state one half, other words of chance none."""
    if chance is not None:
        return Probability(low=chance.quantity.low / _HUNDRED, high=chance.quantity.high / _HUNDRED)
    if target_words().even_odds.occurs(context.text):
        return Probability(low=Decimal("0.5"), high=Decimal("0.5"))
    return None


def _is_old(context: Context, tag: QuantityTag) -> bool:
    """Return whether a figure is the one that is left behind (由 2.4% 下調至 1.7%) or only compared with."""
    if tag.role is not None:
        return tag.role is QuantityRole.OLD
    shadow = context.reading.shadow
    before = shadow[max(context.span.start, tag.span.start - 16) : tag.span.start]
    if _DENIED.search(before):
        return True
    match = _FROM.search(before)
    if match is None:
        return False
    if match.group()[0] in "由从自":
        return _FROM_END.match(shadow[tag.span.end : context.span.end]) is not None
    return len(match.group()) <= _REACH


def value_of(context: Context, quantities: Sequence[QuantityTag]) -> QuantityTag | None:
    """Return the quantity that is forecast: the new one of a pair, else the first that counts; None without any.

    A length of time is a figure only of what lasts longer or comes later (再延兩周), and what a forecast assumes
    (以…為基準) is none.
    """
    usable = [tag for tag in quantities if _is_figure(context, tag)]
    current = _decisive(context, [tag for tag in usable if not _is_old(context, tag)])
    new = [tag for tag in current if tag.role is QuantityRole.NEW]
    chosen = new or [tag for tag in current if not _is_length(tag)] or current or usable[:1]
    if not chosen:
        return None
    arrived = next((tag for tag in current if step_to(context, tag) is chosen[0]), None)
    return _signed(context, arrived or chosen[0])


def _decisive(context: Context, current: list[QuantityTag]) -> list[QuantityTag]:
    """Return the figures without those that only say of whom or of what another one in their clause tells.

    A count before another unit (三家公司年增一成), and a figure before the one that a verb of movement takes
    (兩千萬元以上的房子再跌 3%).
    """
    passed = [tag for tag, after in pairwise(current) if _gives_way(context, tag, after)]
    return [tag for tag in current if tag not in passed]


def _gives_way(context: Context, tag: QuantityTag, after: QuantityTag) -> bool:
    if after.role is QuantityRole.NEW or _is_length(after):
        return False
    if _BREAK.search(context.reading.shadow, tag.span.end, after.span.start):
        return False
    is_other = after.quantity.unit != "count"
    return (tag.quantity.unit == "count" and is_other) or (_is_taken(context, after) and not _is_taken(context, tag))


def _is_taken(context: Context, tag: QuantityTag) -> bool:
    """Return whether a verb of movement or reaching stands right before a figure."""
    before = context.reading.shadow[max(context.core[0], tag.span.start - _VERB_REACH) : tag.span.start]
    return target_words().movement.occurs(before) or _REACHED.search(before) is not None


def _is_figure(context: Context, tag: QuantityTag) -> bool:
    shadow, (start, end) = context.reading.shadow, context.core
    if _ASSUMED.match(shadow, tag.span.end, end):
        return False
    return not _is_length(tag) or _LASTING.search(shadow, max(start, tag.span.start - 6), tag.span.start) is not None


def _is_length(tag: QuantityTag) -> bool:
    return tag.quantity.unit in ("years", "months", "days")


def _signed(context: Context, tag: QuantityTag) -> QuantityTag:
    """Return the figure with its sign: output that shrinks by 3% grows by -3%."""
    shadow, quantity = context.reading.shadow, tag.quantity
    before = shadow[max(context.core[0], tag.span.start - 6) : tag.span.start]
    if quantity.unit != "%" or quantity.low <= 0 or not _SHRINKING.search(before) or not _OUTPUT.search(context.text):
        return tag
    turned = quantity.model_copy(update={"low": -quantity.high, "high": -quantity.low})
    return tag.model_copy(update={"quantity": turned})
