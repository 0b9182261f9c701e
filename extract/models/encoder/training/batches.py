"""Annotated articles as examples for the network: windows of pieces with the right cut and kinds, and who speaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extract.models.encoder.network import BEGIN, INSIDE, OUT
from extract.models.encoder.tokens import Tokens, windows_of
from extract.models.encoder.training.pointing import Cast, Pointing
from extract.models.examples import Article
from schemas.claim import ClaimKind

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
KINDS = (ClaimKind.FACT, ClaimKind.PREDICTION, ClaimKind.OPINION)
IGNORED = -1


@dataclass(frozen=True, slots=True)
class Window:
    """A window: rows and signs of its pieces, their cut and kind, how much the kind of each counts, and who speaks."""

    rows: Integers
    signs: Integers
    cut: Integers
    kind: Integers
    weight: Floats
    pointing: Pointing


def windows_in(article: Article, tokens: Tokens, aim: int, cast: Cast) -> Iterator[Window]:
    """Yield the windows of an article, of at most near `aim` pieces.

    A claim's kind counts as the square root of its pieces: the figures count both claims and characters.
    """
    owner = _owners(article, tokens)
    kinds = np.array([KINDS.index(ClaimKind(claim["kind"])) for claim in article.gold["claims"]] + [IGNORED])
    follows = np.concatenate(([False], owner[1:] == owner[:-1]))
    cut = np.where(owner < 0, OUT, np.where(follows, INSIDE, BEGIN))
    for first, last in windows_of(tokens.sentences, aim=aim):
        here = slice(first, last)
        _, place, counts = np.unique(owner[here], return_inverse=True, return_counts=True)
        weight = np.where(owner[here] < 0, 0.0, 1 / np.sqrt(counts[place])).astype(np.float32)
        pointing = cast.within(first, last)
        yield Window(tokens.rows[here], tokens.signs[here], cut[here], kinds[owner[here]], weight, pointing)


def _owners(article: Article, tokens: Tokens) -> Integers:
    """Return the claim that each piece stands in, -1 for none."""
    owner = np.full(len(article.reading.shadow), IGNORED)
    for index, claim in enumerate(article.gold["claims"]):
        owner[claim["start"] : claim["end"]] = index
    return owner[tokens.starts]


def batches_of(windows: Sequence[Window], size: int, random: np.random.Generator) -> list[list[int]]:
    """Return the indices of windows in batches of near equal length, in random order."""
    jitter = random.random(len(windows)) * 60  # pieces; else the same windows would always meet
    order = np.argsort([len(window.rows) for window in windows] + jitter)
    batches = [order[i : i + size].tolist() for i in range(0, len(order), size)]
    return [batches[i] for i in random.permutation(len(batches))]
