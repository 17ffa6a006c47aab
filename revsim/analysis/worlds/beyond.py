"""In how many worlds a scenario truly lowers a variance, with the noise of each world's few replications taken out.

Counting clear wins counts power as well: with few replications a world is undecided. Taken as normal over worlds, with
y the logarithm of the ratio of variances in a world and s its standard error,

    mu = mean y,  tau^2 = max(0, Var y - mean s^2),  share below zero = Phi(-mu / tau)

the moment estimate of a random-effects model (Hedges and Olkin 1985). Interval: bootstrap over worlds.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import norm

from revsim.analysis.cube import Floats
from revsim.analysis.interval import CONFIDENCE, NOTHING, Interval
from revsim.analysis.resample import counts
from revsim.analysis.worlds.contests import COMMON, VARIANCE

CRITERIA = (VARIANCE, COMMON)
FEWEST_WORLDS = 20
SIDES = 2.0 * float(norm.ppf(0.5 + CONFIDENCE / 2.0))  # width of an interval in standard errors


def share_below(effect: Floats, error: Floats, weights: Floats | None = None) -> Floats:
    """(row,): share of worlds (world,) whose true effect is below zero; `weights` is (row, world), all ones if None."""
    taken = np.ones((1, len(effect))) if weights is None else weights
    n = taken.sum(axis=1)
    mean = taken @ effect / n
    spread = (taken @ effect**2 / n - mean**2) * n / (n - 1.0) - taken @ error**2 / n
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.where(spread > 0.0, -mean / np.sqrt(np.maximum(spread, 0.0)), -np.sign(mean) * np.inf)
    return np.asarray(np.where((spread <= 0.0) & (mean == 0.0), 0.5, norm.cdf(steps)))


def lowers(group: pd.DataFrame) -> Interval:
    """The share of a contest's worlds in which `own` truly has the lower variance; empty for other criteria or few."""
    if group["criterion"].iloc[0] not in CRITERIA:
        return NOTHING
    logs = np.log1p(group[["estimate", "low", "high"]].to_numpy(dtype=np.float64))
    logs = logs[np.isfinite(logs).all(axis=1)]
    if len(logs) < FEWEST_WORLDS:
        return NOTHING
    effect, error = logs[:, 0], (logs[:, 2] - logs[:, 1]) / SIDES
    drawn = share_below(effect, error, counts(len(logs)))
    low, high = np.quantile(drawn, (0.5 - CONFIDENCE / 2.0, 0.5 + CONFIDENCE / 2.0))
    found = float(share_below(effect, error)[0])
    return Interval(found, min(float(low), found), max(float(high), found))
