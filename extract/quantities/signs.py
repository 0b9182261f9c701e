"""Minus signs: which dash makes a number negative."""

import re
from typing import Final

from extract.quantities.amounts import Amount, bare
from extract.quantities.numerals import Numeral

_SIGN: Final = re.compile(r"(?P<sign>[-–−负]) ?$")
_MAY_SIGN: Final = frozenset("-–−负 ")
_NO_SIGN_AFTER: Final = frozenset("%)元点倍成万亿码厘个年月日季—-–−~正") | frozenset(map(str, range(10)))


def signed(numeral: Numeral, shadow: str) -> Amount:
    """Return a numeral as an amount with its sign; a dash between two numbers, after a letter or a bullet is none.

    Example:
        >>> from extract.quantities.numerals import numeral_at
        >>> text = "-2.4至3,5-6"
        >>> numerals = [numeral_at(text, start) for start in (1, 5, 7, 9)]
        >>> [str(signed(numeral, text).low) for numeral in numerals if numeral]
        ['-2.4', '3', '5', '6']
    """
    before = shadow[numeral.start - 1 : numeral.start]
    if before not in _MAY_SIGN:
        return bare(numeral)
    sign = _SIGN.search(shadow[max(0, numeral.start - 2) : numeral.start])
    if sign is None:
        return bare(numeral)
    start = numeral.start - len(sign[0])
    before = shadow[max(0, start - 2) : start].rstrip(" ")[-1:]
    is_bullet = before in ("", "\n") and sign[0].endswith(" ")
    if before in _NO_SIGN_AFTER or (before.isascii() and before.isalpha()) or is_bullet:
        return bare(numeral)
    return bare(numeral, start=start, is_negative=True)
