"""What a measure is worth in each scenario: logarithms where it is above zero, plain numbers where it is not."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import interval, tail
from revsim.analysis.cube import Cube
from revsim.analysis.gains import LOGS, gains_of
from revsim.analysis.view import View
from revsim.errors import UserError
from tests.analysis.cubes import cube

RNG = np.random.default_rng(8)
BOOKED = 100.0 + RNG.normal(size=(40, 4))
STATE = 3.0 * RNG.normal(size=(40, 4))
MISTAKES = {"a": 2.0 * RNG.normal(size=(40, 4)), "b": RNG.normal(size=(40, 4))}


def with_futures() -> Cube:
    """Two scenarios with a mistake of their own, and continuations that know a tenth of what the run's state says."""
    forecasts = {name: np.repeat((BOOKED + STATE + own)[..., None], 13, axis=2) for name, own in MISTAKES.items()}
    made = cube(("a", "b"), forecast=forecasts, bookings=dict.fromkeys(("a", "b"), BOOKED))
    again = np.repeat((BOOKED + 0.1 * STATE)[..., None], 13, axis=2)
    oracles = {"oracle": np.stack([again, again]), "oracle_n": np.ones((2, 40, 4, 13))}
    return made._replace(weekly=dict(made.weekly) | oracles)


def test_forecast_variance_is_told_in_logarithms() -> None:
    found = gains_of(with_futures(), "forecast_variance_week_7", 0, "EUR")
    assert (found.unit, found.note) == (LOGS, "")
    for place, own in enumerate(MISTAKES.values()):
        variance = np.mean((STATE + own).var(axis=0, ddof=1) / BOOKED.mean(axis=0) ** 2)
        assert found.whole[place] == pytest.approx(np.log(variance))


def test_a_variance_that_leave_one_out_takes_below_zero_is_told_plainly_and_why() -> None:
    """Structure of one replication alone: without it nothing is left, or less."""
    made = with_futures()
    forecast = np.asarray(made.weekly["forecast"]).copy()
    forecast[1] = np.repeat(BOOKED[..., None], 13, axis=2)
    forecast[1, 0] += 30.0
    again = np.asarray(made.weekly["oracle"]).copy()
    again[1] = np.repeat((BOOKED + 0.5 * STATE)[..., None], 13, axis=2)
    shown = made._replace(weekly=dict(made.weekly) | {"forecast": forecast, "oracle": again})
    found = gains_of(shown, "forecast_variance_week_7_structure", 0, "EUR")
    assert (found.whole > 0.0).all()
    assert not (found.spread > 0.0).all()
    assert found.unit == "share^2"
    assert found.note.startswith("not above zero throughout")


def test_a_mean_leaves_out_replications_without_the_number_and_counts_them() -> None:
    made = cube(("a", "b"), cycle_days={"a": np.where(np.arange(40)[:, None] < 3, np.nan, 50.0) + np.zeros((40, 4))})
    found = gains_of(made, "cycle_days", 0, "EUR")
    assert found.note == "3 replications without such a number, left out"
    assert found.spread.shape == (2, 37)
    assert found.whole[0] == 50.0


def test_a_measure_that_there_is_not_is_refused_before_anything_is_read() -> None:
    with pytest.raises(UserError, match="no such measure"):
        gains_of(cube(("a", "b")), "booking", 0, "EUR")


def test_a_measure_that_no_replication_has_is_not_usable_and_one_of_two_leaves_the_other() -> None:
    nothing = {"cycle_days": {"a": np.full((40, 4), np.nan)}}
    assert not gains_of(cube(("a", "b"), **nothing), "cycle_days", 0, "EUR").usable
    two = cube(("a",), 2, bookings={"a": np.array([[10.0] * 4, [30.0] * 4])})
    found = gains_of(two, "bookings", 0, "EUR")
    assert (found.whole.tolist(), found.spread.tolist()) == ([20.0], [[30.0, 10.0]])
    assert (found.unit, found.better, found.resampled) == ("EUR/quarter", "higher", False)


def test_tails_are_told_with_their_resamples() -> None:
    made = cube(("a", "b"), bookings={"b": 0.5 * cube(("a",)).quarterly["bookings"][0]})
    found = gains_of(made, "revenue_at_risk", 0, "EUR")
    assert (found.resampled, found.replications, found.usable) == (True, 40, True)
    assert found.whole[1] > found.whole[0]
    part = found.interval(float(found.whole[1] - found.whole[0]), found.spread[1] - found.spread[0])
    assert part == interval.of_bootstrap(part.estimate, found.spread[1] - found.spread[0], 40)


def test_without_a_gap_nothing_is_noted_and_resamples_are_those_of_the_level() -> None:
    made = cube(("a", "b"), 30)
    assert gains_of(made, "bookings", 0, "EUR").note == ""
    for place, name in enumerate(tail.TITLES):
        found = gains_of(made, name, 0, "EUR")
        assert found.unit == "EUR/quarter"
        for own in range(2):
            short = tail.shortfall(View(made, own, 0))
            assert found.whole[own] == tail.tail_of(short)[place]
            assert found.spread[own].tolist() == tail.resampled(short, short)[0].draws[:, place].tolist()
