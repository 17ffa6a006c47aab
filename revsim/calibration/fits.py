"""Direct fits: from columns of a CRM export to numbers of a scenario file, each with a range.

Pure functions on arrays; times in days. Ranges are 90 % (normal approximation in the fitted parameter) and say sampling
error only: what the data cannot tell is no part of them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Z90 = 1.6448536269514722


class Fit(NamedTuple):
    """A fitted number with its range and the number of rows behind it."""

    value: float
    low: float
    high: float
    rows: int


def around(value: float, error: float, rows: int) -> Fit:
    """A fit with a normal standard error."""
    return Fit(value, value - Z90 * error, value + Z90 * error, rows)


def lognormal(days: Array) -> tuple[Fit, Fit]:
    """Median and sigma of a lognormal by maximum likelihood; values must be above 0."""
    if len(days) <= 1 or (days <= 0.0).any():
        message = f"{len(days)} values, the least {days.min() if len(days) else 'none'}: a lognormal wants 2 above 0"
        raise ValueError(message)
    logs = np.log(days)
    mu, sigma, n = float(logs.mean()), float(logs.std()), len(logs)
    error = sigma / np.sqrt(n)
    median = Fit(float(np.exp(mu)), float(np.exp(mu - Z90 * error)), float(np.exp(mu + Z90 * error)), n)
    return median, around(sigma, sigma / np.sqrt(2.0 * n), n)


def dispersion(counts: Array) -> Fit:
    """Log sd of a rate behind over-dispersed counts, by moments: var = m + m^2 (exp(sd^2) - 1)."""
    mean, variance, n = float(counts.mean()), float(counts.var(ddof=1)), len(counts)

    def sd(spread: float) -> float:
        return float(np.sqrt(np.log1p(max(spread - mean, 0.0) / (mean * mean))))

    error = variance * np.sqrt(2.0 / (n - 1))
    return Fit(sd(variance), sd(variance - Z90 * error), sd(variance + Z90 * error), n)


def lag_one(series: Array) -> Fit:
    """Lag-1 correlation of a series."""
    centred = series - series.mean()
    rho = float((centred[1:] * centred[:-1]).sum() / np.square(centred).sum())
    return around(rho, float(np.sqrt((1.0 - rho * rho) / len(series))), len(series))


def persistence(counts: Array) -> Fit:
    """Lag-1 correlation of the rate behind over-dispersed counts: that of the counts, free of their Poisson part."""
    counted, mean, variance = lag_one(counts), float(counts.mean()), float(counts.var())
    clean = variance / max(variance - mean, 0.1 * variance)
    value, low, high = (min(max(clean * rho, 0.0), 0.95) for rho in counted[:3])
    return Fit(value, low, high, counted.rows)


def mean_error(counts: Array) -> float:
    """Standard error of the mean of counts that hang together from one to the next."""
    rho = min(max(lag_one(counts).value, 0.0), 0.95)
    return float(counts.std(ddof=1)) * float(np.sqrt((1.0 + rho) / (1.0 - rho) / len(counts)))


def share(part: int, whole: int) -> Fit:
    """A share with its Wilson interval."""
    p, z2 = part / whole, Z90 * Z90
    centre = (p + z2 / (2 * whole)) / (1 + z2 / whole)
    half = Z90 * float(np.sqrt(p * (1 - p) / whole + z2 / (4 * whole * whole))) / (1 + z2 / whole)
    return Fit(p, centre - half, centre + half, whole)
