"""What the network says of a run of characters: how much likelier it is one claim than none, its kind, who speaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from extract.models.encoder.mentions import Mention
from extract.models.encoder.network import BEGIN, INSIDE, OUT, POINTING, Chances, Floats
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
        voice: scores of each piece for who speaks where no mention does; see `extract.models.encoder.sorts`.
        query: what each piece seeks in mentions, shape (pieces, POINTING).
        mentions: in the order of `keys`.
        keys: what each mention answers with, shape (mentions, POINTING + 1).
        mentioned: the window that each mention stands in.
        window: the window of each piece.
    """

    starts: npt.NDArray[np.int64]
    begin: Array
    inside: Array
    kind: Array
    voice: Floats
    query: Floats
    mentions: tuple[Mention, ...]
    keys: Floats
    mentioned: npt.NDArray[np.int64]
    window: npt.NDArray[np.int64]

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
        """Return the chances of who asserts what stands in a span: the mentions of its window, or none of them.

        A claim seeks with the mean of its pieces: a long span tells no more than a short one, as who speaks stands
        outside both.
        """
        first, last = np.searchsorted(self.starts, [span.start, span.end])
        if first == last:
            return Voice(1 / 3, 1 / 3, 1 / 3, {})
        near = np.flatnonzero(self.mentioned == self.window[first])
        scores = pointed(_mean(self.query[first:last]), self.keys[near])
        absent = _mean(self.voice[first:last])
        scores = np.concatenate((absent, scores))
        telling, crowd, elsewhere, *mentioned = np.exp(scores - np.logaddexp.reduce(scores)).tolist()
        heard: dict[tuple[str, ...], float] = {}
        for number, chance in zip(near.tolist(), mentioned, strict=True):
            speakers = self.mentions[number].speakers
            heard[speakers] = heard.get(speakers, 0.0) + chance
        return Voice(telling, crowd, elsewhere, heard)


def pointed(query: Floats, keys: Floats) -> Floats:
    """Return how well each mention answers a claim, shape (mentions,).

    Source: pointer networks, Vinyals, Fortunato and Jaitly 2015, with the scaled product of Vaswani et al. 2017.
    """
    scores: Floats = keys[:, :POINTING] @ query / np.sqrt(POINTING) + keys[:, POINTING]
    return scores


def _chances(sums: Array, first: npt.NDArray[np.int64], last: npt.NDArray[np.int64], shares: npt.ArrayLike) -> Array:
    """Return log chances for runs of pieces from sums over them, each divided by its share; shape (runs, chances)."""
    means = (sums[last] - sums[first]) / np.maximum(shares, 1)[:, None]
    chances: Array = means - np.logaddexp.reduce(means, axis=1)[:, None]
    return chances


def evidence_of(tokens: Tokens, chances: Chances, mentions: Sequence[Mention]) -> Evidence:
    """Return the evidence of a document; mentions that no piece stands in are left out."""
    cut = chances.cut.astype(np.float64)
    places = placed(tokens, mentions)
    keys = [_mean(chances.key[first:last]) for _, first, last in places]
    return Evidence(
        tokens.starts,
        cut[:, BEGIN] - cut[:, OUT],
        np.concatenate(([0.0], np.cumsum(cut[:, INSIDE] - cut[:, OUT]))),
        _summed(chances.kind),
        chances.voice,
        chances.query,
        mentions=tuple(mention for mention, _, _ in places),
        keys=np.array(keys, dtype=np.float32).reshape(-1, POINTING + 1),
        mentioned=chances.window[np.array([first for _, first, _ in places], dtype=np.int64)],
        window=chances.window,
    )


def placed(tokens: Tokens, mentions: Sequence[Mention]) -> list[tuple[Mention, int, int]]:
    """Return the mentions that pieces stand in, each with its first piece and the one after its last."""
    places = ((mention, *pieces_in(tokens, mention.span)) for mention in mentions)
    return [(mention, first, last) for mention, first, last in places if first < last]


def pieces_in(tokens: Tokens, span: Span) -> tuple[int, int]:
    """Return the first piece that a span touches, and the piece after the last one that begins in it."""
    first, last = np.searchsorted(tokens.ends, span.start, side="right"), np.searchsorted(tokens.starts, span.end)
    return int(first), max(int(first), int(last))


def _mean(rows: Floats) -> Floats:
    """Return what `rows.mean(axis=0)` does in half the time, which counts for a few rows."""
    mean: Floats = np.add.reduce(rows) / len(rows)
    return mean


def _summed(values: Floats) -> Array:
    """Return the sums over the pieces before each, one row more than there are pieces."""
    sums: Array = np.concatenate((np.zeros((1, values.shape[1])), np.cumsum(values.astype(np.float64), axis=0)))
    return sums
