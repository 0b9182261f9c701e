"""The folds of cross-validation: articles are never parted, and every learner is held to the same folds."""

from collections.abc import Sequence

import numpy as np

FOLDS = 5
FOLD_SEED = 5


def held_out(names: Sequence[str], fold: int) -> frozenset[str]:
    """Return the articles that a fold holds out; each article is held out by one fold.

    Args:
        names: of all articles, in the order of their files.
        fold: 0 <= fold < FOLDS.

    Example:
        >>> names = [f"t{i}" for i in range(7)]
        >>> sorted(name for fold in range(FOLDS) for name in held_out(names, fold)) == names
        True
    """
    order = np.random.default_rng(FOLD_SEED).permutation(len(names))
    return frozenset(names[i] for i in order[fold::FOLDS])
