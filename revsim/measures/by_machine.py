"""What the passes find, by machine code; the same as `by_numpy.py` finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from revsim.contract.trace import Trace
from revsim.measures import kernels
from revsim.measures.kinds import KINDS, NO_KIND, NOWHERE, QUARTERLY, WEEKLY
from revsim.measures.sums import DealSums, Totals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.measures.window import Window


def totals(trace: Trace, window: Window) -> Totals:
    """Counts and sums by quarter and kind, states, and the places of rows that are read one by one."""
    rows, quarters = len(trace.time), window.quarters
    cuts = np.searchsorted(trace.time, window.bounds)
    counts, sums = np.zeros((quarters, KINDS), dtype=np.int64), np.zeros((quarters, KINDS))
    together, first = np.zeros((quarters, NOWHERE + 1)), np.zeros((2, KINDS + 1), dtype=np.int64)
    weekly, quarterly = np.empty((len(WEEKLY), window.weeks)), np.empty((len(QUARTERLY), quarters))
    read, places = np.empty(rows, dtype=np.int64), np.empty((2, rows), dtype=np.int64)
    within = np.empty((KINDS, 2), dtype=np.int64)
    arrays = {"cuts": cuts, "counts": counts, "sums": sums, "together": together, "weekly": weekly}
    arrays |= {"quarterly": quarterly, "read": read, "places": places, "first": first, "within": within}
    call(kernels.count_rows, kernels.ROWS, trace, arrays, first_quarter=window.first, quarters=quarters)
    sums_of = counts.T.astype(np.float64), sums.T, together.T, weekly, quarterly
    return Totals(cuts, *sums_of, places[0], places[1], first[0], within)


def deal_sums(trace: Trace, entity: NDArray[np.int64]) -> DealSums:
    """Count, summed time and summed value by kind and deal."""
    rows, deals, slots = len(trace.time), len(entity), kernels.SLOTS
    sums = np.zeros((deals + 1, NO_KIND, kernels.OF_DEAL))  # the last are nobody's
    taken, owner = np.zeros(slots, dtype=np.uint8), np.empty(slots, dtype=np.int32)
    after, lists = np.empty(deals, dtype=np.int32), np.empty((3, rows), dtype=np.int64)
    arrays = {"deals": entity, "taken": taken, "owner": owner, "after": after, "lists": lists, "sums": sums}
    call(kernels.sum_by_deal, kernels.DEALS, trace, arrays, deals=deals)
    return DealSums(*sums[:deals].T)


def call(kernel: Any, form: np.dtype[np.void], trace: Trace, arrays: dict[str, NDArray[Any]], **sizes: int) -> None:  # noqa: ANN401 - an entry of kernels.py
    """Hand a kernel the addresses of arrays, all of which live until it returns."""
    asked = np.zeros(1, form)
    one = asked[0]
    one["rows"] = len(trace.time)
    for name, size in sizes.items():
        one[name] = size
    for name, array in (*zip(Trace._fields, trace, strict=True), *arrays.items()):
        one[f"at_{name}"] = array.ctypes.data
    kernel(asked)
