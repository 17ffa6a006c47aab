"""Several scenarios: multiple comparison with the best (Hsu 1981), on forecast variance at mid-quarter.

With theta the logarithm of V and lower the better, the constrained intervals of theta_i - min over j != i of theta_j
hold for all scenarios at once with 95 %:

    i may be best where   min over j of (theta_j - theta_i + d_i s_ij) >= 0
    lower_i = - min over j of (theta_j - theta_i + d_i s_ij), or 0 for what cannot be best
    upper_i = max(0, max over j that may be best of (theta_i - theta_j + d_j s_ij))

s_ij is the jackknife's standard error of the paired difference and d_i the one-sided quantile of Dunnett's kind with i
as the control, from the joint resamples of all scenarios: whatever correlation common luck leaves is in it. Widened
from normal to t by the smallest degrees of freedom of the differences.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri, stdtrit

from revsim.analysis.cube import FEWEST, Cube, Floats
from revsim.analysis.interval import CONFIDENCE, Interval, as_share, degrees_of
from revsim.analysis.ranking import WEEK, candidates, resampled_variances
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View

LEAST = 3  # two are told apart by the paired interval


class Contestant(NamedTuple):
    """A scenario (`place` in the cube): V against the best of the others, as the ratio less one."""

    place: int
    scenario: str
    against_best: Interval
    may_be_best: bool


class Differences(NamedTuple):
    """theta_i - theta_j (scenario, scenario), its standard errors, and the quantiles d (scenario,)."""

    theta: Floats
    errors: Floats
    quantiles: Floats


def contestants(cube: Cube, draws: Floats | None = None) -> list[Contestant]:
    """The scenarios that a company could choose; empty below three, or where some variance has no logarithm.

    `draws` are those of `ranking.of_candidates`, where somebody has them.
    """
    among = candidates(cube)
    if len(among) < LEAST or len(cube.replications) < FEWEST:
        return []
    found = [forecast_variance(View(cube, own, own), WEEK) for own in among]
    without = np.stack([one.without for one in found], axis=1)
    draws = resampled_variances(cube, among) if draws is None else draws
    if not (np.isfinite(without).all() and without.min() > 0.0 and draws.min() > 0.0):
        return []
    values = np.log([one.value for one in found])
    pairs = _differences(values, np.log(without), np.log(draws))
    lows, highs, able = constrained(pairs)
    gaps = [values[k] - np.delete(values, k).min() for k in range(len(among))]
    return [
        Contestant(
            own,
            cube.scenarios[own],
            as_share(Interval(float(gaps[k]), float(lows[k]), float(highs[k]))),
            bool(able[k]),
        )
        for k, own in enumerate(among)
    ]


def _differences(values: Floats, without: Floats, draws: Floats) -> Differences:
    """All pairs; `without` are leave-one-out values (replication, scenario), `draws` (draws, scenario)."""
    n, count = without.shape
    away = without[:, :, None] - without[:, None, :]
    away = away - away.mean(axis=0)
    errors = np.sqrt((n - 1) / n * (away * away).sum(axis=0))
    fewest = min(degrees_of(away[:, i, j]) for i in range(count) for j in range(i))
    wider = float(stdtrit(fewest, CONFIDENCE) / ndtri(CONFIDENCE))
    quantiles = np.empty(count)
    for i in range(count):
        others = [j for j in range(count) if j != i and errors[i, j] > 0.0]
        moved = (draws[:, [i]] - draws[:, others]) - (values[i] - values[others])
        worst = (moved / errors[i, others]).max(axis=1) if others else np.zeros(1)
        quantiles[i] = wider * float(np.quantile(worst, CONFIDENCE))
    return Differences(values[:, None] - values[None, :], errors, quantiles)


def constrained(pairs: Differences) -> tuple[Floats, Floats, Floats]:
    """Lower and upper ends of theta_i - min of the others, and which may be best; (scenario,) each."""
    theta, errors, d = pairs
    count = len(theta)
    off = ~np.eye(count, dtype=np.bool_)
    reach = theta.T + d[:, None] * errors  # theta_j - theta_i + d_i s_ij
    able = np.array([bool((reach[i, off[i]] >= 0.0).all()) for i in range(count)])
    lows = np.array([-float(reach[i, off[i]].min()) if able[i] else 0.0 for i in range(count)])
    bounds = np.where(off & able[None, :], theta + d[None, :] * errors, 0.0)
    return lows, bounds.max(axis=1), able  # never below the zero of its own place
