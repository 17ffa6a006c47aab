"""Hours, loads, energy, exits and the time that decisions take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.trace import Kind
from revsim.measures.window import divided
from revsim.units import HOURS_PER_WEEK, WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.measures.grouped import Grouped

Columns = dict[str, "NDArray[np.float64]"]


def people(trace: Grouped, seats: int) -> Columns:
    """Hours by use, load of reps and desk (hours worked against hours there), exits, decisions."""
    rep_hours = trace.sums(Kind.REPS_HOURS)
    desk_hours = trace.sums(Kind.DESK_HOURS)
    return {
        "reconciliation_hours": trace.sums(Kind.RECONCILIATION_HOURS),
        "coordination_hours": trace.sums(Kind.COORDINATION_HOURS),
        "heroics_hours": trace.sums(Kind.BRIDGED),
        "design_hours": trace.sums(Kind.DESIGN_HOURS),
        "exits": trace.counts(Kind.EXIT),
        "decision_latency_days": divided(trace.sums(Kind.DECIDED), trace.counts(Kind.DECIDED)),
        "selling_share": rep_hours / (seats * HOURS_PER_WEEK * WEEKS_PER_QUARTER),
        "rep_load": share(trace.sums(Kind.WORK_DONE), rep_hours),
        "desk_load": share(trace.sums(Kind.DESK_DONE), desk_hours),
    }


def share(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """Part / whole; NaN where there is nothing."""
    return np.where(whole > 0.0, part / np.where(whole > 0.0, whole, 1.0), np.nan)
