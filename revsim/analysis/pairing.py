"""What pairing on the same luck bought: the share of an effect's variance that independent luck would have added.

    variance reduction = 1 - Var(own - base) / (Var(own) + Var(base))

over replications (means), leave-one-out values (variances, as logarithms where all are positive: their effects are
ratios) or resamples (tails). 0.9 means that independent runs would need ten times as many replications for the same
interval, 1 / (1 - 0.9). Below zero pairing does harm. NaN where nothing varies.
"""

from __future__ import annotations

import numpy as np

from revsim.analysis.cube import FEWEST, Floats
from revsim.analysis.jackknife import Jackknifed


def _reduction(own: Floats, base: Floats, difference: Floats) -> float:
    """The share; NaN with fewer than FEWEST numbers or where neither varies; 1 for equal scenarios."""
    if len(own) < FEWEST:
        return float(np.nan)
    alone = float(own.var() + base.var())
    return 1.0 - float(difference.var()) / alone if alone > 0.0 else float(np.nan)


def of_values(own: Floats, base: Floats) -> float:
    """Of a mean; replications without a number in either are left out."""
    there = np.isfinite(own) & np.isfinite(base)
    mine, theirs = own[there], base[there]
    return _reduction(mine, theirs, mine - theirs)


def of_jackknife(own: Jackknifed, base: Jackknifed) -> float:
    """Of a log ratio, or of a difference where there is no logarithm; NaN where a value is."""
    mine, theirs = own.without, base.without
    if np.minimum(mine, theirs).min() > 0.0:
        mine, theirs = np.log(mine), np.log(theirs)
    return _reduction(mine, theirs, mine - theirs)


def of_draws(own: Floats, difference: Floats) -> float:
    """Of a tail, from resamples of the scenario and of its paired difference to the baseline."""
    if not np.isfinite(difference).all():
        return float(np.nan)
    return _reduction(own, own - difference, difference)
