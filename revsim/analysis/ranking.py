"""Which scenario forecasts best, how surely, and what kind of remedy it buys."""

from __future__ import annotations

import numpy as np

from revsim.analysis import interval
from revsim.analysis.cube import FEWEST, Cube, Floats
from revsim.analysis.interval import Interval
from revsim.analysis.resample import counts
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View

WEEK = 7
BLOCK = 250
MOSTLY = 0.8


def _resampled_variance(weights: Floats, error: Floats, actual: Floats) -> Floats:
    """(draws,): V of resampled replications, by sums; error is centred first so that squares stay exact."""
    n = len(error)
    away = error - error.mean(axis=0)
    spread = (weights @ (away * away) - (weights @ away) ** 2 / n) / (n - 1)
    level = weights @ actual / n
    there = (actual.mean(axis=0) > 0.0) & (level > 0.0)
    safe = np.where(there, level, 1.0)
    return np.asarray(np.where(there, spread / safe**2, 0.0).sum(axis=1) / np.maximum(there.sum(axis=1), 1))


def chance_of_best(cube: Cube) -> Floats:
    """(scenario,): share of bootstrap samples of the replications in which V at week 7 is lowest; ties are shared."""
    n = len(cube.replications)
    if n < FEWEST:
        return np.full(len(cube.scenarios), np.nan)
    weights = counts(n)
    wins = np.zeros(len(cube.scenarios))
    for at in range(0, len(weights), BLOCK):
        block = weights[at : at + BLOCK]
        values = np.stack(
            [
                _resampled_variance(block, view.forecast(WEEK) - view.quarter("bookings"), view.quarter("bookings"))
                for view in (View(cube, own, own) for own in range(len(cube.scenarios)))
            ]
        )
        lowest = values == values.min(axis=0)
        wins += (lowest / lowest.sum(axis=0)).sum(axis=1)
    return np.asarray(wins / len(weights))


def between(cube: Cube, own: int, other: int) -> Interval:
    """V at week 7 of one scenario against another's, as the ratio less one."""
    mine, theirs = (forecast_variance(View(cube, k, k), WEEK) for k in (own, other))
    return interval.as_share(interval.log_ratio(mine, theirs))


def kind_of(cube: Cube, own: int, base: int) -> str:
    """`design`, `coordination`, `both` or `neither`: what most of the added money goes to."""
    view = View(cube, own, base)
    design, coordination = (
        max(float((view.quarter(column) - view.base_quarter(column)).mean()), 0.0)
        for column in ("remedy_cost_design", "remedy_cost_coordination")
    )
    if design == coordination == 0.0:
        return "neither"
    share = design / (design + coordination)
    return "design" if share > MOSTLY else "coordination" if share < 1.0 - MOSTLY else "both"
