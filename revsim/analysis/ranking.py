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
CONTROL = "Frictionless"  # the name in controls/frictionless.yaml; rows hold no other trace of it


def _resampled_variance(weights: Floats, error: Floats, actual: Floats) -> Floats:
    """(draws,): V of resampled replications, by sums; error is centred first so that squares stay exact."""
    n = len(error)
    away = error - error.mean(axis=0)
    spread = (weights @ (away * away) - (weights @ away) ** 2 / n) / (n - 1)
    level = weights @ actual / n
    there = (actual.mean(axis=0) > 0.0) & (level > 0.0)
    safe = np.where(there, level, 1.0)
    return np.asarray(np.where(there, spread / safe**2, 0.0).sum(axis=1) / np.maximum(there.sum(axis=1), 1))


def control_of(cube: Cube, base: int) -> int | None:
    """The frictionless control beside a baseline of another name: its error is about the part of chance."""
    places = [own for own, name in enumerate(cube.scenarios) if name == CONTROL and own != base]
    return places[0] if places else None


def candidates(cube: Cube) -> list[int]:
    """Scenarios that a company could choose; nobody can buy a world without friction."""
    found = [own for own, name in enumerate(cube.scenarios) if name != CONTROL]
    return found if len(found) > 1 else list(range(len(cube.scenarios)))


def chance_of_best(cube: Cube) -> Floats:
    """(scenario,): share of bootstrap samples of the replications in which V at week 7 is lowest; ties are shared.

    NaN for what is no candidate.
    """
    n = len(cube.replications)
    if n < FEWEST:
        return np.full(len(cube.scenarios), np.nan)
    weights = counts(n)
    among = candidates(cube)
    wins = np.zeros(len(among))
    for at in range(0, len(weights), BLOCK):
        block = weights[at : at + BLOCK]
        values = np.stack(
            [
                _resampled_variance(block, view.forecast(WEEK) - view.quarter("bookings"), view.quarter("bookings"))
                for view in (View(cube, own, own) for own in among)
            ]
        )
        lowest = values == values.min(axis=0)
        wins += (lowest / lowest.sum(axis=0)).sum(axis=1)
    found = np.full(len(cube.scenarios), np.nan)
    found[among] = wins / len(weights)
    return found


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
