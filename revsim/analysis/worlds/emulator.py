"""A linear emulator of patterns: which draws are hopeless, so that they need not be run.

    pattern = a + b . (u - mean u) + e,    b by ridge, its penalty and the sd of e by leaving one out

or so in logarithms, for a pattern that is above 0 in all companies and that this foretells better. Numbers of a company
multiply (leads by shares won by prices), so a line misses most where most companies lie. Which is better is judged by
the errors that leaving one out leaves, that of logarithms times the geometric mean (Box and Cox 1964).

Used in waves, where few companies of a first draw pass: a new draw is run only where its emulated patterns, with the
emulator's error as simulation error, are not ruled out (Craig and others 1997; Vernon and others 2010).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from revsim.analysis.cube import Floats
from revsim.analysis.patterns import Pattern
from revsim.analysis.worlds.implausibility import implausibility

PENALTIES = tuple(10.0**power for power in np.arange(-2.0, 5.0, 0.5))


class Emulator(NamedTuple):
    """A pattern, or its logarithm, as a line over the axes; `error`, on that scale, is what leaving one out leaves."""

    pattern: Pattern
    mean: Floats
    level: float
    slopes: Floats
    error: float
    in_logs: bool = False

    @property
    def typical_error(self) -> float:
        """In the pattern's unit, in the middle of the companies."""
        return self.error * float(np.exp(self.level)) if self.in_logs else self.error

    def implausibilities(self, points: Floats) -> list[float]:
        """Of each point, (point, axis) in 0..1."""
        lines = self.level + (points - self.mean) @ self.slopes
        values = np.exp(lines) if self.in_logs else lines
        errors = values * self.error if self.in_logs else np.full(len(values), self.error)
        return [
            implausibility(self.pattern._replace(value=float(value)), float(error))
            for value, error in zip(values, errors, strict=True)
        ]


def emulators(points: Floats, companies: Sequence[Sequence[Pattern]]) -> list[Emulator]:
    """One for each pattern of the companies run at `points` (company, axis); companies without a value are left out."""
    found = []
    for same in zip(*companies, strict=True):
        values = np.array([pattern.value for pattern in same])
        there = np.isfinite(values)
        found.append(_better(points[there], values[there], same[0]))
    return found


def emulated(found: Sequence[Emulator], points: Floats) -> Floats:
    """Largest emulated implausibility of each point."""
    far: Floats = np.array([emulator.implausibilities(points) for emulator in found])
    return np.asarray(far.max(axis=0))


def _better(points: Floats, values: Floats, pattern: Pattern) -> Emulator:
    """Of the pattern or of its logarithm, whichever leaves less."""
    plain = _ridge(points, values, pattern)
    if not (values > 0.0).all():
        return plain
    logs = _ridge(points, np.log(values), pattern)._replace(in_logs=True)
    return logs if logs.typical_error < plain.typical_error else plain


def _ridge(points: Floats, values: Floats, pattern: Pattern) -> Emulator:
    """By the penalty that leaves least when each is left out."""
    mean, level = points.mean(axis=0), float(values.mean())
    left, sizes, right = np.linalg.svd(points - mean, full_matrices=False)
    along = left.T @ (values - level)
    best: tuple[float, Floats] | None = None
    for penalty in PENALTIES:
        kept = sizes**2 / (sizes**2 + penalty)
        leverage = (left**2) @ kept + 1.0 / len(values)
        rest = (values - level - left @ (kept * along)) / np.maximum(1.0 - leverage, 1e-6)
        error = float(np.sqrt(np.mean(rest**2)))
        if best is None or error < best[0]:
            best = error, right.T @ (sizes / (sizes**2 + penalty) * along)
    assert best is not None, "there are penalties"
    return Emulator(pattern, mean, level, best[1], best[0])
