"""Morris screening: how much one step of one number moves an answer, averaged over many companies.

A step moves one coordinate of a company by s (a share of all values, with its sign) and leaves the others:

    effect_i = (y(after) - y(before)) / s            one for each number and path
    mu       = mean effect_i                         mu_star = mean |effect_i|
    sigma    = sd effect_i                           above zero: not linear, or in company with other numbers

Dummies change nothing but the luck: each path's start is run again with other seeds, and the mean size of a step
between any two of all its seeds is what chance alone does there; none of the seeds, its own neither, speaks alone.
All other steps are on common luck, so chance does less in them, and the dummy is on the safe side. A number is above
it where the 95 % interval of mu_star less the dummy's lies above zero at its lower end: both from the same resampled
paths (bootstrap).

The rule by which numbers are ranked: only those that are above the dummy in at least one answer, by

    score_i = max over the answers in which i is above the dummy of mu_star_i / sd over starts of the answer

so it says by how much of what companies differ in a number moves the answer that it moves most. No answer outweighs
another by its unit, and none weighs less because luck is large in it; the dummy says who is ranked, not where. The sd
rather than the median size of the answer: an effect that is about nothing in most companies has a small size, and every
number would look large beside it. An answer without a sd does not count. The sd is a unit: resamples do not change it.

Sources: Morris (1991), Technometrics 33; Campolongo, Cariboni and Saltelli (2007), Environmental Modelling and
Software 22 (mu_star, radial steps); Khorashadi Zadeh et al. (2017), Environmental Modelling and Software 91 (dummy).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from revsim.analysis.cube import Floats
from revsim.analysis.resample import DRAWS, Whole, counts

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
TOP = 10
ENDS = (2.5, 97.5)
FEWEST = 2  # paths: fewer have no spread


class Screened(NamedTuple):
    """One answer: arrays over the numbers, the dummy last; `draws` is mu_star of each resample, (draw, number)."""

    mu: Floats
    mu_star: Floats
    low: Floats
    high: Floats
    sigma: Floats
    above: Flags
    lost: int  # effects that could not be told
    draws: Floats
    scale: float  # sd of the answer over the starts of the paths


class Ranked(NamedTuple):
    """All answers together: arrays over the numbers, without the dummy; NaN for those that are not ranked."""

    score: Floats
    low: Floats
    high: Floats
    rank: Floats
    rank_low: Floats
    rank_high: Floats
    in_top: Floats  # share of resamples in which it is among the first TOP
    answer: Whole  # in which its score is, -1 where it is not ranked


def effects(values: Floats, points: Floats, *, radial: bool) -> Floats:
    """(path, axis): elementary effects of (path, point) values at (path, point, axis) points.

    Each step starts from the point before it, or with `radial` from the path's first.
    """
    before = np.repeat(points[:, :1], points.shape[1] - 1, axis=1) if radial else points[:, :-1]
    start = values[:, :1] if radial else values[:, :-1]
    moved = points[:, 1:] - before
    axis = np.abs(moved).argmax(axis=2)
    size = np.take_along_axis(moved, axis[:, :, None], axis=2)[:, :, 0]
    found = np.full(points[:, 0].shape, np.nan)
    np.put_along_axis(found, axis, (values[:, 1:] - start) / size, axis=1)
    return found


def luck_steps(starts: Floats, size: Floats) -> Floats:
    """(path, pair): effects of steps of `size` at (path,) between any two seeds, of answers at (seed, path)."""
    return np.stack([(after - before) / size for before, after in combinations(starts, 2)], axis=1)


def screened(found: Floats, luck: Floats, starts: Floats) -> Screened:
    """What (path, number) effects say beside (path, pair) steps of the luck, in an answer that is `starts` at (path,).

    Effects that are no number are left out.
    """
    each = np.column_stack([np.abs(found), _mean(np.abs(luck), 1)])
    there = np.isfinite(each)
    with np.errstate(invalid="ignore", divide="ignore"):
        taken = counts(len(each), DRAWS)
        draws = np.asarray((taken @ np.where(there, each, 0.0)) / (taken @ there.astype(np.float64)))
    mu = np.append(_mean(found, 0), _mean(luck.ravel(), 0))
    sigma = np.append(_sd(found), _sd(luck.reshape(-1, 1)))
    low, high = _ends(draws)
    beyond, _ = _ends(draws[:, :-1] - draws[:, -1:])
    above = np.append(beyond > 0.0, [False])
    lost = int((~np.isfinite(found)).sum() + (~np.isfinite(luck)).sum())
    return Screened(mu, _mean(each, 0), low, high, sigma, above, lost, draws, float(_sd(starts[:, None])[0]))


def _mean(values: Floats, axis: int) -> Floats:
    """Mean of those that are numbers; NaN where none is."""
    there = np.isfinite(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(there, values, 0.0).sum(axis=axis) / there.sum(axis=axis))


def _sd(values: Floats) -> Floats:
    """Of each column, of those that are numbers; NaN where there are fewer than two."""
    there = np.isfinite(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        squares = np.where(there, values - _mean(values, 0), 0.0) ** 2
        return np.asarray(np.sqrt(squares.sum(axis=0) / (there.sum(axis=0) - 1)))


def _ends(draws: Floats) -> tuple[Floats, Floats]:
    """Ends of the 95 % interval of each column; NaN where some resample has no value."""
    low, high = np.percentile(draws, ENDS, axis=0)
    return np.asarray(low), np.asarray(high)


def _places(scores: Floats) -> Floats:
    """Rank of each number, 1 the largest; equal scores share the mean of their ranks."""
    from scipy.stats import rankdata  # noqa: PLC0415 - heavy: only when it is used

    return np.asarray(rankdata(-scores, axis=-1))


def ranked(answers: Sequence[Screened]) -> Ranked:
    """Numbers by their score over all answers, with bootstrap intervals of score and rank."""
    units = np.array([one.scale if one.scale > 0.0 else np.nan for one in answers])
    counted = np.stack([one.above[:-1] for one in answers]) & np.isfinite(units)[:, None]
    shares = np.stack([one.mu_star[:-1] for one in answers]) / units[:, None]
    found = np.where(counted, shares, -np.inf)
    listed = np.flatnonzero(counted.any(axis=0))
    wide = np.full((len(Ranked._fields) - 1, counted.shape[1]), np.nan)
    answer = np.where(counted.any(axis=0), found.argmax(axis=0), -1)
    if listed.size:
        draws = np.full((DRAWS, listed.size), -np.inf)
        for one, unit, counts_here in zip(answers, units, counted[:, listed], strict=True):
            here = one.draws[:, listed[counts_here]] / unit
            draws[:, counts_here] = np.maximum(draws[:, counts_here], here)
        places, score = _places(draws), found.max(axis=0)[listed]
        wide[:, listed] = [
            score, *_ends(draws), _places(score), *_ends(places), (places <= TOP).mean(axis=0)
        ]  # fmt: skip
    return Ranked._make([*wide, answer])
