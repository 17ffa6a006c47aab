"""Where an effect turns its sign along one number, all others averaged out: a line over worlds, and where it is zero.

    y_w = a + b u_w + e_w        u_w  rank of world w on the number, from 0 (lowest) to 1, ties at their middle
                                 e_w  all that the other numbers and chance do

Ranks, as a number's range is skewed about its value and a line over ranks is straight where worlds are even. Errors
spread unevenly, since large companies gain and lose more: the covariance is the one by leave-one-out residuals (HC3,
MacKinnon and White 1985), with Student's t of n - 2.

Three things are asked. Does the number move the effect: p of b. Does the sign turn within the range: only if the line
is clearly below zero at one end and clearly above it at the other; the p of that is the larger of both ends' (an
intersection-union test, Berger 1982), doubled as either end may be the lower. And where: at u = -a / b, with Fieller's
interval (1954), all u at which the line is not clearly off zero; it lies within the range where the sign clearly turns.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.stats import rankdata
from scipy.stats import t as student

from revsim.analysis.cube import Floats
from revsim.analysis.interval import CONFIDENCE, NOTHING, Interval

FEWEST_WORLDS = 20  # a line through fewer says nothing
FEWEST_VALUES = 5  # of a number: below that it is a switch, which has no value at which anything turns


class Crossing(NamedTuple):
    """The line at both ends of the range, p of its slope and of its turning its sign, and the rank where it does."""

    at_lowest: float
    at_highest: float
    p: float
    p_turns: float
    rank: Interval


class _Line(NamedTuple):
    """a and b, their covariance, and the degrees of freedom."""

    at: Floats
    covariance: Floats
    degrees: int


def ranks(values: Floats) -> Floats:
    """From 0 to 1, evenly, equal values at the middle of theirs."""
    return np.asarray((rankdata(values) - 0.5) / len(values))


def value_at(rank: float, values: Floats) -> float:
    """The value at a rank, between the two that were drawn around it."""
    return float(np.interp(rank, np.sort(ranks(values)), np.sort(values)))


def crossing(values: Floats, effect: Floats) -> Crossing | None:
    """Where `effect` turns along `values`, a number a world each; None where worlds or distinct values are too few."""
    there = np.isfinite(effect)
    values, effect = values[there], effect[there]
    if len(effect) < FEWEST_WORLDS or len(np.unique(values)) < FEWEST_VALUES:
        return None
    line = _line(ranks(values), effect)
    low, high = (float(line.at @ (1.0, u)) for u in (0.0, 1.0))
    falls, rises = (_p(line, sign) for sign in (1.0, -1.0))
    return Crossing(low, high, _slope_p(line), min(2.0 * falls, 2.0 * rises, 1.0), _fieller(line))


def _line(u: Floats, y: Floats) -> _Line:
    x = np.column_stack([np.ones(len(u)), u])
    inverse = np.linalg.inv(x.T @ x)
    at = inverse @ (x.T @ y)
    leverage = np.einsum("ij,jk,ik->i", x, inverse, x)
    scores = x * ((y - x @ at) / (1.0 - leverage))[:, None]
    return _Line(at, inverse @ (scores.T @ scores) @ inverse, len(y) - 2)


def _slope_p(line: _Line) -> float:
    """That there is no slope, from both sides."""
    slope, error = abs(float(line.at[1])), float(np.sqrt(line.covariance[1, 1]))
    if error == 0.0:
        return 0.0 if slope > 0.0 else 1.0
    return float(2.0 * student.sf(slope / error, line.degrees))


def _p(line: _Line, sign: float) -> float:
    """That the line is above zero at the lowest rank and below it at the highest, for sign 1; for -1 the reverse."""
    return max(_one_sided(line, 0.0, sign), _one_sided(line, 1.0, -sign))


def _one_sided(line: _Line, u: float, sign: float) -> float:
    at = np.array([1.0, u])
    error = float(np.sqrt(max(at @ line.covariance @ at, 0.0)))
    size = sign * float(at @ line.at)
    if error == 0.0:
        return 0.0 if size > 0.0 else 1.0
    return float(student.sf(size / error, line.degrees))


def _fieller(line: _Line) -> Interval:
    """Where (a + b u)^2 <= t^2 var(a + b u); nothing where that is no bounded stretch."""
    a, b = line.at
    square = float(student.ppf(0.5 + CONFIDENCE / 2.0, line.degrees)) ** 2
    (aa, ab), (_, bb) = line.covariance
    top, middle, bottom = b * b - square * bb, a * b - square * ab, a * a - square * aa
    if not top > 0.0:
        return NOTHING
    half = float(np.sqrt(max(middle * middle - top * bottom, 0.0))) / top
    return Interval(float(-a / b), float(-middle / top) - half, float(-middle / top) + half)
