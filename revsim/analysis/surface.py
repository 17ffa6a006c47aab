"""A quadratic surface through noisy values at many points: what one point's luck is, the others tell.

    y(x) = b0 + sum_i b_i x_i + sum_{i<=j} b_ij x_i x_j + noise          x centred, each from -1/2 to 1/2

A Bayesian ridge regression (response surfaces: Box and Wilson 1951; Kleijnen 2015, Design and Analysis of Simulation
Experiments, chapter 2): the penalty is the one with the least leave-one-out error, and the posterior of the
coefficients is normal, so that a surface can be drawn from what is not known of it (Thompson 1933).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from revsim.analysis.cube import Floats

PENALTIES = np.geomspace(1e-4, 1e3, 29)


class Surface(NamedTuple):
    """`coefficients` in the units of the values; `root` times standard normals is what is not known of them.

    `error` is the leave-one-out error's root mean square, `explained` the share of the values' variance that the
    surface foretells at points it has not seen; it may be below zero.
    """

    coefficients: Floats
    root: Floats
    error: float
    explained: float

    def at(self, points: Floats) -> Floats:
        """(point,): heights at points, (point, axis) in 0..1."""
        return np.asarray(features(points) @ self.coefficients)

    def drawn(self, rng: np.random.Generator) -> Surface:
        """One surface that the values allow."""
        noise = self.root @ rng.standard_normal(self.root.shape[1])
        return self._replace(coefficients=self.coefficients + noise)


def features(points: Floats) -> Floats:
    """(point, feature): 1, each axis, each product of two."""
    centred = np.asarray(points) - 0.5
    first, second = np.triu_indices(centred.shape[1])
    return np.hstack([np.ones((len(centred), 1)), centred, centred[:, first] * centred[:, second]])


def fitted(points: Floats, values: Floats) -> Surface:
    """The surface through values, (point,), at points, (point, axis) in 0..1; at least three of them."""
    terms = features(points)[:, 1:]
    centre, middle = float(values.mean()), terms.mean(axis=0)
    left, sizes, right = np.linalg.svd(terms - middle, full_matrices=False)
    seen, above = left.T @ (values - centre), left**2
    misses = [_left_out(left, seen, above, sizes**2 / (sizes**2 + one), values - centre) for one in PENALTIES]
    errors = [float(np.mean(miss**2)) for miss in misses]
    best = int(np.argmin(errors))
    spread, penalty = float(values.var()), PENALTIES[best]
    slopes = right.T @ (sizes / (sizes**2 + penalty) * seen)
    error = errors[best] ** 0.5
    root = error * _root(right, sizes, penalty)
    whole = np.concatenate([[centre - middle @ slopes], slopes])
    # the height at the middle is known to error / sqrt(n); it shifts all points alike, so that no choice depends on it
    rooted = np.vstack([-middle @ root, root])
    return Surface(whole, rooted, error, 1.0 - errors[best] / spread if spread > 0.0 else 0.0)


def _left_out(left: Floats, seen: Floats, above: Floats, kept: Floats, values: Floats) -> Floats:
    """What each value differs by from a surface that has not seen it."""
    leverage = above @ kept + 1.0 / len(values)
    return np.asarray((values - left @ (kept * seen)) / np.maximum(1.0 - leverage, 1e-9))


def _root(right: Floats, sizes: Floats, penalty: float) -> Floats:
    """A square root of (X'X + penalty)^-1, also where there are fewer points than coefficients."""
    inside = right.T * (1.0 / np.sqrt(sizes**2 + penalty) - 1.0 / np.sqrt(penalty))
    return np.asarray(inside @ right + np.eye(right.shape[1]) / np.sqrt(penalty))
