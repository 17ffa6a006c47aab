"""How far a company's new business swings from quarter to quarter: one standard deviation over its own quarters.

    volatility = sqrt(sum_q (A_q - mean A)^2 / (quarters - 1))      money a quarter, of each replication

As a share it is told against the scenario's own mean, and against the baseline's of the same replication, which selling
more does not improve. Growth, season and what a remedy builds up are in it, as they are in what a company lives
through.
"""

from __future__ import annotations

import numpy as np

from revsim.analysis.cube import Floats
from revsim.analysis.measure import Measure
from revsim.analysis.view import View, ratio

VOLATILITY = "bookings_volatility"


def volatility(view: View) -> Floats:
    """(replication,): in money; NaN with one quarter."""
    actual = view.quarter("bookings")
    if actual.shape[1] == 1:
        return np.full(actual.shape[0], np.nan)
    return np.asarray(actual.std(axis=1, ddof=1))


def own_share(view: View) -> Floats:
    """(replication,): against its own mean; NaN where nothing is booked."""
    return ratio(volatility(view), view.quarter("bookings").mean(axis=1))


def common_share(view: View) -> Floats:
    """(replication,): against the baseline's mean of the same replication; NaN where that is nothing."""
    return ratio(volatility(view), view.base_quarter("bookings").mean(axis=1))


TITLE = "Volatility of new business from quarter to quarter"
MEASURES = [
    Measure(VOLATILITY, TITLE, "money/quarter", "lower", "volatility", volatility),
    Measure(f"{VOLATILITY}_share", f"{TITLE}, of its own mean", "share", "lower", "volatility", own_share),
    Measure(f"{VOLATILITY}_common", f"{TITLE}, of the baseline's mean", "share", "lower", "volatility", common_share),
]
