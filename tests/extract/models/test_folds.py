"""Folds: each article is held out once, and how many articles a curve is asked about changes no fit."""

import pytest

from extract.models.curve import Curve, fitted, promised
from extract.models.folds import FOLDS, held_out

NAMES = [f"t{i:02}" for i in range(23)]


def test_each_article_is_held_out_by_one_fold_alone() -> None:
    held = [name for fold in range(FOLDS) for name in held_out(NAMES, fold)]
    assert sorted(held) == NAMES


def test_folds_are_of_near_equal_size() -> None:
    sizes = [len(held_out(NAMES, fold)) for fold in range(FOLDS)]
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize("true", [Curve(0.8, 0.9, 0.3), Curve(0.7, 2.0, 1.0)])
def test_a_curve_is_found_again_and_foretold(true: Curve) -> None:
    sizes = (15, 30, 60, 96)
    values = [true.at(size) for size in sizes]
    assert fitted(sizes, values).at(240) == pytest.approx(true.at(240), abs=1e-3)


def test_folds_that_disagree_widen_the_interval() -> None:
    sizes = (15, 30, 60)
    good, bad = ([Curve(ceiling, 1.0, 0.5).at(size) for size in sizes] for ceiling in (0.8, 0.7))
    promise = promised(sizes, [good, bad], 120)
    assert promise.low < promise.value < promise.high
