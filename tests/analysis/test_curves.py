"""What figures draw: spread of the error by week, and percentiles of bookings."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from revsim.analysis import interval
from revsim.analysis.comparison import Comparison, compare_cube
from revsim.analysis.curves import bookings_spread, error_by_week
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View
from tests.analysis.cubes import cube

ROUGH, CALM = np.random.default_rng(4).normal(size=(2, 40, 4))
BOOKINGS = 100.0 + np.arange(160.0).reshape(40, 4)


def compared(names: tuple[str, ...]) -> Comparison:
    """Errors of 20 and of 10 around the same bookings in all weeks."""
    errors = {name: 20.0 * ROUGH if name == "rough" else 10.0 * CALM for name in names}
    forecasts = {name: np.repeat((BOOKINGS + away)[..., None], 13, axis=2) for name, away in errors.items()}
    booked = dict.fromkeys(names, BOOKINGS)
    plans = dict.fromkeys(names, np.full((40, 4), 170.0))
    return compare_cube(cube(names, forecast=forecasts, bookings=booked, plan=plans), names[0], "EUR")


def rows(frame: pd.DataFrame, scenario: str) -> pd.DataFrame:
    return frame[frame["scenario"] == scenario]


def test_the_spread_is_the_root_of_forecast_variance_in_each_week() -> None:
    frame = error_by_week(compared(("rough", "calm")))
    variance = np.mean((20.0 * ROUGH).var(axis=0, ddof=1) / BOOKINGS.mean(axis=0) ** 2)
    assert rows(frame, "rough")["week"].tolist() == list(range(1, 14))
    assert rows(frame, "rough")["spread"].to_numpy() == pytest.approx(np.full(13, np.sqrt(variance)))


def test_the_baseline_beside_others_has_no_interval_and_others_have_that_of_their_difference() -> None:
    comparison = compared(("rough", "calm"))
    frame = error_by_week(comparison)
    own, base = (forecast_variance(View(comparison.cube, which, 0), 7) for which in (1, 0))
    ends = interval.as_share(interval.log_ratio(own, base))
    assert rows(frame, "rough")[["low", "high"]].isna().all(axis=None)
    calm = rows(frame, "calm").iloc[6]
    assert calm["low"] == pytest.approx(np.sqrt(base.value * (1.0 + ends.low)))
    assert calm["high"] == pytest.approx(np.sqrt(base.value * (1.0 + ends.high)))
    assert calm["low"] < calm["spread"] < calm["high"]


def test_a_scenario_alone_has_the_interval_of_its_level() -> None:
    comparison = compared(("rough",))
    ends = interval.of_jackknife(forecast_variance(View(comparison.cube, 0, 0), 7))
    row = error_by_week(comparison).iloc[6]
    assert (row["low"], row["high"]) == pytest.approx((np.sqrt(ends.low), np.sqrt(ends.high)))


def test_a_spread_begins_at_zero_where_the_interval_of_its_square_begins_below() -> None:
    """Errors 0, 0, 30 around 100: V .03, without one .045, .045, 0, so that .03 is the error too, of 2 degrees."""
    errors = np.array([[0.0], [0.0], [30.0]])
    forecast = np.repeat((100.0 + errors)[..., None], 13, axis=2)
    made = cube(("a",), 3, 1, forecast={"a": forecast}, bookings={"a": np.full((3, 1), 100.0)})
    row = error_by_week(compare_cube(made, "a", "EUR")).iloc[6]
    assert row["spread"] == pytest.approx(np.sqrt(0.03))
    assert (row["low"], row["high"]) == pytest.approx((0.0, np.sqrt(0.03 * (1.0 + t.ppf(0.975, 2)))))


def test_without_continuations_no_part_is_told_to_be_chance() -> None:
    assert error_by_week(compared(("rough", "calm")))["chance"].isna().all()


def test_where_a_continuation_is_the_run_once_more_nothing_is_chance_and_that_is_told() -> None:
    made = compared(("rough", "calm"))
    same = np.repeat(np.stack([BOOKINGS, BOOKINGS])[..., None], 13, axis=3)
    weekly = dict(made.cube.weekly) | {"oracle": same, "oracle_n": np.ones_like(same)}
    assert (error_by_week(made._replace(cube=made.cube._replace(weekly=weekly)))["chance"] == 0.0).all()


def test_bookings_are_told_by_percentiles_beside_the_plan_and_how_often_it_is_met() -> None:
    """100 to 259 in steps of one: the median is 179.5, a twentieth lies below 107.95; 90 of 160 reach 170."""
    row = rows(bookings_spread(compared(("rough", "calm"))), "calm").iloc[0]
    assert row[["p5", "p25", "p50", "p75", "p95"]].tolist() == pytest.approx([107.95, 139.75, 179.5, 219.25, 251.05])
    assert row["plan"] == 170.0
    assert row["plan_met"] == pytest.approx(90.0 / 160.0)
