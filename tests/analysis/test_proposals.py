"""Points to try: within their ranges, many axes at rest; the top of a surface, also at the edge of a budget."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.proposals import AT_REST, neighbours, sample, top
from revsim.analysis.surface import features, fitted

POINTS = np.random.default_rng(3).random((80, 4))


def test_a_sample_lies_within_its_ranges_and_leaves_the_wanted_share_of_each_axis_at_rest() -> None:
    rest = np.array([0.0, 0.25, 0.0])
    found = sample(256, rest, 1)
    assert found.shape == (256, 3)
    assert ((found >= 0.0) & (found <= 1.0)).all()
    assert (found == rest).mean(axis=0) == pytest.approx(AT_REST, abs=0.01)
    # what moves fills its range evenly
    moved = found[:, 0][found[:, 0] != 0.0]
    assert np.histogram(moved, bins=4, range=(0.0, 1.0))[0] / len(moved) == pytest.approx(0.25, abs=0.02)


def test_equal_seeds_give_equal_points_and_others_do_not() -> None:
    rest = np.zeros(3)
    assert (sample(16, rest, 1) == sample(16, rest, 1)).all()
    assert (sample(16, rest, 1) != sample(16, rest, 2)).any()


def test_a_neighbour_differs_from_its_point_in_one_axis_at_most() -> None:
    points = np.random.default_rng(1).random((5, 4))
    found = neighbours(points, 200, np.random.default_rng(2))
    moved = (found[:, None] != points).sum(axis=2).min(axis=1)
    assert (moved == 1).all()
    assert ((found >= 0.0) & (found <= 1.0)).all()
    near = (found[:, None] != points).sum(axis=2).argmin(axis=1)
    axes = [int(np.flatnonzero(found[k] != points[near[k]])[0]) for k in range(200)]
    assert len(set(near.tolist())) == 5
    assert set(axes) == {0, 1, 2, 3}


def found_top(gains: list[float], prices: list[float], budget: float) -> np.ndarray:
    worth, cost = (fitted(POINTS, POINTS @ np.array(each)) for each in (gains, prices))
    return top(worth, cost, budget, np.random.default_rng(0))


def test_without_a_bound_the_top_of_a_plane_is_its_corner() -> None:
    assert found_top([3.0, -2.0, 1.0, -1.0], [1.0] * 4, 10.0) == pytest.approx([1.0, 0.0, 1.0, 0.0], abs=0.02)


def test_within_a_budget_what_pays_most_for_its_price_is_bought_first() -> None:
    point = found_top([4.0, 3.0, 1.0, -1.0], [2.0, 1.0, 1.0, 1.0], 2.0)  # per price: 2, 3, 1
    assert point == pytest.approx([0.5, 1.0, 0.0, 0.0], abs=0.05)
    assert point @ np.array([2.0, 1.0, 1.0, 1.0]) <= 2.0 + 0.01


def test_an_inner_top_is_found() -> None:
    values = -np.square(POINTS - 0.4).sum(axis=1)
    surface = fitted(POINTS, values)
    assert top(surface, fitted(POINTS, POINTS[:, 0]), 10.0, np.random.default_rng(0)) == pytest.approx(0.4, abs=0.03)
    assert features(POINTS).shape[1] == 1 + 4 + 10
