"""The learned choice among candidates: small networks over hashed signs, so that the file holds no readable text."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Self

import numpy as np
import numpy.typing as npt

from extract.models.stage import Speakers

Hashes = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]
WIDTH = 48
"""Units of the hidden layer of each network."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """Who may be speaking at a place, the narrator first unless kept out.

    Attributes:
        shared: hashed signs of the place.
        speakers: the candidates.
        own: hashed signs of each candidate, in the same order; each has some.
    """

    shared: Hashes
    speakers: tuple[Speakers, ...]
    own: tuple[Hashes, ...]


@dataclass(frozen=True, slots=True)
class Chooser:
    """Networks with one hidden layer and a direct way beside it; each scores every candidate, and they vote.

    Attributes:
        known: the hashed signs that were met often enough, rising.
        first: weights from signs to the hidden layer, shape (signs + 1, networks, WIDTH); the last row, of zeros, is
            for all signs that are not known.
        bias: of the hidden layer, shape (networks, WIDTH).
        second: weights from it to the score, shape (networks, WIDTH).
        direct: weights from signs to the score, shape (signs + 1, networks), with a last row of zeros too.
    """

    known: Hashes
    first: Floats
    bias: Floats
    second: Floats
    direct: Floats

    @classmethod
    def blank(cls) -> Self:
        """Return a chooser that has learned nothing: all candidates are alike to it."""
        known, zero = np.zeros(0, dtype=np.uint32), np.zeros((1, WIDTH), dtype=np.float32)
        return cls(known, np.zeros((1, 1, WIDTH), np.float32), zero, zero, np.zeros((1, 1), np.float32))

    def chances(self, ballot: Ballot) -> Floats:
        """Return the logarithm of each candidate's chance, averaged over the networks."""
        rows = self.rows(np.concatenate((ballot.shared, *ballot.own)))
        shared, own = rows[: len(ballot.shared)], rows[len(ballot.shared) :]
        firsts = [0, *accumulate(len(signs) for signs in ballot.own[:-1])]
        base = self.bias + np.add.reduce(self.first[shared], axis=0)
        hidden = np.maximum(base + np.add.reduceat(self.first[own], firsts, axis=0), 0.0)
        scores = np.add.reduce(hidden * self.second, axis=2) + np.add.reduceat(self.direct[own], firsts, axis=0)
        mean: Floats = np.add.reduce(scores - np.logaddexp.reduce(scores, axis=0), axis=1) / scores.shape[1]
        return mean

    def likeliest(self, ballot: Ballot) -> Speakers:
        """Return the candidate with the best chance; the first one of equals."""
        if len(ballot.speakers) == 1:
            return ballot.speakers[0]
        return ballot.speakers[int(np.argmax(self.chances(ballot)))]

    def rows(self, signs: Hashes) -> npt.NDArray[np.int64]:
        """Return the row of each sign."""
        unknown = len(self.known)
        if not unknown:
            return np.zeros(len(signs), dtype=np.int64)
        at = np.minimum(self.known.searchsorted(signs), unknown - 1)
        return np.where(self.known[at] == signs, at, unknown)
