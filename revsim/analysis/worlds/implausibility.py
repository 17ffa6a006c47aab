"""Implausibility: how far a company's patterns lie from what is known of companies, in standard errors.

    I_j = |m_j - z_j| / sqrt(p_j^2 + s_j^2),    I = max_j I_j,    ruled out where I > 3

m_j is a pattern's value over the replications and s_j its simulation error (a jackknife over groups of replications,
all else unchanged). Two kinds of range, told apart by the range itself:

- A *spread* (`wins a quarter`, 150 to 250) is read as what surveys find of firms: z_j is its middle, p_j a quarter of
  its width, as if it held 95 % of firms. Without simulation error the cut lies a quarter of a width outside.
- A *bound* (a range that begins at 0, or has no end: load at most 0.95) is a rule, not a figure with an error: all
  inside it is alike, I_j is the distance outside, and p_j is 0; of a count (0 to 0) it is half of one.

No further discrepancy is stated: how far the model's definitions are from those of a survey is part of a range that
spans surveys. The middle, not the nearest point, because an edge is less like known firms than the middle is.

Sources: Craig, Goldstein, Seheult and Smith 1997; Vernon, Goldstein and Bower 2010; the cut is Pukelsheim's (1994)
three-sigma rule: at least 95 % of any distribution with one peak lie within 3 sd of its mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isfinite, sqrt
from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis.patterns import Pattern, own_patterns

CUT = 3.0
SPREADS = 4.0  # sd in a range's width
HALF = 0.5  # of a count that must be a certain one
GROUPS = 6  # of replications, for the jackknife
FEWEST = 2  # groups that a jackknife takes


class Fit(NamedTuple):
    """A pattern of one company, its simulation error, and how implausible it makes the company."""

    pattern: Pattern
    error: float
    implausibility: float


def is_bound(pattern: Pattern) -> bool:
    """Whether all values inside the range are alike: it begins at 0, or has no end."""
    return pattern.low == 0.0 or not isfinite(pattern.high - pattern.low)


def pattern_error(pattern: Pattern) -> float:
    """The standard error of what is known, in the pattern's unit."""
    width = pattern.high - pattern.low
    if width == 0.0:
        return HALF
    return 0.0 if is_bound(pattern) else width / SPREADS


def implausibility(pattern: Pattern, error: float) -> float:
    """I_j of a pattern with that simulation error; infinite without a value."""
    value = pattern.value
    if not isfinite(value):
        return inf
    if is_bound(pattern):
        distance = max(pattern.low - value, value - pattern.high, 0.0)
    else:
        distance = abs(value - (pattern.low + pattern.high) / 2.0)
    if distance == 0.0:
        return 0.0
    whole = sqrt(pattern_error(pattern) ** 2 + error**2)
    return distance / whole if whole > 0.0 else inf


def fits(quarters: pd.DataFrame, weeks: pd.DataFrame) -> list[Fit]:
    """All patterns of one company's rows over all its replications."""
    patterns = own_patterns(quarters, weeks)
    errors = simulation_errors(quarters, weeks)
    return [
        Fit(pattern, error, implausibility(pattern, error)) for pattern, error in zip(patterns, errors, strict=True)
    ]


def simulation_errors(quarters: pd.DataFrame, weeks: pd.DataFrame) -> list[float]:
    """Standard error of each pattern's value: jackknife over at most GROUPS groups of replications, 0 for one group."""
    numbers = np.unique(quarters["replication"].to_numpy())
    groups = np.array_split(numbers, min(len(numbers), GROUPS))
    if len(groups) < FEWEST:
        return [0.0] * len(own_patterns(quarters, weeks))
    without = [
        [
            pattern.value
            for pattern in own_patterns(*(frame[~frame["replication"].isin(group)] for frame in (quarters, weeks)))
        ]
        for group in groups
    ]
    return [_jackknife(np.array(values)) for values in zip(*without, strict=True)]


def _jackknife(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    """sqrt((g - 1) / g * sum of squares about the mean); 0 where a group has no value."""
    if not np.isfinite(values).all():
        return 0.0
    count = len(values)
    return float(np.sqrt((count - 1) * values.var()))


def largest(found: Sequence[Fit]) -> float:
    """I of a company."""
    return max(fit.implausibility for fit in found)


def worst(found: Sequence[Fit]) -> str:
    """The pattern that makes it so."""
    return max(found, key=lambda fit: fit.implausibility).pattern.name


def is_kept(found: Sequence[Fit]) -> bool:
    """Whether a company is not ruled out."""
    return largest(found) <= CUT


def ruling_rows(companies: Sequence[Sequence[Fit]]) -> pd.DataFrame:
    """A row a pattern: low, high, pattern_error, and over companies median and simulation_error, share ruled out.

    `ruled_out` is the share that the pattern rules out, `alone` the share that no other one does.
    """
    over = np.array([[fit.implausibility > CUT for fit in found] for found in companies], bool)
    rows = []
    for place, same in enumerate(zip(*companies, strict=True)):
        pattern = same[0].pattern
        alone = over[:, place] & (over.sum(axis=1) == 1)
        rows.append(
            (
                *(pattern.name, pattern.low, pattern.high, pattern_error(pattern)),
                float(np.nanmedian([fit.pattern.value for fit in same])),
                float(np.median([fit.error for fit in same])),
                *(float(over[:, place].mean()), float(alone.mean())),
            )
        )
    columns = ["pattern", "low", "high", "pattern_error", "median", "simulation_error", "ruled_out", "alone"]
    return pd.DataFrame(rows, columns=columns)
