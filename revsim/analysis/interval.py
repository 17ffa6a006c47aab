"""95 % intervals over replications: paired t, jackknife t, bootstrap. Empty (NaN) where the data allow none."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from revsim.analysis.cube import FEWEST, Floats
from revsim.analysis.jackknife import Jackknifed

CONFIDENCE = 0.95


class Interval(NamedTuple):
    """An estimate between low and high; NaN is an empty cell."""

    estimate: float
    low: float
    high: float

    @property
    def half(self) -> float:
        """Half the width."""
        return (self.high - self.low) / 2.0

    @property
    def clear(self) -> bool:
        """Whether zero lies outside."""
        return self.low > 0.0 or self.high < 0.0


NOTHING = Interval(np.nan, np.nan, np.nan)


def _t(degrees: int) -> float:
    """The t quantile of a two-sided 95 % interval."""
    return float(stdtrit(degrees, 0.5 + CONFIDENCE / 2.0))


def of_mean(values: Floats) -> Interval:
    """Mean and t interval of one number a replication; those without a number are left out."""
    there = values[np.isfinite(values)]
    if not len(there):
        return NOTHING
    centre = float(there.mean())
    if len(there) < FEWEST:
        return Interval(centre, np.nan, np.nan)
    half = _t(len(there) - 1) * float(there.std(ddof=1)) / len(there) ** 0.5
    return Interval(centre, centre - half, centre + half)


def of_jackknife(statistic: Jackknifed) -> Interval:
    """Estimate and t interval from leave-one-out values."""
    n = len(statistic.without)
    if n < FEWEST or not np.isfinite(statistic.without).all():
        return Interval(statistic.value, np.nan, np.nan)
    away = statistic.without - statistic.without.mean()
    half = _t(n - 1) * float(np.sqrt((n - 1) / n * (away * away).sum()))
    return Interval(statistic.value, statistic.value - half, statistic.value + half)


def of_positive(statistic: Jackknifed) -> Interval:
    """Estimate and interval of what is never negative, such as a variance: a t interval of its logarithm."""
    if not (statistic.value > 0.0 and (statistic.without > 0.0).all()):
        return of_jackknife(statistic)
    logs = of_jackknife(Jackknifed(float(np.log(statistic.value)), np.log(statistic.without)))
    return Interval(statistic.value, float(np.exp(logs.low)), float(np.exp(logs.high)))


def difference(own: Jackknifed, base: Jackknifed) -> Interval:
    """Own - base, replications paired."""
    return of_jackknife(Jackknifed(own.value - base.value, own.without - base.without))


def log_ratio(own: Jackknifed, base: Jackknifed) -> Interval:
    """ln(own / base), replications paired; empty unless both are positive throughout."""
    smallest = min(own.value, base.value, float(np.min(own.without)), float(np.min(base.without)))
    if not smallest > 0.0:
        if own.value > 0.0 and base.value > 0.0:
            return Interval(float(np.log(own.value / base.value)), np.nan, np.nan)
        return Interval(0.0, 0.0, 0.0) if own.value == base.value == 0.0 else NOTHING
    # the quotient first: equal variances give exactly zero
    return of_jackknife(Jackknifed(float(np.log(own.value / base.value)), np.log(own.without / base.without)))


def as_share(logs: Interval) -> Interval:
    """A log ratio as the ratio less one."""
    return Interval(*(float(np.expm1(part)) for part in logs))


def of_bootstrap(estimate: float, draws: Floats) -> Interval:
    """Percentile interval of resampled values."""
    if not len(draws) or not np.isfinite(draws).all():
        return Interval(estimate, np.nan, np.nan)
    low, high = np.quantile(draws, [0.5 - CONFIDENCE / 2.0, 0.5 + CONFIDENCE / 2.0])
    return Interval(estimate, float(min(low, estimate)), float(max(high, estimate)))
