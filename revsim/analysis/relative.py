"""An effect as a share of the baseline's level, which is itself uncertain: own / base - 1.

    R = mean(own) / mean(base),   R -+ t sd(own - R base) / (mean(base) sqrt(n))

the delta method for a ratio of paired means (Cochran 1977, Sampling Techniques, chapter 6). To divide the effect's
interval by the baseline's mean would take that as known: far too narrow for what the effect nearly removes or doubles.
"""

from __future__ import annotations

import numpy as np

from revsim.analysis import interval
from revsim.analysis.cube import Floats
from revsim.analysis.interval import NOTHING, Interval


def of_means(own: Floats, base: Floats) -> Interval:
    """Of one number a replication, (replication,); pairs that lack one are left out. Empty unless mean(base) > 0."""
    there = np.isfinite(own) & np.isfinite(base)
    mine, theirs = own[there], base[there]
    if not len(theirs) or not theirs.mean() > 0.0:
        return NOTHING
    ratio = float(mine.mean() / theirs.mean())
    around = interval.of_mean((mine - ratio * theirs) / theirs.mean())
    return Interval(ratio - 1.0, ratio - 1.0 - around.half, ratio - 1.0 + around.half)


def of_draws(value: float, base: float, draws: Floats, changes: Floats, replications: int) -> Interval:
    """Of a statistic with resamples (draw,) of its value and of its change; empty unless the baseline's is above 0."""
    if not base > 0.0:
        return NOTHING
    below = draws - changes
    if not (below > 0.0).all():
        return Interval(value / base - 1.0, np.nan, np.nan)
    return interval.of_bootstrap(value / base - 1.0, changes / below, replications)
