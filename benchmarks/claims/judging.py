"""Estimate, interval, p-value and smallest effect of a contrast; Holm over claims; the verdict.

t        = value / error, two-sided, degrees of freedom as of the interval (analysis/interval.py)
Holm     = max over the smaller ones of (m - rank) p                        Holm 1979
smallest = 2.8 errors: found in four runs of five by a 5 % test             1.96 + 0.84
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import stdtr

from claims.claim import ALL, ANY, Contrast
from revsim.analysis.interval import Interval, as_share, degrees_of, of_jackknife
from revsim.analysis.jackknife import Jackknifed

LEVEL, POWERED = 0.05, 2.8
SUPPORTED, REFUTED, OPEN, BUILT_IN, NOT_ASKED = "supported", "refuted", "open", "built in", "not modelled"


class Judged(NamedTuple):
    """A contrast with what came out; `side` is +1 where the estimate lies as stated, -1 against it, else 0."""

    contrast: Contrast
    interval: Interval
    p: float
    smallest: float
    side: int

    @property
    def clear(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.interval.clear


def judged(contrast: Contrast, found: Jackknifed) -> Judged:
    """The interval, the p-value and what could have been seen; NaN where there is no interval."""
    interval, (error, p) = of_jackknife(found), error_and_p(found)
    smallest = POWERED * error
    side = int(np.sign(found.value)) * contrast.direction if np.isfinite(found.value) else 0
    if contrast.is_log:
        return Judged(contrast, as_share(interval), p, float(np.expm1(smallest)), side)
    return Judged(contrast, interval, p, smallest, side)


def error_and_p(found: Jackknifed) -> tuple[float, float]:
    """The jackknife's standard error, and the two-sided p-value of zero."""
    if not np.isfinite(of_jackknife(found).low):
        return np.nan, np.nan
    n = len(found.without)
    away = found.without - found.without.mean()
    error = float(np.sqrt((n - 1) / n * (away * away).sum()))
    if error == 0.0:
        return 0.0, 1.0 if found.value == 0.0 else 0.0
    return error, 2.0 * float(stdtr(degrees_of(away), -abs(found.value) / error))


def holm(values: Sequence[float]) -> list[float]:
    """Adjusted p-values in the order given; NaN stays and counts for nothing."""
    adjusted, largest = [float("nan")] * len(values), 0.0
    ordered = sorted((value, place) for place, value in enumerate(values) if np.isfinite(value))
    for rank, (value, place) in enumerate(ordered):
        largest = max(largest, min(1.0, (len(ordered) - rank) * value))
        adjusted[place] = largest
    return adjusted


class Together(NamedTuple):
    """The p-value of a claim and the side on which it lies: +1 as stated, -1 against it."""

    p: float
    side: int


def together(rule: str, primary: Sequence[Judged]) -> Together:
    """One p-value of a claim's primary contrasts.

    ANY: the smallest as stated after Holm within; all lie against it: the largest. ALL: the largest; some lie against
    it: the smallest of those after Holm within, as one clear exception refutes what is said of all.
    """
    within = holm([each.p for each in primary])
    as_stated = [p for p, each in zip(within, primary, strict=True) if each.side > 0]
    against = [p for p, each in zip(within, primary, strict=True) if each.side <= 0]
    largest = max((each.p for each in primary), default=float("nan"))
    if rule == ANY:
        return Together(min(as_stated), 1) if as_stated else Together(largest, -1)
    if rule == ALL:
        return Together(min(against), -1) if against else Together(largest, 1)
    (only,) = primary
    return Together(only.p, only.side)


def verdict(p: float, side: int, *, built_in: bool = False, fails: bool = False) -> str:
    """The word for a claim, by a p-value that is adjusted or not.

    `fails`: what must not come with it came clearly with it; then nothing is supported, and a claim whose own contrast
    is not clear as stated is refuted.
    """
    is_clear = bool(np.isfinite(p)) and p < LEVEL
    if is_clear and side > 0:
        return OPEN if fails else BUILT_IN if built_in else SUPPORTED
    if (is_clear and side < 0) or fails:
        return REFUTED
    return OPEN
