"""Weekly signals by hand: each is turned so that higher warns, and told against plan where it is money."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.cube import Cube
from revsim.analysis.signals import BENCHMARKS, RESTS_ON, SIGNALS, WATCHED, missed
from revsim.analysis.view import View

WEEKS = np.arange(1.0, 14.0)
PLAN = 200.0


def seen(signal: str, **weekly: np.ndarray) -> np.ndarray:
    """The signal in the 13 weeks of one quarter with a plan of 200."""
    by_week = {name: values.reshape(1, 1, 1, 13) for name, values in weekly.items()}
    plan = np.full((1, 1, 1), PLAN)
    cube = Cube(("s",), np.arange(1), np.arange(1, 2), {"plan": plan, "bookings": plan}, by_week)
    return WATCHED[signal][1](View(cube, 0, 0))[0, 0]


@pytest.mark.parametrize(("booked", "is_missed"), [(179.9, True), (180.0, False), (200.0, False), (0.0, True)])
def test_a_quarter_is_missed_by_more_than_a_tenth_of_its_plan(booked: float, *, is_missed: bool) -> None:
    quarterly = {"plan": np.full((1, 1, 1), 200.0), "bookings": np.full((1, 1, 1), booked)}
    assert missed(View(Cube(("s",), np.arange(1), np.arange(1, 2), quarterly, {}), 0, 0))[0, 0] == is_missed


def test_low_coverage_warns_and_a_plan_that_is_met_warns_least() -> None:
    coverage = np.where(WEEKS == 13, np.nan, WEEKS)
    assert seen("coverage", coverage=coverage).tolist() == [*(-WEEKS[:12]), -np.inf]


@pytest.mark.parametrize("signal", ["disagreement", "pressure", "tolerance"])
def test_much_of_these_warns(signal: str) -> None:
    assert seen(signal, **{signal: WEEKS}).tolist() == WEEKS.tolist()


@pytest.mark.parametrize("signal", ["trust", "hero_energy"])
def test_little_of_these_warns(signal: str) -> None:
    assert seen(signal, **{signal: WEEKS}).tolist() == (-WEEKS).tolist()


@pytest.mark.parametrize(
    ("signal", "column"),
    [
        ("open_pipeline", "pipeline_operations"),
        ("forecast", "forecast"),
        ("closed_to_date", "closed_to_date"),
        ("true_pipeline", "open_pipeline"),
    ],
)
def test_little_money_against_plan_warns(signal: str, column: str) -> None:
    assert seen(signal, **{column: WEEKS}) == pytest.approx(-WEEKS / PLAN)


def test_moves_are_summed_without_their_sign_from_day_one_and_over_the_last_four_weeks() -> None:
    """The number goes 100, 110, 100, 110 ...: each week moves it by a twentieth of the plan of 200."""
    number = np.where(WEEKS % 2 == 1, 100.0, 110.0)
    assert seen("forecast_moves", forecast=number) == pytest.approx(0.05 * np.arange(13))
    assert seen("late_change", forecast=number) == pytest.approx(0.05 * np.minimum(np.arange(13), 4))


def test_an_early_jump_is_no_late_change() -> None:
    number = np.where(WEEKS == 1, 100.0, 300.0)
    assert seen("late_change", forecast=number) == pytest.approx([0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0])


def test_each_signal_says_what_it_rests_on() -> None:
    assert set(RESTS_ON) == set(WATCHED) == set(SIGNALS) | set(BENCHMARKS)
