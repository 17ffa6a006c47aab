"""A statistic with its delete-one values: what jackknife intervals are made of."""

from __future__ import annotations

from typing import NamedTuple

from revsim.analysis.cube import Floats


class Jackknifed(NamedTuple):
    """A statistic and its leave-one-out values (replication)."""

    value: float
    without: Floats


def means(values: Floats) -> tuple[Floats, Floats]:
    """Mean over replications by quarter, and leave-one-out means (replication, quarter)."""
    n = len(values)
    whole = values.mean(axis=0)
    return whole, whole + (whole - values) / max(n - 1, 1)
