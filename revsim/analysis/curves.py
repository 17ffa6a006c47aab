"""Curves and distributions that figures draw, as small tidy frames."""

from __future__ import annotations

import numpy as np
import pandas as pd

from revsim.analysis.comparison import Comparison
from revsim.analysis.forecasting import wape
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View, mean

PERCENTILES = (5, 25, 50, 75, 95)


def error_by_week(comparison: Comparison) -> pd.DataFrame:
    """scenario, week, wape, spread (root of V), chance (root of its part of chance, else NaN)."""
    rows = []
    for own, name in enumerate(comparison.cube.scenarios):
        view = View(comparison.cube, own, comparison.base)
        for week in range(1, view.week("forecast").shape[2] + 1):
            parts = [forecast_variance(view, week, form).value for form in ("", "_chance")]
            roots = [float(np.sqrt(part)) if part >= 0.0 else np.nan for part in parts]
            rows.append((name, week, float(mean(wape(week)(view))), *roots))
    return pd.DataFrame(rows, columns=["scenario", "week", "wape", "spread", "chance"])


def bookings_spread(comparison: Comparison) -> pd.DataFrame:
    """scenario, percentiles of a quarter's bookings, mean plan of the baseline, plan_met."""
    rows = []
    for own, name in enumerate(comparison.cube.scenarios):
        view = View(comparison.cube, own, comparison.base)
        points = np.percentile(view.quarter("bookings"), PERCENTILES)
        met = comparison.row(own, "plan_met").level.estimate
        rows.append((name, *points, float(view.base_quarter("plan").mean()), met))
    return pd.DataFrame(rows, columns=["scenario", *(f"p{p}" for p in PERCENTILES), "plan", "plan_met"])
