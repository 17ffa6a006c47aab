"""What a measure sees: one scenario of a cube, beside the baseline of the same replications."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from revsim.analysis.cube import Cube, Floats


class View(NamedTuple):
    """One scenario (`own`) and the baseline (`base`) as positions in the cube."""

    cube: Cube
    own: int
    base: int

    def quarter(self, column: str) -> Floats:
        """(replication, quarter)."""
        return np.asarray(self.cube.quarterly[column][self.own])

    def base_quarter(self, column: str) -> Floats:
        """The baseline's (replication, quarter)."""
        return np.asarray(self.cube.quarterly[column][self.base])

    def week(self, column: str) -> Floats:
        """(replication, quarter, week)."""
        return np.asarray(self.cube.weekly[column][self.own])

    def at_week(self, column: str, week: int) -> Floats:
        """(replication, quarter): a column in one week of the quarter, from 1."""
        return np.asarray(self.cube.weekly[column][self.own, :, :, week - 1])

    def forecast(self, week: int) -> Floats:
        """(replication, quarter): the company's number at the start of `week`."""
        return self.at_week("forecast", week)

    def each(self, read: Callable[[View], Floats]) -> Floats:
        """(replication, ...): what is read of each replication, some replications at a time."""
        return np.concatenate([read(self._replace(cube=cube)) for cube in self.cube.blocks()])


def mean(values: Floats, axis: int | tuple[int, ...] = -1) -> Floats:
    """Mean over what is there; NaN where nothing is. As numpy's, without a warning to be silenced for all threads."""
    there = ~np.isnan(values)
    filled = values.copy(order="K")
    filled[~there] = 0.0
    with np.errstate(invalid="ignore"):
        found: Floats = np.asarray(np.sum(filled, axis=axis) / np.sum(there, axis=axis))
    return found


def middle(values: Floats, axis: int | tuple[int, ...] = -1) -> Floats:
    """Median over what is there; NaN where nothing is. As numpy's, see `mean`."""
    is_empty = np.all(np.isnan(values), axis=axis, keepdims=True)
    nothing = np.all(is_empty, axis=axis)
    if not values.size:
        return np.full(nothing.shape, np.nan)
    found: Floats = np.asarray(np.nanmedian(np.where(is_empty, 0.0, values), axis=axis))
    return np.where(nothing, np.nan, found)


def ratio(top: Floats, bottom: Floats) -> Floats:
    """Top / bottom; NaN where the bottom is zero."""
    safe = np.where(bottom == 0.0, np.nan, bottom)
    found: Floats = np.asarray(top / safe)
    return found
