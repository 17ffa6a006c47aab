"""A statistic with its delete-one values: what jackknife intervals are made of."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from revsim.analysis.cube import Floats


class Jackknifed(NamedTuple):
    """A statistic and its leave-one-out values (replication)."""

    value: float
    without: Floats


def means(values: Floats) -> tuple[Floats, Floats]:
    """Mean over replications by quarter, and leave-one-out means (replication, quarter)."""
    # by sums: where one replication alone has anything, exactly nothing is left without it
    return values.mean(axis=0), (values.sum(axis=0) - values) / max(len(values) - 1, 1)


def mean_of(values: Floats) -> Jackknifed:
    """Mean of one number a replication, and leave-one-out means."""
    count = len(values)
    return Jackknifed(float(values.mean()), (values.sum() - values) / max(count - 1, 1))


def ratio_of(top: Jackknifed, bottom: Jackknifed) -> Jackknifed:
    """A statistic against another; empty where the bottom is zero anywhere: nobody left, nothing leaked."""
    if not (bottom.value > 0.0 and (bottom.without > 0.0).all()):
        return Jackknifed(np.nan, np.full(len(top.without), np.nan))
    return Jackknifed(top.value / bottom.value, top.without / bottom.without)
