"""Simulated moments: move numbers of a scenario until simulated moments agree with measured ones.

Gauss-Newton with a damping that grows when a step does not help. Luck is the same at every step, so the loss is a
function. Ranges are those of the method of simulated moments, (J' W J)^-1 (1 + 1/replications), 90 %: sampling error of
the data and of the simulation, given all numbers that were not moved. J is simulated and so noisy itself; a vague prior
(a standard deviation of `PRIOR` steps for each number) keeps what it hardly tells from running away.

Source: McFadden (1989), Econometrica 57, 995-1026; Duffie and Singleton (1993), Econometrica 61, 929-952.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from revsim.calibration.fits import Z90, Fit

Array = NDArray[np.float64]
PRIOR = 5.0
Moments = Mapping[str, float]
Model = Callable[[Array], Moments]


class Target(NamedTuple):
    """A measured moment and its standard error."""

    value: float
    error: float


class Knob(NamedTuple):
    """A number that is moved; it stands at one or more addresses."""

    addresses: tuple[str, ...]
    start: float
    step: float  # of the finite differences, and the scale of damping
    low: float
    high: float


class Matched(NamedTuple):
    """What a search found: one Fit a knob, the moments there, the weighted sum of squares there."""

    fits: tuple[Fit, ...]
    moments: Moments
    loss: float


def match(
    model: Model, knobs: Sequence[Knob], targets: Mapping[str, Target], *, steps: int = 6, replications: int = 1
) -> Matched:
    """Search from the knobs' starts; `model` takes their values and gives at least the targets' moments."""
    if len(targets) < len(knobs):
        message = f"{len(knobs)} numbers cannot be told by {len(targets)} moments; move fewer numbers"
        raise ValueError(message)
    low, high, scale = (np.array([getattr(knob, part) for knob in knobs]) for part in ("low", "high", "step"))
    at = np.array([knob.start for knob in knobs])
    moments = model(at)
    gap, damping = _gap(moments, targets), 0.01
    for _ in range(steps):
        slope = _slope(model, at, knobs, targets, gap)
        inner = slope.T @ slope
        tried = [_step(inner, slope.T @ gap, damping * factor) * scale for factor in (0.1, 1.0, 30.0, 1000.0)]
        best = None
        for number, move in enumerate(tried):
            there = np.clip(at - move, low, high)
            found = model(there)
            new = _gap(found, targets)
            if new @ new < gap @ gap:
                best, damping = (there, found, new), damping * (0.3, 1.0, 5.0, 30.0)[number]
                break
        if best is None:
            break
        helped = 1.0 - float(best[2] @ best[2]) / float(gap @ gap)
        at, moments, gap = best
        if helped <= 0.01:  # noqa: PLR2004 - no further step repays its simulations
            break
    return Matched(ranges(model, at, knobs, targets, replications), moments, float(gap @ gap))


def ranges(
    model: Model, at: Array, knobs: Sequence[Knob], targets: Mapping[str, Target], replications: int
) -> tuple[Fit, ...]:
    """The knobs' values `at` with their 90 % ranges, from differences to both sides."""
    columns = []
    for place, knob in enumerate(knobs):
        up, down = at.copy(), at.copy()
        up[place], down[place] = min(at[place] + knob.step, knob.high), max(at[place] - knob.step, knob.low)
        change = _gap(model(up), targets) - _gap(model(down), targets)
        columns.append(change * knob.step / (up[place] - down[place]))
    slope = np.column_stack(columns) / np.sqrt(1.0 + 1.0 / replications)
    spread = np.linalg.inv(slope.T @ slope + np.eye(len(knobs)) / PRIOR**2)
    error = np.sqrt(np.diag(spread)) * np.array([knob.step for knob in knobs])
    return tuple(
        Fit(float(x), float(max(x - Z90 * e, knob.low)), float(min(x + Z90 * e, knob.high)), len(targets))
        for x, e, knob in zip(at, error, knobs, strict=True)
    )


def _gap(moments: Moments, targets: Mapping[str, Target]) -> Array:
    return np.array([(moments[name] - target.value) / target.error for name, target in targets.items()])


def _slope(model: Model, at: Array, knobs: Sequence[Knob], targets: Mapping[str, Target], gap: Array) -> Array:
    """Change of each gap by one step of each knob, (targets, knobs); away from a bound that is near."""
    columns = []
    for place, knob in enumerate(knobs):
        sign = 1.0 if at[place] + knob.step <= knob.high else -1.0
        there = at.copy()
        there[place] += sign * knob.step
        columns.append(sign * (_gap(model(there), targets) - gap))
    return np.column_stack(columns)


def _step(inner: Array, pull: Array, damping: float) -> Array:
    damped = np.linalg.solve(inner + damping * np.diag(np.diag(inner) + 1e-9), pull)
    return np.asarray(damped, dtype=np.float64)
