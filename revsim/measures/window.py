"""The measured quarters of a trace, and sums and medians by quarter.

A measure sees only rows, so a CRM export that was turned into rows is measured by the same code.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from revsim.units import DAYS_PER_QUARTER, WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Window(NamedTuple):
    """The measured quarters of a trace: number of the first one (0 is the first of the trace), and how many."""

    first: int
    quarters: int

    @property
    def weeks(self) -> int:
        """How many weeks."""
        return self.quarters * WEEKS_PER_QUARTER

    @property
    def start(self) -> float:
        """First instant, in days of the trace."""
        return self.first * DAYS_PER_QUARTER

    @property
    def end(self) -> float:
        """First instant after the window, in days of the trace."""
        return self.start + self.quarters * DAYS_PER_QUARTER

    @property
    def bounds(self) -> NDArray[np.float64]:
        """First instant of each quarter and of the one after the window, (quarters + 1,)."""
        return self.start + DAYS_PER_QUARTER * np.arange(self.quarters + 1, dtype=np.float64)


def weighted(place: NDArray[np.int64], weight: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Weights summed by place in the order of rows, (size,)."""
    return np.bincount(place, weights=weight, minlength=size).astype(np.float64)


def divided(total: NDArray[np.float64], count: NDArray[np.float64]) -> NDArray[np.float64]:
    """Means from totals and counts; NaN where nothing was counted."""
    return np.where(count > 0.0, total / np.maximum(count, 1.0), np.nan)


def medians(quarter: NDArray[np.int64], value: NDArray[np.float64], window: Window) -> NDArray[np.float64]:
    """Median by quarter of rows in the order of quarters; NaN where there is nothing."""
    edges = np.searchsorted(quarter, np.arange(window.quarters + 1)).tolist()
    return np.array([_median(value[first:last]) for first, last in pairwise(edges)])


def _median(value: NDArray[np.float64]) -> float:
    """NaN of nothing."""
    ordered, last = np.sort(value, kind="stable"), len(value) - 1
    return float((ordered[last // 2] + ordered[len(value) // 2]) / 2.0) if len(value) else np.nan
