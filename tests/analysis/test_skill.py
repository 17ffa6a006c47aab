"""Forecast skill: 1 less the number's variance against that of a naive forecast, of quarters with one before them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from revsim.analysis.comparison import compare_frames
from revsim.analysis.cube import Cube, cube_of
from revsim.analysis.skill import NAIVE, forecast_skill, naive_forecast
from revsim.analysis.view import View
from tests.analysis.synthetic import study

BOOKED = np.array([[100.0, 110.0, 90.0], [100.0, 130.0, 120.0], [100.0, 90.0, 150.0]])
CLOSED = np.array([[10.0, 20.0, 30.0], [0.0, 40.0, 10.0], [20.0, 0.0, 0.0]])  # by the start of week 7


def view_of(forecast: np.ndarray) -> View:
    """Three replications of three quarters; the number of week 7 as given, of other weeks nothing."""
    weekly = {name: np.full((1, 3, 3, 13), np.nan) for name in ("forecast", "closed_to_date")}
    weekly["forecast"][0, :, :, 6], weekly["closed_to_date"][0, :, :, 6] = forecast, CLOSED
    numbers = np.arange(3), np.arange(1, 4)
    return View(Cube(("only",), *numbers, {"bookings": BOOKED[None]}, weekly), 0, 0)


def test_the_naive_forecasts_are_last_quarter_and_what_it_still_brought() -> None:
    view = view_of(BOOKED)
    assert naive_forecast(view, 7, "").tolist() == [[100.0, 110.0], [100.0, 130.0], [100.0, 90.0]]
    assert naive_forecast(view, 7, "_to_date").tolist() == [[110.0, 120.0], [140.0, 100.0], [80.0, 90.0]]


@pytest.mark.parametrize("form", NAIVE)
def test_a_number_that_is_always_right_has_skill_1_and_a_naive_one_has_none(form: str) -> None:
    assert forecast_skill(view_of(BOOKED), 7, form).value == 1.0
    naive = np.column_stack([np.zeros(3), naive_forecast(view_of(BOOKED), 7, form)])
    assert forecast_skill(view_of(naive), 7, form).value == pytest.approx(0.0, abs=1e-12)


def test_half_the_error_of_the_naive_forecast_is_three_quarters_of_skill() -> None:
    naive = np.column_stack([np.zeros(3), BOOKED[:, :-1]])
    assert forecast_skill(view_of((naive + BOOKED) / 2.0), 7).value == pytest.approx(0.75)


def test_skill_is_worked_out_by_hand() -> None:
    """Errors -5, 5, 0 and 10, 0, -10; naive ones are -10, -30, 10 and 20, 10, -60; bookings 110 and 120 on average."""
    number = BOOKED + np.array([[0.0, -5.0, 10.0], [0.0, 5.0, 0.0], [0.0, 0.0, -10.0]])
    own = (25.0 / 110.0**2 + 100.0 / 120.0**2) / 2.0
    naive = (400.0 / 110.0**2 + 1900.0 / 120.0**2) / 2.0
    assert forecast_skill(view_of(number), 7).value == pytest.approx(1.0 - own / naive)


def cube(quarters: pd.DataFrame, weeks: pd.DataFrame) -> Cube:
    return cube_of(quarters, weeks, ["a"])


@pytest.mark.parametrize("form", NAIVE)
def test_leaving_a_replication_out_is_a_study_without_it(form: str) -> None:
    tables = study({"a": 0.2}, 12, 4)
    whole = forecast_skill(View(cube(*tables), 0, 0), 7, form)
    left = [
        forecast_skill(View(cube(*(each[each["replication"] != out] for each in tables)), 0, 0), 7, form).value
        for out in range(12)
    ]
    assert whole.without == pytest.approx(left, rel=1e-9)


def test_with_one_quarter_there_is_no_naive_forecast_and_no_number() -> None:
    quarters, weeks = study({"a": 0.2}, 12, 1)
    assert np.isnan(forecast_skill(View(cube(quarters, weeks), 0, 0), 7).value)
    row = compare_frames(quarters, weeks, ["a"], "a", "USD").row(0, "forecast_skill_week_7")
    assert "no quarter before" in row.note


def test_more_skill_is_better_and_every_week_and_both_forms_have_a_row() -> None:
    """One number errs by a tenth of bookings, the other by three tenths, which is more than naive forecasts do."""
    found = compare_frames(*study({"a": 0.3, "b": 0.1}, 60, 6), ["a", "b"], "a", "USD")
    for week in (1, 7, 12):
        for form in NAIVE:
            row = found.row(1, f"forecast_skill_week_{week}{form}")
            assert (row.word, row.unit) == ("better", "share")
            assert row.level.low < row.level.estimate < row.level.high
    assert found.row(0, "forecast_skill_week_7").level.high < 0.0 < found.row(1, "forecast_skill_week_7").level.low
