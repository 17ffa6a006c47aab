"""The headline: variance of the forecast's error across replications, and its parts of chance and structure.

    V_w = mean over quarters of [ Var_r(F_w - A) / mean_r(A)^2 ]

Intervals by the delete-one jackknife over replications. All leave-one-out values are closed forms of sums.
"""

from __future__ import annotations

import numpy as np

from revsim.analysis.cube import FEWEST, Floats
from revsim.analysis.futures import futures_of
from revsim.analysis.jackknife import Jackknifed, means
from revsim.analysis.view import View

HEADLINE = "forecast_variance_week_7"
WEEKS_SHOWN = (7, 1, 12)
FORMS = ("", "_common", "_structure", "_chance")


def covariance(left: Floats, right: Floats, scale: Floats) -> Jackknifed:
    """Mean over quarters of cov_r(left, right) / mean_r(scale)^2; NaN with fewer than two replications.

    All are (replication, quarter). Quarters whose mean scale is zero have no share; they are left out.
    """
    n = len(left)
    if n == 1:
        return Jackknifed(np.nan, np.full(n, np.nan))
    product = (left - left.mean(axis=0)) * (right - right.mean(axis=0))
    total = product.sum(axis=0)
    level, level_without = means(scale)
    there = level > 0.0
    if not there.any():
        return Jackknifed(np.nan, np.full(n, np.nan))
    value = float((total / (n - 1))[there].dot(1.0 / level[there] ** 2) / there.sum())
    if n < FEWEST:
        return Jackknifed(value, np.full(n, np.nan))
    # removing r takes its product, and moves the mean: together d*d*n/(n-1)
    without = (total - product * (n / (n - 1))) / (n - 2)
    below = np.where(level_without > 0.0, level_without, np.nan)
    return Jackknifed(value, np.asarray((without / below**2)[:, there].mean(axis=1)))


def forecast_variance(view: View, week: int, form: str = "") -> Jackknifed:
    """V at `week` in one of its FORMS; NaN where continuations are wanted and absent."""
    actual = view.quarter("bookings")
    error = view.forecast(week) - actual
    if form in ("", "_common"):
        return covariance(error, error, view.base_quarter("bookings") if form else actual)
    chance, whole = futures_of(view, week).chance(), covariance(error, error, actual)
    if form == "_chance":
        return chance
    # what is left of V, which all quarters tell: products of pairs alone (`Futures.structure`) are far more uncertain
    return Jackknifed(whole.value - chance.value, whole.without - chance.without)
