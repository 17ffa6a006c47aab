"""The tail against the baseline's plan: revenue at risk and expected shortfall, bootstrapped over replications."""

from __future__ import annotations

import numpy as np

from revsim.analysis.cube import Floats
from revsim.analysis.resample import picks
from revsim.analysis.view import View

TAIL = 0.05
DRAWS = 500
CELLS = 4_000_000
FEWEST_IN_TAIL = 20  # one replication in twenty is the tail; with fewer an interval would be made up

TITLES = {
    "revenue_at_risk": "Revenue at risk (plan less the 5th percentile)",
    "expected_shortfall": "Expected shortfall (plan less the worst 5 %)",
}


def shortfall(view: View) -> Floats:
    """(replication, quarter): the baseline's plan less the scenario's bookings; below zero is above plan."""
    return np.asarray(view.base_quarter("plan") - view.quarter("bookings"))


def tail_of(values: Floats) -> Floats:
    """(2,): mean over quarters of the 95th percentile over replications, and of the mean of what lies beyond.

    `values` is (..., replication, quarter). At least one replication is in the tail.
    """
    ordered = np.sort(values, axis=-2)
    worst = max(1, round(TAIL * values.shape[-2]))
    at_risk = np.quantile(ordered, 1.0 - TAIL, axis=-2).mean(axis=-1)
    beyond = ordered[..., -worst:, :].mean(axis=(-2, -1))
    return np.stack([at_risk, beyond], axis=-1)


def resampled(values: Floats) -> Floats:
    """(DRAWS, 2): the tail of resampled replications; the same resamples in each scenario, so differences pair."""
    if len(values) < FEWEST_IN_TAIL:
        return np.full((DRAWS, 2), np.nan)
    taken = picks(len(values), DRAWS)
    step = max(1, CELLS // values.size)
    return np.concatenate([tail_of(values[taken[at : at + step]]) for at in range(0, DRAWS, step)])
