"""The emulator: a line is found, its error is what noise leaves, and hopeless points are told from the others."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.patterns import Pattern
from revsim.analysis.worlds.emulator import emulated, emulators
from revsim.analysis.worlds.hypercube import latin_hypercube
from revsim.analysis.worlds.implausibility import CUT

AXES = 12


def company(value: float) -> list[Pattern]:
    return [Pattern("wins", 200.0, 300.0, "wins", value)]


def values_at(points: np.ndarray, noise: float, seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed).normal(0.0, 1.0, len(points))
    return 250.0 + 400.0 * (points[:, 0] - 0.5) + noise * chance


def test_a_line_is_found_and_foretells_other_points() -> None:
    points = latin_hypercube(120, AXES, 1)
    (found,) = emulators(points, [company(value) for value in values_at(points, 0.0, 2)])
    assert found.slopes == pytest.approx([400.0] + [0.0] * (AXES - 1), abs=1.0)
    assert found.error < 1.0


def test_its_error_is_that_of_the_noise() -> None:
    """200 points about a line with noise of sd 20: its estimate lies within 15 % (three of its standard errors)."""
    points = latin_hypercube(200, AXES, 1)
    (found,) = emulators(points, [company(value) for value in values_at(points, 20.0, 2)])
    assert found.error == pytest.approx(20.0, rel=0.15)


def test_where_nothing_matters_nothing_is_ruled_out_that_chance_may_bring() -> None:
    points = latin_hypercube(120, AXES, 1)
    chance = np.random.default_rng(3).normal(250.0, 60.0, 120)
    found = emulators(points, [company(value) for value in chance])
    assert emulated(found, latin_hypercube(500, AXES, 4)).max() < CUT


def test_hopeless_points_are_ruled_out_and_good_ones_are_not() -> None:
    points = latin_hypercube(150, AXES, 1)
    found = emulators(points, [company(value) for value in values_at(points, 5.0, 2)])
    other = latin_hypercube(400, AXES, 7)
    truth = np.abs(values_at(other, 0.0, 0) - 250.0) / 25.0
    far = emulated(found, other)
    assert (far[truth < 2.5] <= CUT).all()
    assert (far[truth > 4.0] > CUT).all()


def test_a_company_without_a_value_teaches_nothing() -> None:
    points = latin_hypercube(60, AXES, 1)
    values = values_at(points, 0.0, 2)
    values[3] = np.nan
    (found,) = emulators(points, [company(value) for value in values])
    assert np.isfinite(found.slopes).all()
    assert found.error < 2.0


def products_at(points: np.ndarray, noise: float, seed: int) -> np.ndarray:
    """Four numbers that multiply: wins from a quarter of 250 to four times 250, without noise."""
    chance = np.random.default_rng(seed).normal(0.0, 1.0, len(points))
    return np.asarray(250.0 * np.exp(np.log(2.0) * (points[:, :4] - 0.5).sum(axis=1) + noise * chance))


def test_what_multiplies_is_a_line_in_logarithms() -> None:
    points = latin_hypercube(120, AXES, 1)
    (found,) = emulators(points, [company(value) for value in products_at(points, 0.0, 2)])
    assert found.in_logs
    assert found.slopes == pytest.approx([np.log(2.0)] * 4 + [0.0] * (AXES - 4), abs=0.01)


def test_what_adds_up_is_no_line_in_logarithms() -> None:
    points = latin_hypercube(120, AXES, 1)
    (found,) = emulators(points, [company(value) for value in values_at(points, 5.0, 2)])
    assert not found.in_logs


def test_a_pattern_that_can_be_0_is_not_in_logarithms() -> None:
    points = latin_hypercube(120, AXES, 1)
    values = products_at(points, 0.0, 2)
    values[5] = 0.0
    (found,) = emulators(points, [company(value) for value in values])
    assert not found.in_logs
    assert np.isfinite(found.slopes).all()


def test_logarithms_rule_out_more_of_what_is_hopeless_and_nothing_that_is_good() -> None:
    points = latin_hypercube(150, AXES, 1)
    companies = [company(value) for value in products_at(points, 0.05, 2)]
    (found,) = emulators(points, companies)
    assert found.in_logs
    other = latin_hypercube(400, AXES, 7)
    truth = np.abs(products_at(other, 0.0, 0) - 250.0) / 25.0
    far = emulated([found], other)
    assert (far[truth < 2.0] <= CUT).all()
    assert (far[truth > 8.0] > CUT).all()


def test_the_error_in_logarithms_is_that_of_the_noise_and_a_share_of_the_middle() -> None:
    """200 points with noise of sd 0.3 in logarithms: within 15 %; the middle (geometric mean) is about 250."""
    points = latin_hypercube(200, AXES, 1)
    (found,) = emulators(points, [company(value) for value in products_at(points, 0.3, 2)])
    assert found.in_logs
    assert found.error == pytest.approx(0.3, rel=0.15)
    assert found.typical_error == pytest.approx(found.error * 250.0, rel=0.1)
