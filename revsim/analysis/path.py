"""Paired effects by quarter, or by week: one number a time with what its intervals need.

Forecast variance by quarter is a log ratio of Var_r(F - A) / mean_r(A)^2, all else a mean difference. Leave-one-out
values for intervals at a time, resamples of the replications (the same at all times) for what is read off a path.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import numpy as np

from revsim.analysis import interval
from revsim.analysis.attribution import widened
from revsim.analysis.cube import Floats
from revsim.analysis.interval import Interval
from revsim.analysis.jackknife import Jackknifed
from revsim.analysis.resample import counts, spans
from revsim.analysis.variance import covariance

DRAWS = 500


class Path(NamedTuple):
    """Effects over time: `whole` (time,), `without` (replication, time), `draws` (draw, time)."""

    whole: Floats
    without: Floats
    draws: Floats

    def at(self, time: int) -> Interval:
        """The effect at one time, from 0, with its 95 % interval."""
        return interval.of_jackknife(Jackknifed(float(self.whole[time]), self.without[:, time]))

    def since(self, first: int) -> Path:
        """The same from a time on."""
        return Path(*(part[..., first:] for part in self))

    def signed(self, sign: float) -> Path:
        """The same times +1 or -1."""
        return Path(*(sign * part for part in self))

    def running(self) -> Path:
        """Sums from the first time on."""
        return Path(*(np.cumsum(part, axis=-1) for part in self))

    def chosen(self, time: int) -> Interval:
        """The effect at a time that was chosen among all, e.g. as the largest: widened for having been chosen."""
        return widened(self.at(time), len(self.whole), len(self.without))

    @property
    def usable(self) -> bool:
        """Whether there is a number everywhere, and more than one replication."""
        return all(bool(np.isfinite(part).all()) for part in self)


class Resamples:
    """How often each of DRAWS resamples takes each replication, some resamples at a time."""

    def __init__(self, replications: int) -> None:
        """Of so many replications."""
        self.replications = replications

    def draws(self, read: Callable[[Floats], Floats]) -> Floats:
        """(draw, time): what is read of each resample; `read` is given weights (draw, replication)."""
        if self._is_small:
            return read(self._weights)
        each = self.replications
        return np.concatenate([read(counts(each, span)) for span in spans(DRAWS, each)])

    @property
    def _is_small(self) -> bool:
        return len(list(spans(DRAWS, self.replications))) == 1

    @cached_property
    def _weights(self) -> Floats:
        """Those of all resamples, where they fit."""
        return counts(self.replications, DRAWS)


def of_means(own: Floats, base: Floats, weights: Resamples | None) -> Path:
    """Mean differences of (replication, time); replications without a number at a time are left out there.

    Without weights there are no draws: enough for the effect at each time.
    """
    away = own - base
    there = np.isfinite(away)
    filled, count = np.where(there, away, 0.0), there.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = filled.sum(axis=0) / count
        without = (filled.sum(axis=0) - filled) / (count - there)
        draws = (
            weights.draws(lambda taken: (taken @ filled) / (taken @ there)) if weights else np.empty((0, len(whole)))
        )
    return Path(whole, without, draws)


@np.errstate(divide="ignore", invalid="ignore")  # no share of nothing
def _spread(weights: Floats, error: Floats, actual: Floats) -> Floats:
    """(draw, time): Var_r(F - A) / mean_r(A)^2 of resampled replications; centred first so that squares stay exact."""
    n, away = len(error), error - error.mean(axis=0)
    variance = (weights @ (away * away) - (weights @ away) ** 2 / n) / (n - 1)
    return np.asarray(variance / (weights @ actual / n) ** 2)


def _log_ratio(own: Floats, base: Floats) -> Floats:
    """ln(own / base); zero where both are equal, NaN where one of them is not above zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.log(np.where((own > 0.0) & (base > 0.0), own / base, np.nan))
    return np.asarray(np.where(own == base, 0.0, found))


def of_variances(own: tuple[Floats, Floats], base: tuple[Floats, Floats], weights: Resamples) -> Path:
    """Log ratios of forecast variance by quarter; each side is (F - A, A) as (replication, quarter)."""
    parts = []
    for error, actual in (own, base):
        columns = [error[:, k : k + 1] for k in range(error.shape[1])]
        levels = [actual[:, k : k + 1] for k in range(error.shape[1])]
        parts.append([covariance(one, one, level) for one, level in zip(columns, levels, strict=True)])
    mine, theirs = parts
    return Path(
        _log_ratio(np.asarray([one.value for one in mine]), np.asarray([one.value for one in theirs])),
        _log_ratio(np.stack([one.without for one in mine], axis=1), np.stack([one.without for one in theirs], axis=1)),
        weights.draws(lambda taken: _log_ratio(_spread(taken, *own), _spread(taken, *base))),
    )
