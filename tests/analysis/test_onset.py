"""Variance and mean by level: known shifts and scales are found where they are, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.onset import (
    COMMON,
    MEAN,
    SWING,
    SWING_COMMON,
    VARIANCE,
    WHOLE,
    first_level,
    first_quarter,
    frame,
    onsets,
)
from tests.analysis.cubes import cube

NAMES, LEVELS = ["m 0", "m 0.5", "m 1"], [0.0, 0.5, 1.0]
BASE = cube(NAMES)
ACTUAL, FORECAST = BASE.quarterly["bookings"][0], BASE.weekly["forecast"][0]


def test_equal_levels_never_leave_zero() -> None:
    rows = onsets(BASE, LEVELS)
    assert [first_level(rows, measure) for measure in (VARIANCE, COMMON, SWING, SWING_COMMON, MEAN)] == [None] * 5
    assert {row.effect.estimate for row in rows} == {0.0}


def test_a_wider_error_moves_forecast_variance_alone_by_its_square() -> None:
    wide = ACTUAL[:, :, None] + 1.5 * (FORECAST - ACTUAL[:, :, None])
    rows = onsets(cube(NAMES, forecast={"m 1": wide}), LEVELS)
    found = first_level(rows, VARIANCE)
    assert found is not None
    assert (found.level, found.effect.estimate) == (1.0, pytest.approx(1.25))
    assert first_level(rows, MEAN) is None
    assert first_level(rows, SWING) is None
    assert first_quarter(rows, VARIANCE, 1.0) == 1


def test_a_smaller_company_with_the_same_relative_errors_moves_the_mean_and_no_relative_variance() -> None:
    given = {"bookings": {"m 1": 0.8 * ACTUAL}, "forecast": {"m 1": 0.8 * FORECAST}}
    rows = onsets(cube(NAMES, **given), LEVELS)
    at = {row.measure: row for row in rows if row.level == 1.0 and row.quarter == WHOLE}
    assert at[MEAN].effect.estimate == pytest.approx(-0.2)
    assert at[VARIANCE].effect.estimate == pytest.approx(0.0)
    assert at[SWING].effect.estimate == pytest.approx(0.0)
    # against the first level's bookings all variances are 0.8^2 of what they were
    assert at[COMMON].effect.estimate == pytest.approx(-0.36)
    assert at[SWING_COMMON].effect.estimate == pytest.approx(-0.36)


def test_an_effect_that_comes_in_the_third_quarter_is_clear_from_there_on() -> None:
    less = ACTUAL * np.array([1.0, 1.0, 0.9, 0.9])
    rows = onsets(cube(NAMES, bookings={"m 0.5": less, "m 1": less}), LEVELS)
    found = first_level(rows, MEAN)
    assert found is not None
    assert found.level == 0.5
    assert first_quarter(rows, MEAN, 1.0) == 3


def test_the_table_holds_each_level_quarter_and_measure_once() -> None:
    table = frame(onsets(BASE, LEVELS))
    assert len(table) == 5 * 2 * (1 + 4)
    assert not table.duplicated(["level", "quarter", "measure"]).any()
