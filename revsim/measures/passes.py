"""The passes over all rows of a trace: by machine code where the engine runs as such, else by numpy; to the same bits.

A study on the SimPy engine imports no numba for its measures: what it costs to import is more than they take.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.trace import ROW
from revsim.measures import by_numpy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.contract.trace import Trace
    from revsim.measures.sums import DealSums, Totals
    from revsim.measures.window import Window

MACHINE = "revsim.machine.kernel"  # imported by whoever runs machine code


def totals(trace: Trace, window: Window) -> Totals:
    """Counts and sums by quarter and kind, and the places of rows that are read one by one."""
    if not (MACHINE in sys.modules and is_plain(trace)):
        return by_numpy.totals(trace, window)
    from revsim.measures import by_machine  # noqa: PLC0415 - numba is not paid for by those who run none

    return by_machine.totals(trace, window)


def deal_sums(trace: Trace, entity: NDArray[np.int64]) -> DealSums:
    """Count, summed time and summed value by kind and deal; deals by entity, of any size."""
    if not (MACHINE in sys.modules and is_plain(trace)):
        return by_numpy.deal_sums(trace, entity)
    from revsim.measures import by_machine  # noqa: PLC0415 - as above

    return by_machine.deal_sums(trace, np.ascontiguousarray(entity, dtype=np.int64))


def is_plain(trace: Trace) -> bool:
    """Whether the columns are of the contract's types and lie in one piece, as machine code reads them."""
    size = len(trace.time)
    return all(
        column.dtype == ROW[name] and column.shape == (size,) and column.flags.c_contiguous and column.flags.aligned
        for name, column in trace._asdict().items()
    )
