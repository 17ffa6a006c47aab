"""Numbers of one run of scenarios, each with its delete-one values, so that whole contrasts are jackknifed at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from claims.readings import READINGS
from revsim.analysis.cube import Cube, Floats
from revsim.analysis.jackknife import Jackknifed
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View

VARIANCE = "forecast_variance_week_"
Quarters = tuple[int, int]


class Look(NamedTuple):
    """A cube whose scenarios are asked for by name."""

    cube: Cube

    def view(self, name: str, base: str, quarters: Quarters | None = None) -> View:
        """A scenario beside the one whose bookings are the common denominator; of some quarters, both included."""
        places = [self.cube.scenarios.index(each) for each in (name, base)]
        return View(self.cube if quarters is None else during(self.cube, *quarters), places[0], places[1])

    def each(self, measure: str, name: str, base: str, quarters: Quarters | None = None) -> Floats:
        """(replication,): a measure that each replication has."""
        return self.view(name, base, quarters).each(READINGS[measure])

    def level(self, measure: str, name: str, base: str, quarters: Quarters | None = None) -> Jackknifed:
        """A measure's level; replications without a number are left out."""
        if measure.startswith(VARIANCE):
            week, _, form = measure.removeprefix(VARIANCE).partition("_")
            return forecast_variance(self.view(name, base, quarters), int(week), f"_{form}" if form else "")
        return mean_of_known(self.each(measure, name, base, quarters))


def during(cube: Cube, first: int, last: int) -> Cube:
    """The cube of quarters `first` to `last`."""
    part = slice(first - 1, last)
    return cube._replace(
        quarters=cube.quarters[part],
        quarterly={name: np.asarray(column)[:, :, part] for name, column in cube.quarterly.items()},
        weekly={name: np.asarray(column)[:, :, part] for name, column in cube.weekly.items()},
    )


def mean_of_known(values: Floats) -> Jackknifed:
    """Mean over replications that have a number, and leave-one-out means; NaN where nothing is left."""
    there = np.isfinite(values)
    known = np.where(there, values, 0.0)
    count, total = there.sum(), known.sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        return Jackknifed(
            float(total / count) if count else float("nan"), np.asarray((total - known) / (count - there))
        )


def less(own: Jackknifed, base: Jackknifed) -> Jackknifed:
    """Own - base, replication by replication."""
    return Jackknifed(own.value - base.value, own.without - base.without)


def log_ratio(own: Jackknifed, base: Jackknifed) -> Jackknifed:
    """ln(own / base); NaN unless both are above zero throughout."""
    tops, bottoms = np.append(own.without, own.value), np.append(base.without, base.value)
    if not ((tops > 0.0).all() and (bottoms > 0.0).all()):
        return Jackknifed(float("nan"), np.full(len(own.without), np.nan))
    return Jackknifed(float(np.log(own.value / base.value)), np.log(own.without / base.without))


Value = Callable[[Look], Jackknifed]


def change(
    measure: str, own: str, base: str, quarters: Quarters | None = None, *, of: str | None = None, logs: bool = False
) -> Value:
    """A measure of `own` less that of `base`, or the logarithm of their ratio; `of` names the common denominator."""
    combine = log_ratio if logs else less

    def value(look: Look) -> Jackknifed:
        common = of or base
        return combine(look.level(measure, own, common, quarters), look.level(measure, base, common, quarters))

    return value


def beyond(one: Value, other: Value) -> Value:
    """The difference of two contrasts over the same replications."""
    return lambda look: less(one(look), other(look))


def alone(measure: str, name: str, quarters: Quarters | None = None) -> Value:
    """A level by itself."""
    return lambda look: look.level(measure, name, name, quarters)
