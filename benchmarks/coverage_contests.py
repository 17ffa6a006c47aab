"""Made-up contests of several scenarios whose forecast variance is known.

    F - A = sd_k PLAN f(z_k)        A = PLAN (1 + SPREAD f(z'_k))        z_k = sqrt(ALIKE) z + sqrt(1 - ALIKE) own

with z and f of coverage_worlds.py (quarters of a replication hang together by a common factor; what makes a
replication wild does so in all scenarios), so that V_k = sd_k^2 variance of the family.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from coverage_worlds import PLAN, QUARTERS, SPREAD, WEEKS, latent, wildness

from revsim.analysis.cube import Cube, Floats

ALIKE = 0.7  # correlation between any two scenarios
SD = 0.2  # of F - A against PLAN where a scenario's factor is 1
FIELDS = {  # factors of sd
    "best by a fifth": (0.9, 1.0, 1.2),
    "two alike": (1.0, 1.0, 1.2),
    "three alike": (1.0, 1.0, 1.0),
    "six": (0.9, 1.0, 1.0, 1.0, 1.0, 1.2),
}
SCATTER = 0.1  # of the logarithm of sd where every study draws its own truth


def _luck(rng: np.random.Generator, name: str, shape: tuple[int, int], wild: Floats) -> Floats:
    """f(z), (scenario, replication, quarter), of mean zero."""
    count, replications = shape
    common = latent(rng, replications)[0]
    own = np.stack([latent(rng, replications)[0] for _ in range(count)])
    z = np.sqrt(ALIKE) * common + np.sqrt(1.0 - ALIKE) * own
    return np.asarray(np.exp(z) - np.exp(0.5) if name == "lognormal" else z * wild)


def cube_of(name: str, factors: Sequence[float], replications: int, rng: np.random.Generator) -> Cube:
    """One scenario for each factor; what the contest reads."""
    wild, shape = wildness(rng, name, replications), (len(factors), replications)
    error = SD * PLAN * np.asarray(factors)[:, None, None] * _luck(rng, name, shape, wild)
    actual = PLAN * (1.0 + SPREAD * _luck(rng, name, shape, wild))
    forecast = np.broadcast_to((actual + error)[..., None], (*shape, QUARTERS, WEEKS))
    numbers = np.arange(replications), np.arange(1, QUARTERS + 1)
    scenarios = tuple(f"s{k}" for k in range(len(factors)))
    return Cube(scenarios, *numbers, {"bookings": actual, "plan": np.full_like(actual, PLAN)}, {"forecast": forecast})


def scattered(rng: np.random.Generator) -> tuple[float, ...]:
    """The factors of three scenarios whose truth is drawn."""
    return tuple(np.exp(SCATTER * rng.standard_normal(3)).tolist())


def gaps(factors: Sequence[float]) -> Floats:
    """Log variance against the best of the others, by scenario."""
    logs = 2.0 * np.log(factors)
    return np.array([logs[k] - np.delete(logs, k).min() for k in range(len(logs))])
