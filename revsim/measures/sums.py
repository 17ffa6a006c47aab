"""What a pass over all rows of a trace leaves for the measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revsim.measures.kinds import NUMBER

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from revsim.contract.trace import Kind


class Totals(NamedTuple):
    """Rows by kind and quarter; rows of a group are added in the order of the trace."""

    cuts: NDArray[np.intp]  # first row of each quarter of the window and of what comes after, (quarters + 1,)
    counts: NDArray[np.float64]  # (kinds, quarters)
    sums: NDArray[np.float64]  # of values, (kinds, quarters)
    together: NDArray[np.float64]  # of values of all kinds of a set, (sets of TOGETHER, quarters)
    weekly: NDArray[np.float64]  # states, (states of WEEKLY, weeks); NaN where there is no row
    quarterly: NDArray[np.float64]  # as above, (kinds of QUARTERLY, quarters)
    places: NDArray[np.intp]  # rows of the whole trace whose kind is listed, by kind
    quarter_of: NDArray[np.intp]  # the quarter of each, counted from the window's start; -1: before
    first: NDArray[np.intp]  # where each kind begins among them, (kinds + 1,)
    within: NDArray[np.intp]  # of each kind the first that lies in the window, and the first after it, (kinds, 2)


class DealSums(NamedTuple):
    """Sums over the rows of each deal, each (kinds of OF_DEALS, deals); of equal deals the first has the rows.

    An arbitration's time at the desk is none of the deal's: it is within that until the first call.
    """

    counts: NDArray[np.float64]
    summed_times: NDArray[np.float64]
    summed_values: NDArray[np.float64]

    def rows(self, kind: Kind) -> NDArray[np.float64]:
        """Rows of a kind, (deals,)."""
        rows: NDArray[np.float64] = self.counts[NUMBER[kind]]
        return rows

    def times(self, kind: Kind) -> NDArray[np.float64]:
        """Summed times of the rows of a kind, (deals,)."""
        times: NDArray[np.float64] = self.summed_times[NUMBER[kind]]
        return times

    def values(self, kind: Kind) -> NDArray[np.float64]:
        """Summed values of the rows of a kind, (deals,)."""
        values: NDArray[np.float64] = self.summed_values[NUMBER[kind]]
        return values
