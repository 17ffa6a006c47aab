"""The tail against the baseline's plan: revenue at risk and expected shortfall, bootstrapped over replications.

Revenue at risk is a quantile by the median-unbiased rule (Hyndman and Fan 1996, type 8): the usual linear one lies
half a standard error too low at 50 replications. Expected shortfall is the mean of exactly the worst twentieth, the
replication at its edge counted in part (Acerbi and Tasche 2002). Its interval is a symmetric bootstrap-t around the
estimate less its bootstrap bias: a percentile interval of so few values is far too narrow (docs/inference.md).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from revsim.analysis import interval
from revsim.analysis.cube import Floats
from revsim.analysis.interval import Interval
from revsim.analysis.resample import picks, spans
from revsim.analysis.view import View

TAIL = 0.05
DRAWS = 500
FEWEST_IN_TAIL = 20  # one replication in twenty is the tail; with fewer an interval would be made up

TITLES = {
    "revenue_at_risk": "Revenue at risk (plan less the 5th percentile)",
    "expected_shortfall": "Expected shortfall (plan less the worst 5 %)",
}


class Tail(NamedTuple):
    """Revenue at risk and expected shortfall (..., 2), and the latter's influence (..., replication), up to a constant.

    The standard error of expected shortfall is that of the mean of its influence: max(x - quantile, 0) / TAIL.
    """

    values: Floats
    influence: Floats


class Resampled(NamedTuple):
    """What was found (2,), the standard error of expected shortfall, and both in resamples: (DRAWS, 2), (DRAWS,)."""

    values: Floats
    error: float
    draws: Floats
    errors: Floats


def shortfall(view: View) -> Floats:
    """(replication, quarter): the baseline's plan less the scenario's bookings; below zero is above plan."""
    return np.asarray(view.base_quarter("plan") - view.quarter("bookings"))


def _tail(values: Floats) -> Tail:
    """The mean over quarters; `values` is (..., replication, quarter)."""
    n = values.shape[-2]
    place = (n + 1 / 3) * (1.0 - TAIL) - 2 / 3  # above 0 and below n
    low, worst = int(place), TAIL * n
    whole = int(worst)
    first = min(low, n - 1 - whole)  # a twentieth is fewer than all: never below 0
    beyond = np.sort(np.partition(values, first, axis=-2)[..., first:, :], axis=-2)
    length = beyond.shape[-2]
    high = min(low + 1, n - 1)
    at_risk = beyond[..., low - first, :] + (place - low) * (beyond[..., high - first, :] - beyond[..., low - first, :])
    edge = beyond[..., length - whole - 1, :]
    mean = (beyond[..., length - whole :, :].sum(axis=-2) + (worst - whole) * edge) / worst
    influence = (np.maximum(values - edge[..., None, :], 0.0) / TAIL).mean(axis=-1)
    return Tail(np.stack([at_risk.mean(axis=-1), mean.mean(axis=-1)], axis=-1), influence)


def tail_of(values: Floats) -> Floats:
    """(..., 2): mean over quarters of the 95th percentile over replications, and of the mean of what lies beyond.

    `values` is (..., replication, quarter). With fewer than twenty replications the worst one is the tail.
    """
    return _tail(values).values


def _error(influence: Floats) -> Floats:
    """(...): standard error of a mean of influences (..., replication)."""
    n = influence.shape[-1]
    return np.asarray(influence.std(axis=-1, ddof=1) / n**0.5) if n > 1 else np.full(influence.shape[:-1], np.nan)


def resampled(here: Floats, there: Floats) -> tuple[Resampled, Resampled]:
    """The tail of a scenario's shortfall, and its difference to the baseline's; (replication, quarter) both.

    The same resamples in both, so that differences pair. Draws are NaN with fewer than FEWEST_IN_TAIL replications.
    """
    own, base = _tail(here), _tail(there)
    n, difference = len(here), own.influence - base.influence
    draws, errors = np.full((2, DRAWS, 2), np.nan), np.full((2, DRAWS), np.nan)
    if n >= FEWEST_IN_TAIL:
        for span in spans(DRAWS, here.size):
            taken, place = picks(n, span), slice(*span)
            mine, theirs = _tail(here[taken]), _tail(there[taken])
            draws[0, place], draws[1, place] = mine.values, mine.values - theirs.values
            errors[0, place], errors[1, place] = _error(mine.influence), _error(mine.influence - theirs.influence)
    return (
        Resampled(own.values, float(_error(own.influence)), draws[0], errors[0]),
        Resampled(own.values - base.values, float(_error(difference)), draws[1], errors[1]),
    )


def interval_of(found: Resampled, k: int, replications: int) -> Interval:
    """The interval of revenue at risk (`k` = 0) or expected shortfall (1), over so many replications."""
    value, draws = float(found.values[k]), found.draws[:, k]
    if k:
        return interval.of_studentised(value, found.error, draws, found.errors)
    return interval.of_bootstrap(value, draws, replications)
