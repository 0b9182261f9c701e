"""What a number measures: the indicator or noun nearest to it (營收 in 營收393億美元,年增78%)."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Final

from pydantic import RootModel

from extract.lexicon import load
from extract.normalize import shadow_of
from extract.quantities.amounts import Amount
from extract.quantities.units import UnitKind
from extract.quantities.words import any_of
from extract.reading import Reading

BEFORE: Final = 60
"""Characters a noun may stand before its number."""
AFTER: Final = 4
"""Characters between a number and a noun it qualifies (3%的失業率)."""
_SENTENCE_END: Final = re.compile(r"[。!?\n]")
_CLAUSE_END: Final = re.compile(r"[,;。!?\n]")
_QUALIFIES: Final = re.compile(r"(?:的|之)?[^,;。!?\n\d]{0,2}")
_COUNTED: Final = frozenset({UnitKind.COUNT, UnitKind.NOUN})


class MeasuredNouns(RootModel[dict[str, tuple[str, ...]]]):
    """The file measured.yaml: nouns by field."""


class Measured:
    """The nouns of one text, found once, asked for each number."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.document.text
        self.shadow = reading.shadow
        found = list(_pattern().finditer(reading.shadow))
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]
        self.word_starts = [word.start for word in reading.words]
        self.words = reading.words

    def of(self, amount: Amount) -> str | None:
        """Return the noun that the amount measures as it is written, or None.

        A counted noun follows its classifier; an indicator stands before the number in its clause, else right
        behind it (3%的失業率), else in an earlier clause of the sentence.
        """
        counted = self._counted(amount) if amount.kind in _COUNTED else None
        return (
            counted or self._before(amount, _CLAUSE_END) or self._behind(amount) or self._before(amount, _SENTENCE_END)
        )

    def _counted(self, amount: Amount) -> str | None:
        i = bisect_left(self.word_starts, amount.end)
        if i == len(self.words) or self.words[i].start != amount.end or not self.words[i].pos.startswith("n"):
            return None
        return self.words[i].text

    def _before(self, amount: Amount, stop: re.Pattern[str]) -> str | None:
        i = bisect_right(self.ends, amount.left) - 1
        if i < 0 or amount.left - self.ends[i] > BEFORE or stop.search(self.shadow, self.ends[i], amount.left):
            return None
        return self.text[self.starts[i] : self.ends[i]]

    def _behind(self, amount: Amount) -> str | None:
        i = bisect_left(self.starts, amount.end)
        if i == len(self.starts) or self.starts[i] - amount.end > AFTER:
            return None
        is_close = _QUALIFIES.fullmatch(self.shadow, amount.end, self.starts[i])
        return self.text[self.starts[i] : self.ends[i]] if is_close else None


def measures_of(amounts: Sequence[Amount], reading: Reading) -> list[str | None]:
    """Return for each amount the noun that it measures, None where none is near."""
    measured = Measured(reading)
    return [measured.of(amount) for amount in amounts]


@cache
def _pattern() -> re.Pattern[str]:
    groups = load("measured", MeasuredNouns).root.values()
    return re.compile(any_of(shadow_of(noun) for group in groups for noun in group))
