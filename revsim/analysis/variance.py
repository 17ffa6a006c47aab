"""The headline: variance of the forecast's error across replications, and its parts of chance and structure.

    V_w = mean over quarters of Var_r(F_w - A) / mean_r(A)^2

Intervals by the delete-one jackknife over replications. All leave-one-out values are closed forms of sums.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from revsim.analysis.cube import FEWEST, Floats
from revsim.analysis.view import View

HEADLINE = "forecast_variance_week_7"
WEEKS_SHOWN = (7, 1, 12)
FORMS = ("", "_common", "_structure", "_chance")


class Jackknifed(NamedTuple):
    """A statistic and its leave-one-out values (replication)."""

    value: float
    without: Floats


def _means(values: Floats) -> tuple[Floats, Floats]:
    """Mean over replications by quarter, and leave-one-out means (replication, quarter)."""
    n = len(values)
    whole = values.mean(axis=0)
    return whole, whole + (whole - values) / max(n - 1, 1)


def covariance(left: Floats, right: Floats, scale: Floats) -> Jackknifed:
    """Mean over quarters of cov_r(left, right) / mean_r(scale)^2; NaN with fewer than two replications.

    All are (replication, quarter). Quarters whose mean scale is zero have no share; they are left out.
    """
    n = len(left)
    if n == 1:
        return Jackknifed(np.nan, np.full(n, np.nan))
    product = (left - left.mean(axis=0)) * (right - right.mean(axis=0))
    total = product.sum(axis=0)
    level, level_without = _means(scale)
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


def _chance(view: View, week: int, scale: Floats) -> Jackknifed:
    """n/(n+1) E(A - O)^2 over mean_r(A)^2, O the mean of n continuations."""
    actual, oracle = view.quarter("bookings"), view.week("oracle")[:, :, week - 1]
    number = view.week("oracle_n")[:, :, week - 1]
    squares = (actual - oracle) ** 2 * number / (number + 1.0)
    level, level_without = _means(scale)
    mean, mean_without = _means(squares)
    if len(actual) == 1 or not (level > 0.0).all():
        return Jackknifed(np.nan, np.full(len(actual), np.nan))
    return Jackknifed(float((mean / level**2).mean()), np.asarray((mean_without / level_without**2).mean(axis=1)))


def has_oracle(view: View, week: int) -> bool:
    """Whether continuations of each replication and quarter are there."""
    weekly = view.cube.weekly
    if "oracle" not in weekly or "oracle_n" not in weekly:
        return False
    return bool(np.isfinite(view.week("oracle")[:, :, week - 1]).all())


def forecast_variance(view: View, week: int, form: str = "") -> Jackknifed:
    """V at `week` in one of its FORMS; NaN where continuations are wanted and absent."""
    actual = view.quarter("bookings")
    error = view.forecast(week) - actual
    if form in ("", "_common"):
        return covariance(error, error, view.base_quarter("bookings") if form else actual)
    if not has_oracle(view, week):
        return Jackknifed(np.nan, np.full(len(actual), np.nan))
    if form == "_chance":
        return _chance(view, week, actual)
    return covariance(error, view.forecast(week) - view.week("oracle")[:, :, week - 1], actual)
