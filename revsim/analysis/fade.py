"""Relief and fade: the peak of a path of gains, and the half-life of what follows.

    gain(t) = a_c 2^(-age(t) / h),   a_c > 0

age(t) is the time since the remedy began or was last renewed, c which renewal that was: each has its own a_c and all
one half-life. By nonlinear least squares: for each h the best a_c are ratios of sums, so that only h is searched
(variable projection, Golub and Pereyra 1973), over a logarithmic grid and a parabola through its lowest points. The
interval of h is that of refitted resamples of replications. What shrinks by less than a tenth within the window (or
from one renewal to the next) has an endless h.

The fit begins when the remedy does: to begin at the largest gain, which is partly luck, would show fading where there
is none. A largest gain in the last two times leaves nothing behind it that could show fading, unless renewals do. Only
where a later gain is clearly larger than the first, and the last clearly smaller than it, does the fit begin there. A
part that does not fade (meetings that go on) makes h longer.

The grid begins at SHORTEST. What fades faster is gone by the next time and leaves no trace of how fast: an h at that
bound is none, only its upper end is told, and an interval that reaches the bound reaches to zero.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from revsim.analysis import interval
from revsim.analysis.attribution import widened
from revsim.analysis.cube import Floats
from revsim.analysis.interval import Interval
from revsim.analysis.jackknife import Jackknifed
from revsim.analysis.path import Path

FEWEST_TIMES = 3
POINTS = 200
SHORTEST = 0.25  # of a time: by the next, a sixteenth is left
ENDLESS = 8.0  # windows: what shrinks by less than a tenth within the window
NO_RELIEF, NO_TIME, RISES, NO_FADE, UNSURE, FADES, GONE = (
    "no clear relief, so nothing that could fade",
    "largest at the end of the window",
    "grows after it begins, and no fading is seen",
    "does not fade",
    "fading is not clear",
    "fades",
    "gone by the next",
)
UNRESOLVED = "under a quarter, not resolved"


class Fade(NamedTuple):
    """Peak at `peak_at` (from 1) with its interval, widened for the choice; half-life in times, infinite if endless.

    Of what fades too fast to be resolved the half-life has an upper end alone.
    """

    peak_at: int
    peak: Interval
    half_life: Interval
    words: str


def half_lives(gains: Floats, period: float = 0.0) -> Floats:
    """(path,): least-squares half-life of each row of (path, time); infinite if endless, NaN without any gain.

    `period` is the times from one renewal to the next; 0 if there is none.
    """
    times = np.arange(gains.shape[1], dtype=np.float64)
    cycle = np.floor(times / period) if period else np.zeros_like(times)
    age = times - period * cycle
    grid = np.geomspace(SHORTEST, ENDLESS * (age.max() + 1.0), POINTS)
    shapes = 2.0 ** (-age / grid[:, None])
    explained = np.zeros((len(gains), POINTS))
    for each in np.unique(cycle):
        own = shapes * (cycle == each)
        # the best a for each h takes this much off the sum of squares
        explained += np.maximum(gains @ own.T, 0.0) ** 2 / (own * own).sum(axis=1)
    best = explained.argmax(axis=1)
    found = np.exp(np.log(grid)[best] + _vertex(explained, best) * np.log(grid[1] / grid[0]))
    found = np.where(best == POINTS - 1, np.inf, found)
    return np.asarray(np.where(explained.max(axis=1) > 0.0, found, np.nan))


def _vertex(explained: Floats, best: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Floats:
    """Where between grid points the parabola through the best and its neighbours is highest, in steps."""
    inner = np.clip(best, 1, POINTS - 2)
    rows = np.arange(len(explained))
    left, middle, right = (explained[rows, inner + step] for step in (-1, 0, 1))
    bend = left - 2.0 * middle + right
    moved = np.where(bend < 0.0, 0.5 * (left - right) / np.where(bend < 0.0, bend, 1.0), 0.0)
    return np.asarray(np.where(inner == best, np.clip(moved, -1.0, 1.0), 0.0))


def _above(gains: Path, high: int, low: int) -> bool:
    """Whether a gain, chosen as the largest, is clearly larger than another."""
    rise = Jackknifed(float(gains.whole[high] - gains.whole[low]), gains.without[:, high] - gains.without[:, low])
    return widened(interval.of_jackknife(rise), len(gains.whole), len(gains.without)).low > 0.0


def fade_of(gains: Path, period: float = 0.0) -> Fade:
    """Peak and half-life of a path of gains (above zero is better); `period` as of `half_lives`, ignored below 2."""
    peak_at, last = int(np.argmax(gains.whole)), len(gains.whole) - 1
    peak = gains.chosen(peak_at)
    if not peak.low > 0.0:
        return Fade(peak_at + 1, peak, interval.NOTHING, NO_RELIEF)
    rest, cycle = gains, period if period >= 2.0 else 0.0  # noqa: PLR2004 - two times show a fall
    if not cycle and peak_at > last - FEWEST_TIMES + 1:
        return Fade(peak_at + 1, peak, interval.NOTHING, NO_TIME)
    if not cycle and _above(gains, peak_at, 0):
        if not _above(gains, peak_at, last):
            return Fade(peak_at + 1, peak, interval.NOTHING, RISES)
        rest = gains.since(peak_at)
    if len(rest.whole) < FEWEST_TIMES:
        return Fade(peak_at + 1, peak, interval.NOTHING, NO_TIME)
    life = _half_life(rest, cycle)
    if life.estimate <= SHORTEST:
        words = GONE if life.high <= 2.0 * SHORTEST else UNRESOLVED
        words = UNSURE if np.isinf(life.high) else words  # gone at once and never are both in the interval
        return Fade(peak_at + 1, peak, Interval(np.nan, np.nan, life.high), words)
    words = GONE if life.high <= 2.0 * SHORTEST else FADES
    words = NO_FADE if np.isinf(life.estimate) else UNSURE if np.isinf(life.high) else words
    return Fade(peak_at + 1, peak, life, words)


def _half_life(gains: Path, period: float) -> Interval:
    """The half-life, and its interval from resamples; one without any gain says nothing of h and widens both ends."""
    estimate, draws = float(half_lives(gains.whole[None, :], period)[0]), half_lives(gains.draws, period)
    low = float(np.quantile(np.where(np.isnan(draws), 0.0, draws), 0.025, method="lower"))
    high = float(np.quantile(np.where(np.isnan(draws), np.inf, draws), 0.975, method="higher"))
    low = 0.0 if low <= SHORTEST else low
    return Interval(estimate, min(low, estimate), max(high, estimate))
