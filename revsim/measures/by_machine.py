"""What the passes find, by machine code; the same as `by_numpy.py` finds."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np

from revsim.contract.trace import Trace
from revsim.measures.kernels.counting import ROWS, count_rows
from revsim.measures.kernels.joining import DEALS, OF_DEAL, SLOTS, sum_by_deal
from revsim.measures.kinds import KINDS, NO_KIND, NOWHERE, QUARTERLY, WEEKLY
from revsim.measures.sums import DealSums, Totals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.measures.window import Window

Arrays = dict[str, "NDArray[Any]"]


class _Kept(threading.local):
    lists = np.empty((3, 0), dtype=np.int64)


_kept = _Kept()


def lists_of(rows: int) -> NDArray[np.int64]:
    """Room for three lists of rows, (3, at least so many), kept by each thread, as fresh memory is slow."""
    if _kept.lists.shape[1] < rows:
        _kept.lists = np.empty((3, rows + rows // 8), dtype=np.int64)
    return _kept.lists


def totals(trace: Trace, window: Window) -> Totals:
    """Counts and sums by quarter and kind, states, and the places of rows that are read one by one."""
    quarters, lists = window.quarters, lists_of(len(trace.time))
    # no row is in two quarters, even if the rows were in no order: the lists have room for each once
    cuts = np.maximum.accumulate(np.searchsorted(trace.time, window.bounds))
    counts, sums = np.zeros((quarters, KINDS), dtype=np.int64), np.zeros((quarters, KINDS))
    together, first = np.zeros((quarters, NOWHERE + 1)), np.zeros((2, KINDS + 1), dtype=np.int64)
    weekly, quarterly = (np.full(size, np.nan) for size in ((len(WEEKLY), window.weeks), (len(QUARTERLY), quarters)))
    within = np.empty((KINDS, 2), dtype=np.int64)
    arrays: Arrays = {"cuts": cuts, "counts": counts, "sums": sums, "together": together, "weekly": weekly}
    arrays |= {"quarterly": quarterly, "lists": lists, "first": first, "within": within}
    sizes = {"first_quarter": window.first, "quarters": quarters, "room": lists.shape[1]}
    called(count_rows, ROWS, trace, arrays, sizes)
    places, quarter_of = lists[1:, : first[0, -1]].copy()
    by_quarter = (counts.T.astype(np.float64), sums.T, together.T[:NOWHERE])
    return Totals(cuts, *by_quarter, weekly, quarterly, places, quarter_of, first[0], within)


def deal_sums(trace: Trace, entity: NDArray[np.int64]) -> DealSums:
    """Count, summed time and summed value by kind and deal."""
    deals, lists = len(entity), lists_of(len(trace.time))
    sums = np.zeros((deals + 1, NO_KIND, OF_DEAL))  # the last are nobody's
    taken, owner = np.zeros(SLOTS, dtype=np.uint8), np.empty(SLOTS, dtype=np.int32)
    after = np.empty(deals, dtype=np.int32)
    arrays: Arrays = {"deals": entity, "taken": taken, "owner": owner, "after": after, "lists": lists, "sums": sums}
    called(sum_by_deal, DEALS, trace, arrays, {"deals": deals, "room": lists.shape[1]})
    return DealSums(*sums[:deals].T)


def called(
    kernel: Any,  # noqa: ANN401 - an entry of kernels/
    record: np.dtype[np.void],
    trace: Trace,
    arrays: Arrays,
    sizes: dict[str, int],
) -> None:
    """Hand a kernel sizes, and the addresses of arrays, all of which live until it returns."""
    asked = np.zeros(1, record)
    one = asked[0]
    one["rows"] = len(trace.time)
    for name, size in sizes.items():
        one[name] = size
    for name, array in (*trace._asdict().items(), *arrays.items()):
        one[f"at_{name}"] = array.ctypes.data
    kernel(asked)
