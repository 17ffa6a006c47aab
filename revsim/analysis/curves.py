"""Curves and distributions that figures draw, as small tidy frames."""

from __future__ import annotations

import numpy as np
import pandas as pd

from revsim.analysis import interval
from revsim.analysis.comparison import Comparison
from revsim.analysis.interval import Interval
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View
from revsim.units import WEEKS_PER_QUARTER

PERCENTILES = (5, 25, 50, 75, 95)


def _spread(comparison: Comparison, own: int, week: int) -> Interval:
    """Root of forecast variance.

    The interval is that of the paired difference to the baseline, at the baseline's level; for a scenario alone that of
    its level. The baseline beside others has none.
    """
    cube, base = comparison.cube, comparison.base
    mine = forecast_variance(View(cube, own, base), week)
    if not comparison.others:
        squares = interval.of_jackknife(mine)
    elif own == base:
        squares = Interval(mine.value, np.nan, np.nan)
    else:
        theirs = forecast_variance(View(cube, base, base), week)
        relative = interval.as_share(interval.log_ratio(mine, theirs))
        squares = Interval(mine.value, *(theirs.value * (1.0 + part) for part in (relative.low, relative.high)))
    return Interval(*np.sqrt(np.maximum(squares, 0.0)).tolist())


def error_by_week(comparison: Comparison) -> pd.DataFrame:
    """scenario, week, spread (root of V) with low and high, chance (root of its part of chance, else NaN)."""
    rows = []
    for own, name in enumerate(comparison.cube.scenarios):
        view = View(comparison.cube, own, comparison.base)
        for week in range(1, WEEKS_PER_QUARTER + 1):
            chance = float(np.sqrt(forecast_variance(view, week, "_chance").value))  # a sum of squares, or NaN
            rows.append((name, week, *_spread(comparison, own, week), chance))
    return pd.DataFrame(rows, columns=["scenario", "week", "spread", "low", "high", "chance"])


def bookings_spread(comparison: Comparison) -> pd.DataFrame:
    """scenario, percentiles of a quarter's bookings, mean plan of the baseline, plan_met."""
    rows = []
    for own, name in enumerate(comparison.cube.scenarios):
        view = View(comparison.cube, own, comparison.base)
        points = np.percentile(view.quarter("bookings"), PERCENTILES)
        met = comparison.row(own, "plan_met").level.estimate
        rows.append((name, *points, float(view.base_quarter("plan").mean()), met))
    return pd.DataFrame(rows, columns=["scenario", *(f"p{p}" for p in PERCENTILES), "plan", "plan_met"])
