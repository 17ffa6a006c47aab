"""Masking and the cost of waiting, on numbers that are known."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import masking, waiting
from revsim.analysis.masking import ERROR, NORMALISED, NOTICED, TOLERANCE, Masked, maskings
from revsim.analysis.onset import WHOLE
from revsim.analysis.waiting import waits
from tests.analysis.cubes import cube

NAMES, LEVELS, SHAPE = ["m 0", "m 1"], [0.0, 1.0], (40, 4)
NOISE = 0.01 * np.random.default_rng(1).random(SHAPE)


def masked(errors: tuple[float, float], taken: tuple[float, float]) -> dict[str, Masked]:
    """Levels whose day-one error and tolerance are the given shares, about; the rows of the higher level."""
    actual = np.full(SHAPE, 100.0)
    weeks = np.ones((1, 1, 13))
    number = {n: (actual * (1.0 + e + NOISE))[:, :, None] * weeks for n, e in zip(NAMES, errors, strict=True)}
    normal = {n: np.full((*SHAPE, 13), t) for n, t in zip(NAMES, taken, strict=True)}
    one = cube(NAMES, *SHAPE, bookings=dict.fromkeys(NAMES, actual), forecast=number, tolerance=normal)
    rows = maskings(one, LEVELS, "EUR")
    return {row.measure: row for row in rows if row.level == 1.0 and row.quarter == WHOLE}


def test_error_that_grows_with_tolerance_below_it_is_noticed_and_half_of_it_is_normal() -> None:
    rows = masked((0.1, 0.3), (0.2, 0.3))
    assert rows[ERROR].effect.estimate == pytest.approx(0.2)
    assert rows[TOLERANCE].effect.estimate == pytest.approx(0.1)
    assert rows[NORMALISED].value == pytest.approx((0.5, 0.5, 0.5))
    # 0.1 is below 0.2, and 0.3 with its noise above 0.3
    assert rows[NOTICED].effect.estimate == pytest.approx(1.0)


def test_error_that_grows_under_a_tolerance_that_grows_with_it_is_noticed_no_more_often() -> None:
    rows = masked((0.1, 0.3), (0.2, 0.4))
    assert rows[NORMALISED].value.estimate == pytest.approx(1.0)
    assert rows[NOTICED].effect.estimate == 0.0


def test_a_quarter_without_bookings_is_neither_noticed_nor_unnoticed_and_is_told_of() -> None:
    actual = np.full(SHAPE, 100.0)
    actual[:10, 0] = 0.0
    number = dict.fromkeys(NAMES, np.full((*SHAPE, 13), 130.0))
    normal = dict.fromkeys(NAMES, np.full((*SHAPE, 13), 0.2))
    one = cube(NAMES, *SHAPE, bookings=dict.fromkeys(NAMES, actual), forecast=number, tolerance=normal)
    rows = {row.measure: row for row in maskings(one, LEVELS, "EUR") if (row.level, row.quarter) == (0.0, WHOLE)}
    assert rows[NOTICED].value.estimate == 1.0  # every quarter that has an error has one above what is normal
    assert rows[NOTICED].note == rows[ERROR].note == "10 of 160 quarters without bookings, left out"
    assert rows[TOLERANCE].note == ""


def test_without_added_error_there_is_no_share_of_it() -> None:
    assert np.isnan(masked((0.1, 0.1), (0.2, 0.3))[NORMALISED].value.estimate)


def test_masking_holds_each_level_quarter_and_measure_once() -> None:
    table = masking.frame(maskings(cube(NAMES, *SHAPE), LEVELS, "EUR"))
    assert not table.duplicated(["level", "quarter", "measure"]).any()
    assert set(table["quarter"]) == {0, 1, 2, 3, 4}


def test_waiting_costs_the_sum_of_what_each_quarter_loses_and_no_more() -> None:
    base = cube(["now", "later"], *SHAPE)
    lost = base.quarterly["bookings"][0] - np.array([5.0, 3.0, 0.0, 0.0])
    rows = waits(cube(["now", "later"], *SHAPE, bookings={"later": lost}), 0, [(1, 1)], "EUR")
    at = {row.measure: row for row in rows}
    assert at["bookings"].effect == pytest.approx((-8.0, -8.0, -8.0))
    assert at["net"].effect == pytest.approx((-8.0, -8.0, -8.0))
    assert at["renewals"].effect.estimate == 0.0
    assert (at["bookings"].word, at["renewals"].word) == ("worse", "no clear difference")


def test_waiting_that_widens_the_error_by_a_half_more_than_doubles_the_variance() -> None:
    base = cube(["now", "later"], *SHAPE)
    actual, number = base.quarterly["bookings"][0][:, :, None], base.weekly["forecast"][0]
    wide = cube(["now", "later"], *SHAPE, forecast={"later": actual + 1.5 * (number - actual)})
    at = {row.measure: row for row in waits(wide, 0, [(1, 2)], "EUR")}
    assert at["forecast_variance_week_7"].relative.estimate == pytest.approx(1.25)
    assert waiting.frame(list(at.values()))["quarters"].unique().tolist() == [2]
