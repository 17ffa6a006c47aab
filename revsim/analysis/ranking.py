"""Which scenario forecasts best, how surely, and what kind of remedy it buys."""

from __future__ import annotations

import numpy as np

from revsim.analysis import interval
from revsim.analysis.cube import FEWEST, Cube, Floats
from revsim.analysis.interval import Interval
from revsim.analysis.resample import DRAWS, counts, spans
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View

WEEK = 7
MOSTLY = 0.8
CONTROL = "Frictionless"  # the name in controls/frictionless.yaml; rows hold no other trace of it


def _resampled_variance(weights: Floats, error: Floats, actual: Floats) -> Floats:
    """(draws,): V of resampled replications, by sums; error is centred first so that squares stay exact."""
    n = len(error)
    away = error - error.mean(axis=0)
    spread = (weights @ (away * away) - (weights @ away) ** 2 / n) / (n - 1)
    level = weights @ actual / n
    there = level > 0.0
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


def resampled_variances(cube: Cube, among: list[int]) -> Floats:
    """(draws, scenario): V at week 7 of resampled replications, the same ones in each scenario."""
    n, views = len(cube.replications), [View(cube, own, own) for own in among]
    found = []
    for span in spans(DRAWS, n):
        weights = counts(n, span)
        found.append(
            np.stack(
                [
                    _resampled_variance(
                        weights, view.forecast(WEEK) - view.quarter("bookings"), view.quarter("bookings")
                    )
                    for view in views
                ],
                axis=1,
            )
        )
    return np.concatenate(found)


def of_candidates(cube: Cube) -> Floats | None:
    """The same of all candidates, for those who ask more than one question of it; None where replications are few."""
    return None if len(cube.replications) < FEWEST else resampled_variances(cube, candidates(cube))


def chance_of_best(cube: Cube, draws: Floats | None = None) -> Floats:
    """(scenario,): share of bootstrap samples of the replications in which V at week 7 is lowest; ties are shared.

    NaN for what is no candidate. `draws` are those of `of_candidates`, where somebody has them.
    """
    if len(cube.replications) < FEWEST:
        return np.full(len(cube.scenarios), np.nan)
    among = candidates(cube)
    values = resampled_variances(cube, among) if draws is None else draws
    lowest = values == values.min(axis=1, keepdims=True)
    found = np.full(len(cube.scenarios), np.nan)
    found[among] = (lowest / lowest.sum(axis=1, keepdims=True)).mean(axis=0)
    return found


def between(cube: Cube, own: int, other: int) -> Interval:
    """V at week 7 of one scenario against another's, as the ratio less one."""
    mine, theirs = (forecast_variance(View(cube, k, k), WEEK) for k in (own, other))
    return interval.as_share(interval.log_ratio(mine, theirs))


def between_common(cube: Cube, own: int, other: int, base: int) -> Interval:
    """The same with both variances in the baseline's bookings."""
    mine, theirs = (forecast_variance(View(cube, k, base), WEEK, "_common") for k in (own, other))
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
    both = design + coordination
    return "design" if design / both > MOSTLY else "coordination" if coordination / both > MOSTLY else "both"
