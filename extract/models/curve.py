"""How figures rise with the number of annotated articles, and what more of them would promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from schemas.base import Model

POWERS: Final = np.linspace(0.1, 1.5, 57)
"""Powers that are tried: learning curves of this sort fall off as the inverse of a root of the number of examples."""
_DRAWS: Final = 400  # of folds, with replacement
_TAIL: Final = 10  # percent of the draws on each side of the interval


@dataclass(frozen=True, slots=True)
class Curve:
    """The figure a - b * n**-c that n articles give: `ceiling` a, `drop` b, `power` c."""

    ceiling: float
    drop: float
    power: float

    def at(self, articles: int) -> float:
        """Return the figure that so many articles give.

        Example:
            >>> Curve(0.8, 1.0, 0.5).at(100)
            0.7
        """
        return float(round(self.ceiling - self.drop * articles**-self.power, 6))


def fitted(sizes: Sequence[int], values: Sequence[float]) -> Curve:
    """Return the curve that lies nearest to the values by least squares.

    Args:
        sizes: numbers of articles, at least three different ones.
        values: the figure that each gave, 0..1.

    Example:
        >>> curve = fitted([15, 30, 60, 120], [Curve(0.8, 1.0, 0.5).at(n) for n in (15, 30, 60, 120)])
        >>> round(curve.ceiling, 3), round(curve.power, 3)
        (0.8, 0.5)
    """
    best, least = Curve(0.0, 0.0, float(POWERS[0])), np.inf
    for power in POWERS:
        design = np.stack([np.ones(len(sizes)), -(np.array(sizes, float) ** -power)], axis=1)
        (ceiling, drop), *_ = np.linalg.lstsq(design, np.array(values), rcond=None)
        error = float(((design @ (ceiling, drop) - values) ** 2).sum())
        if error < least:
            best, least = Curve(float(ceiling), float(drop), float(power)), error
    return best


class Promise(Model):
    """What so many articles would give if the curve goes on: the fit to all folds, and where four of five draws lie."""

    articles: int
    value: float
    low: float
    high: float


def promised(sizes: Sequence[int], by_fold: Sequence[Sequence[float]], articles: int) -> Promise:
    """Return what the curve promises for a number of articles, with an interval from drawing the folds anew.

    The interval tells how far the folds disagree. It does not tell whether the curve goes on as it did.

    Args:
        sizes: numbers of articles that were tried.
        by_fold: for each fold the figure at each size.
        articles: what to look at, more than the largest size.

    Example:
        >>> same = [Curve(0.8, 1.0, 0.5).at(n) for n in (15, 30, 60)]
        >>> promised([15, 30, 60], [same, same], 100)
        Promise(articles=100, value=0.7, low=0.7, high=0.7)
    """
    table, random = np.array(by_fold), np.random.default_rng(1)
    drawn = [table[random.integers(len(table), size=len(table))].mean(axis=0) for _ in range(_DRAWS)]
    ends = np.percentile([fitted(sizes, values.tolist()).at(articles) for values in drawn], [_TAIL, 100 - _TAIL])
    value = fitted(sizes, table.mean(axis=0).tolist()).at(articles)
    return Promise(articles=articles, value=round(value, 4), low=round(ends[0], 4), high=round(ends[1], 4))
