"""A trace by kind and by quarter of the measured window; every measure is read off the groups.

Two passes over the window count and sum all kinds at once. Rows are looked up only where a measure reads more of them:
those of kinds with few rows are grouped once, those of the others are picked out of the window.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.trace import Kind
from revsim.measures.rows import AFTER_LAST, Measured, Rows, among
from revsim.units import WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from revsim.contract.trace import Trace
    from revsim.measures.window import Window

FEW_FROM = Kind.LEFT_DESK  # a seventh of the rows; from here on come ends of deals, people, weeks and quarters


class Grouped:
    """The rows of a trace by kind, and those within a window by quarter; rows of one group keep their order."""

    def __init__(self, trace: Trace, window: Window) -> None:
        """As rows are in the order of time, each quarter is a stretch of the trace and of a kind."""
        self.trace, self.window = trace, window
        self._cuts = np.searchsorted(trace.time, window.bounds)
        self._within: dict[tuple[Kind, ...], Measured] = {}

    def of(self, kind: Kind) -> Rows:
        """The rows of a kind in the whole trace."""
        return Rows(self.trace, self._places(kind))

    def within(self, *kinds: Kind) -> Measured:
        """The rows of these kinds whose time lies in the window, in the order of time."""
        if kinds not in self._within:
            places = self._grouped(kinds) if min(kinds) >= FEW_FROM else self._picked(kinds)
            edges = np.searchsorted(places, self._cuts)
            quarter = np.repeat(np.arange(self.window.quarters), np.diff(edges))
            self._within[kinds] = Measured(self.trace, places[edges[0] : edges[-1]], quarter, self.window)
        return self._within[kinds]

    def counts(self, *kinds: Kind) -> NDArray[np.float64]:
        """Rows within the window by quarter, (quarters,)."""
        counts: NDArray[np.float64] = self._totals[0].take(kinds, axis=0).sum(axis=0)
        return counts

    def sums(self, *kinds: Kind) -> NDArray[np.float64]:
        """Summed value by quarter, (quarters,)."""
        if len(kinds) == 1:
            return np.array(self._totals[1][kinds[0]])
        rows = self.within(*kinds)  # in the order of time again, so that sums over kinds go in the trace's order
        return rows.total(rows.value)

    def by_quarter(self, kind: Kind) -> NDArray[np.float64]:
        """Value of a kind whose entity is the quarter, (quarters,); the last row holds, NaN where there is none."""
        rows, quarters = self.of(kind), self.window.quarters
        place = rows.entity - self.window.first
        return _last(place, rows.value, quarters, (place >= 0) & (place < quarters))

    def by_week(self, kind: Kind, actor: int = -1) -> NDArray[np.float64]:
        """Value of a kind and actor whose entity is the week, (weeks,); as above."""
        values: NDArray[np.float64] = self.by_week_each([(kind, actor)])[0]
        return values

    def by_week_each(self, states: Sequence[tuple[Kind, int]]) -> NDArray[np.float64]:
        """Value of each kind and actor by week, (states, weeks); as above, in one pass for all of them."""
        parts, weeks = [self._places(kind) for kind, _ in states], self.window.weeks
        state = np.repeat(np.arange(len(states)), [len(part) for part in parts])
        rows = Rows(self.trace, np.concatenate(parts))
        week = rows.entity - self.window.first * WEEKS_PER_QUARTER
        theirs = rows.actor == np.array([actor for _, actor in states]).take(state)
        place = state * weeks + week
        return _last(place, rows.value, len(states) * weeks, theirs & (week >= 0) & (week < weeks)).reshape(-1, weeks)

    @cached_property
    def _totals(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Count and summed value by kind and quarter, each (kinds, quarters)."""
        shape = self.window.quarters, AFTER_LAST
        counts, sums = np.zeros(shape, dtype=np.intp), np.zeros(shape)
        for quarter, (first, last) in enumerate(pairwise(self._cuts.tolist())):
            kind = self.trace.kind[first:last].astype(np.intp)
            np.add.at(counts[quarter], kind, 1)  # sooner than `bincount`, which looks for the largest first
            sums[quarter] = np.bincount(kind, weights=self.trace.value[first:last], minlength=AFTER_LAST)
        return counts.T.astype(np.float64), sums.T

    @cached_property
    def _few(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The places of the kinds with few rows, sorted by kind, and where each kind begins among them."""
        places = np.flatnonzero((self.trace.kind >= int(FEW_FROM)) | (self.trace.kind == int(Kind.FORECAST)))
        kind = self.trace.kind.take(places)
        order = np.argsort(kind, kind="stable")  # of 16 bits: a counting pass
        return places.take(order), np.searchsorted(kind, np.arange(AFTER_LAST + 1, dtype=kind.dtype), sorter=order)

    def _places(self, kind: Kind) -> NDArray[np.intp]:
        if kind < FEW_FROM and kind != Kind.FORECAST:
            return np.flatnonzero(self.trace.kind == int(kind))
        places, first = self._few
        return places[first[kind] : first[kind + 1]]

    def _grouped(self, kinds: tuple[Kind, ...]) -> NDArray[np.intp]:
        """The places of some kinds with few rows, in the order of time."""
        parts = [self._places(kind) for kind in kinds]
        return parts[0] if len(parts) == 1 else np.sort(np.concatenate(parts))

    def _picked(self, kinds: tuple[Kind, ...]) -> NDArray[np.intp]:
        """The places of any kinds within the window, in the order of time."""
        first, last = int(self._cuts[0]), int(self._cuts[-1])
        kind = self.trace.kind[first:last]
        # many rows are found sooner than few: first all between the lowest and the highest of the kinds
        between = np.flatnonzero((kind >= int(min(kinds))) & (kind <= int(max(kinds))))
        return first + between.take(np.flatnonzero(among(kind.take(between), kinds)))


def _last(
    place: NDArray[np.int64], value: NDArray[np.float64], size: int, which: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """The last value at each place, (size,), of those rows which count; NaN where there is none."""
    rows = np.flatnonzero(which)
    values = np.full(size, np.nan)
    values[place.take(rows)] = value.take(rows)  # of equal places the last holds
    return values
