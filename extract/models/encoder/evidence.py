"""What the network says of a run of characters: how much likelier it is one claim than none, and of which kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from extract.models.encoder.network import BEGIN, INSIDE, OUT, Chances, Floats
from extract.models.encoder.tokens import Tokens
from extract.propositions.protocol import Voice
from schemas.text import Span

Array = npt.NDArray[np.float64]
_LEADING: Final = 3
"""Pieces at the beginning of a run that may stay outside the claim: a connective, a quotation mark."""
_TRAILING: Final = 2
"""Pieces at its end that may: marks."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The pieces of a document with sums over them, so that any run is weighed in constant time.

    Attributes:
        starts: first character of each piece.
        begin: log odds of beginning a claim against being outside.
        inside: log odds of going on, summed over the pieces before; one longer than `starts`.
        kind: log probabilities of the kinds, summed likewise; shape (pieces + 1, kinds).
        voice: log probabilities of the sorts of speakers, summed likewise; see `extract.models.encoder.sorts`.
    """

    starts: npt.NDArray[np.int64]
    begin: Array
    inside: Array
    kind: Array
    voice: Array

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
        return np.where(last > first, odds, 0.0), _chances(self.kind, first, last, np.sqrt(last - first))

    def voice_in(self, span: Span) -> Voice:
        """Return the log chances that the narrator, a crowd or somebody else asserts what stands in a span.

        They are the mean of its pieces: a long span tells no more than a short one, as who speaks stands outside both.
        """
        first, last = np.searchsorted(self.starts, [[span.start], [span.end]])
        telling, crowd, named = _chances(self.voice, first, last, last - first)[0].tolist()
        return Voice(telling, crowd, named)


def _chances(sums: Array, first: npt.NDArray[np.int64], last: npt.NDArray[np.int64], shares: npt.ArrayLike) -> Array:
    """Return log chances for runs of pieces from sums over them, each divided by its share; shape (runs, chances)."""
    means = (sums[last] - sums[first]) / np.maximum(shares, 1)[:, None]
    chances: Array = means - np.logaddexp.reduce(means, axis=1)[:, None]
    return chances


def evidence_of(tokens: Tokens, chances: Chances) -> Evidence:
    """Return the evidence of a document."""
    cut = chances.cut.astype(np.float64)
    return Evidence(
        tokens.starts,
        cut[:, BEGIN] - cut[:, OUT],
        np.concatenate(([0.0], np.cumsum(cut[:, INSIDE] - cut[:, OUT]))),
        _summed(chances.kind),
        _summed(chances.voice),
    )


def _summed(chances: Floats) -> Array:
    """Return the sums over the pieces before each, one row more than there are pieces."""
    sums: Array = np.concatenate((np.zeros((1, chances.shape[1])), np.cumsum(chances.astype(np.float64), axis=0)))
    return sums
