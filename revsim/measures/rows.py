"""Some rows of a trace; a column is read where a measure asks for it, as most ask for one or two of the five."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.trace import Kind
from revsim.measures.window import weighted
from revsim.units import DAYS_PER_QUARTER, DAYS_PER_WEEK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.contract.trace import Trace
    from revsim.measures.window import Window


def among(kind: NDArray[np.int16], kinds: tuple[Kind, ...]) -> NDArray[np.bool_]:
    """Which rows are of these kinds."""
    found: NDArray[np.bool_] = kind == int(kinds[0])  # with a `Kind` numpy would compare as 64 bits
    for other in kinds[1:]:
        found |= kind == int(other)
    return found


class Rows:
    """Rows of a trace in the order of time; columns as in `Trace`, each (rows,)."""

    def __init__(self, trace: Trace, places: NDArray[np.intp]) -> None:
        """The rows at these places of the trace, which ascend."""
        self._trace = trace
        self.places = places

    @cached_property
    def kind(self) -> NDArray[np.int16]:
        """As in `Kind`."""
        return self._trace.kind.take(self.places)

    @cached_property
    def time(self) -> NDArray[np.float64]:
        """In days of the trace."""
        return self._trace.time.take(self.places)

    @cached_property
    def entity(self) -> NDArray[np.int64]:
        """As `Kind` says."""
        return self._trace.entity.take(self.places)

    @cached_property
    def actor(self) -> NDArray[np.int64]:
        """As `Kind` says."""
        return self._trace.actor.take(self.places)

    @cached_property
    def value(self) -> NDArray[np.float64]:
        """As `Kind` says."""
        return self._trace.value.take(self.places)


class Measured(Rows):
    """Rows within the window, with the quarter of each, counted from the window's start."""

    def __init__(self, trace: Trace, places: NDArray[np.intp], quarter: NDArray[np.intp], window: Window) -> None:
        """Rows at these places, which lie in these quarters of the window."""
        super().__init__(trace, places)
        self.quarter = quarter
        self._window = window

    def total(self, weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """Weights of the rows summed by quarter, (quarters,)."""
        return weighted(self.quarter, weight, self._window.quarters)

    def among(self, *kinds: Kind) -> Measured:
        """Those of the rows that are of these kinds."""
        which = np.flatnonzero(among(self.kind, kinds))
        return Measured(self._trace, self.places.take(which), self.quarter.take(which), self._window)

    @cached_property
    def week(self) -> NDArray[np.int64]:
        """Week of each row, counted from the window's start."""
        return np.floor_divide(self.time - self._window.start, DAYS_PER_WEEK).astype(np.int64)

    @cached_property
    def day(self) -> NDArray[np.float64]:
        """Days since the start of the row's quarter."""
        return self.time - self._window.start - self.quarter * DAYS_PER_QUARTER
