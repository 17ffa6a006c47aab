"""The headline against closed forms and known answers."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import interval
from revsim.analysis.cube import Cube
from revsim.analysis.jackknife import Jackknifed
from revsim.analysis.variance import covariance, forecast_variance
from revsim.analysis.view import View


def cube_of_errors(errors: list[np.ndarray], levels: list[float], oracle: list[np.ndarray] | None = None) -> Cube:
    """Scenarios with given F - A at week 7, (replication, quarter), and constant-mean bookings."""
    shape = (len(errors), *errors[0].shape)
    actual = np.broadcast_to(np.asarray(levels)[:, None, None], shape).copy()
    forecast = np.repeat((actual + np.stack(errors))[..., None], 13, axis=3)
    weekly = {"forecast": forecast}
    if oracle is not None:
        weekly |= {"oracle": np.repeat(np.stack(oracle)[..., None], 13, axis=3), "oracle_n": np.ones_like(forecast)}
    names = tuple(f"s{k}" for k in range(len(errors)))
    numbers = np.arange(shape[1]), np.arange(1, shape[2] + 1)
    return Cube(names, *numbers, {"bookings": actual, "plan": actual}, weekly)


def test_variance_is_the_mean_over_quarters_of_variance_over_squared_mean() -> None:
    rng = np.random.default_rng(3)
    actual, error = 50 + rng.random((20, 3)), rng.normal(size=(20, 3))
    found = covariance(error, error, actual)
    by_hand = np.mean(error.var(axis=0, ddof=1) / actual.mean(axis=0) ** 2)
    assert found.value == pytest.approx(by_hand, rel=1e-12)
    for left_out in (0, 7, 19):
        rest, level = np.delete(error, left_out, axis=0), np.delete(actual, left_out, axis=0)
        again = np.mean(rest.var(axis=0, ddof=1) / level.mean(axis=0) ** 2)
        assert found.without[left_out] == pytest.approx(again, rel=1e-10)


def test_a_steady_bias_is_no_variance() -> None:
    error = np.full((10, 4), 25.0)
    assert forecast_variance(View(cube_of_errors([error], [100.0]), 0, 0), 7).value == 0.0


def test_selling_twice_as_much_with_the_same_error_is_a_quarter_of_the_variance_but_not_in_the_baselines_terms() -> (
    None
):
    error = np.random.default_rng(1).normal(size=(30, 4))
    cube = cube_of_errors([error, error], [100.0, 200.0])
    base, own = View(cube, 0, 0), View(cube, 1, 0)
    assert forecast_variance(own, 7).value == pytest.approx(forecast_variance(base, 7).value / 4)
    assert forecast_variance(own, 7, "_common").value == pytest.approx(forecast_variance(base, 7).value)


def test_the_interval_of_a_variance_ratio_covers_the_truth_as_often_as_it_says() -> None:
    rng, truth, hits = np.random.default_rng(5), np.log(0.5), 0
    for _ in range(400):
        first, own = rng.normal(size=(2, 40, 4))
        second = np.sqrt(0.5) * (0.6 * first + 0.8 * own)
        cube = cube_of_errors([first, second], [100.0, 100.0])
        found = interval.log_ratio(forecast_variance(View(cube, 1, 0), 7), forecast_variance(View(cube, 0, 0), 7))
        hits += found.low <= truth <= found.high
    assert 0.92 <= hits / 400 <= 0.98


def test_pairing_makes_the_interval_narrower() -> None:
    rng = np.random.default_rng(5)
    first, free = rng.normal(size=(2, 100, 4))
    widths = []
    for second in (0.7 * (0.95 * first + 0.31 * free), 0.7 * free):
        cube = cube_of_errors([first, second], [100.0, 100.0])
        widths.append(
            interval.log_ratio(forecast_variance(View(cube, 1, 0), 7), forecast_variance(View(cube, 0, 0), 7)).half
        )
    assert widths[0] < 0.6 * widths[1]


def test_chance_and_structure_are_told_apart_by_continuations() -> None:
    rng = np.random.default_rng(2)
    shape, chance, structure = (4000, 2), 9.0, 4.0
    state, mistake = 100 + rng.normal(size=shape), np.sqrt(structure) * rng.normal(size=shape)
    actual, again = (state + np.sqrt(chance) * rng.normal(size=shape) for _ in range(2))
    forecast = np.repeat((state + mistake)[None, ..., None], 13, axis=3)
    weekly = {
        "forecast": forecast,
        "oracle": np.repeat(again[None, ..., None], 13, axis=3),
        "oracle_n": np.ones_like(forecast),
    }
    cube = Cube(("s",), np.arange(4000), np.array([1, 2]), {"bookings": actual[None]}, weekly)
    view, scale = View(cube, 0, 0), 100.0**2
    assert forecast_variance(view, 7, "_chance").value * scale == pytest.approx(chance, rel=0.06)
    assert forecast_variance(view, 7, "_structure").value * scale == pytest.approx(structure, rel=0.15)


def test_without_continuations_chance_and_structure_are_empty() -> None:
    cube = cube_of_errors([np.ones((5, 2))], [100.0])
    assert np.isnan(forecast_variance(View(cube, 0, 0), 7, "_chance").value)


def test_quarters_without_bookings_are_left_out_of_the_mean() -> None:
    error = np.random.default_rng(1).normal(size=(10, 2))
    actual = np.stack([np.full(10, 100.0), np.zeros(10)], axis=1)
    assert covariance(error, error, actual).value == pytest.approx(error[:, 0].var(ddof=1) / 1e4)


def test_an_interval_of_a_variance_is_never_below_zero() -> None:
    wild = Jackknifed(1.0, np.array([0.2, 1.9, 0.3, 1.6]))
    assert interval.of_jackknife(wild).low < 0.0 < interval.of_positive(wild).low
