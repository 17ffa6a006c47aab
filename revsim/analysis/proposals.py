"""Points to try: a sample that fills a space and leaves many axes at rest, and the top of a surface within a budget."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import differential_evolution
from scipy.stats import qmc

from revsim.analysis.cube import Floats
from revsim.analysis.surface import Surface

AT_REST = 0.4  # share of a sample's points that leave an axis as it is: good mixes leave most levers alone
BEYOND = 0.4  # how far past its ends an axis is searched; what lies there counts as the end
POPULATION, GENERATIONS = 6, 80
DEARER = 10.0  # a point beyond the budget loses this many times what it costs too much


def sample(count: int, rest: Floats, seed: int) -> Floats:
    """(point, axis) in 0..1, scrambled Sobol; on each axis a share AT_REST of points stands at `rest`."""
    sampler = qmc.Sobol(len(rest), rng=np.random.default_rng(seed))
    found = np.asarray(sampler.random_base2(int(np.ceil(np.log2(max(count, 2))))))[:count]
    return np.where(found < AT_REST, rest, (found - AT_REST) / (1.0 - AT_REST))


def neighbours(points: Floats, count: int, rng: np.random.Generator) -> Floats:
    """(count, axis): some of the points, each with one axis moved anywhere in 0..1; for what no surface foretells."""
    found = points[rng.integers(len(points), size=count)].copy()
    found[np.arange(count), rng.integers(points.shape[1], size=count)] = rng.random(count)
    return found


def top(worth: Surface, cost: Surface, budget: float, rng: np.random.Generator) -> Floats:
    """(axis,) in 0..1: where `worth` is highest among points that cost at most the budget."""
    axes = int((np.sqrt(8 * len(worth.coefficients) + 1) - 3) / 2)  # of 1 + n + n (n + 1) / 2 coefficients

    def lost(points: Floats) -> Any:  # noqa: ANN401 - (point,) for (axis, point), which scipy's types do not know
        inside = np.clip(np.atleast_2d(points.T), 0.0, 1.0)
        over = np.maximum(cost.at(inside) - budget, 0.0)
        return np.asarray(DEARER * over - worth.at(inside))

    bounds: Any = [(-BEYOND, 1.0 + BEYOND)] * axes  # scipy's types know a pair alone
    found = differential_evolution(
        lost,
        bounds,
        popsize=POPULATION,
        maxiter=GENERATIONS,
        tol=0.0,
        polish=False,
        vectorized=True,
        updating="deferred",
        rng=rng,
    )
    return np.clip(np.asarray(found.x), 0.0, 1.0)
