"""A trace grouped once by kind and by quarter of the measured window; every measure is read off the groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.trace import Kind
from revsim.measures.rows import Measured, Rows
from revsim.units import WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.contract.trace import Trace
    from revsim.measures.window import Window

AFTER_LAST = max(Kind) + 1


class Grouped:
    """The rows of a trace by kind, and those within a window by quarter; rows of one group keep their order."""

    def __init__(self, trace: Trace, window: Window) -> None:
        """Sort once by kind; as rows are in the order of time, each quarter is a stretch of the trace and of a kind."""
        self.trace, self.window = trace, window
        self._order = np.argsort(trace.kind, kind="stable")  # of 16 bits: a counting pass
        self._first = np.searchsorted(trace.kind, np.arange(AFTER_LAST + 1, dtype=trace.kind.dtype), sorter=self._order)
        self._cuts = np.searchsorted(trace.time, window.bounds)
        self._within: dict[tuple[Kind, ...], Measured] = {}

    def of(self, kind: Kind) -> Rows:
        """The rows of a kind in the whole trace."""
        return Rows(self.trace, self._places(kind))

    def within(self, *kinds: Kind) -> Measured:
        """The rows of these kinds whose time lies in the window, in the order of time."""
        if kinds not in self._within:
            self._within[kinds] = self._measured(kinds)
        return self._within[kinds]

    def counts(self, *kinds: Kind) -> NDArray[np.float64]:
        """Rows within the window by quarter, (quarters,)."""
        return np.diff(sum(self._edges(self._places(kind)) for kind in kinds)).astype(np.float64)

    def sums(self, *kinds: Kind) -> NDArray[np.float64]:
        """Summed value by quarter, (quarters,)."""
        rows = self.within(*kinds)
        return rows.total(rows.value)

    def by_quarter(self, kind: Kind) -> NDArray[np.float64]:
        """Value of a kind whose entity is the quarter, (quarters,); the last row holds, NaN where there is none."""
        rows = self.of(kind)
        return _placed(rows.entity - self.window.first, rows.value, self.window.quarters)

    def by_week(self, kind: Kind, actor: int = -1) -> NDArray[np.float64]:
        """Value of a kind and actor whose entity is the week, (weeks,); as above."""
        rows = self.of(kind)
        ours = rows.actor == actor
        week = rows.entity - self.window.first * WEEKS_PER_QUARTER
        return _placed(week[ours], rows.value[ours], self.window.weeks)

    def _places(self, kind: Kind) -> NDArray[np.intp]:
        return self._order[self._first[kind] : self._first[kind + 1]]

    def _edges(self, places: NDArray[np.intp]) -> NDArray[np.intp]:
        """Where the window's quarters begin and end among ascending places, (quarters + 1,)."""
        return np.searchsorted(places, self._cuts)

    def _measured(self, kinds: tuple[Kind, ...]) -> Measured:
        parts, sizes = [], np.zeros(self.window.quarters, dtype=np.intp)
        for kind in kinds:
            places = self._places(kind)
            edges = self._edges(places)
            parts.append(places[edges[0] : edges[-1]])
            sizes += np.diff(edges)
        # in the order of time again, so that sums over kinds go in the trace's order
        places = parts[0] if len(parts) == 1 else np.sort(np.concatenate(parts))
        return Measured(self.trace, places, np.repeat(np.arange(self.window.quarters), sizes), self.window)


def _placed(place: NDArray[np.int64], value: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Values at their places, (size,); places outside are left out."""
    inside = (place >= 0) & (place < size)
    values = np.full(size, np.nan)
    values[place[inside]] = value[inside]  # of equal places the last holds
    return values
