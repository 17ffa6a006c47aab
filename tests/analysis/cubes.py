"""Cubes with known answers: all columns plausible, some given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from revsim.analysis.cube import Cube
from tests.analysis.synthetic import tables


def cube(
    names: Sequence[str],
    replications: int = 40,
    quarters: int = 4,
    *,
    seed: int = 1,
    **columns: Mapping[str, np.ndarray],
) -> Cube:
    """Scenarios of equal rows (one draw for all); `columns` are {scenario: array} of (replication, quarter[, week])."""
    quarter, week = tables(np.random.default_rng(seed), (replications, quarters))
    quarterly = {name: np.stack([values] * len(names)) for name, values in quarter.items()}
    weekly = {name: np.stack([values] * len(names)) for name, values in week.items()}
    for name, given in columns.items():
        for scenario, values in given.items():
            (weekly if name in weekly else quarterly)[name][list(names).index(scenario)] = values
    return Cube(tuple(names), np.arange(replications), np.arange(1, quarters + 1), quarterly, weekly)
