"""Made-up companies whose parts of chance and structure are known: two futures of each state.

With z of coverage_worlds.py (a common factor over quarters, correlation SHARED between scenarios), of independent luck
each, and a family's f(z) of mean zero and variance `variance`:

    state          O  = LEVEL (1 + SPREAD f(z0))
    two futures    A1 = O + c f(z1)        A2 = O + c f(z2)        given the state independent, of one law
    forecast       F  = O + BIAS + m f(z3)

so that chance = c^2 variance / LEVEL^2 and structure = m^2 variance / LEVEL^2, exactly. What makes a replication wild
(Student t's chi2, the contamination) belongs to its state: both futures and the forecast's mistake are wild together.
As many quarters of a replication are continued as `--continuations` says, in turn. The other scenario mends structure.
"""

from __future__ import annotations

import numpy as np
from coverage_worlds import FAMILIES, LEVELS, PLAN, SPREAD, latent, wildness

from revsim.analysis.cube import Cube, Floats
from revsim.experiment.continuations import chosen

QUARTERS, WEEKS = 8, 13
VARIANCE = 0.04  # of F - A against PLAN in the baseline before the family
MENDED = 0.7  # structure of the other scenario against the baseline's, in money
BIAS = 3.0  # money a quarter
SHARES = {"little": 0.15, "half": 0.5, "much": 0.8}  # of chance in the baseline's V


def _pair(rng: np.random.Generator, name: str, replications: int, scaled: Floats) -> list[Floats]:
    """f(z) of both scenarios, (replication, quarter) each."""
    pair = latent(rng, replications, QUARTERS)
    return [np.exp(z) - np.exp(0.5) if name == "lognormal" else z * scaled for z in pair]


def _sizes(share: float) -> tuple[Floats, Floats]:
    """Standard deviations of chance and structure of both scenarios, in money before the family."""
    chance = np.full(2, PLAN * np.sqrt(VARIANCE * share))
    return chance, PLAN * np.sqrt(VARIANCE * (1.0 - share) * np.array([1.0, MENDED]))


def cube_of(name: str, share: float, replications: int, rng: np.random.Generator, many: int) -> Cube:
    """Two scenarios, the baseline first; what chance and structure read, with so many continued quarters."""
    scaled = wildness(rng, name, replications)
    states, first, second, mistakes = (_pair(rng, name, replications, scaled) for _ in range(4))
    chance, structure = _sizes(share)
    shape = (2, replications, QUARTERS)
    actual, again, forecast = np.empty(shape), np.full(shape, np.nan), np.empty(shape)
    turn = np.zeros((replications, QUARTERS), dtype=bool)
    for r in range(replications):
        turn[r, chosen(r, QUARTERS, many)] = True
    for k in range(2):
        state = LEVELS[k] * (1.0 + SPREAD * states[k])
        actual[k] = state + chance[k] * first[k]
        again[k][turn] = (state + chance[k] * second[k])[turn]
        forecast[k] = state + BIAS + structure[k] * mistakes[k]
    weekly = {
        "forecast": np.broadcast_to(forecast[..., None], (*shape, WEEKS)),
        "oracle": np.broadcast_to(again[..., None], (*shape, WEEKS)),
        "oracle_n": np.broadcast_to(np.isfinite(again)[..., None].astype(np.float64), (*shape, WEEKS)),
    }
    numbers = np.arange(replications), np.arange(1, QUARTERS + 1)
    return Cube(("base", "own"), *numbers, {"bookings": actual, "plan": np.full(shape, PLAN)}, weekly)


def truths(name: str, share: float) -> dict[str, tuple[float, float]]:
    """Part -> (level of the baseline, log ratio of the other scenario)."""
    levels = np.array(LEVELS)
    parts = dict(zip(("chance", "structure"), _sizes(share), strict=True))
    found = {part: FAMILIES[name].variance * sizes**2 / levels**2 for part, sizes in parts.items()}
    return {part: (float(values[0]), float(np.log(values[1] / values[0]))) for part, values in found.items()}
