"""The area under the ROC curve within quarters: closed forms, brute force, noise and perfection."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from revsim.analysis import interval
from revsim.analysis.auc import area, shifted


def noise(rng: np.random.Generator, shape: tuple[int, int] = (60, 4)) -> tuple[np.ndarray, np.ndarray]:
    return rng.standard_normal(shape), rng.random(shape) < 0.4


def test_a_perfect_signal_has_area_one_and_its_opposite_zero() -> None:
    _, missed = noise(np.random.default_rng(1))
    assert area(missed.astype(float), missed).value == 1.0
    assert area(-missed.astype(float), missed).value == 0.0
    assert interval.of_jackknife(area(missed.astype(float), missed)) == (1.0, 1.0, 1.0)


def test_pure_noise_is_called_a_signal_one_time_in_twenty() -> None:
    """400 studies, 95 % intervals: false alarms within 2.6 % to 8 % (binomial, false-alarm rate of the test 1 %)."""
    rng = np.random.default_rng(7)
    found = [interval.of_jackknife(area(*noise(rng))) for _ in range(400)]
    outside = np.mean([part.low > 0.5 or part.high < 0.5 for part in found])
    assert 0.026 <= outside <= 0.08
    assert np.mean([part.estimate for part in found]) == pytest.approx(0.5, abs=0.01)


def test_fates_that_last_over_quarters_do_not_make_noise_a_signal() -> None:
    """A replication is a cluster: signal and fate each the same in all quarters. Bounds as above."""
    rng = np.random.default_rng(8)
    alarms = []
    for _ in range(400):
        signal, missed = noise(rng, (60, 1))
        part = interval.of_jackknife(area(np.repeat(signal, 4, axis=1), np.repeat(missed, 4, axis=1)))
        alarms.append(part.low > 0.5 or part.high < 0.5)
    assert 0.026 <= np.mean(alarms) <= 0.08


def test_one_quarter_gives_the_statistic_of_mann_and_whitney_ties_included() -> None:
    rng = np.random.default_rng(2)
    signal, missed = rng.integers(0, 6, (50, 1)).astype(float), rng.random((50, 1)) < 0.3
    hits, others = signal[missed], signal[~missed]
    expected = mannwhitneyu(hits, others).statistic / (len(hits) * len(others))
    assert area(signal, missed).value == pytest.approx(expected)


def test_leaving_a_replication_out_is_what_the_closed_form_says() -> None:
    rng = np.random.default_rng(3)
    signal, missed = rng.integers(0, 9, (30, 3)).astype(float), rng.random((30, 3)) < 0.4
    brute = [area(np.delete(signal, r, 0), np.delete(missed, r, 0)).value for r in range(30)]
    assert area(signal, missed).without == pytest.approx(np.array(brute))


def test_a_season_that_everybody_has_announces_nothing() -> None:
    """Every quarter has its own level and its own share of misses; within quarters nothing is told."""
    signal = np.tile([0.0, 1.0, 2.0, 3.0], (40, 1))
    missed = np.random.default_rng(4).random((40, 4)) < np.array([0.1, 0.3, 0.5, 0.9])
    assert area(signal, missed).value == 0.5


def test_a_signal_that_is_infinite_is_only_the_highest() -> None:
    signal, missed = noise(np.random.default_rng(5))
    top = signal.copy()
    top[np.unravel_index(signal.argmax(), signal.shape)] = np.inf
    finite = np.where(np.isinf(top), 99.0, top)
    assert area(top, missed).value == area(finite, missed).value


def test_fates_of_others_leave_nothing_of_a_perfect_signal() -> None:
    _, missed = noise(np.random.default_rng(6))
    low, high = np.quantile(shifted(missed.astype(float), missed), [0.025, 0.975])
    assert low < 0.5 < high < 0.65


def test_too_few_misses_tell_nothing() -> None:
    signal, missed = noise(np.random.default_rng(9))
    missed[:] = False
    missed[:4, 0] = True
    assert np.isnan(area(signal, missed).value)


@pytest.mark.parametrize("count", [1, 5])
def test_quarters_that_are_all_missed_or_all_met_have_no_shifts(count: int) -> None:
    fates = np.repeat([[True, False]], count, axis=0)
    assert shifted(np.arange(2.0 * count).reshape(count, 2), fates).tolist() == []


@pytest.mark.parametrize(("gone", "told"), [(4, False), (5, True), (15, True), (16, False)])
def test_five_missed_and_five_met_quarters_are_enough(gone: int, *, told: bool) -> None:
    missed = np.arange(20)[:, None] < gone
    assert np.isfinite(area(np.arange(20.0)[:, None], missed).value) == told


def test_no_quarters_at_all_tell_nothing_of_any_replication() -> None:
    found = area(np.empty((3, 0)), np.empty((3, 0), bool))
    assert np.isnan([found.value, *found.without]).tolist() == [True] * 4


def test_shifts_are_the_areas_beside_the_fates_of_one_replication_on_two_on_and_so_forth() -> None:
    """Signals 0, 1, 2, 3, the last missed: moved on by one, two and three it meets the signals 0, 1 and 2."""
    signal, missed = np.arange(4.0)[:, None], np.array([[False], [False], [False], [True]])
    assert shifted(signal, missed) == pytest.approx([0.0, 1.0 / 3.0, 2.0 / 3.0])


def test_of_many_shifts_two_hundred_are_taken() -> None:
    signal = np.arange(301.0)[:, None]
    assert len(shifted(signal, signal < 20.0)) == 200
    assert len(shifted(signal[:201], signal[:201] < 20.0)) == 200
    assert len(shifted(signal[:200], signal[:200] < 20.0)) == 199


def test_one_pair_that_is_left_without_a_replication_is_enough_for_its_area() -> None:
    """Three replications; in the first quarter one misses, in five all do, in five none does."""
    missed = np.zeros((3, 11), bool)
    missed[0, 0] = missed[:, 1:6] = True
    found = area(missed.astype(float), missed)
    assert (found.value, found.without[1:].tolist()) == (1.0, [1.0, 1.0])
    assert np.isnan(found.without[0])


def test_quarters_that_all_miss_beside_others_that_none_misses_have_no_area() -> None:
    """No missed quarter has a met one beside it to be compared with."""
    found = area(np.arange(12.0).reshape(6, 2), np.repeat([[True, False]], 6, axis=0))
    assert np.isnan([found.value, *found.without]).tolist() == [True] * 7
