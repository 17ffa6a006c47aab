"""Cubes for the claims: scenarios of equal rows, some columns changed, and claims whose runs need no first run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from revsim.analysis.cube import Cube
from tests.analysis.synthetic import QUARTER_COLUMNS, WEEK_COLUMNS

REPLICATIONS, WEEKS = 30, 13
MORE = ("bookings", "plan", "people_cost", "leaders_cost")
MORE_WEEKS = ("forecast", "disagreement", "trust", "tolerance", "pressure", "coverage", "hero_energy")


def equal(names: Sequence[str], quarters: int = 16, seed: int = 1) -> Cube:
    """Every scenario has the same rows; forecasts miss by about a tenth."""
    luck = np.random.default_rng(seed)
    shape = (REPLICATIONS, quarters)
    columns = sorted({*QUARTER_COLUMNS, *MORE})
    quarterly = {name: 100.0 + 10.0 * luck.standard_normal(shape) for name in columns}
    weekly = {name: 0.6 + 0.05 * luck.standard_normal((*shape, WEEKS)) for name in sorted({*WEEK_COLUMNS, *MORE_WEEKS})}
    weekly["forecast"] = quarterly["bookings"][..., None] + 10.0 * luck.standard_normal((*shape, WEEKS))
    return Cube(
        tuple(names),
        np.arange(REPLICATIONS),
        np.arange(1, quarters + 1),
        {name: np.stack([values] * len(names)) for name, values in quarterly.items()},
        {name: np.stack([values] * len(names)) for name, values in weekly.items()},
        margin=0.7,
    )


def with_columns(cube: Cube, columns: Mapping[str, Mapping[str, np.ndarray | float]]) -> Cube:
    """The cube with columns of some scenarios set, by column and scenario."""
    for column, given in columns.items():
        for name, values in given.items():
            table = cube.weekly if column in cube.weekly else cube.quarterly
            table[column][cube.scenarios.index(name)] = values
    return cube
