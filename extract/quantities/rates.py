"""Units that depend on what is spoken of: 厘 as a change of a rate, 分 of an exchange rate, 度 of electricity."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extract.quantities.amounts import Amount, with_unit
from extract.quantities.units import Unit, UnitKind

_CHANGE: Final = re.compile(
    r"[加减升降调增高低跌抽涨差多少]息?[了过足多约近逾共累]{0,2} ?$|(?:上调|下调|调高|调低|首度调高|足足)$"
)
# 四分一厘, 半厘: the steps in which banks move a rate; no rate stands so low and is written so.
_STEP: Final = re.compile(r"半|[二三四五六八十]分[一二三四五]$")


_MOVES: Final = re.compile(r"[升贬涨跌]值?[了约近逾]? ?$")
_EXCHANGE: Final = re.compile(r"汇|台币|人民币|美元")
FEWEST_KWH: Final = Decimal(20)
"""Fewer 度 than this are times something happened, not electricity."""
BEFORE: Final = 40
"""Characters in which the exchange rate must be named before a 分."""


def with_changes(amount: Amount, shadow: str, own: str) -> Amount:
    """Return an amount in 厘 in percentage points where it is by how much a rate moves.

    Example:
        >>> from extract.quantities.grammar import read_amounts
        >>> from extract.quantities.units import unit_book
        >>> from schemas.text import Locale
        >>> text = "加息0.25厘至3厘"  # up by a quarter point, to 3 per cent
        >>> [with_changes(a, text, "HKD").unit_name for a in read_amounts(text, unit_book(Locale.HONG_KONG))]
        ['pp', '%']
    """
    if amount.kind is UnitKind.SCORE:
        return _of_exchange(amount, shadow, own)
    if amount.kind is UnitKind.EVENT and amount.high >= FEWEST_KWH and shadow[amount.end - 1] == "度":
        return _of_power(amount, shadow)
    if amount.kind is not UnitKind.RATE or amount.unit is None:
        return amount
    numeral = shadow[amount.numeral.start : amount.numeral.end]
    moves = _STEP.match(numeral) or _CHANGE.search(shadow, max(0, amount.start - 6), amount.start)
    return replace(amount, unit=replace(amount.unit, name="pp")) if moves else amount


def _of_exchange(amount: Amount, shadow: str, own: str) -> Amount:
    """Return 貶值9.2分 as 0.092 of the article's currency; elsewhere 分 are points of a score."""
    if not _MOVES.search(shadow, max(0, amount.start - 4), amount.start):
        return amount
    if not _EXCHANGE.search(shadow, max(0, amount.start - BEFORE), amount.start):
        return amount
    return with_unit(amount, Unit(own, Decimal("0.01"), UnitKind.MONEY))


def _of_power(amount: Amount, shadow: str) -> Amount:
    """Return 500度 as kilowatt hours where electricity is spoken of; elsewhere 度 counts times."""
    if "电" not in shadow[max(0, amount.start - BEFORE) : amount.start]:
        return amount
    return with_unit(amount, Unit("kWh", Decimal(1), UnitKind.ENERGY))
