"""From-to pairs: in 由2.4%下調至1.7% the first number is the old value and the second the new one."""

import re
from collections.abc import Sequence
from typing import Final

from extract.quantities.amounts import Amount
from schemas.quantity import QuantityRole

FROM_REACH: Final = 14
"""Characters between 由 and the old value (由去年同期的25%)."""
TO_REACH: Final = 16
"""Characters between the old value and the new one (3.9元一口气调降到)."""
_FROM: Final = re.compile(r"(?:由|从|自)[^,。;!?\n]*$")
_ARRIVES: Final = re.compile(r"[^,。;!?\n]*?(?:至|到|为|成|抵)(?:了|约|近|逾)?[^,。;!?\n\d]{0,8}")
_MOVES: Final = re.compile(
    r"[升降涨跌减增加调修砍拉缩扩滑回跳翻转推提扬贬飙垫收抬移掉落衰恶改放冲攀][^,。;]{0,4}(?:至|到|为|成)"
)


def roles_of(amounts: Sequence[Amount], shadow: str) -> list[QuantityRole | None]:
    """Return for each amount its role in a change of one figure, None where it plays none.

    Example:
        >>> from extract.quantities.grammar import read_amounts
        >>> from extract.quantities.units import unit_book
        >>> from schemas.text import Locale
        >>> text = "预测由2.4%下调至1.7%"  # the forecast is cut from 2.4% to 1.7%
        >>> amounts = list(read_amounts(text, unit_book(Locale.MAINLAND)))
        >>> [role.value for role in roles_of(amounts, text)]
        ['old', 'new']
    """
    roles: list[QuantityRole | None] = [None] * len(amounts)
    for i in range(len(amounts) - 1):
        if _is_change(amounts[i], amounts[i + 1], shadow):
            roles[i] = roles[i] or QuantityRole.OLD
            roles[i + 1] = QuantityRole.NEW
    return roles


def _is_change(first: Amount, second: Amount, shadow: str) -> bool:
    gap = shadow[first.end : second.left]
    if first.unit_name != second.unit_name or len(gap) > TO_REACH or not _ARRIVES.fullmatch(gap):
        return False
    return (
        _MOVES.search(gap) is not None or _FROM.search(shadow, max(0, first.left - FROM_REACH), first.left) is not None
    )
