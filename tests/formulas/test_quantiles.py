"""Quantiles against scipy, and what is left of a duration that has outlasted some time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import ndtri

from revsim.formulas import quantiles, timing

UNIFORM = st.floats(0.0, 1.0, exclude_max=True)
DRAWN = st.integers(0, 2**53 - 1).map(lambda k: k * 2.0**-53)  # as luck is


@given(st.floats(1e-300, 1.0, exclude_max=True))
def test_the_normal_quantile_is_scipy_s(u: float) -> None:
    if u > 2e-17:
        assert quantiles.normal(u) == pytest.approx(ndtri(u), rel=1e-13, abs=1e-14)


@pytest.mark.parametrize("u", [0.074, 0.076, 0.924, 0.926, 0.94, 0.96, 1e-10, 1e-11, 1e-12, 1e-14, 2e-16, 2.1e-17])
def test_the_parts_of_the_normal_quantile_meet_to_the_last_digits(u: float) -> None:
    """Centre and near tail meet at 0.075 and 0.925, near and far tail at 1.4e-11."""
    assert quantiles.normal(u) == pytest.approx(ndtri(u), rel=2e-15)


@given(DRAWN, st.floats(0.1, 100.0))
def test_the_exponential_quantile_is_scipy_s(u: float, mean: float) -> None:
    assert quantiles.exponential(u, mean) == pytest.approx(stats.expon.ppf(u, scale=mean), rel=1e-12, abs=1e-300)


@given(UNIFORM, st.floats(-5.0, 7.0))
def test_a_normal_above_a_floor_is_above_it(u: float, floor: float) -> None:
    assert quantiles.normal_above(u, floor) >= floor - 1e-9


@given(UNIFORM, st.floats(1.0, 50.0), st.floats(0.05, 2.0), st.floats(0.0, 300.0))
def test_a_duration_that_outlasts_is_longer_than_what_has_passed(
    u: float, median: float, sigma: float, elapsed: float
) -> None:
    assert quantiles.lognormal_left(u, median, sigma, elapsed) >= elapsed


def test_what_is_left_is_longer_to_the_last_bit_where_rounding_would_make_it_shorter() -> None:
    draws = [(10.0, 0.05 * k, 1.0 + 0.37 * j) for k in range(1, 30) for j in range(60)]
    assert all(quantiles.lognormal_left(0.0, *one) >= one[2] for one in draws)


def test_what_is_left_has_the_conditional_law() -> None:
    """KS of 4,000 draws against the truncated lognormal: false alarms 1 in 10,000."""
    draws = np.random.default_rng(1).random(4000)
    left = [quantiles.lognormal_left(float(u), 10.0, 0.8, 25.0) for u in draws]
    law = stats.lognorm(0.8, scale=10.0)

    def conditional(days: np.ndarray) -> np.ndarray:
        return (law.cdf(days) - law.cdf(25.0)) / law.sf(25.0)

    assert stats.kstest(left, conditional).pvalue > 1e-4


@given(st.floats(0.0, 400.0), st.floats(0.0, 200.0), st.floats(1.0, 5.0), st.floats(1.0, 30.0))
def test_the_buyer_s_clock_can_be_turned_back(start: float, duration: float, speed: float, window: float) -> None:
    end = timing.buyer_end(start, duration, 65.0, speed, window)
    assert end >= start
    assert timing.buyer_elapsed(start, end, 65.0, speed, window) == pytest.approx(duration, rel=1e-9, abs=1e-7)


def test_the_buyer_s_clock_is_an_ordinary_one_at_speed_one() -> None:
    assert timing.buyer_end(60.0, 20.0, 65.0, 1.0, 10.0) == pytest.approx(80.0)


def test_near_the_quarter_s_end_a_buyer_decides_sooner() -> None:
    assert timing.buyer_end(55.0, 10.0, 65.0, 2.0, 10.0) == pytest.approx(60.0)


def test_what_no_run_sees_the_end_of_ends_after_all_runs() -> None:
    assert timing.buyer_end(55.0, 1e12, 65.0, 2.0, 10.0) > 400 * 65.0
