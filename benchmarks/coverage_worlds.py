"""Made-up companies whose truth is known: pairs of scenarios, several quarters, correlated by a common factor.

The error F - A and bookings A of a replication are functions of latent normal numbers

    z[q] = sqrt(COMMON) f + sqrt(1 - COMMON) e[q]       own z = SHARED base z + sqrt(1 - SHARED^2) other luck

so that quarters of a replication hang together and scenarios share most of their luck. A family turns them into

    normal         z
    student_t5     z sqrt(5 / chi2_5), one chi2 a replication (both scenarios, all quarters)
    contaminated   z, times 4 in one replication of twenty
    lognormal      exp(z), sigma 1

Bookings are LEVEL (1 + SPREAD x) for the first three and LEVEL exp(z - 1/2) for the last: a company that lives on few
large deals. Variances, means and quantiles are closed forms; the share of quarters far off is of a very large sample.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy import integrate, optimize, stats

from revsim.analysis.cube import Cube, Floats

QUARTERS, WEEKS = 4, 13
COMMON, SHARED = 0.5, 0.7
ERRORS = (0.2, 0.15)  # sd of F - A against LEVEL before the family: baseline, other scenario
LEVELS = (100.0, 105.0)
SPREAD, PLAN = 0.1, 100.0
WILD, OFTEN = 4.0, 0.05
TAIL = 0.05
WELL = 1.2  # times the plan: a rare quarter, except for the lognormal family
LARGE = 400_000


class Family(NamedTuple):
    """How latent numbers become errors, and the truth of one such number."""

    name: str
    variance: float
    quantile: Callable[[float], float]


def _mixed(x: float) -> float:
    """Distribution function of the contaminated family."""
    return float((1.0 - OFTEN) * stats.norm.cdf(x) + OFTEN * stats.norm.cdf(x / WILD))


FAMILIES = {
    one.name: one
    for one in (
        Family("normal", 1.0, lambda p: float(stats.norm.ppf(p))),
        Family("student_t5", 5.0 / 3.0, lambda p: float(stats.t.ppf(p, 5))),
        Family(
            "contaminated",
            1.0 - OFTEN + OFTEN * WILD**2,
            lambda p: float(optimize.brentq(lambda x: _mixed(x) - p, -60.0, 60.0)),
        ),
        Family("lognormal", float(np.exp(2.0) - np.exp(1.0)), lambda p: float(np.exp(stats.norm.ppf(p)))),
    )
}


def _latent(rng: np.random.Generator, replications: int, quarters: int) -> Floats:
    common = rng.standard_normal((replications, 1))
    return np.sqrt(COMMON) * common + np.sqrt(1.0 - COMMON) * rng.standard_normal((replications, quarters))


def latent(rng: np.random.Generator, replications: int, quarters: int = QUARTERS) -> list[Floats]:
    """The z of both scenarios, (replication, quarter) each."""
    first, free = (_latent(rng, replications, quarters) for _ in range(2))
    return [first, SHARED * first + np.sqrt(1.0 - SHARED**2) * free]


def wildness(rng: np.random.Generator, name: str, replications: int) -> Floats:
    """What multiplies all latent numbers of a replication."""
    if name == "student_t5":
        return np.sqrt(5.0 / rng.chisquare(5, (replications, 1)))
    if name == "contaminated":
        return np.where(rng.random((replications, 1)) < OFTEN, WILD, 1.0)
    return np.ones((replications, 1))


def cube_of(name: str, replications: int, rng: np.random.Generator) -> Cube:
    """Two scenarios, the baseline first; only what the measured intervals read."""
    errors, sales, scale = (
        latent(rng, replications),
        latent(rng, replications),
        wildness(rng, name, replications),
    )
    shape = (2, replications, QUARTERS)
    actual, error = np.empty(shape), np.empty(shape)
    for k in range(2):
        if name == "lognormal":
            error[k] = ERRORS[k] * PLAN * (np.exp(errors[k]) - np.exp(0.5))
            actual[k] = LEVELS[k] * np.exp(sales[k] - 0.5)
        else:
            error[k] = ERRORS[k] * PLAN * errors[k] * scale
            actual[k] = LEVELS[k] * (1.0 + SPREAD * sales[k] * scale)
    forecast = np.broadcast_to((actual + error)[..., None], (*shape, WEEKS))
    quarterly = {"bookings": actual, "plan": np.full(shape, PLAN)}
    numbers = np.arange(replications), np.arange(1, QUARTERS + 1)
    return Cube(("base", "own"), *numbers, quarterly, {"forecast": forecast})


@lru_cache
def _sampled_shares(name: str) -> tuple[float, float]:
    """P(|F - A| > 10 % of A) of both scenarios, from a very large sample (standard error below 0.001)."""
    cube = cube_of(name, LARGE // QUARTERS, np.random.default_rng(12345))
    actual, forecast = cube.quarterly["bookings"], cube.weekly["forecast"][..., 0]
    far = (np.abs(forecast - actual) > 0.1 * actual).mean(axis=(1, 2))
    return float(far[0]), float(far[1])


def _tail(name: str, level: float) -> tuple[float, float]:
    """Revenue at risk and expected shortfall: PLAN less the 5th percentile, and less the mean below it."""
    quantile = FAMILIES[name].quantile

    def bookings(p: float) -> float:
        x = quantile(p)
        return level * x * float(np.exp(-0.5)) if name == "lognormal" else level * (1.0 + SPREAD * x)

    below, _ = integrate.quad(bookings, 0.0, TAIL, limit=200)
    return PLAN - bookings(TAIL), PLAN - below / TAIL


def _met(name: str, level: float, times: float = 1.0) -> float:
    """P(bookings >= times PLAN)."""
    if name == "lognormal":
        return float(stats.norm.sf(np.log(times * PLAN / level) + 0.5))
    x = (times * PLAN / level - 1.0) / SPREAD
    below = {"normal": stats.norm.cdf, "student_t5": lambda y: stats.t.cdf(y, 5), "contaminated": _mixed}[name]
    return 1.0 - float(below(x))


@lru_cache
def truths(name: str) -> dict[str, tuple[float, float]]:
    """Measure -> (level of the baseline, effect of the other scenario; of the headline the log ratio)."""
    family = FAMILIES[name]
    variances = [(ERRORS[k] * PLAN) ** 2 * family.variance / LEVELS[k] ** 2 for k in range(2)]
    tails = [_tail(name, level) for level in LEVELS]
    met, far = [_met(name, level) for level in LEVELS], _sampled_shares(name)
    well = [_met(name, level, WELL) for level in LEVELS]
    return {
        "forecast_variance": (variances[0], float(np.log(variances[1] / variances[0]))),
        "bookings": (LEVELS[0], LEVELS[1] - LEVELS[0]),
        "plan_met": (met[0], met[1] - met[0]),
        "plan_met_well": (well[0], well[1] - well[0]),
        "off_by_ten_percent": (far[0], far[1] - far[0]),
        "revenue_at_risk": (tails[0][0], tails[1][0] - tails[0][0]),
        "expected_shortfall": (tails[0][1], tails[1][1] - tails[0][1]),
    }
