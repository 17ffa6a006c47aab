"""An effect as a share of the baseline: exact where nothing is left, as wide as the baseline is uncertain."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from revsim.analysis import interval, relative
from revsim.analysis.variance import covariance

SEEDS = range(400)


def test_what_is_removed_entirely_is_minus_one_hundred_percent_exactly() -> None:
    base = np.random.default_rng(1).gamma(2.0, 5.0, size=40)
    assert tuple(relative.of_means(np.zeros(40), base)) == (-1.0, -1.0, -1.0)


def test_equal_numbers_have_no_effect_exactly() -> None:
    base = np.random.default_rng(1).gamma(2.0, 5.0, size=40)
    assert tuple(relative.of_means(base, base)) == (0.0, 0.0, 0.0)


def test_a_fixed_share_of_the_baseline_is_known_exactly_though_the_baseline_is_not() -> None:
    base = np.random.default_rng(1).gamma(2.0, 5.0, size=40)
    assert tuple(relative.of_means(1.3 * base, base)) == pytest.approx((0.3, 0.3, 0.3))


def test_pairs_that_lack_a_number_are_left_out() -> None:
    own, base = np.random.default_rng(2).gamma(2.0, 5.0, size=(2, 20))
    with_gap, without = own.copy(), np.arange(20) != 4
    with_gap[4] = np.nan
    assert relative.of_means(with_gap, base) == relative.of_means(own[without], base[without])


@pytest.mark.parametrize("base", [np.zeros(5), -np.ones(5), np.full(5, np.nan)])
def test_nothing_is_a_share_of_nothing(base: np.ndarray) -> None:
    assert np.isnan(relative.of_means(np.ones(5), base)).all()
    assert np.isnan(relative.of_draws(1.0, 0.0, np.ones(9), np.ones(9), 30)).all()


@pytest.mark.parametrize("share", [0.1, 1.0, 3.0])
def test_the_interval_of_a_ratio_of_means_covers_the_truth(share: float) -> None:
    # 400 studies of 60 skewed pairs at 95 %: outside 365-394 in less than 2 of 1,000 runs; dividing the effect's
    # interval by the baseline's mean covers 45 % at 3.0 and 73 % at 0.1
    hits = 0
    for seed in SEEDS:
        base, noise = np.random.default_rng(seed).gamma(4.0, 1.0, size=(2, 60))
        found = relative.of_means(share * (0.5 * base + 0.5 * noise), base)
        hits += found.low <= share - 1.0 <= found.high
    assert 365 <= hits <= 394


@pytest.mark.parametrize("ratio", [0.15, 0.5, 1.5])
def test_the_difference_of_two_variances_covers_the_truth_where_much_is_removed(ratio: float) -> None:
    # as above; the relative interval times the baseline's level covers 25 % at 0.15 and 75 % at 0.5
    hits = 0
    for seed in SEEDS:
        one, other = np.random.default_rng(seed).normal(size=(2, 60, 8))
        own, level = np.sqrt(ratio) * (0.6 * one + 0.8 * other), np.full((60, 8), 1.0)
        found = interval.difference(covariance(own, own, level), covariance(one, one, level))
        hits += found.low <= ratio - 1.0 <= found.high
    assert 365 <= hits <= 394


def test_a_resample_s_share_is_of_its_own_baseline() -> None:
    """Of baselines 4, 5 and 8 a change of 2, -1 and 2 is 50, -20 and 25 %: the interval is that of these."""
    changes, base, shares = np.array([2.0, -1.0, 2.0]), np.array([4.0, 5.0, 8.0]), np.array([0.5, -0.2, 0.25])
    found = relative.of_draws(6.0, 5.0, base + changes, changes, 30)
    assert tuple(found) == pytest.approx(tuple(interval.of_bootstrap(0.2, shares, 30)))


def test_of_draws_the_share_is_told_without_an_interval_where_a_resample_has_nothing_of_the_baseline() -> None:
    """6 against 4; in the draws 5 less a change of 1, 2, 5: the baseline's are 4, 3 and none."""
    draws, changes = np.full(3, 5.0), np.array([1.0, 2.0, 5.0])
    assert relative.of_draws(6.0, 4.0, draws, changes, 30) == pytest.approx((0.5, np.nan, np.nan), nan_ok=True)
    found = relative.of_draws(6.0, 4.0, draws[:2], changes[:2], 30)
    assert found.estimate == pytest.approx(0.5)
    # changes of 1/4 and 2/3 of the baseline: their standard deviation is their distance over root 2
    assert found.half == pytest.approx(t.ppf(0.975, 29) * (2.0 / 3.0 - 0.25) / np.sqrt(2.0))


def test_a_baseline_below_one_has_shares_of_it_too() -> None:
    """0.6 against 0.4; in the draws 0.75 and 0.6 less 0.25 and 0.2: half of the baseline's either time."""
    found = relative.of_draws(0.6, 0.4, np.array([0.75, 0.6]), np.array([0.25, 0.2]), 30)
    assert found == pytest.approx((0.5, 0.5, 0.5))
    assert relative.of_means(np.array([0.2, 0.4, 0.6]), np.array([0.1, 0.2, 0.3])) == pytest.approx((1.0, 1.0, 1.0))
