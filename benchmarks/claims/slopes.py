"""Contrasts with a covariate: at equal load, by load, and along a line; closed forms of sums, delete-one values too."""

from __future__ import annotations

import numpy as np

from claims.look import Look, Quarters, Value, less, mean_of_known
from revsim.analysis.cube import Floats
from revsim.analysis.jackknife import Jackknifed


def covariation(left: Floats, right: Floats) -> Jackknifed:
    """Sum of products of deviations from the means; without replication r it loses d d' n / (n - 1)."""
    n = len(left)
    product = (left - left.mean()) * (right - right.mean())
    return Jackknifed(float(product.sum()), product.sum() - product * (n / (n - 1)))


def at_equal(measure: str, covariate: str, own: str, base: str) -> Value:
    """Own less base at an equal covariate: analysis of covariance with one slope within both scenarios.

    b = (S_xy own + S_xy base) / (S_xx own + S_xx base);  value = (y own - y base) - b (x own - x base)
    """

    def value(look: Look) -> Jackknifed:
        y, x = ([look.each(name, scenario, base) for scenario in (own, base)] for name in (measure, covariate))
        top = [covariation(load, days) for load, days in zip(x, y, strict=True)]
        bottom = [covariation(load, load) for load in x]
        slope = np.divide(
            sum(np.append(one.without, one.value) for one in top),
            sum(np.append(one.without, one.value) for one in bottom),
        )
        apart, away = (less(mean_of_known(pair[0]), mean_of_known(pair[1])) for pair in (y, x))
        return Jackknifed(apart.value - float(slope[-1]) * away.value, apart.without - slope[:-1] * away.without)

    return value


def slope(measure: str, covariate: str, name: str) -> Value:
    """By how much a measure rises with another over replications of one scenario."""

    def value(look: Look) -> Jackknifed:
        y, x = look.each(measure, name, name), look.each(covariate, name, name)
        top, bottom = covariation(x, y), covariation(x, x)
        return Jackknifed(top.value / bottom.value, top.without / bottom.without)

    return value


def by_load(measure: str, hit: str, calm: str, load: str, quarters: Quarters) -> Value:
    """What an event does where the load before it lay above its median, less what it does elsewhere."""

    def value(look: Look) -> Jackknifed:
        effect = look.each(measure, hit, calm) - look.each(measure, calm, calm)
        before = look.each(load, calm, calm, quarters)
        heavy = before > np.median(before)
        return less(mean_of_known(np.where(heavy, effect, np.nan)), mean_of_known(np.where(heavy, np.nan, effect)))

    return value
