"""What single companies go through: a replication is one company, and the mean of all is the fate of none.

    ahead_q = share of companies whose own net value, summed from quarter 1 to q, is above zero
    p10, p50, p90 of a company's own mean net value a quarter

That a mean is surely above zero says nothing of how many companies are. Shares have Wilson's interval
(interval.of_share), percentiles that of order statistics: x_(l) to x_(u), with l the largest and u the smallest rank
for which

    P(B < l) <= 0.025,  P(B >= u) <= 0.025,  B ~ binomial(n, p)

so that it covers with at least 95 % whatever the distribution; empty where n is too small for such ranks. Percentiles
are median-unbiased.

Source: Hyndman and Fan (1996), Sample quantiles, type 8; Conover (1999), Practical Nonparametric Statistics, 3.2.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import bdtr

from revsim.analysis import interval
from revsim.analysis.cube import FEWEST, Floats
from revsim.analysis.interval import CONFIDENCE, NOTHING, Interval

PERCENTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}


class Companies(NamedTuple):
    """Shares of companies that are ahead at the end of each quarter; percentiles of net value in money a quarter."""

    ahead: list[Interval]
    percentiles: dict[str, Interval]

    @property
    def at_the_end(self) -> Interval:
        """Share of companies that are ahead when the window ends."""
        return self.ahead[-1]


def companies(net: Floats) -> Companies:
    """Of net value, (replication, quarter)."""
    ahead = (np.cumsum(net, axis=1) > 0.0).astype(np.float64)
    own = net.mean(axis=1)
    return Companies(
        [interval.of_share(ahead[:, quarter]) for quarter in range(ahead.shape[1])],
        {name: percentile(own, share) for name, share in PERCENTILES.items()},
    )


def percentile(values: Floats, share: float) -> Interval:
    """The percentile at `share` (0 to 1) of one number a replication, with the interval of order statistics."""
    n = len(values)
    if not n:
        return NOTHING
    found = float(np.quantile(values, share, method="median_unbiased"))
    tail, ranks = (1.0 - CONFIDENCE) / 2.0, np.arange(1, n + 1)
    below = np.asarray(bdtr(ranks - 1.0, n, share))  # P(B < rank)
    lower, upper = ranks[below <= tail], ranks[1.0 - below <= tail]
    if n < FEWEST or not len(lower) or not len(upper):
        return Interval(found, np.nan, np.nan)
    ordered = np.sort(values)
    return Interval(found, float(ordered[lower[-1] - 1]), float(ordered[upper[0] - 1]))
