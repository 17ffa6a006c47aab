"""A surface through noisy values: exact where there is no noise, honest about what it does not know where there is."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.surface import PENALTIES, Surface, features, fitted

RNG = np.random.default_rng(3)
POINTS = RNG.random((60, 3))


def bowl(points: np.ndarray) -> np.ndarray:
    x, y, z = points.T
    return np.asarray(5.0 + 3.0 * x - 2.0 * y**2 + 4.0 * x * z)


def test_a_quadratic_is_found_again_at_points_not_seen() -> None:
    surface, new = fitted(POINTS, bowl(POINTS)), RNG.random((20, 3))
    assert surface.at(new) == pytest.approx(bowl(new), abs=1e-3)
    assert surface.explained > 0.999


def test_the_error_is_that_of_leaving_each_value_out() -> None:
    values = bowl(POINTS) + RNG.normal(0.0, 0.3, len(POINTS))
    terms, found = features(POINTS)[:, 1:], []
    for penalty in PENALTIES:
        misses = []
        for k in range(len(values)):
            there = np.arange(len(values)) != k
            # the mean is taken of all points, as the closed form does: it leaves 1/n of the value in
            x, y = terms[there] - terms.mean(axis=0), values[there]
            padded = np.hstack([np.ones((len(x), 1)), x])
            ridge = np.diag([0.0] + [penalty] * x.shape[1])
            beta = np.linalg.solve(padded.T @ padded + ridge, padded.T @ y)
            misses.append(values[k] - beta[0] - (terms[k] - terms.mean(axis=0)) @ beta[1:])
        found.append(float(np.mean(np.square(misses))))
    assert fitted(POINTS, values).error == pytest.approx(min(found) ** 0.5, rel=1e-6)


def test_noise_alone_explains_nothing() -> None:
    """Leave-one-out shares of noise have a standard deviation of about 0.03 here; 0.25 is far beyond 40 of them."""
    for seed in range(40):
        noise = np.random.default_rng(seed).normal(size=len(POINTS))
        assert fitted(POINTS, noise).explained < 0.25


def test_many_noisy_values_tell_one_height_better_than_one_of_them() -> None:
    points = np.random.default_rng(1).random((300, 3))
    values = bowl(points) + np.random.default_rng(2).normal(0.0, 1.0, 300)
    miss = fitted(points, values).at(POINTS) - bowl(POINTS)
    assert float(np.sqrt(np.mean(miss**2))) < 0.35  # of a noise of 1


def spread(surface: Surface, count: int = 400) -> np.ndarray:
    rng = np.random.default_rng(5)
    return np.array([surface.drawn(rng).at(POINTS) for _ in range(count)]).std(axis=0)


def test_surfaces_that_are_drawn_spread_as_the_posterior_does_and_less_the_more_is_known() -> None:
    few, many = (np.random.default_rng(1).random((n, 3)) for n in (30, 480))
    surfaces = [fitted(p, bowl(p) + np.random.default_rng(2).normal(0.0, 1.0, len(p))) for p in (few, many)]
    for surface in surfaces:
        wanted = np.sqrt(np.square(features(POINTS) @ surface.root).sum(axis=1))
        assert spread(surface) == pytest.approx(wanted, rel=0.2)
    assert spread(surfaces[1]).mean() < 0.5 * spread(surfaces[0]).mean()


def test_with_fewer_points_than_coefficients_a_surface_is_still_finite() -> None:
    points = np.random.default_rng(1).random((12, 6))
    surface = fitted(points, points.sum(axis=1))
    assert np.isfinite(surface.at(points)).all()
    assert np.isfinite(surface.root).all()


def test_values_that_are_all_the_same_are_explained_by_nothing() -> None:
    assert fitted(POINTS, np.full(len(POINTS), 7.0)).explained == 0.0
