"""What a screening asks of each company: the headlines' effects of each scenario against the baseline.

Effects on variance and volatility are log ratios, ln(own / base), which noise pulls to neither side; those on net value
are money a quarter. All are of one company, over the replications that all of its scenarios have.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from revsim.analysis.balance import CONTRIBUTES, COST
from revsim.analysis.cube import Cube, Floats
from revsim.analysis.net_value import NET_OF_NEW_BUSINESS, NET_VALUE
from revsim.analysis.variance import HEADLINE, forecast_variance
from revsim.analysis.view import View
from revsim.analysis.volatility import VOLATILITY, common_share, own_share

WEEK = 7
QUARTERS, WEEKS = ("bookings", *CONTRIBUTES, *COST), ("forecast",)  # columns that are read
LOGS, MONEY = "log ratio", "money/quarter"


class Asked(NamedTuple):
    """A measure: its name in tables, in words, and the unit of its effects."""

    name: str
    words: str
    unit: str


MEASURES = (
    Asked(HEADLINE, "forecast variance at mid-quarter", LOGS),
    Asked(f"{HEADLINE}_common", "forecast variance at mid-quarter, against the baseline's bookings", LOGS),
    Asked(VOLATILITY, "volatility of new business", LOGS),
    Asked(f"{VOLATILITY}_common", "volatility of new business, against the baseline's bookings", LOGS),
    Asked(NET_OF_NEW_BUSINESS.name, "net value without renewals", MONEY),
    Asked(NET_VALUE.name, "net value", MONEY),
)


def _log_ratio(own: float, base: float) -> float:
    return float(np.log(own / base)) if own > 0.0 and base > 0.0 else float("nan")


def answers(cube: Cube, own: int, base: int) -> Floats:
    """(measure,): the effects of scenario `own` on MEASURES; NaN where one cannot be told."""
    mine, theirs = View(cube, own, base), View(cube, base, base)
    variances = [
        _log_ratio(forecast_variance(mine, WEEK, form).value, forecast_variance(theirs, WEEK, form).value)
        for form in ("", "_common")
    ]
    swings = [_log_ratio(float(read(mine).mean()), float(read(theirs).mean())) for read in (own_share, common_share)]
    worth = [float((measure.read(mine) - measure.read(theirs)).mean()) for measure in (NET_OF_NEW_BUSINESS, NET_VALUE)]
    return np.asarray([*variances, *swings, *worth])
