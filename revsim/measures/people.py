"""Hours, loads, energy, exits and the time that decisions take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.trace import Kind
from revsim.measures.window import counts, means, rows_of, sums
from revsim.units import HOURS_PER_WEEK, WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.measures.grouped import Traced
    from revsim.measures.window import Window

Columns = dict[str, "NDArray[np.float64]"]


def people(trace: Traced, window: Window, seats: int) -> Columns:
    """Hours by use, load of reps and desk (hours worked against hours there), exits, decisions."""
    rep_hours = sums(rows_of(trace, window, Kind.REPS_HOURS), window)
    desk_hours = sums(rows_of(trace, window, Kind.DESK_HOURS), window)
    return {
        "reconciliation_hours": sums(rows_of(trace, window, Kind.RECONCILIATION_HOURS), window),
        "coordination_hours": sums(rows_of(trace, window, Kind.COORDINATION_HOURS), window),
        "heroics_hours": sums(rows_of(trace, window, Kind.BRIDGED), window),
        "design_hours": sums(rows_of(trace, window, Kind.DESIGN_HOURS), window),
        "exits": counts(rows_of(trace, window, Kind.EXIT), window),
        "decision_latency_days": means(rows_of(trace, window, Kind.DECIDED), window),
        "selling_share": rep_hours / (seats * HOURS_PER_WEEK * WEEKS_PER_QUARTER),
        "rep_load": share(sums(rows_of(trace, window, Kind.WORK_DONE), window), rep_hours),
        "desk_load": share(sums(rows_of(trace, window, Kind.DESK_DONE), window), desk_hours),
    }


def share(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """Part / whole; NaN where there is nothing."""
    return np.where(whole > 0.0, part / np.where(whole > 0.0, whole, 1.0), np.nan)
