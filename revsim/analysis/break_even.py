"""Worse before better: the trough of a path of gains, and when its running sum has made up for it.

Break-even is the first time from which the running sum stays at or above zero to the end of the window.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from revsim.analysis.cube import Floats
from revsim.analysis.interval import Interval
from revsim.analysis.path import Path

NO_DIP, MADE_UP, UNSURE, NOT_MADE_UP = (
    "no clear dip",
    "worse first, made up",
    "worse first, made up but not surely within the window",
    "worse first, not made up within the window",
)


class Return(NamedTuple):
    """Trough at `trough_at` (from 1), widened for the choice; break-even (from 1), infinite beyond the window."""

    trough_at: int
    trough: Interval
    break_even: Interval
    words: str


def break_evens(gains: Floats) -> Floats:
    """(path,): break-even time of each row of (path, time)."""
    below = np.cumsum(gains, axis=1) < 0.0
    last = gains.shape[1] - np.argmax(below[:, ::-1], axis=1)  # the last time below zero, from 1
    found = np.where(below.any(axis=1), last + 1.0, 1.0)
    return np.where(found > gains.shape[1], np.inf, found)


def return_of(gains: Path) -> Return:
    """Trough and break-even of a path of gains (above zero is better); the interval from resampled replications."""
    trough_at = int(np.argmin(gains.whole))
    trough = gains.chosen(trough_at)
    estimate = float(break_evens(gains.whole[None, :])[0])
    draws = break_evens(gains.draws)
    low, high = np.quantile(draws, 0.025, method="lower"), np.quantile(draws, 0.975, method="higher")
    even = Interval(estimate, min(float(low), estimate), max(float(high), estimate))
    if not trough.high < 0.0:
        words = NO_DIP
    elif np.isinf(estimate):
        words = NOT_MADE_UP
    else:
        words = UNSURE if np.isinf(high) else MADE_UP
    return Return(trough_at + 1, trough, even, words)
