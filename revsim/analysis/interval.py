"""95 % intervals over replications: paired t, Hall's t, Wilson's, jackknife t, bootstrap.

Empty (NaN) where the data allow none. How often each covers the truth is measured by benchmarks/interval_coverage.py;
docs/inference.md has the table.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from revsim.analysis.cube import FEWEST, Floats
from revsim.analysis.jackknife import Jackknifed

CONFIDENCE = 0.95
ALIKE = 1e-9  # what differs by less does so by rounding
EMPTY_DRAWS = 0.2
STRAIGHT = 1e-6  # a skewness that changes no digit
LARGEST = 700.0  # of a logarithm whose exponential is a number


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


def _t(degrees: float) -> float:
    """The t quantile of a two-sided 95 % interval."""
    return float(stdtrit(degrees, 0.5 + CONFIDENCE / 2.0))


def degrees_of(away: Floats) -> float:
    """Degrees of freedom of a jackknife variance: 2 n / (kurtosis - 1), between 2 and n - 1.

    A sum of squares with heavy tails knows less of its own error than n - 1 normal ones (Satterthwaite's matching of
    its variance, which is (kurtosis - 1) / n of its square; the kurtosis is that of the leave-one-out deviations
    `away`). With normal deviations it is n - 1, the plain t.
    """
    n, squares = len(away), away * away
    spread = float(squares.mean())
    if not spread**2 > 0.0:  # also where it is too small to be squared
        return n - 1.0
    excess = float((squares * squares).mean()) / spread**2 - 1.0
    return min(n - 1.0, max(2.0, 2.0 * n / excess)) if excess > 0.0 else n - 1.0


def _skewed(centre: float, away: Floats, error: float) -> Interval:
    """Hall's interval (1992, Removing skewness by transformation); the t quantiles y of both ends go through T.

        T(y) = 3 / s ((1 + s (y - s / 6))^(1/3) - 1)          s = skewness of `away` / sqrt(n)

    so that the end on the side of the long tail lies farther off; -> y as s -> 0.
    """
    n, t = len(away), _t(degrees_of(away))
    spread = float((away * away).mean())
    slope = float((away**3).mean()) / spread**1.5 / n**0.5 if spread**2 > 0.0 else 0.0
    if abs(slope) < STRAIGHT:
        return Interval(centre, centre - t * error, centre + t * error)
    above, below = (3.0 / slope * (float(np.cbrt(1.0 + slope * (y - slope / 6.0))) - 1.0) for y in (t, -t))
    return Interval(centre, min(centre - above * error, centre), max(centre - below * error, centre))


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


def of_level(values: Floats) -> Interval:
    """Mean and interval of what may be skewed, such as money: Hall's t. Those without a number are left out."""
    there = values[np.isfinite(values)]
    if len(there) < FEWEST:
        return of_mean(values)
    centre = float(there.mean())
    return _skewed(centre, there - centre, float(there.std(ddof=1)) / len(there) ** 0.5)


def of_share(values: Floats) -> Interval:
    """Mean and interval of shares of quarters, 0 to 1: Wilson's, with the size that their spread allows.

    Quarters of one replication hang together: the size is p (1 - p) / Var(mean), and the number of replications where
    all say 0 or all say 1 (Dean and Pagano 2015). Never empty of width for want of a rare quarter in the sample.
    """
    there = values[np.isfinite(values)]
    n = len(there)
    if n < FEWEST:
        return of_mean(values)
    share, error = float(there.mean()), float(there.var(ddof=1)) / n
    product = share * (1.0 - share)
    if error == 0.0 and product > 0.0:
        return Interval(share, share, share)
    size, t = (product / error if error > 0.0 else float(n)), _t(n - 1)
    grown = 1.0 + t * t / size
    centre = (share + t * t / (2.0 * size)) / grown
    half = t / grown * float(np.sqrt(product / size + (t / (2.0 * size)) ** 2))
    return Interval(share, max(min(centre - half, share), 0.0), min(max(centre + half, share), 1.0))


def _away(statistic: Jackknifed) -> tuple[Floats, float]:
    """Leave-one-out deviations, and the jackknife's standard error."""
    n = len(statistic.without)
    away = statistic.without - statistic.without.mean()
    return away, float(np.sqrt((n - 1) / n * (away * away).sum()))


def _has_none(statistic: Jackknifed) -> bool:
    return len(statistic.without) < FEWEST or not bool(np.isfinite(statistic.without).all())


def of_jackknife(statistic: Jackknifed) -> Interval:
    """Estimate and t interval from leave-one-out values, with fewer degrees of freedom where their tails are heavy."""
    if _has_none(statistic):
        return Interval(statistic.value, np.nan, np.nan)
    away, error = _away(statistic)
    half = _t(degrees_of(away)) * error
    return Interval(statistic.value, statistic.value - half, statistic.value + half)


def of_positive(statistic: Jackknifed) -> Interval:
    """Estimate and interval of what is never negative, such as a variance: Hall's t.

    Where that would begin below zero it begins where the t interval of the logarithm does.
    """
    plain = of_jackknife(statistic)
    if not (statistic.value > 0.0 and np.isfinite(plain.low) and (statistic.without > 0.0).all()):
        return plain
    away, error = _away(statistic)
    found = _skewed(statistic.value, -away, error)
    if found.low > 0.0:
        return found
    logs = of_jackknife(Jackknifed(float(np.log(statistic.value)), np.log(statistic.without)))
    return Interval(statistic.value, float(np.exp(logs.low)), found.high)


def of_variance(statistic: Jackknifed) -> Interval:
    """Estimate and interval of a mean of squares: of_positive, up to the farther of Hall's and the logarithm's end.

    Where few large deals make the tail, it is longer than the sample's skewness tells: Hall's interval alone ends too
    low in one study of six (benchmarks/interval_coverage.py, lognormal at 50 replications). Elsewhere his is farther.
    """
    found = of_positive(statistic)
    if not (np.isfinite(found.high) and statistic.value > 0.0 and (statistic.without > 0.0).all()):
        return found
    logs = of_jackknife(Jackknifed(float(np.log(statistic.value)), np.log(statistic.without)))
    return found._replace(high=max(found.high, float(np.exp(min(logs.high, LARGEST)))))


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


def of_bootstrap(estimate: float, draws: Floats, replications: int) -> Interval:
    """Estimate and t interval with the standard error of resampled values."""
    if not len(draws) or not np.isfinite(draws).all():
        return Interval(estimate, np.nan, np.nan)
    half = _t(replications - 1) * float(draws.std(ddof=1))
    return Interval(estimate, estimate - half, estimate + half)


def of_studentised(estimate: float, error: float, draws: Floats, errors: Floats) -> Interval:
    """Symmetric bootstrap-t around the estimate less its bootstrap bias; `errors` are the standard errors of `draws`.

    Resamples without an error of their own (all of the tail is one replication taken again and again) say nothing of
    it; empty where more than EMPTY_DRAWS of them are such.
    """
    told = errors > 0.0
    if not np.isfinite(draws).all():
        return Interval(estimate, np.nan, np.nan)
    if error <= ALIKE * abs(estimate) and np.allclose(draws, estimate, rtol=ALIKE, atol=0.0):
        return Interval(estimate, estimate, estimate)
    if told.mean() < 1.0 - EMPTY_DRAWS:
        return Interval(estimate, np.nan, np.nan)
    half = float(np.quantile(np.abs(draws[told] - estimate) / errors[told], CONFIDENCE)) * error
    centre = 2.0 * estimate - float(draws.mean())
    return Interval(estimate, min(centre - half, estimate), max(centre + half, estimate))
