"""Chance and structure from two futures of one state.

A1, the run's bookings, and A2, those of a continuation from the start of the week on, are exchangeable and independent
given the state. With the forecast F, by replication r and quarter q where there is a continuation,

    chance     = 1/2 mean (A1 - A2)^2 / A_q^2                                       what nobody could have known
    structure  = n/(n-1) mean (F - A1 - b_q)(F - A2 - b_q) / A_q^2                  definitions, data, judgement, pay
    A_q, b_q   = means over all n replications of A1 and of F - A1

so that chance + structure is V, up to the sampling of the quarters that are continued: structure is told as V less
chance, and this product is its check. n/(n-1) takes out what the estimate of b costs. With a mean of k continuations,
chance is k/(k+1) of (A1 - their mean)^2.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from revsim.analysis.cube import FEWEST, Floats
from revsim.analysis.jackknife import Jackknifed, means
from revsim.analysis.view import View


class Futures(NamedTuple):
    """All (replication, quarter); `again` is NaN where nothing was continued."""

    forecast: Floats
    actual: Floats
    again: Floats
    number: Floats  # continuations behind `again`

    @property
    def there(self) -> Floats:
        """1 where there is a continuation, else 0."""
        return np.isfinite(self.again).astype(np.float64)

    @property
    def enough(self) -> bool:
        """Whether any replication may be left out and something stays; bookings are there in every quarter."""
        continued = int((self.there.sum(axis=1) > 0.0).sum())
        return continued >= FEWEST and bool((self.actual.mean(axis=0) > 0.0).all())

    def nothing(self) -> Jackknifed:
        """Empty."""
        return Jackknifed(np.nan, np.full(len(self.actual), np.nan))

    def chance(self) -> Jackknifed:
        """Its share of V; NaN without continuations."""
        if not self.enough:
            return self.nothing()
        half = self.number / (self.number + 1.0)
        squares = np.where(self.there > 0.0, half * (self.actual - self.again) ** 2, 0.0)
        total = squares.sum(axis=0)
        return self._per_level(total, total - squares)

    def structure(self) -> Jackknifed:
        """Its share of V, which may come out below zero where there is little; NaN without continuations."""
        if not self.enough:
            return self.nothing()
        n, error = len(self.actual), self.forecast - self.actual
        bias = error.mean(axis=0)
        one = np.where(self.there > 0.0, error - bias, 0.0)
        other = np.where(self.there > 0.0, self.forecast - self.again - bias, 0.0)
        product, both = one * other, one + other
        total = product.sum(axis=0)
        # without r the bias moves by `by`, and with it every product that stays
        by = (bias - error) / (n - 1)
        stays = (both.sum(axis=0) - both, self.there.sum(axis=0) - self.there)
        without = total - product - by * stays[0] + by * by * stays[1]
        return self._per_level(total * n / (n - 1), without * (n - 1) / max(n - 2, 1))

    @np.errstate(divide="ignore", invalid="ignore")  # no share of nothing
    def _per_level(self, total: Floats, without: Floats) -> Jackknifed:
        """Sums by quarter, (quarter,) and leave-one-out (replication, quarter), as mean shares of A_q^2."""
        level, level_without = means(self.actual)
        count, there = self.there.sum(), self.there.sum(axis=1)
        left = np.asarray((without / level_without**2).sum(axis=1) / (count - there))
        return Jackknifed(float((total / level**2).sum() / count), left)

    @np.errstate(divide="ignore", invalid="ignore")  # no share of nothing
    def drift(self) -> tuple[Floats, Floats]:
        """By replication, NaN where nothing was continued: A2 - A1, and (F - A2)^2 - (F - A1)^2, as shares.

        The check: A1 and A2 are exchangeable, so that both are zero on average.
        """
        mean = self.actual.mean(axis=0)
        level = np.where(mean > 0.0, mean, np.nan)  # no share of nothing
        first = (self.again - self.actual) / level
        squares = ((self.forecast - self.again) ** 2 - (self.forecast - self.actual) ** 2) / level**2
        some = np.isfinite(first).sum(axis=1)
        safe = np.where(some > 0.0, some, np.nan)
        return np.nansum(first, axis=1) / safe, np.nansum(squares, axis=1) / safe


def futures_of(view: View, week: int) -> Futures:
    """Both futures of the state at the start of a week."""
    actual, forecast = view.quarter("bookings"), view.forecast(week)
    if not {"oracle", "oracle_n"} <= set(view.cube.weekly):
        return Futures(forecast, actual, np.full(actual.shape, np.nan), np.zeros(actual.shape))
    return Futures(forecast, actual, view.at_week("oracle", week), view.at_week("oracle_n", week))
