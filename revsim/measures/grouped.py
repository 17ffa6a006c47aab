"""A trace by kind and by quarter of the measured window; every measure is read off the groups.

A pass over all rows counts and sums all kinds at once. Rows are looked up only where a measure reads more of them: the
pass groups those of the kinds that are listed, those of the others are picked out of the window.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from revsim.measures import passes
from revsim.measures.kinds import IS_LISTED, QUARTERLY, TOGETHER
from revsim.measures.rows import Measured, Rows, among

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.contract.trace import Kind, Trace
    from revsim.measures.sums import DealSums, Totals
    from revsim.measures.window import Window


class Grouped:
    """The rows of a trace by kind, and those within a window by quarter; rows of one group keep their order."""

    def __init__(self, trace: Trace, window: Window) -> None:
        """As rows are in the order of time, each quarter is a stretch of the trace and of a kind."""
        self.trace, self.window = trace, window
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
        counts: NDArray[np.float64] = self._totals.counts[kinds[0]].copy()
        for other in kinds[1:]:
            counts += self._totals.counts[other]
        return counts

    def sums(self, *kinds: Kind) -> NDArray[np.float64]:
        """Summed value by quarter, (quarters,)."""
        if len(kinds) == 1:
            return np.array(self._totals.sums[kinds[0]])
        if kinds in TOGETHER:
            return np.array(self._totals.together[TOGETHER.index(kinds)])
        rows = self.within(*kinds)  # in the order of time again, so that sums over kinds go in the trace's order
        return rows.total(rows.value)

    def by_quarter(self, kind: Kind) -> NDArray[np.float64]:
        """Value of a state whose entity is the quarter, (quarters,); the last row holds, NaN where there is none."""
        return np.array(self._totals.quarterly[QUARTERLY.index(kind)])

    def by_week(self) -> NDArray[np.float64]:
        """Values of the states whose entity is the week, (states of WEEKLY, weeks); as above."""
        return self._totals.weekly

    def deals(self, entity: NDArray[np.int64]) -> DealSums:
        """Sums over the rows of some deals, by entity."""
        return passes.deal_sums(self.trace, entity)

    @cached_property
    def _totals(self) -> Totals:
        return passes.totals(self.trace, self.window)

    def _measured(self, kinds: tuple[Kind, ...]) -> Measured:
        """Rows of one listed kind lie together; others are picked out."""
        totals = self._totals
        if len(kinds) == 1 and IS_LISTED[kinds[0]]:
            theirs = slice(*totals.within[kinds[0]].tolist())
            return Measured(self.trace, totals.places[theirs], totals.quarter_of[theirs], self.window)
        places = self._picked(kinds)
        quarter = np.searchsorted(totals.cuts, places, side="right") - 1
        return Measured(self.trace, places, quarter, self.window)

    def _places(self, kind: Kind) -> NDArray[np.intp]:
        if not IS_LISTED[kind]:
            return np.flatnonzero(self.trace.kind == int(kind))
        first = self._totals.first
        return self._totals.places[first[kind] : first[kind + 1]]

    def _picked(self, kinds: tuple[Kind, ...]) -> NDArray[np.intp]:
        """The places of any kinds within the window, in the order of time."""
        first, last = int(self._totals.cuts[0]), int(self._totals.cuts[-1])
        kind = self.trace.kind[first:last]
        # many rows are found sooner than few: first all between the lowest and the highest of the kinds
        between = np.flatnonzero((kind >= int(min(kinds))) & (kind <= int(max(kinds))))
        return first + between.take(np.flatnonzero(among(kind.take(between), kinds)))
