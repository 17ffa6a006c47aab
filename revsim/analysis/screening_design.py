"""Which companies a screening looks at: paths of points, each a step of one number away from another.

Points are shares of all values of a number, 0 its lowest, 1 its highest. Trajectories are those of SALib on four
levels; the levels are the middles of the four quarters (1/8, 3/8, 5/8, 7/8) rather than 0, 1/3, 2/3 and 1, as no
company has half of its numbers at an end of what is plausible. A step is half of all values, as is a radial one.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np

from revsim.analysis.cube import Floats
from revsim.errors import UserError

LEVELS = 4
STEP = 0.5
MIDDLE, STRETCH = 0.125, 0.75  # SALib's 0..1 to the middles of the quarters


class Design(NamedTuple):
    """(path, point, axis) in 0..1; `radial`: each step starts from the path's first point."""

    points: Floats
    radial: bool


def trajectories(count: int, axes: int, seed: int) -> Design:
    """So many trajectories of Morris through all axes. Raises UserError without SALib, which is an extra."""
    if find_spec("SALib") is None:
        raise UserError(
            "Screening draws its trajectories with SALib, which is not installed; from the project's folder: "
            "pip install '.[screening]'"
        )
    from SALib.sample import morris  # noqa: PLC0415 - an optional extra

    problem = {"num_vars": axes, "names": [str(axis) for axis in range(axes)], "bounds": [[0.0, 1.0]] * axes}
    found = np.asarray(morris.sample(problem, count, num_levels=LEVELS, seed=seed), dtype=np.float64)
    return Design(MIDDLE + STRETCH * found.reshape(count, axes + 1, axes), radial=False)


def radial(bases: Sequence[Sequence[float]], axes: int) -> Design:
    """From each given company, one step of each number: up where there is room for it, else down. Raises UserError."""
    given = np.asarray(bases, dtype=np.float64) if len({len(base) for base in bases}) == 1 else np.empty((0, 0))
    if given.ndim != 2 or given.shape[1] != axes or not ((given >= 0.0) & (given <= 1.0)).all():  # noqa: PLR2004 - a table
        raise UserError(
            f"companies: each must be {axes} shares between 0 and 1, one for each number that is varied, in their "
            "order; write e.g. [[0.5] * " + f"{axes}]."
        )
    steps = np.where(given + STEP <= 1.0, STEP, -STEP)
    points = np.repeat(given[:, None, :], axes + 1, axis=1)
    numbers = np.arange(axes)
    points[:, numbers + 1, numbers] += steps
    return Design(points, radial=True)
