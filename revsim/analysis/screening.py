"""Morris screening: how much one step of one number moves an answer, averaged over many companies.

A step moves one coordinate of a company by s (a share of all values, with its sign) and leaves the others:

    effect_i = (y(after) - y(before)) / s            one for each number and path
    mu       = mean effect_i                         mu_star = mean |effect_i|
    sigma    = sd effect_i                           above zero: not linear, or in company with other numbers

The last column is a dummy: its step changes nothing but the luck, so its mu_star is what chance alone does. All other
steps are on common luck, so chance does less there, and the dummy is on the safe side. A number is above it where the
95 % interval of mu_star less the dummy's leaves zero out: both from the same resampled paths (bootstrap).

The rule by which numbers are ranked, stated before any result was there:

    score_i = exp(mean over answers of log max(1, mu_star_i / mu_star_dummy))

1 is chance; no answer outweighs another by its unit or by how well it is told. An answer for which the dummy moves
nothing, or that cannot be told of any path, does not count.

Sources: Morris (1991), Technometrics 33; Campolongo, Cariboni and Saltelli (2007), Environmental Modelling and
Software 22 (mu_star, radial steps); Khorashadi Zadeh et al. (2017), Environmental Modelling and Software 91 (dummy).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from revsim.analysis.cube import Floats
from revsim.analysis.resample import DRAWS, counts

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
    above: np.ndarray[tuple[int], np.dtype[np.bool_]]
    lost: int  # effects that could not be told
    draws: Floats


class Ranked(NamedTuple):
    """All answers together: arrays over the numbers, without the dummy."""

    score: Floats
    low: Floats
    high: Floats
    rank: Floats
    rank_low: Floats
    rank_high: Floats
    in_top: Floats  # share of resamples in which it is among the first TOP


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


def screened(found: Floats) -> Screened:
    """What (path, number) effects say, the dummy's in the last column; effects that are no number are left out."""
    there = np.isfinite(found)
    filled = np.where(there, found, 0.0)
    number = there.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mu = filled.sum(axis=0) / number
        mu_star = np.abs(filled).sum(axis=0) / number
        sigma = np.sqrt((np.where(there, found - mu, 0.0) ** 2).sum(axis=0) / (number - 1))
        taken = counts(len(found), DRAWS)
        draws = np.asarray((taken @ np.abs(filled)) / (taken @ there.astype(np.float64)))
    low, high = _ends(draws)
    beyond, _ = _ends(draws[:, :-1] - draws[:, -1:])
    above = np.append(beyond > 0.0, [False])
    return Screened(mu, mu_star, low, high, sigma, above, int((~there).sum()), draws)


def _ends(draws: Floats) -> tuple[Floats, Floats]:
    """Ends of the 95 % interval of each column; NaN where some resample has no value."""
    low, high = np.percentile(draws, ENDS, axis=0)
    return np.asarray(low), np.asarray(high)


def _ratios(mu_star: Floats) -> Floats:
    """Logs of mu_star over the dummy's, at least 0; NaN where the dummy does nothing or is not told."""
    dummy = mu_star[..., -1:]
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(dummy > 0.0, mu_star[..., :-1] / dummy, np.nan)
        return np.asarray(np.log(np.maximum(ratio, 1.0)))


def _scores(logs: Floats) -> Floats:
    """Exp of the mean over answers, the first axis, of those that count."""
    there = np.isfinite(logs)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.exp(np.where(there, logs, 0.0).sum(axis=0) / there.sum(axis=0)))


def _places(scores: Floats) -> Floats:
    """Rank of each number, 1 the largest; equal scores share the mean of their ranks."""
    from scipy.stats import rankdata  # noqa: PLC0415 - heavy: only when it is used

    return np.asarray(rankdata(-np.nan_to_num(scores, nan=0.0), axis=-1))


def ranked(answers: Sequence[Screened]) -> Ranked:
    """Numbers by their score over all answers, with bootstrap intervals of score and rank."""
    score = _scores(np.stack([_ratios(one.mu_star) for one in answers]))
    draws = _scores(np.stack([_ratios(one.draws) for one in answers]))
    places = _places(draws)
    return Ranked(
        score, *_ends(draws), _places(score), *_ends(places), np.asarray((places <= TOP).mean(axis=0))
    )  # fmt: skip
