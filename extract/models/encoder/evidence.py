"""What the network says of a run of characters: how much likelier it is one claim than none, and of which kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from extract.models.encoder.network import BEGIN, INSIDE, OUT, Chances
from extract.models.encoder.tokens import Tokens

Array = npt.NDArray[np.float64]
_LEADING: Final = 3
"""Pieces at the beginning of a run that may stay outside the claim: a connective, a quotation mark."""
_TRAILING: Final = 2
"""Pieces at its end that may: marks."""
KINDS: Final = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """The pieces of a document with sums over them, so that any run is weighed in constant time.

    Attributes:
        starts: first character of each piece.
        begin: log odds of beginning a claim against being outside.
        inside: log odds of going on, summed over the pieces before; one longer than `starts`.
        kind: log probabilities of the kinds, summed likewise; shape (pieces + 1, kinds).
    """

    starts: npt.NDArray[np.int64]
    begin: Array
    inside: Array
    kind: Array

    def of_runs(self, starts: Sequence[int], ends: Sequence[int]) -> tuple[Array, Array]:
        """Return for runs of characters [start, end) the log odds that each is one claim, and log chances of its kinds.

        The pieces' sums for a kind are divided by the square root of their number: neighbours say much the same.

        Args:
            starts: first character of each run.
            ends: the character after the last one, as many.

        Returns:
            Odds of shape (runs,) and log chances of shape (runs, kinds); a run without a piece has odds of zero and all
            kinds alike.
        """
        first, last = np.searchsorted(self.starts, starts), np.searchsorted(self.starts, ends)
        odds = np.full(len(first), -np.inf)
        for skipped in range(_LEADING):
            at = np.minimum(first + skipped, last - 1)
            for left in range(_TRAILING + 1):
                stop = np.maximum(last - left, at + 1)
                odds = np.maximum(odds, self.begin[at] + self.inside[stop] - self.inside[at + 1])
        size = last - first
        kinds = (self.kind[last] - self.kind[first]) / np.sqrt(np.maximum(size, 1))[:, None]
        return np.where(size > 0, odds, 0.0), kinds - np.logaddexp.reduce(kinds, axis=1)[:, None]


def evidence_of(tokens: Tokens, chances: Chances) -> Evidence:
    """Return the evidence of a document."""
    cut, kind = chances.cut.astype(np.float64), chances.kind.astype(np.float64)
    return Evidence(
        tokens.starts,
        cut[:, BEGIN] - cut[:, OUT],
        np.concatenate(([0.0], np.cumsum(cut[:, INSIDE] - cut[:, OUT]))),
        np.concatenate((np.zeros((1, KINDS)), np.cumsum(kind, axis=0))),
    )
