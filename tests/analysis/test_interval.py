"""Intervals against closed forms, symmetry, and what they must do with little or odd data."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from revsim.analysis import interval
from revsim.analysis.jackknife import Jackknifed


def jackknifed(values: np.ndarray) -> Jackknifed:
    """The mean as a jackknifed statistic."""
    n = len(values)
    return Jackknifed(float(values.mean()), (values.sum() - values) / (n - 1))


def test_light_tails_keep_all_degrees_of_freedom_and_heavy_ones_lose_some() -> None:
    assert interval.degrees_of(np.array([-1.0, 1.0] * 20)) == 39
    spike = np.append(np.full(39, -1.0), 39.0)
    assert interval.degrees_of(spike) == pytest.approx(2 * 40 / ((spike**4).mean() / (spike**2).mean() ** 2 - 1))
    assert interval.degrees_of(np.zeros(10)) == 9


def test_the_jackknife_of_a_light_tailed_mean_is_the_t_interval() -> None:
    values = np.linspace(-1.0, 3.0, 30)
    found = interval.of_jackknife(jackknifed(values))
    assert tuple(found) == pytest.approx((values.mean(), *stats.t.interval(0.95, 29, values.mean(), stats.sem(values))))


def test_a_symmetric_sample_has_a_symmetric_level_and_a_skewed_one_reaches_farther_to_its_tail() -> None:
    even = interval.of_level(np.linspace(-1.0, 1.0, 41))
    assert even.high == pytest.approx(-even.low)
    skewed = interval.of_level(stats.lognorm.ppf((np.arange(40) + 0.5) / 40, 1.0))
    assert skewed.high - skewed.estimate > 1.3 * (skewed.estimate - skewed.low)


def test_a_mirrored_sample_has_a_mirrored_interval() -> None:
    values = np.random.default_rng(1).lognormal(size=50)
    one, other = interval.of_level(values), interval.of_level(-values)
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))


def test_halls_transformation_is_undone_by_its_own_polynomial() -> None:
    values = np.random.default_rng(2).lognormal(size=60)
    found, n = interval.of_level(values), len(values)
    error, slope = values.std(ddof=1) / n**0.5, float(stats.skew(values)) / n**0.5
    t = float(stats.t.ppf(0.975, interval.degrees_of(values - values.mean())))
    for edge, y in ((found.low, t), (found.high, -t)):
        x = (values.mean() - edge) / error
        assert x + slope * x**2 / 3 + slope**2 * x**3 / 27 + slope / 6 == pytest.approx(y)


def test_a_share_that_never_happened_is_not_said_to_be_impossible() -> None:
    found = interval.of_share(np.zeros(50))
    t = stats.t.ppf(0.975, 49)
    assert (found.estimate, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(t**2 / (50 + t**2))
    assert interval.of_share(np.ones(50)).low == pytest.approx(1 - found.high)


def test_a_share_of_independent_yes_and_no_is_wilsons_with_t() -> None:
    values = np.array([1.0] * 12 + [0.0] * 28)
    found, size, t = interval.of_share(values), 0.3 * 0.7 / (values.var(ddof=1) / 40), stats.t.ppf(0.975, 39)
    for edge in (found.low, found.high):
        assert (edge - 0.3) ** 2 == pytest.approx(t**2 * edge * (1 - edge) / size)


def test_a_variance_is_never_said_to_be_below_zero() -> None:
    values = np.random.default_rng(3).lognormal(sigma=2.0, size=20)
    found = interval.of_positive(jackknifed(values))
    assert 0.0 < found.low < found.estimate < found.high


def test_a_variance_of_few_large_deals_ends_where_its_logarithm_does() -> None:
    squares = np.random.default_rng(3).lognormal(sigma=2.0, size=20) ** 2
    one = jackknifed(squares)
    logs = interval.of_jackknife(Jackknifed(float(np.log(one.value)), np.log(one.without)))
    hall, found = interval.of_positive(one), interval.of_variance(one)
    assert found.low == hall.low
    assert found.high == max(hall.high, float(np.exp(logs.high))) > hall.high


def test_a_variance_of_normal_numbers_ends_where_halls_interval_does() -> None:
    one = jackknifed(np.random.default_rng(3).normal(size=100) ** 2)
    assert interval.of_variance(one) == interval.of_positive(one)


def test_a_variance_of_which_nothing_is_known_ends_at_a_number() -> None:
    wild = interval.of_variance(Jackknifed(1.0, np.array([1e-300, 1.0, 1.0, 2.0])))
    assert np.isfinite(wild.high)


def test_a_bootstrap_interval_is_t_times_the_spread_of_its_draws() -> None:
    draws = np.array([1.0, 2.0, 3.0])
    found = interval.of_bootstrap(2.5, draws, 21)
    assert found.half == pytest.approx(stats.t.ppf(0.975, 20))


def test_a_tail_whose_resamples_have_no_error_of_their_own_gets_no_interval() -> None:
    draws, errors = np.arange(10.0), np.where(np.arange(10) < 5, 0.0, 1.0)
    assert np.isnan(interval.of_studentised(4.5, 1.0, draws, errors).low)
    assert np.isfinite(interval.of_studentised(4.5, 1.0, draws, np.ones(10)).low)
    assert tuple(interval.of_studentised(4.0, 0.0, np.full(10, 4.0), np.zeros(10))) == (4.0, 4.0, 4.0)


@pytest.mark.parametrize("find", [interval.of_level, interval.of_share, interval.of_mean])
def test_two_replications_have_no_interval_and_missing_ones_are_left_out(find: object) -> None:
    assert callable(find)
    assert np.isnan(find(np.array([0.1, 0.2])).low)
    some = np.array([0.1, np.nan, 0.3, 0.2, np.nan, 0.4])
    assert tuple(find(some)) == tuple(find(some[np.isfinite(some)]))


def test_deviations_too_small_to_be_squared_twice_have_an_interval() -> None:
    tiny = Jackknifed(1e-120, np.asarray([1e-120, 1.1e-120, 0.9e-120, 1.05e-120]))
    found = interval.of_jackknife(tiny)
    assert found.low < found.estimate < found.high


TEN = np.arange(1.0, 11.0)  # mean 5.5, variance 55/6 with nine degrees of freedom


def test_ten_replications_have_nine_degrees_of_freedom() -> None:
    """The table's t is 2.262157; half the width is t sqrt(55/6/10)."""
    half = 2.2621571627409915 * 0.9574271077563381
    for find in (interval.of_mean, lambda values: interval.of_jackknife(jackknifed(values))):
        assert tuple(find(TEN)) == pytest.approx((5.5, 5.5 - half, 5.5 + half), rel=1e-9)


def test_a_bootstrap_of_ten_replications_takes_the_t_of_nine_degrees() -> None:
    assert interval.of_bootstrap(2.5, TEN, 10).half == pytest.approx(2.2621571627409915 * (55 / 6) ** 0.5)


def test_three_of_ten_have_wilsons_interval_of_size_nine() -> None:
    """0.21 over the variance of the mean, 0.2333 / 10, is 9; the ends solve (e - 0.3)^2 = t^2 e (1 - e) / 9."""
    found = interval.of_share(np.array([1.0] * 3 + [0.0] * 7))
    t = 2.2621571627409915
    a, b, c = 1 + t * t / 9, 0.6 + t * t / 9, 0.09
    root = (b * b - 4 * a * c) ** 0.5
    assert tuple(found) == pytest.approx((0.3, (b - root) / 2 / a, (b + root) / 2 / a), rel=1e-9)
