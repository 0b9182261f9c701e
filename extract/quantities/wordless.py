"""Multiples told without a numeral (翻倍, 腰斬): no quantity, and counted as left out."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from extract.lexicon import load
from extract.normalize import shadow_of
from extract.quantities.amounts import Amount
from extract.quantities.words import any_of
from schemas.base import Model


class WordlessLexicon(Model):
    """The file wordless_amounts.yaml."""

    words: tuple[str, ...]
    names: tuple[str, ...]


def wordless_in(shadow: str, amounts: Iterable[Amount]) -> Iterator[tuple[int, int]]:
    """Yield [start, end) of each word that tells a multiple without a numeral.

    Args:
        shadow: the folded text.
        amounts: what was read as numbers: 減半碼 lowers by a number and halves nothing.

    Example:
        >>> list(wordless_in("营收翻倍,股价腰斩", []))  # revenue doubled, the share price halved
        [(2, 4), (7, 9)]
    """
    taken = {place for amount in amounts for place in range(amount.start, amount.end)}
    for match in _pattern().finditer(shadow):
        if match["word"] and taken.isdisjoint(range(match.start(), match.end())):
            yield match.start(), match.end()


@cache
def _pattern() -> re.Pattern[str]:
    lexicon = load("wordless_amounts", WordlessLexicon)
    return re.compile(f"{any_of(map(shadow_of, lexicon.names))}|(?P<word>{any_of(map(shadow_of, lexicon.words))})")
